// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageChange, rasterise } from './coverage.ts';
import { covers, type Ring, type XY } from './ring.ts';

const box = (x: number, y: number, w: number, h: number): Ring => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
];

describe('coverageChange', () => {
  it('gives shares of the frame', () => {
    const change = coverageChange([box(0, 0, 0.5, 1)], [box(0.25, 0, 0.5, 1)]);
    expect(change.before).toBeCloseTo(0.5, 3);
    expect(change.after).toBeCloseTo(0.5, 3);
    expect(change.added).toBeCloseTo(0.25, 3);
    expect(change.uncovered).toBeCloseTo(0.25, 3);
  });

  it('counts what lies under two polygons once', () => {
    expect(coverageChange([], [box(0, 0, 0.5, 0.5), box(0, 0, 0.5, 0.5)]).after).toBeCloseTo(0.25, 3);
  });

  it('uncovers nothing where one polygon is cut into two that meet', () => {
    expect(
      coverageChange([box(0.1, 0.1, 0.6, 0.2)], [box(0.1, 0.1, 0.3, 0.2), box(0.4, 0.1, 0.3, 0.2)]).uncovered,
    ).toBe(0);
  });

  it('notices a window that opens in a wall', () => {
    const wall = box(0.2, 0.2, 0.4, 0.4);
    const withGap = [box(0.2, 0.2, 0.4, 0.15), box(0.2, 0.35, 0.18, 0.25), box(0.42, 0.35, 0.18, 0.25)];
    expect(coverageChange([wall], withGap).uncovered).toBeCloseTo(0.01, 3);
  });
});

it('fills the cells whose middle is inside', () => {
  const coordinate = fc.double({ min: -0.2, max: 1.2, noNaN: true });
  const ring = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 8 });
  fc.assert(
    fc.property(ring, (corners: XY[]) => {
      const cells = rasterise([corners], 24, 16);
      const wrong = cells.findIndex((cell, i) => {
        const middle: XY = [((i % 24) + 0.5) / 24, (Math.floor(i / 24) + 0.5) / 16];
        return (cell === 1) !== covers(corners, middle);
      });
      expect(wrong).toBe(-1);
    }),
  );
});
