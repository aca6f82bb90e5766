// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether masks lie over a decoded picture. Shares nothing with how they were drawn: a fault there must show here.
import type { FrameSize, MaskPolygons } from '@louver/contract';

/**
 * Steps of 8 bits that an encoder moves samples of a flat area that is a macroblock away from everything else: 2 in luma, and in
 * chroma 5 where coloured snow is all that a broken camera sends and the rate is capped. At night luma alone tells a home from
 * black, so it gets no more than it needs.
 */
const TOLERANCE = { luma: 3, chroma: 6 } as const;

/** A stretch of one row, `to` excluded. */
export interface Run {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/** Samples whose middle lies inside a polygon, by the crossings of each row. The margin that was drawn around it is not among them. */
export function interiorOf({ width, height }: FrameSize, polygons: MaskPolygons): Run[] {
  const runs: Run[] = [];
  for (const polygon of polygons) {
    const ys = polygon.map(([, y]) => y * height);
    const last = Math.min(height - 1, Math.ceil(Math.max(...ys)));
    for (let row = Math.max(0, Math.floor(Math.min(...ys))); row <= last; row++) {
      const middle = (row + 0.5) / height;
      const crossings = polygon
        .flatMap(([x0, y0], i) => {
          const [x1, y1] = polygon[(i + 1) % polygon.length]!;
          return y0 > middle === y1 > middle ? [] : [(x0 + ((x1 - x0) * (middle - y0)) / (y1 - y0)) * width];
        })
        .sort((a, b) => a - b);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const from = Math.max(0, Math.ceil(crossings[i]! - 0.5));
        const to = Math.min(width, Math.floor(crossings[i + 1]! - 0.5) + 1);
        if (from < to) runs.push({ row, from, to });
      }
    }
  }
  return runs;
}

export interface Fill {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

export interface Deviation {
  readonly luma: number;
  readonly chroma: number;
}

const NONE: Deviation = { luma: 0, chroma: 0 };
export const isFlat = ({ luma, chroma }: Deviation): boolean => luma <= TOLERANCE.luma && chroma <= TOLERANCE.chroma;
export const worse = (a: Deviation, b: Deviation): Deviation => ({
  luma: Math.max(a.luma, b.luma),
  chroma: Math.max(a.chroma, b.chroma),
});

/**
 * How far the covered samples are from the fill, at most.
 * @param picture one raw 4:2:0 frame of `size`, which is even
 */
export function deviationOf(
  picture: Uint8Array,
  { width, height }: FrameSize,
  runs: readonly Run[],
  fill: Fill,
): Deviation {
  const [across, lumaLength] = [width / 2, width * height];
  const chromaLength = lumaLength / 4;
  let worst = NONE;
  for (const { row, from, to } of runs) {
    const c = lumaLength + (row >> 1) * across;
    const [left, right] = [from >> 1, ((to - 1) >> 1) + 1];
    worst = worse(worst, {
      luma: farthest(picture, row * width + from, row * width + to, fill.y),
      chroma: Math.max(
        farthest(picture, c + left, c + right, fill.u),
        farthest(picture, c + chromaLength + left, c + chromaLength + right, fill.v),
      ),
    });
  }
  return worst;
}

function farthest(samples: Uint8Array, from: number, to: number, value: number): number {
  let [low, high] = [value, value];
  for (let i = from; i < to; i++) {
    const sample = samples[i]!;
    if (sample < low) low = sample;
    else if (sample > high) high = sample;
  }
  return Math.max(value - low, high - value);
}
