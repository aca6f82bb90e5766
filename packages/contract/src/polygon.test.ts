// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MaskPolygon, firstCrossing } from './polygon.ts';

const square = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.9, 0.9],
  [0.1, 0.9],
];

describe('MaskPolygon', () => {
  it('takes simple polygons, concave ones and those that touch the border included', () => {
    for (const ring of [
      square,
      [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0.5, 0.2],
        [0, 1],
      ],
    ]) {
      expect(MaskPolygon.safeParse(ring).success).toBe(true);
    }
  });

  it.each([
    [
      'crosses itself',
      [
        [0.1, 0.1],
        [0.9, 0.9],
        [0.9, 0.1],
        [0.1, 0.9],
      ],
      [0],
    ],
    [
      'touches itself in a corner',
      [
        [0, 0],
        [0.5, 0.5],
        [1, 0],
        [1, 1],
        [0.5, 0.5],
        [0, 1],
      ],
      [0],
    ],
    [
      'leaves the frame',
      [
        [0.1, 0.1],
        [1.2, 0.1],
        [0.9, 0.9],
      ],
      [1, 0],
    ],
    [
      'has two corners',
      [
        [0, 0],
        [1, 1],
      ],
      [],
    ],
    [
      'covers nothing',
      [
        [0.1, 0.1],
        [0.5, 0.5],
        [0.9, 0.9],
      ],
      [],
    ],
  ])('refuses one that %s and says where', (_, ring, path) => {
    const result = MaskPolygon.safeParse(ring);
    expect(result.success).toBe(false);
    expect(result.error?.issues[0]?.path).toEqual(path);
  });

  it('finds no crossing in a star-shaped ring, whatever its radii', () => {
    const radii = fc.array(fc.double({ min: 0.05, max: 0.45, noNaN: true }), { minLength: 3, maxLength: 40 });
    fc.assert(
      fc.property(radii, (rs) => {
        const ring = rs.map(
          (r, i) =>
            [
              0.5 + r * Math.cos((2 * Math.PI * i) / rs.length),
              0.5 + r * Math.sin((2 * Math.PI * i) / rs.length),
            ] as const,
        );
        expect(firstCrossing(ring)).toBe(-1);
      }),
    );
  });
});
