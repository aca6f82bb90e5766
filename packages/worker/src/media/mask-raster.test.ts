// SPDX-License-Identifier: AGPL-3.0-or-later
import type { MaskPolygons } from '@louver/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInside } from '../testing/pictures.ts';
import { AWKWARD } from '../testing/worlds.ts';
import { type LumaMask, rasterise } from './mask-raster.ts';
import { maskPicture } from './y4m.ts';

const at = (mask: LumaMask, x: number, y: number) => mask.samples[y * mask.width + x];
const triangle = fc.tuple(
  ...Array.from({ length: 3 }, () =>
    fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
  ),
);

describe('rasterise', () => {
  it('covers every sample that has a point inside any polygon, for any triangle and any size', () => {
    fc.assert(
      fc.property(
        triangle,
        fc.integer({ min: 16, max: 61 }),
        fc.integer({ min: 16, max: 61 }),
        (corners, width, height) => {
          const mask = rasterise({ width, height }, [corners], 0);
          for (let y = 0; y < height; y++) {
            for (let x = 0; x < width; x++) {
              const inside = [0.05, 0.35, 0.65, 0.95].some((dy) =>
                [0.05, 0.35, 0.65, 0.95].some((dx) => isInside(corners, (x + dx) / width, (y + dy) / height)),
              );
              if (inside && at(mask, x, y) !== 255) return false;
            }
          }
          return true;
        },
      ),
      { numRuns: 60 },
    );
  });

  it('covers a sliver that passes between the middles of all samples', () => {
    const sliver: MaskPolygons = [
      [
        [0.1, 0.102],
        [0.9, 0.102],
        [0.9, 0.1021],
      ],
    ];
    const mask = rasterise({ width: 100, height: 100 }, sliver, 0);
    for (let x = 10; x < 90; x++) expect(at(mask, x, 10)).toBe(255);
  });

  it('is of one kind within every block of four, also at odd sizes', () => {
    for (const [width, height] of [
      [160, 120],
      [161, 121],
      [33, 16],
    ] as const) {
      const mask = rasterise({ width, height }, AWKWARD, 3);
      for (let y = 0; y < height - 1; y += 2)
        for (let x = 0; x < width - 1; x += 2)
          expect(new Set([at(mask, x, y), at(mask, x + 1, y), at(mask, x, y + 1), at(mask, x + 1, y + 1)]).size).toBe(
            1,
          );
    }
  });

  it('grows by one macroblock to every side and not much further', () => {
    const square: MaskPolygons = [
      [
        [0.4, 0.4],
        [0.6, 0.4],
        [0.6, 0.6],
        [0.4, 0.6],
      ],
    ];
    const mask = rasterise({ width: 200, height: 200 }, square);
    for (const [x, y] of [
      [64, 100],
      [135, 100],
      [100, 64],
      [100, 135],
      [64, 64],
      [135, 135],
    ] as const)
      expect(at(mask, x, y)).toBe(255);
    for (const [x, y] of [
      [60, 100],
      [140, 100],
      [100, 60],
      [100, 140],
    ] as const)
      expect(at(mask, x, y)).toBe(0);
  });

  it('covers the whole frame and nothing else than the frame when the polygon is the frame', () => {
    const all: MaskPolygons = [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    ];
    expect(rasterise({ width: 31, height: 17 }, all, 0).samples.every((sample) => sample === 255)).toBe(true);
  });

  it('covers the inside of a polygon that crosses itself, twice wound parts as well', () => {
    const star: MaskPolygons = [
      [
        [0.5, 0],
        [0.8, 1],
        [0, 0.4],
        [1, 0.4],
        [0.2, 1],
      ],
    ];
    expect(at(rasterise({ width: 100, height: 100 }, star, 0), 50, 50)).toBe(255);
  });

  it('refuses a corner that is not a number instead of leaving it out', () => {
    expect(() =>
      rasterise({ width: 32, height: 32 }, [
        [
          [0, 0],
          [Number.NaN, 1],
          [1, 1],
        ],
      ]),
    ).toThrow('not a number');
  });
});

it('writes masks as 0 and 255 in all three planes, with a chroma sample for an odd last column', () => {
  const picture = maskPicture(rasterise({ width: 33, height: 17 }, AWKWARD, 0));
  const header = picture.indexOf('FRAME\n') + 6;
  expect(picture.toString('latin1', 0, header)).toBe('YUV4MPEG2 W33 H17 F25:1 Ip A1:1 C420jpeg\nFRAME\n');
  expect(picture.length - header).toBe(33 * 17 + 2 * 17 * 9);
  expect(new Set(picture.subarray(header))).toEqual(new Set([0, 255]));
});
