// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Point2 } from '@louver/sightline';

/** Samples x1 ≤ x < x2 of row y. */
export type SpanVisitor = (y: number, x1: number, x2: number) => void;

const crossings = new Float64Array(256);

function crossingsAt(rings: readonly (readonly Point2[])[], centre: number): number {
  let count = 0;
  for (const ring of rings) {
    let from = ring[ring.length - 1] as Point2;
    for (const to of ring) {
      if (from[1] <= centre !== to[1] <= centre && count < crossings.length) {
        crossings[count++] = from[0] + ((centre - from[1]) / (to[1] - from[1])) * (to[0] - from[0]);
      }
      from = to;
    }
  }
  // Insertion sort: there are nearly always two.
  for (let i = 1; i < count; i++) {
    const x = crossings[i] as number;
    let j = i - 1;
    for (; j >= 0 && (crossings[j] as number) > x; j--) crossings[j + 1] = crossings[j] as number;
    crossings[j + 1] = x;
  }
  return count;
}

/** Visits the samples whose centres lie in a polygon of screen coordinates (even-odd, holes as further rings). */
export function eachSpan(
  rings: readonly (readonly Point2[])[],
  width: number,
  height: number,
  visit: SpanVisitor,
): void {
  let [top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const ring of rings) {
    for (const p of ring) {
      if (p[1] < top) top = p[1];
      if (p[1] > bottom) bottom = p[1];
    }
  }
  const last = Math.min(height - 1, Math.ceil(bottom - 0.5));
  for (let y = Math.max(0, Math.ceil(top - 0.5)); y <= last; y++) {
    const count = crossingsAt(rings, y + 0.5);
    for (let i = 0; i + 1 < count; i += 2) {
      const x1 = Math.max(0, Math.ceil((crossings[i] as number) - 0.5));
      const x2 = Math.min(width, Math.ceil((crossings[i + 1] as number) - 0.5));
      if (x1 < x2) visit(y, x1, x2);
    }
  }
}
