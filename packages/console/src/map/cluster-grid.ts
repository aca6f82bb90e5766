// SPDX-License-Identifier: AGPL-3.0-or-later
import { GLYPHS, TROUBLE } from '../cameras/glyphs.ts';
import { worldSize } from './mercator.ts';

/** From this zoom on every camera stands for itself. */
export const CLUSTER_BELOW = 15;
/** Pixels of a side of a cell; cells hang on the world, not on the screen, so a pan never regroups them. */
export const CELL = 80;

const TROUBLED = GLYPHS.map((glyph) => TROUBLE.has(glyph));
const STREAMING = GLYPHS.indexOf('streaming');

/** One entry per cell that holds a camera; places are Mercator, 0…1 of the world. */
export interface Clusters {
  length: number;
  count: Uint32Array;
  /** Mean of the members. */
  x: Float64Array;
  y: Float64Array;
  /** Any member; the only one where the count is 1. */
  member: Uint32Array;
  troubled: Uint32Array;
  streaming: Uint32Array;
  minX: Float64Array;
  minY: Float64Array;
  maxX: Float64Array;
  maxY: Float64Array;
  /** Cluster numbers, largest first: a small one that touches a large one is drawn above it. */
  order: Uint32Array;
}

interface Points {
  x: Float64Array;
  y: Float64Array;
  glyph: Uint8Array;
  visible: Uint8Array;
  visibleCount: number;
}

const emptyClusters = (capacity: number): Clusters => ({
  length: 0,
  count: new Uint32Array(capacity),
  x: new Float64Array(capacity),
  y: new Float64Array(capacity),
  member: new Uint32Array(capacity),
  troubled: new Uint32Array(capacity),
  streaming: new Uint32Array(capacity),
  minX: new Float64Array(capacity).fill(Infinity),
  minY: new Float64Array(capacity).fill(Infinity),
  maxX: new Float64Array(capacity).fill(-Infinity),
  maxY: new Float64Array(capacity).fill(-Infinity),
  order: new Uint32Array(0),
});

/** Cells to cluster numbers: open addressing over typed arrays, because a Map of 100,000 boxes its keys. */
class CellTable {
  readonly #keys: Float64Array;
  readonly #values: Int32Array;
  readonly #mask: number;

  constructor(atMost: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, atMost * 2)));
    this.#keys = new Float64Array(size).fill(-1);
    this.#values = new Int32Array(size);
    this.#mask = size - 1;
  }

  /** The number kept for the cell; `fresh` is kept and returned when there is none. */
  numberOf(column: number, row: number, fresh: number): number {
    const key = column * 2 ** 26 + row;
    let slot = (Math.imul(column, 0x9e3779b1) ^ Math.imul(row, 0x85ebca6b)) & this.#mask;
    while (this.#keys[slot] !== -1) {
      if (this.#keys[slot] === key) return this.#values[slot]!;
      slot = (slot + 1) & this.#mask;
    }
    this.#keys[slot] = key;
    this.#values[slot] = fresh;
    return fresh;
  }
}

export function clusterGrid({ x, y, glyph, visible, visibleCount }: Points, zoom: number): Clusters {
  const clusters = emptyClusters(visibleCount);
  const { count, member, troubled, streaming, minX, minY, maxX, maxY } = clusters;
  const table = new CellTable(visibleCount);
  const cells = worldSize(zoom) / CELL;
  let length = 0;
  for (let i = 0; i < x.length; i++) {
    if (visible[i] === 0) continue;
    const px = x[i]!;
    const py = y[i]!;
    const at = table.numberOf(Math.floor(px * cells), Math.floor(py * cells), length);
    if (at === length) length++;
    count[at]!++;
    clusters.x[at]! += px;
    clusters.y[at]! += py;
    member[at] = i;
    if (TROUBLED[glyph[i]!]) troubled[at]!++;
    if (glyph[i] === STREAMING) streaming[at]!++;
    if (px < minX[at]!) minX[at] = px;
    if (px > maxX[at]!) maxX[at] = px;
    if (py < minY[at]!) minY[at] = py;
    if (py > maxY[at]!) maxY[at] = py;
  }
  for (let at = 0; at < length; at++) {
    clusters.x[at]! /= count[at]!;
    clusters.y[at]! /= count[at]!;
  }
  clusters.length = length;
  clusters.order = largestFirst(count.subarray(0, length));
  return clusters;
}

/** A counting sort: comparing 30,000 clusters one by one would cost a frame. */
function largestFirst(counts: Uint32Array): Uint32Array {
  const places = new Uint32Array(counts.reduce((most, count) => Math.max(most, count), 0) + 1);
  for (const count of counts) places[count]!++;
  let next = 0;
  for (let count = places.length - 1; count >= 0; count--) {
    const these = places[count]!;
    places[count] = next;
    next += these;
  }
  const order = new Uint32Array(counts.length);
  for (let at = 0; at < counts.length; at++) order[places[counts[at]!]!++] = at;
  return order;
}
