// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Footprint } from './building.ts';
import { type LonLat, localFrame } from './local-frame.ts';
import { type Point2, convexHull, signedArea, turn } from './polygon.ts';

const opposite = (a: number, b: number): boolean => (a > 0 && b < 0) || (a < 0 && b > 0);

/** Whether two edges of an open ring run through one another. Touching is not crossing: it leaves inside and outside clear. */
export function crossesItself(ring: readonly Point2[]): boolean {
  const n = ring.length;
  for (let i = 0; i < n; i++) {
    const [a, b] = [ring[i] as Point2, ring[(i + 1) % n] as Point2];
    for (let j = i + 2; j < n; j++) {
      const [c, d] = [ring[j] as Point2, ring[(j + 1) % n] as Point2];
      if (opposite(turn(a, b, c), turn(a, b, d)) && opposite(turn(c, d, a), turn(c, d, b))) return true;
    }
  }
  return false;
}

export type Flaw = 'crosses-itself' | 'no-area';

/** Smaller is no building but a slip of the hand, in square metres. */
const LEAST_AREA_M2 = 0.01;
/** A footprint without area is widened by this much on every side, in metres. */
const WIDENED_M = 0.5;

type Polygon = readonly (readonly LonLat[])[];

function repairPolygon(rings: Polygon): { rings: Polygon; flaw?: Flaw } {
  const [lon, lat] = rings[0]?.[0] ?? [0, 0];
  const frame = localFrame({ lon, lat });
  const local = rings.map((ring) => ring.map((corner) => frame.toLocal(corner)));
  const around = (points: readonly Point2[]): Polygon => [convexHull(points).map((p) => frame.fromLocal(p))];
  const outer = local[0] ?? [];
  if (local.some(crossesItself)) {
    const hull = convexHull(outer);
    if (Math.abs(signedArea(hull)) >= LEAST_AREA_M2) return { rings: around(outer), flaw: 'crosses-itself' };
  }
  if (Math.abs(signedArea(outer)) >= LEAST_AREA_M2) return { rings };
  const wide = outer.flatMap(([e, n]): Point2[] => [
    [e - WIDENED_M, n - WIDENED_M],
    [e + WIDENED_M, n - WIDENED_M],
    [e + WIDENED_M, n + WIDENED_M],
    [e - WIDENED_M, n + WIDENED_M],
  ]);
  return { rings: around(wide), flaw: 'no-area' };
}

/**
 * A footprint that covers at least what a broken one may have meant: the convex hull of an outline that crosses itself,
 * without its courtyards, and half a metre around one that has no area. Only for homes: anything else made larger would hide
 * homes behind it. Polygons without a flaw come back as they are.
 */
export function repairFootprint(footprint: Footprint): { footprint: Footprint; flaws: Flaw[] } {
  const polygons = footprint.type === 'Polygon' ? [footprint.coordinates] : footprint.coordinates;
  const repaired = polygons.map(repairPolygon);
  const flaws = repaired.flatMap(({ flaw }) => (flaw ? [flaw] : []));
  if (flaws.length === 0) return { footprint, flaws };
  return { footprint: { type: 'MultiPolygon', coordinates: repaired.map(({ rings }) => rings) }, flaws };
}
