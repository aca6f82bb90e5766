// SPDX-License-Identifier: AGPL-3.0-or-later

/** What each cell of a grid shows, row by row. */
export interface Canvas {
  readonly columns: number;
  readonly rows: number;
  /** 1/depth in 1/m of the nearest surface; 0 where there is none. */
  readonly inverse: Float32Array;
  /** No cell of a block of BLOCK cells of a row has less; what is not nearer can't show in it. By row, blocks from the left. */
  readonly least: Float32Array;
  /** Whose it is: `ownerCode`, or NOBODY. Short ones unless there are too many: half the memory to go through. */
  readonly owners: Int16Array | Int32Array;
  /** Left and right end of the polygon being filled, by row. */
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** Cells of a row that are looked at together: wide enough to pass over what is hidden, narrow enough to be hidden soon. */
const BLOCK_BITS = 5;
const BLOCK = 1 << BLOCK_BITS;
const blocksOf = (columns: number): number => Math.ceil(columns / BLOCK);

/** What a cell holds where no building shows. */
export const NOBODY = -1;

/** A home's own index, 0 or more, and less than NOBODY for anything else: the sign alone tells what must be covered. */
export const ownerCode = (index: number, home: boolean): number => (home ? index : -2 - index);

/** 1/depth = a·x + b·y + c over the grid: exact for a flat surface. */
export interface InverseDepth {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export const blankCanvas = (columns: number, rows: number, buildings: number): Canvas => ({
  columns,
  rows,
  inverse: new Float32Array(columns * rows),
  least: new Float32Array(blocksOf(columns) * rows),
  owners: (buildings < 32_768 ? new Int16Array(columns * rows) : new Int32Array(columns * rows)).fill(NOBODY),
  left: new Float64Array(rows),
  right: new Float64Array(rows),
});

/** Cells of one row whose centres lie in [from, to), where nothing nearer stands. */
function fillSpan(canvas: Canvas, row: number, from: number, to: number, depth: InverseDepth, owner: number): void {
  const { columns, least, inverse, owners } = canvas;
  const { a } = depth;
  const rest = depth.b * (row + 0.5) + depth.c;
  // Ends may lie far outside: within the row first, or making whole numbers of them would wrap around.
  const last = Math.min(columns, Math.max(0, Math.ceil(to - 0.5))) | 0;
  const before = (row * columns) | 0;
  let start = Math.min(columns, Math.max(0, Math.ceil(from - 0.5))) | 0;
  let block = (row * blocksOf(columns) + (start >> BLOCK_BITS)) | 0;
  for (; start < last; block++) {
    const end = Math.min(last, ((start >> BLOCK_BITS) + 1) << BLOCK_BITS) | 0;
    const hidden = least[block] as number;
    let value = a * (start + 0.5) + rest;
    // Along a row 1/depth rises or falls all the way, so what is behind everything at both ends is behind it between them.
    if (value > hidden || value + a * (end - 1 - start) > hidden) {
      let furthest = Infinity;
      for (let i = before + start; i < before + end; i++, value += a) {
        let now = inverse[i] as number;
        if (value > now) {
          inverse[i] = now = value;
          owners[i] = owner;
        }
        furthest = Math.min(furthest, now);
      }
      if ((start & (BLOCK - 1)) === 0 && (end - start === BLOCK || end === columns)) least[block] = furthest;
    }
    start = end;
  }
}

/** Fills a convex polygon of `count` corners (x, y alternating in `xy`). A cell belongs to it when its centre does. */
export function fillConvex(canvas: Canvas, xy: Float64Array, count: number, depth: InverseDepth, owner: number): void {
  const { rows, left, right } = canvas;
  let [top, bottom] = [Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    top = Math.min(top, xy[2 * i + 1] as number);
    bottom = Math.max(bottom, xy[2 * i + 1] as number);
  }
  const first = Math.max(0, Math.ceil(top - 0.5));
  const end = Math.min(rows, Math.ceil(bottom - 0.5));
  if (first >= end) return;
  left.fill(Infinity, first, end);
  right.fill(-Infinity, first, end);
  for (let i = 0, j = count - 1; i < count; j = i++) {
    const [x0, y0] = [xy[2 * j] as number, xy[2 * j + 1] as number];
    const [x1, y1] = [xy[2 * i] as number, xy[2 * i + 1] as number];
    if (y0 === y1) continue;
    const slope = (x1 - x0) / (y1 - y0);
    const last = Math.min(rows, Math.ceil(Math.max(y0, y1) - 0.5));
    for (let row = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5)); row < last; row++) {
      const x = x0 + (row + 0.5 - y0) * slope;
      if (x < (left[row] as number)) left[row] = x;
      if (x > (right[row] as number)) right[row] = x;
    }
  }
  for (let row = first; row < end; row++)
    fillSpan(canvas, row, left[row] as number, right[row] as number, depth, owner);
}

/** Fills rings by the even-odd rule: any polygon, with holes. Each ring is x, y alternating. */
export function fillEvenOdd(
  canvas: Canvas,
  rings: readonly (readonly number[])[],
  depth: InverseDepth,
  owner: number,
): void {
  let [top, bottom] = [Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 2) {
      top = Math.min(top, ring[i] as number);
      bottom = Math.max(bottom, ring[i] as number);
    }
  }
  const end = Math.min(canvas.rows, Math.ceil(bottom - 0.5));
  const crossings: number[] = [];
  for (let row = Math.max(0, Math.ceil(top - 0.5)); row < end; row++) {
    crossings.length = 0;
    for (const ring of rings) collectCrossings(ring, row + 0.5, crossings);
    crossings.sort((p, q) => p - q);
    for (let i = 0; i + 1 < crossings.length; i += 2)
      fillSpan(canvas, row, crossings[i] as number, crossings[i + 1] as number, depth, owner);
  }
}

function collectCrossings(ring: readonly number[], centre: number, into: number[]): void {
  let [x0, y0] = [ring.at(-2) as number, ring.at(-1) as number];
  for (let i = 0; i < ring.length; i += 2) {
    const [x1, y1] = [ring[i] as number, ring[i + 1] as number];
    if (y0 <= centre !== y1 <= centre) into.push(x0 + ((centre - y0) / (y1 - y0)) * (x1 - x0));
    x0 = x1;
    y0 = y1;
  }
}
