// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Canvas } from './canvas.ts';

/** Part of a grid: 1 for a cell that belongs to it. Column by column, because masks are built from columns. */
export interface Region {
  readonly columns: number;
  readonly rows: number;
  readonly cells: Uint8Array;
}

/** Columns turned at a time: as many as the cache holds lines for. */
const STRIPE = 32;

/** Where homes show, border included. */
export function homeRegion({ columns, rows, owners }: Canvas): Region {
  const cells = new Uint8Array(columns * rows);
  for (let stripe = 0; stripe < columns; stripe += STRIPE) {
    const end = Math.min(columns, stripe + STRIPE);
    for (let y = 0; y < rows; y++) {
      for (let x = stripe; x < end; x++) {
        // The codes of homes, and only those, are not negative.
        if ((owners[y * columns + x] as number) >= 0) cells[x * rows + y] = 1;
      }
    }
  }
  return { columns, rows, cells };
}

/** The frame's own part: without `border` cells on every side. */
export function cropped(region: Region, border: number): Region {
  if (border === 0) return region;
  const [columns, rows] = [region.columns - 2 * border, region.rows - 2 * border];
  const cells = new Uint8Array(columns * rows);
  for (let x = 0; x < columns; x++) {
    const start = (x + border) * region.rows + border;
    cells.set(region.cells.subarray(start, start + rows), x * rows);
  }
  return { columns, rows, cells };
}

/** Half as many cells each way; one is set when any of its four was. */
export function halved({ columns, rows, cells }: Region): Region {
  const half: Region = {
    columns: Math.ceil(columns / 2),
    rows: Math.ceil(rows / 2),
    cells: new Uint8Array(Math.ceil(columns / 2) * Math.ceil(rows / 2)),
  };
  for (let i = 0; i < cells.length; i++) {
    if (cells[i] === 1) half.cells[Math.floor(Math.floor(i / rows) / 2) * half.rows + Math.floor((i % rows) / 2)] = 1;
  }
  return half;
}
