// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';

const Unit = z.number().min(0, 'lies outside the frame').max(1, 'lies outside the frame');

/** One corner of a mask: fractions of the frame's width and height, origin top left. */
export const MaskPoint = z.tuple([Unit, Unit]);
export type MaskPoint = z.infer<typeof MaskPoint>;

type XY = readonly [number, number];

const cross = (o: XY, a: XY, b: XY) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
const within = (a: XY, b: XY, p: XY) =>
  Math.min(a[0], b[0]) <= p[0] &&
  p[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= p[1] &&
  p[1] <= Math.max(a[1], b[1]);

function segmentsTouch(a: XY, b: XY, c: XY, d: XY): boolean {
  const [d1, d2, d3, d4] = [cross(c, d, a), cross(c, d, b), cross(a, b, c), cross(a, b, d)];
  if (d1 * d2 < 0 && d3 * d4 < 0) return true;
  return (
    (d1 === 0 && within(c, d, a)) ||
    (d2 === 0 && within(c, d, b)) ||
    (d3 === 0 && within(a, b, c)) ||
    (d4 === 0 && within(a, b, d))
  );
}

/** Index of the first corner whose edge meets an edge that is not its neighbour; -1 when the ring is simple. */
export function firstCrossing(ring: readonly XY[]): number {
  const n = ring.length;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const neighbours = j === i + 1 || (i === 0 && j === n - 1);
      const [a, b, c, d] = [ring[i]!, ring[(i + 1) % n]!, ring[j]!, ring[(j + 1) % n]!];
      if (!neighbours && segmentsTouch(a, b, c, d)) return i;
    }
  }
  return -1;
}

/** Twice the signed area of a ring. */
export const doubleArea = (ring: readonly XY[]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length]!;
    return sum + x * ny - nx * y;
  }, 0);

const Ring = z
  .array(MaskPoint)
  .min(3, 'a polygon has at least three corners')
  .max(256, 'a polygon has at most 256 corners');

/** A simple polygon on the frame, not closed: the last corner joins the first. */
export const MaskPolygon = Ring.superRefine((ring, ctx) => {
  const at = firstCrossing(ring);
  if (at >= 0) ctx.addIssue({ code: 'custom', path: [at], message: 'the outline crosses itself after this corner' });
  else if (Math.abs(doubleArea(ring)) < 2e-6) ctx.addIssue({ code: 'custom', message: 'the polygon covers nothing' });
});
export type MaskPolygon = z.infer<typeof MaskPolygon>;

export const MaskPolygons = z.array(MaskPolygon).max(200, 'a mask set has at most 200 polygons');
export type MaskPolygons = z.infer<typeof MaskPolygons>;

/** For answers: holding every edge against every other once, when masks are proposed, is enough. A list of sets would take seconds. */
export const MaskPolygonsShape = z.array(Ring).max(200);

/** One mask over everything. */
export const WHOLE_FRAME: MaskPolygons = [
  [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ],
];

const sameRing = (a: readonly XY[], b: readonly XY[]): boolean =>
  a.length === b.length && a.every(([x, y], i) => x === b[i]![0] && y === b[i]![1]);

/**
 * Whether masks surely cover all that `base` covers: they begin with the very same polygons, or lie over the whole frame.
 * Masks add up, so what comes after can only cover more. No geometry, so that there is nothing to get wrong.
 */
export function addsOnly(base: readonly (readonly XY[])[], polygons: readonly (readonly XY[])[]): boolean {
  if (polygons.length > 0 && sameRing(polygons[0]!, WHOLE_FRAME[0]!)) return true;
  return base.every((ring, i) => polygons[i] !== undefined && sameRing(ring, polygons[i]));
}
