// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Building, faces, isHome } from './building.ts';
import { type LonLat, localFrame } from './local-frame.ts';
import { type Vec3, cross, dot, minus } from './vec3.ts';

const frame = localFrame({ lon: 108.05, lat: 12.68 });
const ring = (corners: [number, number][]): LonLat[] => corners.map((c) => frame.fromLocal(c));

const outline = ring([
  [0, 0],
  [5, 0],
  [5, 15],
  [0, 15],
  [0, 0],
]);

const house: Building = {
  id: 'b1',
  height: 10,
  minHeight: 0,
  footprint: {
    type: 'Polygon',
    coordinates: [outline],
  },
};

const normal = (corners: readonly Vec3[]): Vec3 => {
  const [a, b, c] = corners as [Vec3, Vec3, Vec3];
  return cross(minus(b, a), minus(c, a));
};

describe('faces', () => {
  it('makes four walls and a roof that look outwards, whichever way the footprint was drawn', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), (reversed, closed) => {
        const corners: [number, number][] = [
          [0, 0],
          [5, 0],
          [5, 15],
          [0, 15],
        ];
        if (closed) corners.push([0, 0]);
        const drawn = reversed ? corners.toReversed() : corners;
        const found = faces({ ...house, footprint: { type: 'Polygon', coordinates: [ring(drawn)] } }, frame);
        expect(found.map((f) => f.kind).toSorted()).toEqual(['roof', 'wall', 'wall', 'wall', 'wall']);
        for (const face of found) {
          const outer = face.rings[0] as readonly Vec3[];
          const outward = minus(outer[0] as Vec3, [2.5, 7.5, 5]);
          expect(dot(normal(outer), outward)).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('walls in a courtyard too, and leaves it open in the roof', () => {
    const hole = ring([
      [1, 1],
      [4, 1],
      [4, 14],
      [1, 14],
    ]);
    const found = faces({ ...house, footprint: { type: 'Polygon', coordinates: [outline, hole] } }, frame);
    expect(found.filter((f) => f.kind === 'wall')).toHaveLength(8);
    expect(found.find((f) => f.kind === 'roof')?.rings).toHaveLength(2);
  });

  it('has an underside only above the ground, and nothing without a height', () => {
    expect(faces({ ...house, minHeight: 4 }, frame).some((f) => f.kind === 'underside')).toBe(true);
    expect(faces({ ...house, minHeight: 10 }, frame)).toEqual([]);
  });
});

describe('isHome', () => {
  it('is in doubt', () => {
    expect([{}, { home: true }, { home: false }].map(isHome)).toEqual([true, true, false]);
  });
});
