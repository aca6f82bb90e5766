// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import type { Aim } from './aim.ts';
import type { Building } from './building.ts';
import { exposuresOf } from './exposure.ts';
import { type Wanted, findAim } from './find-aim.ts';
import { type LonLat, localFrame } from './local-frame.ts';
import { exposureScore, panoramaOf, roughScore } from './panorama.ts';
import { projector } from './projector.ts';
import { sightOf } from './sight.ts';
import { castRays } from './testing/ray-caster.ts';
import { seeded, townScene } from './testing/scenes.ts';
import { FRAME, aBuilding, anAim, box } from './testing/street.ts';

const at = (east: number, north: number): LonLat => FRAME.fromLocal([east, north]);
const wants = (with_: Partial<Wanted> & Pick<Wanted, 'target'>): Wanted => ({
  pixelsPerMetre: 25,
  hfov: [60, 60],
  marginDeg: 0,
  ...with_,
});

/** Whether one ray from the camera reaches a place there, feet and head. */
const reaches = (aim: Aim, buildings: readonly Building[], point: LonLat): boolean => {
  const [east, north] = localFrame(aim.position).toLocal(point);
  return [0.05, 1.7].every((up) => {
    // A picture of one pixel, exactly there.
    const toward = {
      heading: (Math.atan2(east, north) * 180) / Math.PI,
      tilt: (Math.atan2(up - aim.position.height, Math.hypot(east, north)) * 180) / Math.PI,
    };
    const one = castRays({ ...aim, ...toward, roll: 0, hfov: 1, image: { width: 1, height: 1 } }, buildings);
    return one.owners[0] === -1 || (one.distances[0] as number) > Math.hypot(east, north);
  });
};

/** Whether feet and head of somebody there are in the frame, and how many pixels a metre has; undefined when not. */
function densityAt(aim: Aim, point: LonLat): number | undefined {
  const [east, north] = localFrame(aim.position).toLocal(point);
  const view = projector(aim);
  const seen = [0.05, 1.7].map((up) => view.project([east, north, up]));
  const within = seen.every((p) => p && p.x >= 0 && p.y >= 0 && p.x < view.width && p.y < view.height);
  return within ? view.focal / Math.max(...seen.map((p) => p?.depth ?? Infinity)) : undefined;
}

const shows = (aim: Aim, buildings: readonly Building[], point: LonLat): boolean =>
  densityAt(aim, point) !== undefined && reaches(aim, buildings, point);

/** The least score of all aims on a coarse lattice over everything that a camera can be turned to. */
function triedAll(base: Aim, buildings: readonly Building[], target: readonly LonLat[]): number {
  let best = Infinity;
  for (let i = 0; i < 3 * 72 * 13; i++) {
    const [hfov, turn, fall] = [[70, 80, 90][i % 3] as number, Math.floor(i / 3) % 72, Math.floor(i / 216)];
    const aim = { ...base, heading: 5 * turn, tilt: -5 * fall, hfov };
    if (!target.every((point) => (densityAt(aim, point) ?? 0) >= 6)) continue;
    best = Math.min(best, exposureScore(sightOf(aim, buildings)));
  }
  return best;
}

/** Homes on both sides of an alley that runs north, none like the other, some lots empty. */
function alley(seed: number): Building[] {
  const random = seeded(seed);
  return Array.from({ length: 16 }, (_, i) => {
    const side = i % 2 === 0 ? -1 : 1;
    const [out, from] = [side * (2 + 4 * random()), 3 + 5 * Math.floor(i / 2)];
    const [west, east] = [Math.min(out, out + side * 8), Math.max(out, out + side * 8)];
    const lot = aBuilding([box(west, from, east, from + 4.5)], { id: `h${i}`, height: 2.5 + 9 * random() });
    return random() < 0.35 ? [] : [lot];
  }).flat();
}

describe('exposureScore', () => {
  it('is per cent of the frame times how often over somebody could be detected', () => {
    // A wall at 20 m that fills the frame: 32 px/m with a focal length of 640 pixels.
    const wall = (distance: number) => aBuilding([box(-900, distance, 900, distance + 1)], { height: 900 });
    const seen = (distance: number, with_ = {}) =>
      exposureScore(sightOf(anAim({ eye: 400, ...with_ }), [wall(distance)]));
    expect(seen(20)).toBeCloseTo((100 * 32) / 25, 0);
    expect(seen(40)).toBeCloseTo((100 * 16) / 25, 0);
    expect(seen(1)).toBe(1000);
    expect(seen(20, { heading: 180 })).toBe(0);
    expect(exposureScore(sightOf(anAim(), [aBuilding([box(-3, -3, 3, 3)])]))).toBe(1000);
  });
});

describe('roughScore', () => {
  it('is the exact score to a few per cent, for any aim from one place', () => {
    for (let seed = 1; seed <= 4; seed++) {
      const { aim, buildings } = townScene(seed, { buildings: 30, width: 1280, height: 720 });
      const panorama = panoramaOf(aim.position, aim.range, buildings);
      const random = seeded(seed);
      for (let i = 0; i < 8; i++) {
        const turned = { ...aim, heading: 360 * random(), tilt: -60 * random(), hfov: 40 + 50 * random() };
        const [rough, exact] = [roughScore(panorama, turned, 0), exposureScore(sightOf(turned, buildings))];
        expect([seed, i, Math.abs(rough - exact) <= 0.05 * exact + 1]).toEqual([seed, i, true]);
      }
    }
  });
});

