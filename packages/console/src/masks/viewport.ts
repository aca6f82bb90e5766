// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import type { XY } from './ring.ts';

/** The shown part of the frame, in its pixels: top left and size. It keeps the frame's shape. */
export interface Viewport {
  x: number;
  y: number;
  width: number;
  height: number;
}

const MOST = 12;

export const fitted = ({ width, height }: FrameSize): Viewport => ({ x: 0, y: 0, width, height });

export const zoomOf = (view: Viewport, frame: FrameSize): number => frame.width / view.width;

export const unitsPerPixel = (view: Viewport, screenWidth: number): number => view.width / screenWidth;

const held = (view: Viewport, frame: FrameSize): Viewport => ({
  ...view,
  x: Math.min(Math.max(0, view.x), frame.width - view.width),
  y: Math.min(Math.max(0, view.y), frame.height - view.height),
});

/** Zooms so that the point under the pointer stays where it is. `at` in pixels of the frame. */
export function zoomed(view: Viewport, frame: FrameSize, factor: number, at?: XY): Viewport {
  const zoom = Math.min(MOST, Math.max(1, zoomOf(view, frame) * factor));
  const [width, height] = [frame.width / zoom, frame.height / zoom];
  const [x, y] = at ?? [view.x + view.width / 2, view.y + view.height / 2];
  const [fx, fy] = [(x - view.x) / view.width, (y - view.y) / view.height];
  return held({ x: x - fx * width, y: y - fy * height, width, height }, frame);
}

export const panned = (view: Viewport, frame: FrameSize, [dx, dy]: XY): Viewport =>
  held({ ...view, x: view.x - dx, y: view.y - dy }, frame);
