// SPDX-License-Identifier: AGPL-3.0-or-later
import type { MaskPolygons } from '@louver/contract';
import { describe, expect, it } from 'vitest';
import { FILL } from '../media/y4m.ts';
import { isInside } from '../testing/pictures.ts';
import { AWKWARD } from '../testing/worlds.ts';
import { deviationOf, interiorOf, isFlat } from './flatness.ts';

const FRAME = { width: 64, height: 36 };

function covered(polygons: MaskPolygons): Set<number> {
  const found = new Set<number>();
  for (const { row, from, to } of interiorOf(FRAME, polygons))
    for (let x = from; x < to; x++) found.add(row * FRAME.width + x);
  return found;
}

describe('the inside of masks', () => {
  it.each([
    ['awkward ones', AWKWARD],
    [
      'the whole frame',
      [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
      ],
    ],
    [
      'one that is bent',
      [
        [
          [0.1, 0.1],
          [0.9, 0.1],
          [0.9, 0.9],
          [0.7, 0.9],
          [0.7, 0.3],
          [0.3, 0.3],
          [0.3, 0.9],
          [0.1, 0.9],
        ],
      ],
    ],
    [
      'one that overlaps another',
      [
        [
          [0.1, 0.1],
          [0.6, 0.1],
          [0.6, 0.6],
        ],
        [
          [0.3, 0.1],
          [0.8, 0.2],
          [0.5, 0.9],
        ],
      ],
    ],
    ['none', []],
  ] as [string, MaskPolygons][])('is every sample whose middle lies in one: %s', (_name, polygons) => {
    const found = covered(polygons);
    for (let i = 0; i < FRAME.width * FRAME.height; i++) {
      const [x, y] = [((i % FRAME.width) + 0.5) / FRAME.width, (Math.floor(i / FRAME.width) + 0.5) / FRAME.height];
      expect(found.has(i), `sample ${i}`).toBe(polygons.some((polygon) => isInside(polygon, x, y)));
    }
  });
});

describe('a picture', () => {
  const luma = FRAME.width * FRAME.height;
  const flat = () => Buffer.concat([Buffer.alloc(luma, FILL.y), Buffer.alloc(luma / 2, FILL.u)]);
  const runs = interiorOf(FRAME, [
    [
      [0.25, 0.25],
      [0.75, 0.25],
      [0.75, 0.75],
      [0.25, 0.75],
    ],
  ]);
  const at = (x: number, y: number) => y * FRAME.width + x;

  it('is flat where it is the fill, whatever stands beside the masks', () => {
    const picture = flat();
    picture[at(15, 9)] = 235;
    picture[at(48, 9)] = 0;
    expect(deviationOf(picture, FRAME, runs, FILL)).toEqual({ luma: 0, chroma: 0 });
    expect(isFlat({ luma: 3, chroma: 6 })).toBe(true);
    expect([isFlat({ luma: 4, chroma: 0 }), isFlat({ luma: 0, chroma: 7 })]).toEqual([false, false]);
  });

  it.each([
    ['luma', at(16, 9), 40, { luma: 24, chroma: 0 }],
    ['darker luma', at(47, 26), 0, { luma: 16, chroma: 0 }],
    ['the first chroma plane', luma + 4 * 32 + 8, 200, { luma: 0, chroma: 72 }],
    ['the second chroma plane', luma + luma / 4 + 13 * 32 + 23, 100, { luma: 0, chroma: 28 }],
  ])('is not flat with one sample of %s in them', (_name, place, value, expected) => {
    const picture = flat();
    picture[place] = value;
    const found = deviationOf(picture, FRAME, runs, FILL);
    expect(found).toEqual(expected);
    expect(isFlat(found)).toBe(false);
  });
});
