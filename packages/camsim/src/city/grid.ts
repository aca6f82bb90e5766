// SPDX-License-Identifier: AGPL-3.0-or-later
// The bent grid under the plan: blocks are 9 by 6, u runs east and v north, streets lie on whole numbers.
import type { Local } from '@louver/sightline';

export const COLUMNS = 9;
export const ROWS = 6;
const BLOCK_EAST_M = 104;
const BLOCK_NORTH_M = 92;
const TURN = (11 * Math.PI) / 180;

/** Grid coordinates to metres from the centre. Smooth, so that a street keeps its way across blocks. */
export function bent(u: number, v: number): Local {
  const x = (u - COLUMNS / 2) * BLOCK_EAST_M + 13 * Math.sin(0.9 * v + 0.4) + 5 * Math.sin(1.7 * u);
  const y = (v - ROWS / 2) * BLOCK_NORTH_M + 11 * Math.sin(0.7 * u + 1) + 4 * Math.sin(1.9 * v + 0.3 * u);
  return [x * Math.cos(TURN) - y * Math.sin(TURN), x * Math.sin(TURN) + y * Math.cos(TURN)];
}

/** A line between two grid points, fine enough to look curved. */
export function bentLine([u1, v1]: Local, [u2, v2]: Local): Local[] {
  const steps = Math.max(1, Math.ceil(Math.hypot(u2 - u1, v2 - v1) * 4));
  return Array.from({ length: steps + 1 }, (_, i) => bent(u1 + ((u2 - u1) * i) / steps, v1 + ((v2 - v1) * i) / steps));
}

/** A ring through grid corners, edges bent like streets; open, counter-clockwise for counter-clockwise corners. */
export function bentRing(corners: readonly Local[]): Local[] {
  return corners.flatMap((corner, i) => bentLine(corner, corners[(i + 1) % corners.length] as Local).slice(0, -1));
}

/** The block whose lower left corner is (u, v), drawn in by `inset` blocks on each side. */
export function blockRing(u: number, v: number, inset: number): Local[] {
  return bentRing([
    [u + inset, v + inset],
    [u + 1 - inset, v + inset],
    [u + 1 - inset, v + 1 - inset],
    [u + inset, v + 1 - inset],
  ]);
}
