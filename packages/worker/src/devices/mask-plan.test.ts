// SPDX-License-Identifier: AGPL-3.0-or-later
import type { MaskPolygons } from '@louver/contract';
import { describe, expect, it } from 'vitest';
import { rasterise } from '../media/mask-raster.ts';
import { AWKWARD } from '../testing/worlds.ts';
import { planFor } from './mask-plan.ts';

const FRAME = { width: 640, height: 360 };
const ROOMY = { maxMasks: 32, maxPoints: 16, rectangleOnly: false };

const covered = (polygons: MaskPolygons, dilation: number) => rasterise(FRAME, polygons, dilation).samples;

/** Every sample of the polygons and of some pixels around them. */
function expectAllOf(plan: MaskPolygons, polygons: MaskPolygons): void {
  const [wanted, there] = [covered(polygons, 6), covered(plan, 0)];
  expect(wanted.every((sample, i) => sample === 0 || there[i] === 255)).toBe(true);
}

const row = (count: number): MaskPolygons =>
  Array.from({ length: count }, (_, i): MaskPolygons[number] => {
    const x = 0.02 + (i * 0.96) / count;
    return [
      [x, 0.4],
      [x + 0.5 / count, 0.4],
      [x + 0.5 / count, 0.5],
      [x, 0.5],
    ];
  });

describe('a plan for a device', () => {
  it.each([
    ['with room for all of it', ROOMY],
    ['with four corners a mask', { ...ROOMY, maxPoints: 4 }],
    ['with rectangles', { ...ROOMY, rectangleOnly: true }],
    ['with fewer masks than polygons', { ...ROOMY, maxMasks: 4 }],
  ])('covers all of it, %s', (_what, ability) => {
    const plan = planFor(FRAME, AWKWARD, ability)!;
    expectAllOf(plan, AWKWARD);
    expect(plan.length).toBeLessThanOrEqual(ability.maxMasks);
    for (const polygon of plan) {
      expect(polygon.length).toBeGreaterThanOrEqual(3);
      expect(polygon.length).toBeLessThanOrEqual(ability.rectangleOnly ? 4 : ability.maxPoints);
      for (const value of polygon.flat()) expect(Math.abs(value - 0.5)).toBeLessThanOrEqual(0.5);
    }
  });

  it('joins neighbours, and is none where too much would be lost', () => {
    const plan = planFor(FRAME, row(200), { ...ROOMY, maxMasks: 8 })!;
    expect(plan).toHaveLength(8);
    expectAllOf(plan, row(200));
    const corners: MaskPolygons = [
      [
        [0, 0],
        [0.1, 0],
        [0, 0.1],
      ],
      [
        [1, 1],
        [0.9, 1],
        [1, 0.9],
      ],
    ];
    expect(planFor(FRAME, corners, { ...ROOMY, maxMasks: 1 })).toBeUndefined();
    expect(planFor(FRAME, corners, { ...ROOMY, maxMasks: 2 })).toHaveLength(2);
  });

  it('is none for a device that has only triangles, and empty where nothing is to be covered', () => {
    expect(planFor(FRAME, AWKWARD, { ...ROOMY, maxPoints: 3 })).toBeUndefined();
    expect(planFor(FRAME, [], ROOMY)).toEqual([]);
  });
});
