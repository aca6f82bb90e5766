// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimGeometry } from '@louver/contract';
import { localFrame, localRings, viewCone, type Building, type LocalFrame } from '@louver/sightline';
import type { NearBuilding } from '../masks/wireframe.ts';

/** Metres: east to the right, south downwards, the camera at 0, 0. */
export interface Plan {
  box: { x: number; y: number; width: number; height: number };
  buildings: { id: string; home: boolean; path: string; centre: readonly [number, number] }[];
  /** What really shows of the ground; empty when nothing was measured. */
  ground: string;
  /** What the aim would see if no building stood there. */
  cone: string;
}

type Point = readonly [number, number];

/** A plan shows at least so much around a camera with a short reach. */
const LEAST_M = 40;

const at = (value: number): number => Math.round(value * 100) / 100;
const toPath = (ring: readonly Point[]): string =>
  ring.length < 3 ? '' : `M${ring.map(([east, north]) => `${at(east)} ${at(-north)}`).join('L')}Z`;

/**
 * An aim drawn from above.
 * @param viewshed coordinates of a GeoJSON MultiPolygon in WGS 84
 */
export function planOf(aim: AimGeometry, near: readonly NearBuilding[], viewshed: readonly unknown[]): Plan {
  const frame = localFrame(aim.position);
  const cone = viewCone(aim).map((point) => frame.toLocal(point));
  const box = boxAround(cone);
  const buildings = near.flatMap((building) => {
    const rings = localRings(building.footprint as Building['footprint'], frame).flat(1);
    const outer = rings[0];
    if (outer === undefined || !meets(outer, box)) return [];
    return [{ id: building.id, home: building.home, path: rings.map(toPath).join(''), centre: centreOf(outer) }];
  });
  return { box, buildings, ground: groundPath(viewshed, frame), cone: toPath(cone) };
}

function boxAround(cone: readonly Point[]): Plan['box'] {
  const [xs, ys] = [
    [0, ...cone.map(([x]) => x)],
    [0, ...cone.map(([, y]) => -y)],
  ];
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const width = Math.max(LEAST_M, (east - west) * 1.24);
  const height = Math.max(LEAST_M, (south - north) * 1.24, width * 0.62);
  const wide = Math.max(width, height * 1.2);
  return { x: (west + east - wide) / 2, y: (north + south - height) / 2, width: wide, height };
}

const meets = (ring: readonly Point[], { x, y, width, height }: Plan['box']): boolean => {
  const [xs, ys] = [ring.map(([east]) => east), ring.map(([, north]) => -north)];
  return Math.max(...xs) > x && Math.min(...xs) < x + width && Math.max(...ys) > y && Math.min(...ys) < y + height;
};

const centreOf = (ring: readonly Point[]): Point => {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => -y)];
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
};

const groundPath = (viewshed: readonly unknown[], frame: LocalFrame): string =>
  (viewshed as [number, number][][][])
    .flat(1)
    .map((ring) => toPath(ring.map((point) => frame.toLocal(point))))
    .join('');

/** A round length for the scale bar, a fifth of the width at most, in metres. */
export function scaleOf({ width }: Plan['box']): number {
  const most = width / 5;
  return [100, 50, 20, 10, 5].find((metres) => metres <= most) ?? 2;
}
