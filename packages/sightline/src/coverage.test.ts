// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { coveredShares } from './coverage.ts';
import { masksOver } from './mask-proposal.ts';
import type { Point2 } from './polygon.ts';
import { sightOf } from './sight.ts';
import { castRays, coveredPixels, homePixels } from './testing/ray-caster.ts';
import { randomScene, seeded } from './testing/scenes.ts';
import { aBuilding, anAim, box } from './testing/street.ts';

const FRAME: Point2[] = box(0, 0, 1, 1);

describe('coveredShares', () => {
  it('agrees with one ray a pixel, whatever lies over the frame', { timeout: 60_000 }, () => {
    let homes = 0;
    for (let seed = 1; seed <= 25; seed++) {
      // As many pixels as cells: both count the same centres.
      const { aim, buildings } = randomScene(seed, { width: 640, height: 360, buildings: 12 });
      const random = seeded(seed);
      const polygons = Array.from({ length: 3 }, (): Point2[] => [0, 1, 2].map(() => [random(), random()]));
      const shares = coveredShares(sightOf(aim, buildings, seed % 2), polygons);
      const cast = castRays(aim, buildings, { width: 320, height: 180 });
      const [home, covered] = [homePixels(cast, buildings), coveredPixels(polygons, 320, 180)];
      buildings.forEach(({ id }, index) => {
        const own = Array.from(cast.owners.keys()).filter((i) => cast.owners[i] === index && home[i] === 1);
        if (own.length < 400) return;
        const under = own.filter((i) => covered[i] === 1).length / own.length;
        expect(Math.abs((shares.get(id) ?? -1) - under)).toBeLessThan(0.03);
        homes++;
      });
    }
    expect(homes).toBeGreaterThan(20);
  });

  it('is nothing without masks, everything under a whole frame, and silent about what does not show', () => {
    const sight = sightOf(anAim(), [
      aBuilding([box(-5, 20, 5, 30)]),
      aBuilding([box(-5, -30, 5, -20)], { id: 'behind' }),
      aBuilding([box(-30, 20, -20, 30)], { id: 'office', home: false }),
    ]);
    expect([...coveredShares(sight, [])]).toEqual([['home', 0]]);
    expect([...coveredShares(sight, [FRAME])]).toEqual([['home', 1]]);
  });
});

describe('masks over some homes', () => {
  const left = aBuilding([box(-12, 20, -4, 30)], { id: 'left' });
  const right = aBuilding([box(4, 20, 12, 30)], { id: 'right' });

  it('cover these and leave the others alone', () => {
    const sight = sightOf(anAim(), [left, right], 1);
    const shares = coveredShares(sight, masksOver(sight, 1, { homes: new Set(['left']) }));
    expect(shares.get('left')).toBe(1);
    expect(shares.get('right')).toBeLessThan(0.1);
    expect(masksOver(sight, 1, { homes: new Set() })).toEqual([]);
  });

  it.each([1, 2, 5, 30])('are at most %i polygons and cover no less of any home', (most) => {
    for (let seed = 40; seed < 46; seed++) {
      const { aim, buildings } = randomScene(seed, { width: 640, height: 360, buildings: 30 });
      const sight = sightOf(aim, buildings, 1);
      const masks = masksOver(sight, 1, { most });
      expect(masks.length).toBeLessThanOrEqual(most);
      for (const share of coveredShares(sight, masks).values()) expect(share).toBeGreaterThan(0.999);
    }
  });
});

describe('places where projections go wrong, against one ray a pixel', () => {
  it.each([
    ['a wall 0.2 m from the lens', anAim({ heading: 80 }), [aBuilding([box(0.2, -20, 4, 20)])]],
    ['a wall that grazes past the camera', anAim({ hfov: 110 }), [aBuilding([box(0.05, -3, 6, 40)])]],
    ['roofs from right above', anAim({ eye: 25, tilt: -90 }), [aBuilding([box(-6, -6, 6, 6), box(-2, -2, 2, 2)])]],
    [
      'a roof a hand below the camera that stands on it',
      anAim({ eye: 10.1, tilt: -60 }),
      [aBuilding([box(-4, -4, 4, 4)])],
    ],
    ['a camera in a courtyard', anAim({ eye: 3, roll: 25 }), [aBuilding([box(-9, -9, 9, 9), box(-3, -3, 3, 3)])]],
    ['an underside above the camera', anAim({ tilt: 70 }), [aBuilding([box(-4, -4, 4, 4)], { minHeight: 7 })]],
  ])('covers all of %s', (_, aim, buildings) => {
    const cast = castRays(aim, buildings, { width: 320, height: 180 });
    const home = homePixels(cast, buildings);
    const total = home.reduce((sum, on) => sum + on, 0);
    expect(total).toBeGreaterThan(100);
    const covered = coveredPixels(masksOver(sightOf(aim, buildings), 0), 320, 180);
    const both = home.reduce((sum, on, i) => sum + (on & covered[i]!), 0);
    expect(both / total).toBeGreaterThan(0.999);
    expect(both / covered.reduce((sum, on) => sum + on, 0)).toBeGreaterThan(0.9);
  });
});
