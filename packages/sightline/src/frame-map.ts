// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Distortion, undistorted } from './distortion.ts';
import type { Lens } from './lens.ts';
import { NEAR_M } from './projector.ts';
import { type Region, addRun, emptyRegion, isWithin } from './region.ts';

/** Which cell of a pinhole's canvas each cell of a distorted frame shows, column by column. */
export interface FrameMap {
  readonly columns: number;
  readonly rows: number;
  readonly cells: Int32Array;
}

/** Finer than the frame's own grid, so that looking up the nearest cell moves no edge by more than a quarter of one. */
const FINER = 2;
const MOST_CELLS = 3e6;

/** How far a pinhole would have to see, in focal lengths, to show all that the distorted frame shows. */
function extent(frame: Lens, distortion: Distortion): { x: number; y: number } {
  const [halfX, halfY] = [frame.centreX / frame.focalX, frame.centreY / frame.focalY];
  // A radius grows with the distorted one, so the ends of the frame's edges or their middles are furthest.
  const at = (x: number, y: number): readonly [number, number] => {
    const radius = Math.hypot(x, y);
    const scale = undistorted(distortion, radius) / radius;
    return [x * scale, y * scale];
  };
  const [corner, side, top] = [at(halfX, halfY), at(halfX, 0), at(0, halfY)];
  return { x: Math.max(corner[0], side[0]), y: Math.max(corner[1], top[1]) };
}

/** A pinhole that sees all of a distorted frame, finely. */
export function idealLens(frame: Lens, distortion: Distortion): Lens {
  const { x, y } = extent(frame, distortion);
  const cells = 4 * x * frame.focalX * y * frame.focalY;
  const finer = Math.min(FINER, Math.sqrt(MOST_CELLS / cells));
  const [focalX, focalY] = [frame.focalX * finer, frame.focalY * finer];
  const [columns, rows] = [2 * Math.ceil(x * focalX + 1), 2 * Math.ceil(y * focalY + 1)];
  // As for any lens, but with corners that lie further out.
  const near = NEAR_M / Math.hypot(1, 2 * x, 2 * y);
  return { ...frame, columns, rows, border: 0, focalX, focalY, centreX: columns / 2, centreY: rows / 2, near };
}

/** @param frame the frame's own grid without a border */
export function frameMap(frame: Lens, ideal: Lens, distortion: Distortion): FrameMap {
  const { columns, rows } = frame;
  const cells = new Int32Array(columns * rows);
  for (let x = 0; x < columns; x++) {
    for (let y = 0; y < rows; y++) {
      const [u, v] = [(x + 0.5 - frame.centreX) / frame.focalX, (y + 0.5 - frame.centreY) / frame.focalY];
      const radius = Math.hypot(u, v);
      const scale = radius > 0 ? undistorted(distortion, radius) / radius : 1;
      const column = Math.min(ideal.columns - 1, Math.floor(ideal.centreX + ideal.focalX * u * scale));
      const row = Math.min(ideal.rows - 1, Math.floor(ideal.centreY + ideal.focalY * v * scale));
      cells[x * rows + y] = Math.max(0, column) * ideal.rows + Math.max(0, row);
    }
  }
  return { columns, rows, cells };
}

/** What of a canvas' region the distorted frame shows. */
export function throughLens(region: Region, { columns, rows, cells }: FrameMap): Region {
  const shown = emptyRegion(columns, rows);
  for (let x = 0, k = 0; x < columns; x++) {
    for (let y = 0; y < rows; y++, k++) {
      const i = cells[k] as number;
      if (isWithin(region, Math.floor(i / region.rows), i % region.rows)) addRun(shown, x, y, y + 1);
    }
  }
  return shown;
}
