// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimGeometry } from '@louver/contract';
import { localFrame, masksOver } from '@louver/sightline';
import { expect, it } from 'vitest';
import { bareHomes, homeOutlines, seeAim } from './home-outlines.ts';
import type { NearBuilding } from './wireframe.ts';

const position = { lon: 108.05, lat: 12.68, height: 5 };
const aim: AimGeometry = {
  position,
  ...{ heading: 0, tilt: -5, roll: 0, hfov: 80, range: 60, image: { width: 1280, height: 720 } },
};
const block = (id: string, east: number, north: number, home = true): NearBuilding => ({
  ...{ id, use: home ? 'house' : 'office', home, height: 6, minHeight: 0 },
  footprint: {
    type: 'Polygon',
    coordinates: [
      [
        [east, north],
        [east + 8, north],
        [east + 8, north + 8],
        [east, north + 8],
        [east, north],
      ].map((point) => [...localFrame(position).fromLocal(point as [number, number])]),
    ],
  },
});
const near = [block('left', -14, 18), block('right', 8, 18), block('hidden', 18, 36), block('shop', -3, 20, false)];

it('outlines homes where they show, by the numbers of the list, and leaves out what stands behind', () => {
  const sight = seeAim(aim, near);
  const found = homeOutlines(sight, ['right', 'left', 'hidden', 'shop', 'elsewhere']);
  expect(found.map(({ id, number }) => [id, number])).toEqual([
    ['right', 1],
    ['left', 2],
  ]);
  expect(found[0]!.at[0]).toBeGreaterThan(0.5);
  expect(found[1]!.at[0]).toBeLessThan(0.5);
});

it('names homes that masks leave bare, the barest first', () => {
  const sight = seeAim(aim, near);
  const outlines = homeOutlines(sight, ['left', 'right']);
  expect(bareHomes(sight, outlines, []).map(({ bare }) => bare)).toEqual([1, 1]);
  const left = masksOver(sight, 0, { homes: new Set(['left']) });
  const [{ id, number, bare }] = bareHomes(sight, outlines, left) as [ReturnType<typeof bareHomes>[number]];
  expect([id, number, bare]).toEqual(['right', 2, 1]);
  expect(bareHomes(sight, outlines, masksOver(sight, 0))).toEqual([]);
});
