// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Aim } from './aim.ts';
import { NEAR_M, projector } from './projector.ts';
import type { Vec3 } from './vec3.ts';

/** A projection onto a grid of cells instead of the frame's pixels, with a border around the frame. */
export interface Lens {
  /** Cells of the grid, border included. */
  readonly columns: number;
  readonly rows: number;
  /** Cells of border on every side: what lies just outside the frame counts when masks get a margin. */
  readonly border: number;
  readonly focalX: number;
  readonly focalY: number;
  readonly centreX: number;
  readonly centreY: number;
  /** Rows of the rotation: right, down, forward, in east, north, up. */
  readonly right: Vec3;
  readonly down: Vec3;
  readonly forward: Vec3;
  readonly eyeHeight: number;
  /** Depth in metres of the clipping plane. */
  readonly near: number;
  /** Focal length in pixels of the frame itself. */
  readonly focalPixels: number;
}

/** A frame is analysed on about this many cells whatever its size, so that the cost of an aim has a bound. */
const ANALYSIS_CELLS = 640 * 360;

export function gridOf({ width, height }: Aim['image']): { columns: number; rows: number } {
  const scale = Math.sqrt(ANALYSIS_CELLS / (width * height));
  return { columns: Math.max(1, Math.round(width * scale)), rows: Math.max(1, Math.round(height * scale)) };
}

/** @throws RangeError on a field of view or frame that no camera has */
export function lensOf(aim: Aim, border = 0): Lens {
  const { focal, basis, width, height } = projector(aim);
  const { columns, rows } = gridOf(aim.image);
  const [x, y, z] = basis.up;
  return {
    columns: columns + 2 * border,
    rows: rows + 2 * border,
    border,
    focalX: (focal * columns) / width,
    focalY: (focal * rows) / height,
    centreX: columns / 2 + border,
    centreY: rows / 2 + border,
    right: basis.right,
    down: [-x, -y, -z],
    forward: basis.forward,
    eyeHeight: aim.position.height,
    // The depth that NEAR_M has in the frame's corner: with a wide lens a plane at NEAR_M itself would cut away walls metres off.
    near: (NEAR_M * focal) / Math.hypot(focal, width, height),
    focalPixels: focal,
  };
}
