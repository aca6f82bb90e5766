// SPDX-License-Identifier: AGPL-3.0-or-later

/** Any plane coordinates: pixels, normalised frame, or local metres. */
export type Point2 = readonly [number, number];

/** Twice the signed area of the triangle a, b, c; positive when they turn left (y up). */
export const turn = (a: Point2, b: Point2, c: Point2): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Signed area of an open ring in squared units; positive when counter-clockwise (y up). */
export function signedArea(ring: readonly Point2[]): number {
  let sum = 0;
  let from = ring.at(-1);
  for (const to of ring) {
    if (from) sum += from[0] * to[1] - to[0] * from[1];
    from = to;
  }
  return sum / 2;
}

/** Smallest convex polygon around the points, counter-clockwise (y up), open. Fewer than 3 corners when they are on a line. */
export function convexHull(points: readonly Point2[]): Point2[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = (ordered: readonly Point2[]): Point2[] => {
    const hull: Point2[] = [];
    for (const p of ordered) {
      for (;;) {
        const [a, b] = [hull.at(-2), hull.at(-1)];
        if (!a || !b || turn(a, b, p) > 0) break;
        hull.pop();
      }
      hull.push(p);
    }
    return hull.slice(0, -1);
  };
  return [...chain(sorted), ...chain(sorted.toReversed())];
}

/** The part of a convex ring where nx·x + ny·y ≤ limit. */
export function clipHalfPlane(ring: readonly Point2[], [nx, ny]: Point2, limit: number): Point2[] {
  const side = (p: Point2): number => nx * p[0] + ny * p[1] - limit;
  const kept: Point2[] = [];
  let from = ring.at(-1);
  for (const to of ring) {
    if (from) {
      const [a, b] = [side(from), side(to)];
      if (a <= 0 !== b <= 0) {
        const s = a / (a - b);
        kept.push([from[0] + (to[0] - from[0]) * s, from[1] + (to[1] - from[1]) * s]);
      }
    }
    if (side(to) <= 0) kept.push(to);
    from = to;
  }
  return kept;
}

/** Whether a point is inside an open ring by the even-odd rule; points on the edge may go either way. */
export function contains(ring: readonly Point2[], [x, y]: Point2): boolean {
  let inside = false;
  let from = ring.at(-1);
  for (const to of ring) {
    if (from && from[1] > y !== to[1] > y) {
      if (x < from[0] + ((y - from[1]) / (to[1] - from[1])) * (to[0] - from[0])) inside = !inside;
    }
    from = to;
  }
  return inside;
}

/** Whether p, known to be on the line through a and b, is between them. */
const between = (a: Point2, b: Point2, p: Point2): boolean =>
  Math.min(a[0], b[0]) <= p[0] &&
  p[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= p[1] &&
  p[1] <= Math.max(a[1], b[1]);

/** Whether two closed segments share a point. */
export function segmentsMeet(a: Point2, b: Point2, c: Point2, d: Point2): boolean {
  const [c1, d1, a1, b1] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (c1 > 0 !== d1 > 0 && a1 > 0 !== b1 > 0 && c1 * d1 !== 0 && a1 * b1 !== 0) return true;
  return (
    (c1 === 0 && between(a, b, c)) ||
    (d1 === 0 && between(a, b, d)) ||
    (a1 === 0 && between(c, d, a)) ||
    (b1 === 0 && between(c, d, b))
  );
}

/** Whether an open ring has at least three corners, an area, and no two edges that touch except neighbours at their corner. */
export function isSimple(ring: readonly Point2[]): boolean {
  const n = ring.length;
  if (n < 3 || signedArea(ring) === 0) return false;
  const at = (i: number): Point2 => ring[i % n] as Point2;
  for (let i = 0; i < n; i++) {
    if (at(i)[0] === at(i + 1)[0] && at(i)[1] === at(i + 1)[1]) return false;
    // A spike: the next edge runs back over this one.
    if (turn(at(i), at(i + 1), at(i + 2)) === 0 && between(at(i), at(i + 1), at(i + 2))) return false;
    for (let j = i + 2; j < n; j++) {
      if ((j + 1) % n !== i && segmentsMeet(at(i), at(i + 1), at(j), at(j + 1))) return false;
    }
  }
  return true;
}
