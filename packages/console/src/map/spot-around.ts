// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Spot } from './console-search.ts';
import { TILE, worldX, worldY } from './mercator.ts';

interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Closer the first view of a place never is: one camera alone stands in its street, not in its garden. */
const CLOSEST = 17;
/** The map has whole zooms only. What is a little too large for one is cut at its edges rather than shown at half its size. */
const CUT = 0.2;

/** The place and zoom that show a box in so many pixels, with a little air around it if it can be had. */
export function spotAround({ west, south, east, north }: Box, size: { x: number; y: number }): Spot {
  const across = Math.max(1e-9, worldX(east) - worldX(west));
  const down = Math.max(1e-9, worldY(south) - worldY(north));
  const fits = Math.log2(Math.min((size.x * 0.92) / across, (size.y * 0.92) / down) / TILE);
  return {
    lat: (south + north) / 2,
    lon: (west + east) / 2,
    zoom: Math.max(4, Math.min(CLOSEST, Math.floor(fits + CUT))),
  };
}
