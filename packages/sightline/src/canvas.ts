// SPDX-License-Identifier: AGPL-3.0-or-later

/** What each cell of a grid shows. Column by column, as masks are built, and because what stands upright is narrow. */
export interface Canvas {
  readonly columns: number;
  readonly rows: number;
  /** 1/depth in 1/m of the nearest surface; 0 where there is none. */
  readonly inverse: Float32Array;
  /**
   * No cell of a block of BLOCK cells of a column has less, so what is not nearer can't show in it; UNTOUCHED while nothing was
   * painted there. By column, blocks from the top.
   */
  readonly least: Float32Array;
  /** Whose it is: `ownerCode`, or NOBODY. Short ones unless there are too many: half the memory to go through. */
  readonly owners: Int16Array | Int32Array;
  /** Upper and lower end of the polygon being filled, by column. */
  readonly upper: Float64Array;
  readonly lower: Float64Array;
}

/** Cells of a column that are looked at together: enough to pass over what is hidden, few enough to be hidden soon. */
const BLOCK_BITS = 5;
const BLOCK = 1 << BLOCK_BITS;
const UNTOUCHED = -1;
const blocksOf = (rows: number): number => Math.ceil(rows / BLOCK);

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

/** @param used one that nobody needs any more: to clear its memory takes a tenth of the time of getting new memory */
export function blankCanvas(columns: number, rows: number, buildings: number, used?: Canvas): Canvas {
  const Owners = buildings < 32_768 ? Int16Array : Int32Array;
  if (used?.columns === columns && used.rows === rows && used.owners instanceof Owners) {
    used.inverse.fill(0);
    used.least.fill(UNTOUCHED);
    used.owners.fill(NOBODY);
    return used;
  }
  return {
    columns,
    rows,
    inverse: new Float32Array(columns * rows),
    least: new Float32Array(columns * blocksOf(rows)).fill(UNTOUCHED),
    owners: new Owners(columns * rows).fill(NOBODY),
    upper: new Float64Array(columns),
    lower: new Float64Array(columns),
  };
}

/** Fills the cells of one column whose centres lie in [from, to), where nothing nearer stands. */
export function fillSpan(
  canvas: Canvas,
  column: number,
  from: number,
  to: number,
  depth: InverseDepth,
  owner: number,
): void {
  const { rows, least, inverse, owners } = canvas;
  const { b } = depth;
  const rest = depth.a * (column + 0.5) + depth.c;
  // Ends may lie far outside: within the column first, or making whole numbers of them would wrap around.
  const last = Math.min(rows, Math.max(0, Math.ceil(to - 0.5))) | 0;
  const before = (column * rows) | 0;
  let start = Math.min(rows, Math.max(0, Math.ceil(from - 0.5))) | 0;
  let block = (column * blocksOf(rows) + (start >> BLOCK_BITS)) | 0;
  for (; start < last; block++) {
    const end = Math.min(last, ((start >> BLOCK_BITS) + 1) << BLOCK_BITS) | 0;
    const known = least[block] as number;
    let value = b * (start + 0.5) + rest;
    const final = value + b * (end - 1 - start);
    const whole = (start & (BLOCK - 1)) === 0 && (end - start === BLOCK || end === rows);
    // Along a column 1/depth rises or falls all the way: what holds at both ends holds between them.
    if (known === UNTOUCHED && value > 0 && final > 0) {
      least[block] = whole ? Math.min(value, final) : 0;
      for (let i = before + start; i < before + end; i++, value += b) {
        inverse[i] = value;
        owners[i] = owner;
      }
    } else if (value > known || final > known) {
      let furthest = Infinity;
      for (let i = before + start; i < before + end; i++, value += b) {
        let now = inverse[i] as number;
        if (value > now) {
          inverse[i] = now = value;
          owners[i] = owner;
        }
        furthest = Math.min(furthest, now);
      }
      if (whole) least[block] = furthest;
    }
    start = end;
  }
}

/** Fills a convex polygon of `count` corners (x, y alternating in `xy`). A cell belongs to it when its centre does. */
export function fillConvex(canvas: Canvas, xy: Float64Array, count: number, depth: InverseDepth, owner: number): void {
  const { columns, upper, lower } = canvas;
  let [left, right] = [Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    left = Math.min(left, xy[2 * i] as number);
    right = Math.max(right, xy[2 * i] as number);
  }
  const first = Math.max(0, Math.ceil(left - 0.5));
  const end = Math.min(columns, Math.ceil(right - 0.5));
  if (first >= end) return;
  upper.fill(Infinity, first, end);
  lower.fill(-Infinity, first, end);
  for (let i = 0, j = count - 1; i < count; j = i++) {
    const [x0, y0] = [xy[2 * j] as number, xy[2 * j + 1] as number];
    const [x1, y1] = [xy[2 * i] as number, xy[2 * i + 1] as number];
    if (x0 === x1) continue;
    const slope = (y1 - y0) / (x1 - x0);
    const last = Math.min(columns, Math.ceil(Math.max(x0, x1) - 0.5));
    for (let column = Math.max(0, Math.ceil(Math.min(x0, x1) - 0.5)); column < last; column++) {
      const y = y0 + (column + 0.5 - x0) * slope;
      if (y < (upper[column] as number)) upper[column] = y;
      if (y > (lower[column] as number)) lower[column] = y;
    }
  }
  for (let column = first; column < end; column++)
    fillSpan(canvas, column, upper[column] as number, lower[column] as number, depth, owner);
}

/** Fills rings by the even-odd rule: any polygon, with holes. Each ring is x, y alternating. */
export function fillEvenOdd(
  canvas: Canvas,
  rings: readonly (readonly number[])[],
  depth: InverseDepth,
  owner: number,
): void {
  let [left, right] = [Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      left = Math.min(left, ring[i] as number);
      right = Math.max(right, ring[i] as number);
    }
  }
  const end = Math.min(canvas.columns, Math.ceil(right - 0.5));
  const crossings: number[] = [];
  for (let column = Math.max(0, Math.ceil(left - 0.5)); column < end; column++) {
    crossings.length = 0;
    for (const ring of rings) collectCrossings(ring, column + 0.5, crossings);
    if (crossings.length > 2) crossings.sort((p, q) => p - q);
    else if ((crossings[0] as number) > (crossings[1] as number)) crossings.reverse();
    for (let i = 0; i + 1 < crossings.length; i += 2)
      fillSpan(canvas, column, crossings[i] as number, crossings[i + 1] as number, depth, owner);
  }
}

function collectCrossings(ring: readonly number[], centre: number, into: number[]): void {
  let [x0, y0] = [ring.at(-2) as number, ring.at(-1) as number];
  for (let i = 0; i < ring.length; i += 2) {
    const [x1, y1] = [ring[i] as number, ring[i + 1] as number];
    if (x0 <= centre !== x1 <= centre) into.push(y0 + ((centre - x0) / (x1 - x0)) * (y1 - y0));
    x0 = x1;
    y0 = y1;
  }
}
