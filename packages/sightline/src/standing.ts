// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Aim } from './aim.ts';
import { type Building, type Footprint, isHome, localRings } from './building.ts';
import { crossesItself } from './footprint-repair.ts';
import { type LocalFrame, type LonLat, localFrame } from './local-frame.ts';
import { type Point2, contains } from './polygon.ts';
import { type Terrain, groundAt } from './terrain.ts';

/** A building in local metres around one camera. */
export interface Standing {
  readonly id: string;
  readonly home: boolean;
  readonly bottom: number;
  readonly top: number;
  /** Open rings, outer first. */
  readonly polygons: readonly (readonly (readonly Point2[])[])[];
  /** Whether every wall is known to look to the right of the direction it was drawn in, so that those seen from behind are hidden. */
  readonly oriented: boolean;
  /** Plane metres from the camera to the nearest point of the footprint; 0 when it stands on it. */
  readonly distance: number;
}

function toSegment([ax, ay]: Point2, [bx, by]: Point2): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy;
  const t = length2 > 0 ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2)) : 0;
  return Math.hypot(ax + t * dx, ay + t * dy);
}

/** Even-odd: within the outer ring and no hole. */
const holds = (rings: readonly (readonly Point2[])[], point: Point2): boolean =>
  rings.reduce((inside, ring) => inside !== contains(ring, point), false);

function toPolygons(polygons: Standing['polygons']): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const rings of polygons) {
    if (holds(rings, [0, 0])) return 0;
    for (const ring of rings) {
      let from = ring.at(-1) as Point2;
      for (const to of ring) {
        nearest = Math.min(nearest, toSegment(from, to));
        from = to;
      }
    }
  }
  return nearest;
}

/** Plane metres from the frame's origin to a footprint, walls of courtyards included; 0 on it, Infinity for an empty one. */
export const footprintDistance = (footprint: Footprint, frame: LocalFrame): number =>
  toPolygons(localRings(footprint, frame));

/** Never more than the true distance, and much cheaper: to the box around the outer rings. */
function boxDistance(footprint: Footprint, frame: LocalFrame): number {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rings of footprint.type === 'Polygon' ? [footprint.coordinates] : footprint.coordinates) {
    for (const corner of rings[0] ?? []) {
      const [e, n] = frame.toLocal(corner);
      west = Math.min(west, e);
      east = Math.max(east, e);
      south = Math.min(south, n);
      north = Math.max(north, n);
    }
  }
  return Math.hypot(Math.max(west, -east, 0), Math.max(south, -north, 0));
}

/** How much lower or higher than the camera's ground the lowest ground under a building's outline is. */
function baseOf({ coordinates, type }: Footprint, terrain: Terrain, level: number): number {
  let lowest = Infinity;
  for (const rings of type === 'Polygon'
    ? [coordinates as readonly LonLat[][]]
    : (coordinates as readonly LonLat[][][]))
    for (const corner of rings.flat()) lowest = Math.min(lowest, groundAt(terrain, corner));
  return lowest - level;
}

/**
 * Buildings that count for an aim, nearest first: those whose footprint comes within `aim.range`. Such a building counts
 * whole, also the part of it beyond the range; one that lies wholly beyond neither counts nor hides anything. Heights are from
 * the ground under the camera; on a terrain a building stands on the lowest ground under its outline.
 */
export function standingAround(
  aim: Pick<Aim, 'position' | 'range'>,
  buildings: readonly Building[],
  terrain?: Terrain,
): Standing[] {
  const frame = localFrame(aim.position);
  const level = terrain && groundAt(terrain, [aim.position.lon, aim.position.lat]);
  return buildings
    .flatMap((building): Standing[] => {
      const bottom = Math.max(0, building.minHeight);
      if (!(building.height > bottom) || boxDistance(building.footprint, frame) > aim.range) return [];
      const polygons = localRings(building.footprint, frame);
      const distance = toPolygons(polygons);
      if (!(distance <= aim.range)) return [];
      const oriented = polygons.every((rings) => rings.length === 1 && !crossesItself(rings[0] as Point2[]));
      const base = terrain && level !== undefined ? baseOf(building.footprint, terrain, level) : 0;
      const [low, top] = [bottom + base, building.height + base];
      return [{ id: building.id, home: isHome(building), bottom: low, top, polygons, oriented, distance }];
    })
    .toSorted((a, b) => a.distance - b.distance);
}

/** Whether a point is within the walls. `at` in metres from the camera, height from the ground under it. */
export const covers = ({ polygons, bottom, top }: Standing, at: Point2, height: number): boolean =>
  bottom < height && height < top && polygons.some((rings) => holds(rings, at));

/** Whether the camera is within the walls: over the footprint, above the underside and below the roof. */
export const surrounds = (standing: Standing, eyeHeight: number): boolean =>
  standing.distance === 0 && standing.bottom < eyeHeight && eyeHeight < standing.top;
