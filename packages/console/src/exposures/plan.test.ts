// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimGeometry } from '@louver/contract';
import { localFrame } from '@louver/sightline';
import { expect, it } from 'vitest';
import type { NearBuilding } from '../masks/wireframe.ts';
import { planOf, scaleOf } from './plan.ts';

const position = { lon: 108.05, lat: 12.68, height: 6 };
const aim: AimGeometry = {
  position,
  ...{ heading: 90, tilt: -10, roll: 0, hfov: 60, range: 60, image: { width: 1280, height: 720 } },
};
const degrees = (points: [number, number][]) => points.map((point) => [...localFrame(position).fromLocal(point)]);
const square = (east: number, north: number): NearBuilding => ({
  ...{ id: `b${east}`, use: 'house', home: true, height: 6, minHeight: 0 },
  footprint: {
    type: 'Polygon',
    coordinates: [
      degrees([
        [east, north],
        [east + 10, north],
        [east + 10, north + 10],
        [east, north + 10],
        [east, north],
      ]),
    ],
  },
});

it('puts the camera at the origin, east to the right and north up', () => {
  const plan = planOf(aim, [square(20, 5)], []);
  const [x, y] = plan.buildings[0]!.centre;
  expect(x).toBeCloseTo(25, 1);
  expect(y).toBeCloseTo(-10, 1);
  expect(plan.buildings[0]!.path).toMatch(/^M20(\.0\d)? -5/);
});

it('holds camera and cone, and leaves out what stands elsewhere', () => {
  const { box, buildings, cone } = planOf(aim, [square(20, 5), square(400, 400)], []);
  expect(buildings.map(({ id }) => id)).toEqual(['b20']);
  expect(box.x).toBeLessThan(0);
  expect(box.x + box.width).toBeGreaterThan(60);
  expect(cone).not.toBe('');
});

it('draws the ground that was measured, holes and all', () => {
  const ground = degrees([
    [0, 0],
    [50, -10],
    [50, 10],
  ]);
  const hole = degrees([
    [20, -1],
    [22, -1],
    [22, 1],
  ]);
  expect(planOf(aim, [], [[ground, hole]]).ground.match(/M/g)).toHaveLength(2);
});

it('has a scale bar of a round length that fits', () => {
  expect(scaleOf({ x: 0, y: 0, width: 120, height: 80 })).toBe(20);
  expect(scaleOf({ x: 0, y: 0, width: 40, height: 30 })).toBe(5);
});