describe('findAim', () => {
  it('turns the street into view and the home beside it out', () => {
    const home = aBuilding([box(8, 10, 20, 30)]);
    const base = anAim({ hfov: 60, heading: 20 });
    const { found } = findAim(base, [home], wants({ target: [at(0, 15), at(0, 25)] }));
    expect(exposuresOf(sightOf(base, [home]))).toHaveLength(1);
    expect(found[0]).toMatchObject({ score: 0, exposures: [] });
    expect(found[0]!.pixelsPerMetre).toBeGreaterThanOrEqual(25);
    for (const north of [15, 20, 25]) expect(shows(found[0]!.aim, [home], at(0, north))).toBe(true);
  });

  it('says what each alternative costs where no aim is free of homes, best first', () => {
    const walls = [aBuilding([box(-20, 8, -3, 60)], { id: 'left' }), aBuilding([box(3, 8, 20, 60)], { id: 'right' })];
    const { found } = findAim(anAim(), walls, wants({ target: [at(0, 12), at(0, 30)], hfov: [30, 100] }));
    expect(found.length).toBeGreaterThan(1);
    expect(found[0]!.score).toBeGreaterThan(0);
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    for (const { aim, score, exposures } of found) {
      expect(score).toBe(exposureScore(sightOf(aim, walls)));
      expect(exposures).toEqual(exposuresOf(sightOf(aim, walls)));
    }
  });

  it('gives the same answer to the same question', () => {
    const { aim, buildings } = townScene(3, { buildings: 40 });
    const question = wants({ target: [localFrame(aim.position).fromLocal([3, 9])], hfov: [40, 90], pixelsPerMetre: 5 });
    expect(findAim(aim, buildings, question)).toEqual(findAim(aim, buildings, question));
  });

  it('is as good as trying every aim', { timeout: 120_000 }, () => {
    let compared = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const buildings = alley(seed);
      const base = anAim({ eye: 6, range: 80 });
      const [near, far] = [at(0, 11), at(0.5, 17)];
      const target = [near, far];
      const { found } = findAim(base, buildings, wants({ target, hfov: [70, 90], pixelsPerMetre: 6 }));
      const [score, best] = [found[0]!.score, triedAll(base, buildings, target)];
      // What the corner of the frame may cost, and a few per cent of looking up instead of painting.
      expect([seed, score, best, score <= best * 1.05 + 0.3]).toEqual([seed, score, best, true]);
      for (const point of [near, at(0.25, 14), far]) expect(shows(found[0]!.aim, buildings, point)).toBe(true);
      if (best > 0) compared++;
    }
    expect(compared).toBeGreaterThan(3);
  });

  it('keeps homes a margin outside of the frame where it can', () => {
    const home = aBuilding([box(6, 10, 20, 30)]);
    const free = (marginDeg: number) =>
      findAim(anAim(), [home], wants({ target: [at(0, 20)], marginDeg })).found[0]!.aim;
    const wide = { ...free(3), hfov: free(3).hfov + 5 };
    expect(exposuresOf(sightOf(wide, [home]))).toEqual([]);
  });

  it('tries other places along a line', () => {
    const shed = aBuilding([box(-4, 8, 4, 10)], { id: 'shed', home: false });
    const target = [at(0, 20)];
    expect(findAim(anAim(), [shed], wants({ target })).found).toEqual([]);
    const { found } = findAim(anAim(), [shed], wants({ target, places: [at(6, 0), at(12, 0)] }));
    expect(found[0]!.aim.position.lon).toBeGreaterThan(anAim().position.lon);
  });

  const shed = aBuilding([box(-4, 8, 4, 10)], { id: 'shed', home: false });
  it.each<[string, Building[], Wanted, object]>([
    ['hidden', [shed], wants({ target: [at(0, 20)] }), { kind: 'hidden', buildingId: 'shed' }],
    ['further than the range', [], wants({ target: [at(0, 200)] }), { kind: 'beyond-range', metres: 200 }],
    ['all around', [], wants({ target: [at(-9, 0), at(0, 9), at(9, 0)] }), { kind: 'too-wide' }],
    [
      'too far for the density',
      [],
      wants({ target: [at(0, 100)], pixelsPerMetre: 250 }),
      // In the middle of the frame it would be 11.1; towards a corner a pinhole stretches.
      { kind: 'too-coarse', pixelsPerMetre: expect.closeTo(12.9, 1) },
    ],
    [
      'seen from within a home',
      [aBuilding([box(-3, -3, 3, 3)], { id: 'flat' })],
      wants({ target: [at(0, 20)] }),
      { kind: 'within-home', buildingId: 'flat' },
    ],
  ])('finds none, and says why, when the target is %s', (_, buildings, wanted, none) => {
    expect(findAim(anAim(), buildings, wanted)).toEqual({ found: [], none });
  });

  it('refuses a question without a target and a lens that there is not', () => {
    expect(() => findAim(anAim(), [], wants({ target: [] }))).toThrow(RangeError);
    expect(() => findAim(anAim(), [], wants({ target: [at(0, 9)], hfov: [80, 40] }))).toThrow(RangeError);
    expect(() => findAim(anAim(), [], wants({ target: [at(0, 9)], hfov: [60, 180] }))).toThrow(RangeError);
  });
});
