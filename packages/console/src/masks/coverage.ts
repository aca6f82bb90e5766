// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Ring } from './ring.ts';

/** Fine enough for a hundredth of a percent of the frame, and done in a few milliseconds. */
const COLUMNS = 960;
const ROWS = 540;

/** One byte per cell of the frame: 1 where the cell's middle is under a polygon. */
export function rasterise(rings: readonly Ring[], columns = COLUMNS, rows = ROWS): Uint8Array {
  const cells = new Uint8Array(columns * rows);
  for (const ring of rings) {
    for (let row = 0; row < rows; row++) {
      const y = (row + 0.5) / rows;
      const crossings = crossingsAt(ring, y);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const from = Math.max(0, Math.ceil(crossings[i]! * columns - 0.5));
        const to = Math.min(columns, Math.ceil(crossings[i + 1]! * columns - 0.5));
        if (to > from) cells.fill(1, row * columns + from, row * columns + to);
      }
    }
  }
  return cells;
}

function crossingsAt(ring: Ring, y: number): number[] {
  const found: number[] = [];
  let from = ring.at(-1);
  for (const to of ring) {
    if (from !== undefined && from[1] > y !== to[1] > y) {
      found.push(from[0] + ((y - from[1]) / (to[1] - from[1])) * (to[0] - from[0]));
    }
    from = to;
  }
  return found.sort((a, b) => a - b);
}

/** Shares of the frame, 0…1. */
export interface CoverageChange {
  before: number;
  after: number;
  added: number;
  uncovered: number;
}

/** What a proposal covers and uncovers, measured on the frame and not by the polygons' areas, because they may overlap. */
export function coverageChange(before: readonly Ring[], after: readonly Ring[]): CoverageChange {
  const [old, next] = [rasterise(before), rasterise(after)];
  let [was, is, added, uncovered] = [0, 0, 0, 0];
  for (let i = 0; i < old.length; i++) {
    const [a, b] = [old[i]!, next[i]!];
    was += a;
    is += b;
    if (a !== b) {
      added += b;
      uncovered += a;
    }
  }
  const all = old.length;
  return { before: was / all, after: is / all, added: added / all, uncovered: uncovered / all };
}
