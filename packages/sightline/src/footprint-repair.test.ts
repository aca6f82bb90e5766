// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import type { Footprint } from './building.ts';
import { crossesItself, repairFootprint } from './footprint-repair.ts';
import { type Point2, contains, signedArea } from './polygon.ts';
import { FRAME, aBuilding, box } from './testing/street.ts';

const bowTie: Point2[] = [
  [0, 0],
  [6, 6],
  [6, 0],
  [0, 6],
];
const footprint = (...rings: Point2[][]): Footprint => aBuilding(rings).footprint;
const outline = (of: Footprint): Point2[] =>
  ((of.type === 'MultiPolygon' ? of.coordinates[0]?.[0] : of.coordinates[0]) ?? []).map((p) => FRAME.toLocal(p));

describe('repairFootprint', () => {
  it('leaves a sound footprint as it is, also one that touches itself', () => {
    const sound = footprint(box(0, 0, 5, 5), box(1, 1, 2, 2));
    expect(repairFootprint(sound)).toEqual({ footprint: sound, flaws: [] });
    const eight: Point2[] = [...box(0, 0, 2, 2).slice(0, 3), [2, 4], [4, 4], [4, 2], [2, 2], [0, 2]];
    expect(crossesItself(eight)).toBe(false);
  });

  it('covers all that a bow tie may have meant', () => {
    const { footprint: repaired, flaws } = repairFootprint(footprint(bowTie));
    expect(flaws).toEqual(['crosses-itself']);
    expect(Math.abs(signedArea(outline(repaired)))).toBeCloseTo(36, 3);
  });

  it.each<[string, Point2[]]>([
    [
      'a line',
      [
        [0, 0],
        [5, 0],
        [0, 0],
      ],
    ],
    [
      'a point',
      [
        [3, 3],
        [3, 3],
        [3, 3],
      ],
    ],
  ])('widens %s to something that can be covered', (_, ring) => {
    const { footprint: repaired, flaws } = repairFootprint(footprint(ring));
    expect(flaws).toEqual(['no-area']);
    for (const p of ring) expect(contains(outline(repaired), [p[0] + 0.01, p[1] + 0.01])).toBe(true);
    expect(Math.abs(signedArea(outline(repaired)))).toBeGreaterThan(0.9);
  });
});
