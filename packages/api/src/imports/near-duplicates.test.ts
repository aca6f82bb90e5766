// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CameraCandidate } from './camera-row.ts';
import { nearInFile } from './near-duplicates.ts';

const candidate = (row: number, coordinates: readonly [number, number]) =>
  ({ row, code: `C-${row}`, location: { type: 'Point', coordinates } }) as unknown as CameraCandidate;

describe('nearInFile', () => {
  it.each([
    ['along a street', [108.05, 12.68], [108.050_05, 12.68]],
    ['across the date line', [179.999_99, 12], [-179.999_99, 12]],
    ['across the equator and the meridian', [-0.000_01, -0.000_01], [0.000_01, 0.000_01]],
    ['far north', [20, 89.9], [20.05, 89.9]],
    ['on either side of a pole', [20, 90], [-100, 89.999_99]],
  ] as [string, [number, number], [number, number]][])('finds a neighbour %s', (_where, a, b) => {
    const near = nearInFile([candidate(1, a), candidate(2, b)], 15);
    expect(near.get(2)).toMatchObject({ what: 'row 1 (C-1)' });
    expect(near.get(2)!.metres).toBeLessThan(15);
  });

  it('finds whatever comparing each with each would find', () => {
    const places = fc.array(
      fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
      {
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(places, fc.constantFrom(0, 45, 75), fc.constantFrom(0, 180), (given, lat, lon) => {
        const all = given.map(([x, y], i) => candidate(i, [((lon + x * 0.002 + 540) % 360) - 180, lat + y * 0.002]));
        const kept: CameraCandidate[] = [];
        const found = nearInFile(all, 40);
        for (const one of all) {
          const alone = kept.every((other) => nearInFile([other, one], 40).size === 0);
          expect(found.has(one.row)).toBe(!alone);
          if (alone) kept.push(one);
        }
      }),
    );
  });

  it.each([
    ['on one parallel', (i: number) => [100 + i * 0.001, 12]],
    ['on one meridian', (i: number) => [108, -10 + i * 0.001]],
    ['on one spot', () => [108, 12]],
  ] as [string, (i: number) => [number, number]][])(
    'looks at few others for each of 10,000 cameras %s',
    (_where, placeOf) => {
      let looks = 0;
      const all = Array.from({ length: 10_000 }, (_, i) => {
        const made = candidate(i, placeOf(i));
        const { coordinates } = made.location;
        Object.defineProperty(made.location, 'coordinates', { get: () => (looks++, coordinates) });
        return made;
      });
      nearInFile(all, 25);
      expect(looks).toBeLessThan(10_000 * 20);
    },
  );
});
