// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Aim } from './aim.ts';
import { type Calibration, type Match, type NoCalibration, calibrate } from './calibrate.ts';
import { leastSquares, solve } from './least-squares.ts';
import { projector } from './projector.ts';
import { seeded } from './testing/scenes.ts';
import { FRAME, anAim } from './testing/street.ts';

const isFound = (answer: Calibration | NoCalibration): answer is Calibration => 'turned' in answer;
const off = (a: number, b: number): number => Math.abs(((((a - b) % 360) + 540) % 360) - 180);

/** Places that fall on those pixels (fractions), each at its own depth. */
const matchesOf = (aim: Aim, pixels: readonly (readonly [number, number, number])[]): Match[] => {
  const view = projector(aim);
  return pixels.map(([x, y, depth]) => {
    const [east, north, up] = view.unproject({ x: x * view.width, y: y * view.height, depth });
    return { pixel: [x, y], place: FRAME.fromLocal([east, north]), height: up };
  });
};

const SPREAD = [
  [0.1, 0.3, 30],
  [0.85, 0.2, 60],
  [0.75, 0.9, 9],
  [0.2, 0.8, 12],
] as const;

const anyAim = fc
  .record({
    heading: fc.double({ min: 0, max: 359.9, noNaN: true }),
    tilt: fc.double({ min: -75, max: 40, noNaN: true }),
    roll: fc.double({ min: -40, max: 40, noNaN: true }),
    hfov: fc.double({ min: 12, max: 125, noNaN: true }),
    eye: fc.double({ min: 2, max: 30, noNaN: true }),
  })
  .map((with_) => anAim(with_));

describe('calibrate', () => {
  it('finds any aim back from four places in the corners of its frame', () => {
    fc.assert(
      fc.property(anyAim, (aim) => {
        const found = calibrate(aim, matchesOf(aim, SPREAD));
        expect(found).toHaveProperty('turned');
        if (!isFound(found)) return;
        for (const angle of ['heading', 'tilt', 'roll', 'hfov'] as const)
          expect(off(found.turned[angle], aim[angle])).toBeLessThan(0.001);
        expect(found.errorPixels).toBeLessThan(0.01);
        expect(found.errorDegrees).toBeLessThan(0.001);
      }),
      { numRuns: 60 },
    );
  });

  it('bears a hand that is some pixels off, and says how far it may be off itself', () => {
    const random = seeded(5);
    const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    let [within, all] = [0, 0];
    for (let i = 0; i < 40; i++) {
      const aim = anAim({ heading: 360 * random(), tilt: -25 * random(), hfov: 40 + 50 * random() });
      const exact = matchesOf(aim, [...SPREAD, [0.5, 0.55, 20], [0.4, 0.35, 45]]);
      const noisy = exact.map(({ pixel: [x, y], ...rest }): Match => ({
        ...rest,
        pixel: [x + 0.002 * gauss(), y + (0.002 * 16 * gauss()) / 9],
      }));
      const found = calibrate(aim, noisy);
      if (!isFound(found)) throw new Error(`refused: ${found.kind}`);
      expect(off(found.turned.heading, aim.heading)).toBeLessThan(0.6);
      expect(found.errorPixels).toBeGreaterThan(0.3);
      for (const angle of ['heading', 'tilt', 'roll', 'hfov'] as const) {
        all++;
        const least = found.uncertainty[angle === 'heading' ? 'pan' : angle];
        if (off(found.turned[angle], aim[angle]) <= 2 * least) within++;
      }
    }
    // Two standard deviations hold nineteen of twenty.
    expect(within / all).toBeGreaterThan(0.88);
  });

  const aim = anAim({ tilt: -12, heading: 200 });
  const good = matchesOf(aim, SPREAD);

  it.each<[string, Match[], object]>([
    ['three', good.slice(0, 3), { kind: 'too-few', least: 4 }],
    ['one place twice', [...good.slice(0, 3), good[1]!], { kind: 'same', matches: [1, 3] }],
    [
      'a place under the camera',
      [...good, { pixel: [0.5, 0.5], place: [108.05, 12.68], height: 4.5 }],
      { kind: 'at-camera', match: 4 },
    ],
    [
      'four within a fingernail',
      matchesOf(aim, [
        [0.5, 0.5, 20],
        [0.51, 0.5, 22],
        [0.5, 0.51, 24],
        [0.51, 0.51, 21],
      ]),
      { kind: 'weak' },
    ],
  ])('refuses %s, and says why', (_, matches, answer) => {
    expect(calibrate(aim, matches)).toMatchObject(answer);
  });

  it('refuses a match of the wrong house and names it', () => {
    const five = matchesOf(aim, [...SPREAD, [0.5, 0.6, 25], [0.3, 0.5, 33]]);
    const wrong = five.map((match, i): Match => (i === 2 ? { ...match, pixel: [0.35, 0.9] } : match));
    expect(calibrate(aim, wrong)).toMatchObject({ kind: 'no-fit', worst: 2 });
  });

  it('says a tilt between −90 and 90 degrees, whatever way it was found', () => {
    for (const heading of [0, 90, 270]) {
      for (const tilt of [-88, -60, 60]) {
        const steep = anAim({ heading, tilt, eye: 20 });
        const found = calibrate(steep, matchesOf(steep, SPREAD));
        if (!isFound(found)) throw new Error(found.kind);
        expect(Math.abs(found.turned.tilt)).toBeLessThanOrEqual(90);
        expect(off(found.turned.tilt, tilt)).toBeLessThan(0.01);
      }
    }
  });
});

describe('leastSquares', () => {
  it('finds the bottom of a valley that is bent', () => {
    // Rosenbrock's.
    const fit = leastSquares(([x = 0, y = 0]) => [10 * (y - x * x), 1 - x], [-1.2, 1], 200);
    expect(fit?.parameters[0]).toBeCloseTo(1, 6);
    expect(fit?.parameters[1]).toBeCloseTo(1, 6);
  });

  it('knows a system that has no one answer', () => {
    const singular = [
      [1, 2],
      [2, 4],
    ];
    expect(solve(singular, [1, 2])).toBeUndefined();
    const turned = [
      [0, 1],
      [1, 0],
    ];
    expect(solve(turned, [3, 4])).toEqual([4, 3]);
  });
});
