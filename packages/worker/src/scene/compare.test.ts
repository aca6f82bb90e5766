// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { type Taken, aStreet, photograph } from '../testing/streets.ts';
import { compareScenes, patternOf } from './compare.ts';
import { CELLS, GRID, describeScene, knownCells } from './grid.ts';
import { REFERENCE_BYTES, decodeScene, encodeScene, middleOf } from './reference.ts';

const size = { width: 768, height: 432 };
const street = aStreet(size);
const everything = new Uint8Array(CELLS).fill(1);
const sceneOf = (taken?: Taken, of = street, known: Uint8Array = everything) =>
  describeScene(photograph(of, size, taken), size, known);
const reference = patternOf(decodeScene(encodeScene(sceneOf())));
const verdictOf = (taken?: Taken, of = street) => compareScenes(reference, patternOf(sceneOf(taken, of))).verdict;
/** Of a lens of 60°. */
const degrees = (n: number) => Math.round((n * size.width) / 60);
/** The same noise every time. */
const noise = (x: number, y: number) => ((x * 7_919 + y * 104_729 + x * y * 31) % 41) - 20;

describe('the same scene', () => {
  it.each<[string, Taken]>([
    ['as it was', {}],
    ['at dusk, with a sensor that rushes', { light: (luma, x, y) => luma * 0.35 + noise(x, y) * 0.4 }],
    ['in fog', { light: (luma) => 120 + luma * 0.3 }],
    ['in the glare of the sun', { light: (luma) => luma * 1.3 + 20 }],
    ['when the lamps of one side go on', { light: (luma, x) => (x < 380 ? Math.min(255, luma * 0.6 + 90) : luma) }],
    ['in rain', { light: (luma, x, y) => luma * 0.8 + noise(x, y * 3) }],
    ['behind a lorry that hides half of it', { light: (luma, x, y) => (x > 200 && x < 600 && y > 60 ? 130 : luma) }],
    ['with wind at the pole', { right: 3, down: -2 }],
  ])('is known again %s', (_, taken) => {
    expect(verdictOf(taken)).toBe('same');
  });
});

describe('another scene', () => {
  it.each<[string, Taken, string]>([
    ['2° to the right', { right: degrees(2) }, 'shifted'],
    ['2° to the left and in fog', { right: -degrees(2), light: (luma) => 120 + luma * 0.3 }, 'shifted'],
    ['2° down', { down: degrees(2) }, 'shifted'],
    ['3° about itself', { roll: 3 }, 'shifted'],
    ['30°', { right: degrees(30) }, 'lost'],
    [
      '2° to the right behind a lorry',
      { right: degrees(2), light: (l, x) => (x > 250 && x < 500 ? 130 : l) },
      'shifted',
    ],
  ])('is found when the camera was turned %s', (_, taken, verdict) => {
    expect(verdictOf(taken)).toBe(verdict);
  });

  it('is found where somebody has put another camera, and behind a covered lens', () => {
    expect(verdictOf({}, aStreet(size, 2))).toBe('lost');
    expect(verdictOf({ light: () => 16 })).toBe('lost');
    expect(verdictOf({ light: (_, x, y) => 60 + (noise(x, y) & 3) })).toBe('lost');
  });
});

describe('what is kept', () => {
  it('has a bound, survives being written down, and nothing of it is under a mask or beside one', () => {
    const covered = new Uint8Array(size.width * size.height);
    for (let y = 100; y < 300; y++) covered.fill(255, y * size.width + 200, y * size.width + 400);
    const known = knownCells(covered, size);
    const scene = sceneOf({}, street, known);
    const bytes = encodeScene(scene);
    expect(bytes).toHaveLength(REFERENCE_BYTES);
    expect(REFERENCE_BYTES).toBeLessThanOrEqual(16_384);
    expect(encodeScene(decodeScene(bytes)).equals(bytes)).toBe(true);
    // From one cell before the mask to one behind it.
    for (let row = 12; row < 38; row++)
      for (let column = 24; column <= 50; column++) {
        const cell = row * GRID.columns + column;
        expect(known[cell]).toBe(0);
        expect(scene.edges.subarray(cell * 4, cell * 4 + 4).some((edge) => edge !== 0)).toBe(false);
      }
    expect(known.filter((cell) => cell === 1).length).toBeGreaterThan(CELLS * 0.8);
  });

  it('holds nobody who was only in some of the pictures that it was taken from', () => {
    const passer = (at: number): Taken => ({
      light: (l, x, y) => (x > at && x < at + 40 && y > 200 && y < 300 ? 255 : l),
    });
    const withPassers = middleOf([
      sceneOf(),
      sceneOf(passer(100)),
      sceneOf(passer(300)),
      sceneOf(),
      sceneOf(passer(500)),
      sceneOf(),
    ]);
    expect(encodeScene(withPassers)).toEqual(encodeScene(sceneOf()));
  });

  it('says nothing of a camera whose picture is nearly all masks', () => {
    const few = new Uint8Array(CELLS);
    few.fill(1, 0, GRID.columns * 6);
    const dark = patternOf(sceneOf({ right: 200 }, street, few));
    expect(compareScenes(reference, dark).verdict).toBe('unknown');
  });
});
