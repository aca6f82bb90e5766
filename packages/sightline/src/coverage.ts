// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Point2 } from './polygon.ts';
import { type Sight, cellOf, frameSize } from './sight.ts';

/** Cells of a frame's grid whose centre lies in one of the polygons (fractions of the frame), column by column. */
function coveredCells(polygons: readonly (readonly Point2[])[], columns: number, rows: number): Uint8Array {
  const covered = new Uint8Array(columns * rows);
  const crossings: number[] = [];
  for (const ring of polygons) {
    for (let x = 0; x < columns; x++) {
      const centre = (x + 0.5) / columns;
      crossings.length = 0;
      let from = ring.at(-1);
      for (const to of ring) {
        if (from && from[0] <= centre !== to[0] <= centre)
          crossings.push((from[1] + ((centre - from[0]) / (to[0] - from[0])) * (to[1] - from[1])) * rows);
        from = to;
      }
      crossings.sort((a, b) => a - b);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const [start, end] = [crossings[i] as number, crossings[i + 1] as number];
        covered.fill(
          1,
          x * rows + Math.min(rows, Math.max(0, Math.ceil(start - 0.5))),
          x * rows + Math.min(rows, Math.max(0, Math.ceil(end - 0.5))),
        );
      }
    }
  }
  return covered;
}

/**
 * How much of what shows of each home the polygons cover, 0…1, by building. Homes that do not show are left out.
 * @param polygons open rings in fractions of the frame, origin top left
 */
export function coveredShares(sight: Sight, polygons: readonly (readonly Point2[])[]): Map<string, number> {
  const { canvas, standing } = sight;
  const { columns, rows } = frameSize(sight);
  const covered = coveredCells(polygons, columns, rows);
  const [all, under] = [new Float64Array(standing.length), new Float64Array(standing.length)];
  for (let x = 0, k = 0; x < columns; x++) {
    for (let y = 0; y < rows; y++, k++) {
      const owner = canvas.owners[cellOf(sight, x, y)] as number;
      // The codes of homes, and only those, are not negative.
      if (owner < 0) continue;
      all[owner] = (all[owner] as number) + 1;
      under[owner] = (under[owner] as number) + (covered[k] as number);
    }
  }
  return new Map(standing.flatMap(({ id }, i) => (all[i] ? [[id, (under[i] as number) / all[i]] as const] : [])));
}
