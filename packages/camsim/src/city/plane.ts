// SPDX-License-Identifier: AGPL-3.0-or-later
// Plane geometry of the plan: metres east and north of the city's centre.
import { type Local, type Point2, contains, segmentsMeet } from '@louver/sightline';

export const add = (a: Local, b: Local, s = 1): Local => [a[0] + b[0] * s, a[1] + b[1] * s];
export const distance = (a: Local, b: Local): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Unit vector from a to b. */
export function direction(a: Local, b: Local): Local {
  const d = distance(a, b) || 1;
  return [(b[0] - a[0]) / d, (b[1] - a[1]) / d];
}

/** Turned a quarter to the left. */
export const leftOf = ([x, y]: Local): Local => [-y, x];

/** Compass bearing in degrees, [0, 360). */
export const bearingOf = ([east, north]: Local): number => ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;

export function lengthOf(line: readonly Local[]): number {
  return line.reduce((sum, p, i) => sum + (i > 0 ? distance(line[i - 1] as Local, p) : 0), 0);
}

/** Where one is after `metres` along a line, and which way the line runs there. Clamped to its ends. */
export function along(line: readonly Local[], metres: number): { at: Local; way: Local } {
  let rest = metres;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Local, line[i] as Local];
    const d = distance(a, b);
    if (rest <= d || i === line.length - 1) {
      const way = direction(a, b);
      return { at: add(a, way, Math.max(0, Math.min(rest, d))), way };
    }
    rest -= d;
  }
  throw new RangeError("couldn't walk along a line of fewer than two points");
}

export function distanceToSegment(p: Local, a: Local, b: Local): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length2 = dx * dx + dy * dy;
  const s = length2 ? Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2)) : 0;
  return Math.hypot(p[0] - a[0] - dx * s, p[1] - a[1] - dy * s);
}

export function distanceToLine(p: Local, line: readonly Local[]): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 1; i < line.length; i++)
    best = Math.min(best, distanceToSegment(p, line[i - 1] as Local, line[i] as Local));
  return best;
}

/** Rectangle whose first edge is its front: counter-clockwise, `inward` points from the front to the back. */
export function lot(frontMiddle: Local, inward: Local, width: number, depth: number): Local[] {
  // With the inside on the left of the front edge, the ring runs counter-clockwise.
  const way: Local = [inward[1], -inward[0]];
  const from = add(frontMiddle, way, -width / 2);
  const to = add(frontMiddle, way, width / 2);
  return [from, to, add(to, inward, depth), add(from, inward, depth)];
}

/** Whether two open rings share any area or edge. */
export function overlap(a: readonly Point2[], b: readonly Point2[]): boolean {
  if (contains(a, b[0] as Point2) || contains(b, a[0] as Point2)) return true;
  return a.some((p, i) =>
    b.some((q, j) => segmentsMeet(p, a[(i + 1) % a.length] as Point2, q, b[(j + 1) % b.length] as Point2)),
  );
}

/** Middle of the corners. */
export function middle(ring: readonly Local[]): Local {
  return ring.reduce<Local>((sum, p) => add(sum, p, 1 / ring.length), [0, 0]);
}

/** Every corner moved towards the middle by the same share: 0 keeps the ring, 1 leaves a point. */
export function shrink(ring: readonly Local[], share: number): Local[] {
  const centre = middle(ring);
  return ring.map((p) => add(p, [centre[0] - p[0], centre[1] - p[1]], share));
}
