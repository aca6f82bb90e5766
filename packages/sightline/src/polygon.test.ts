// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Point2, clipHalfPlane, contains, convexHull, isSimple, signedArea, turn } from './polygon.ts';

const square: Point2[] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
];
const anyPoints = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
  minLength: 3,
  maxLength: 30,
});

describe('convexHull', () => {
  it('turns left at every corner and holds every point', () => {
    fc.assert(
      fc.property(anyPoints, (points) => {
        const hull = convexHull(points);
        fc.pre(hull.length >= 3);
        hull.forEach((a, i) => {
          const b = hull[(i + 1) % hull.length] as Point2;
          for (const p of points) expect(turn(a, b, p)).toBeGreaterThanOrEqual(0);
        });
        expect(isSimple(hull)).toBe(true);
      }),
    );
  });
});

describe('isSimple', () => {
  it('accepts a square and refuses a bow tie, a spike, a repeated corner and a line', () => {
    expect(isSimple(square)).toBe(true);
    expect(
      isSimple([
        [0, 0],
        [4, 4],
        [4, 0],
        [0, 4],
      ]),
    ).toBe(false);
    expect(
      isSimple([
        [0, 0],
        [4, 0],
        [4, 4],
        [4, 0],
        [0, 4],
      ]),
    ).toBe(false);
    expect(
      isSimple([
        [0, 0],
        [0, 0],
        [4, 0],
        [4, 4],
      ]),
    ).toBe(false);
    expect(
      isSimple([
        [0, 0],
        [2, 2],
        [4, 4],
      ]),
    ).toBe(false);
  });
});

describe('contains', () => {
  it('knows the inside of a ring that is not convex', () => {
    const ell: Point2[] = [
      [0, 0],
      [4, 0],
      [4, 1],
      [1, 1],
      [1, 4],
      [0, 4],
    ];
    expect(contains(ell, [0.5, 3])).toBe(true);
    expect(contains(ell, [3, 3])).toBe(false);
  });
});

describe('clipHalfPlane', () => {
  it('keeps the half on the inner side', () => {
    expect(signedArea(clipHalfPlane(square, [1, 0], 1))).toBeCloseTo(4);
    expect(clipHalfPlane(square, [1, 0], -1)).toEqual([]);
    expect(clipHalfPlane(square, [1, 0], 9)).toEqual(square);
  });
});
