// SPDX-License-Identifier: AGPL-3.0-or-later
// One camera and buildings given in metres east and north of it.
import type { Aim } from '../aim.ts';
import type { Building } from '../building.ts';
import { localFrame } from '../local-frame.ts';
import type { Point2 } from '../polygon.ts';

export const FRAME = localFrame({ lon: 108.05, lat: 12.68 });

/** Looks north from 5 m, level, with a focal length of 640 pixels. */
export const anAim = (with_: Partial<Aim> & { eye?: number } = {}): Aim => {
  const { eye = 5, ...rest } = with_;
  return {
    position: { lon: 108.05, lat: 12.68, height: eye },
    heading: 0,
    tilt: 0,
    roll: 0,
    hfov: 90,
    image: { width: 1280, height: 720 },
    range: 150,
    ...rest,
  };
};

export const box = (west: number, south: number, east: number, north: number): Point2[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];

export const aBuilding = (rings: readonly (readonly Point2[])[], with_: Partial<Building> = {}): Building => ({
  id: 'home',
  height: 10,
  minHeight: 0,
  footprint: { type: 'Polygon', coordinates: rings.map((ring) => ring.map((p) => FRAME.fromLocal(p))) },
  ...with_,
});
