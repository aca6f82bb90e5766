// SPDX-License-Identifier: AGPL-3.0-or-later
import type { LocalFrame, LonLat } from './local-frame.ts';
import { type Point2, signedArea } from './polygon.ts';
import type { Vec3 } from './vec3.ts';

/** GeoJSON geometry; rings are closed or open, outer first, degrees WGS84. */
export type Footprint =
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly LonLat[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly LonLat[])[])[] };

export interface Building {
  readonly id: string;
  /** False: somebody is sure that nobody lives there. In doubt a building is a home. */
  readonly home?: boolean;
  /** Top, metres above the ground. */
  readonly height: number;
  /** Underside, metres above the ground: not 0 for what hangs over a passage. */
  readonly minHeight: number;
  readonly footprint: Footprint;
}

/** One flat side of a building in local metres. */
export interface Face {
  readonly kind: 'wall' | 'roof' | 'underside';
  /** Open rings, outer first; a wall has one. Outer rings are counter-clockwise seen from outside, holes clockwise. */
  readonly rings: readonly (readonly Vec3[])[];
}

/** Whether somebody may live there. Which uses make a home is not geometry's to say. */
export const isHome = ({ home }: Pick<Building, 'home'>): boolean => home ?? true;

function openLocal(ring: readonly LonLat[], frame: LocalFrame, counterClockwise: boolean): Point2[] {
  const local = ring.map((p) => frame.toLocal(p));
  const [first, last] = [local[0], local.at(-1)];
  if (local.length > 1 && first && last && first[0] === last[0] && first[1] === last[1]) local.pop();
  return signedArea(local) > 0 === counterClockwise ? local : local.toReversed();
}

/** Polygons of a footprint in local metres: open rings, outer counter-clockwise and first, holes clockwise. */
export function localRings(footprint: Footprint, frame: LocalFrame): Point2[][][] {
  const polygons = footprint.type === 'Polygon' ? [footprint.coordinates] : footprint.coordinates;
  return polygons.flatMap((rings) => {
    const [outer, ...holes] = rings.map((ring, i) => openLocal(ring, frame, i === 0));
    if (!outer || outer.length < 3) return [];
    return [[outer, ...holes.filter((hole) => hole.length >= 3)]];
  });
}

const lift = (ring: readonly Point2[], up: number): Vec3[] => ring.map(([east, north]): Vec3 => [east, north, up]);

/** Walls, roof and (when it does not stand on the ground) underside of the prism over a footprint. */
export function faces(building: Pick<Building, 'footprint' | 'height' | 'minHeight'>, frame: LocalFrame): Face[] {
  const { height: top, minHeight: bottom } = building;
  if (!(top > bottom)) return [];
  const found: Face[] = [];
  for (const rings of localRings(building.footprint, frame)) {
    if (!rings[0]) continue;
    for (const ring of rings) {
      ring.forEach(([e1, n1], i) => {
        const [e2, n2] = ring[(i + 1) % ring.length] as Point2;
        found.push({
          kind: 'wall',
          rings: [
            [
              [e1, n1, bottom],
              [e2, n2, bottom],
              [e2, n2, top],
              [e1, n1, top],
            ],
          ],
        });
      });
    }
    found.push({ kind: 'roof', rings: rings.map((ring) => lift(ring, top)) });
    if (bottom > 0) found.push({ kind: 'underside', rings: rings.map((ring) => lift(ring.toReversed(), bottom)) });
  }
  return found;
}
