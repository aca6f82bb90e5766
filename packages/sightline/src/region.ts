// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Canvas } from './canvas.ts';

/** Part of a grid: a set bit for each cell that belongs to it, because a word of 32 cells costs no more to look at than one. */
export interface Region {
  readonly columns: number;
  readonly rows: number;
  /** Column by column, each from a word of its own; in a word the lowest bit is the uppermost cell. Bits beyond the last row are 0. */
  readonly bits: Int32Array;
}

/** Words of a column. */
export const wordsOf = (rows: number): number => (rows + 31) >> 5;

export const emptyRegion = (columns: number, rows: number): Region => ({
  columns,
  rows,
  bits: new Int32Array(columns * wordsOf(rows)),
});

/** Adds the cells [from, to) of a column. They must lie within it. */
export function addRun({ rows, bits }: Region, column: number, from: number, to: number): void {
  if (from >= to) return;
  const start = column * wordsOf(rows);
  const [first, last] = [start + (from >> 5), start + ((to - 1) >> 5)];
  const [head, tail] = [-1 << (from & 31), -1 >>> (31 - ((to - 1) & 31))];
  if (first === last) {
    bits[first] = (bits[first] as number) | (head & tail);
    return;
  }
  bits[first] = (bits[first] as number) | head;
  for (let word = first + 1; word < last; word++) bits[word] = -1;
  bits[last] = (bits[last] as number) | tail;
}

export const isWithin = ({ rows, bits }: Region, column: number, row: number): boolean =>
  (((bits[column * wordsOf(rows) + (row >> 5)] as number) >>> (row & 31)) & 1) === 1;

/** Visits a column's unbroken runs of cells from above, each as [top, bottom). */
export function eachRun(region: Region, column: number, visit: (top: number, bottom: number) => void): void {
  const { rows } = region;
  for (let top = nextRow(region, column, 0, false); top < rows;) {
    const bottom = nextRow(region, column, top, true);
    visit(top, bottom);
    top = nextRow(region, column, bottom, false);
  }
}

/** Row of the first cell from `row` on that belongs to the region or, if `outside`, does not; `rows` when there is none. */
function nextRow({ rows, bits }: Region, column: number, row: number, outside: boolean): number {
  const start = column * wordsOf(rows);
  const flip = outside ? -1 : 0;
  let skipped = -1 << (row & 31);
  for (let word = row >> 5; word < wordsOf(rows); word++, skipped = -1) {
    const found = ((bits[start + word] as number) ^ flip) & skipped;
    if (found !== 0) return Math.min(rows, 32 * word + 31 - Math.clz32(found & -found));
  }
  return rows;
}

/** Where homes show, border included; with `wanted`, by what the canvas' owners count, these and no others. */
export function homeRegion({ columns, rows, owners }: Canvas, wanted?: readonly boolean[]): Region {
  const region = emptyRegion(columns, rows);
  for (let x = 0; x < columns; x++) {
    const top = x * rows;
    const end = top + rows;
    for (let i = top; i < end;) {
      // The codes of homes, and only those, are not negative.
      if ((owners[i] as number) < 0) {
        i++;
        continue;
      }
      const [from, owner] = [i, owners[i] as number];
      if (wanted) while (i < end && owners[i] === owner) i++;
      else while (i < end && (owners[i] as number) >= 0) i++;
      if (wanted?.[owner] ?? true) addRun(region, x, from - top, i - top);
    }
  }
  return region;
}

/** The frame's own part: without `border` cells on every side. */
export function cropped(region: Region, border: number): Region {
  if (border === 0) return region;
  const frame = emptyRegion(region.columns - 2 * border, region.rows - 2 * border);
  for (let x = 0; x < frame.columns; x++) {
    eachRun(region, x + border, (top, bottom) =>
      addRun(frame, x, Math.max(0, top - border), Math.min(frame.rows, bottom - border)),
    );
  }
  return frame;
}

/** Half as many cells each way; one is set when any of its four was. */
export function halved(region: Region): Region {
  const half = emptyRegion(Math.ceil(region.columns / 2), Math.ceil(region.rows / 2));
  for (let x = 0; x < region.columns; x++)
    eachRun(region, x, (top, bottom) => addRun(half, x >> 1, top >> 1, ((bottom - 1) >> 1) + 1));
  return half;
}
