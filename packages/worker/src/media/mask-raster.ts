// SPDX-License-Identifier: AGPL-3.0-or-later
// From polygons to the samples that are covered. Errs on the side of covering: a sample that a polygon only touches is
// covered, then everything within one macroblock of it, because the camera's own encoder has smeared the picture that far.
import type { FrameSize, MaskPolygons } from '@louver/contract';

/** One H.264 macroblock. Below 8 the smear of the camera's encoder is still readable beside the mask. */
const DILATION_PX = 16;

/** One byte a luma sample, row by row: 255 covered, 0 open. Every 2×2 block is of one kind, as 4:2:0 chroma needs. */
export interface LumaMask extends FrameSize {
  readonly samples: Uint8Array;
}

interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  /** Which way it runs, for the winding number: a polygon that crosses itself covers its whole inside. */
  readonly direction: 1 | -1;
}

/** @throws RangeError on a corner that is not a number: a mask that cannot be drawn must not become no mask */
export function rasterise(frame: FrameSize, polygons: MaskPolygons, dilation: number = DILATION_PX): LumaMask {
  const { width, height } = frame;
  const touched = new Uint8Array(width * height);
  for (const polygon of polygons) {
    const edges = edgesOf(frame, polygon);
    for (const edge of edges) coverEdge(touched, frame, edge);
    coverInside(touched, frame, edges);
  }
  const grown = dilation > 0 ? grow(touched, frame, dilation) : touched;
  return { width, height, samples: alignToChroma(grown, frame) };
}

function edgesOf({ width, height }: FrameSize, polygon: MaskPolygons[number]): Edge[] {
  return polygon.map(([ax, ay], i): Edge => {
    const [bx, by] = polygon[(i + 1) % polygon.length]!;
    const [x0, y0, x1, y1] = [ax * width, ay * height, bx * width, by * height];
    if (![x0, y0, x1, y1].every(Number.isFinite)) throw new RangeError('a mask corner is not a number');
    return y0 <= y1 ? { x0, y0, x1, y1, direction: 1 } : { x0: x1, y0: y1, x1: x0, y1: y0, direction: -1 };
  });
}

const clamp = (value: number, max: number) => Math.min(Math.max(value, 0), max);

/** Every sample whose square the edge enters or touches. */
function coverEdge(samples: Uint8Array, { width, height }: FrameSize, { x0, y0, x1, y1 }: Edge): void {
  const slope = y1 > y0 ? (x1 - x0) / (y1 - y0) : 0;
  const lastRow = clamp(Math.floor(y1), height - 1);
  for (let row = clamp(Math.ceil(y0) - 1, height - 1); row <= lastRow; row++) {
    const [top, bottom] = [Math.max(row, y0), Math.min(row + 1, y1)];
    // A level edge, or one that only touches this row's border, is covered from end to end.
    const level = y1 === y0 || top > bottom;
    const [a, b] = level ? [x0, x1] : [x0 + (top - y0) * slope, x0 + (bottom - y0) * slope];
    // Sums of rounded products may fall a hair short of a border that the true line touches.
    const from = clamp(Math.ceil(Math.min(a, b) - 1e-6) - 1, width - 1);
    const to = clamp(Math.floor(Math.max(a, b) + 1e-6), width - 1);
    samples.fill(255, row * width + from, row * width + to + 1);
  }
}

/** Every sample whose middle lies inside; the edges have been covered before. */
function coverInside(samples: Uint8Array, { width, height }: FrameSize, edges: readonly Edge[]): void {
  for (let row = 0; row < height; row++) {
    const y = row + 0.5;
    const crossings = edges
      .filter(({ y0, y1 }) => y0 <= y && y < y1)
      .map(({ x0, y0, x1, y1, direction }) => ({ x: x0 + ((y - y0) * (x1 - x0)) / (y1 - y0), direction }))
      .sort((a, b) => a.x - b.x);
    let winding = 0;
    for (const [i, { x, direction }] of crossings.entries()) {
      winding += direction;
      const next = crossings[i + 1];
      if (winding === 0 || !next) continue;
      const [from, to] = [clamp(Math.floor(x), width), clamp(Math.ceil(next.x), width)];
      samples.fill(255, row * width + from, row * width + to);
    }
  }
}

/** Every covered run, wider and taller by that much: filled row by row, because memory is filled faster than looked at. */
function grow(samples: Uint8Array, { width, height }: FrameSize, by: number): Uint8Array {
  const grown = new Uint8Array(samples.length);
  for (let row = 0; row < height; row++) {
    const [start, end] = [row * width, (row + 1) * width];
    for (let at = samples.indexOf(255, start); at >= 0 && at < end;) {
      let stop = samples.indexOf(0, at);
      if (stop < 0 || stop > end) stop = end;
      const [from, to] = [Math.max(0, at - start - by), Math.min(width, stop - start + by)];
      const last = Math.min(height - 1, row + by);
      for (let y = Math.max(0, row - by); y <= last; y++) grown.fill(255, y * width + from, y * width + to);
      at = samples.indexOf(255, stop);
    }
  }
  return grown;
}

/** A chroma sample belongs to four luma samples: covering one and not the others would let its colour through. */
function alignToChroma(samples: Uint8Array, { width, height }: FrameSize): Uint8Array {
  const aligned = new Uint8Array(samples.length);
  for (let y = 0; y < height; y += 2) {
    const [upper, lower] = [y * width, Math.min(y + 1, height - 1) * width];
    for (let x = 0; x < width; x += 2) {
      const right = Math.min(x + 1, width - 1);
      if (!(samples[upper + x]! | samples[upper + right]! | samples[lower + x]! | samples[lower + right]!)) continue;
      aligned[upper + x] = aligned[upper + right] = aligned[lower + x] = aligned[lower + right] = 255;
    }
  }
  return aligned;
}
