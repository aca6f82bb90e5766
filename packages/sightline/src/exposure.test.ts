// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import type { Aim } from './aim.ts';
import type { Building } from './building.ts';
import { doriLevel } from './dori.ts';
import { exposuresOf } from './exposure.ts';
import { sightOf } from './sight.ts';
import { aBuilding, anAim, box } from './testing/street.ts';

const exposures = (aim: Aim, ...buildings: Building[]) => exposuresOf(sightOf(aim, buildings));
const only = (aim: Aim, ...buildings: Building[]) => {
  const found = exposures(aim, ...buildings);
  expect(found).toHaveLength(1);
  return found[0]!;
};

const ahead = aBuilding([box(-10, 20, 10, 30)]);

describe('exposuresOf', () => {
  it('measures a wall straight ahead as a ruler would', () => {
    // 20 m wide and 10 m high at 20 m, 640 px of focal length: 640 by 320 of 1280 by 720 pixels.
    const seen = only(anAim(), ahead);
    expect(seen.buildingId).toBe('home');
    expect(seen.frameShare).toBeCloseTo((640 * 320) / (1280 * 720), 2);
    expect(seen.pixelsPerMetre).toBeCloseTo(32, 2);
    expect(seen.distanceMetres).toBeCloseTo(20, 2);
    expect(seen.dori).toBe('detect');
  });

  it('counts pixels of the frame itself and not of the grid it is analysed on', () => {
    const sharp = only(anAim({ image: { width: 3840, height: 2160 } }), ahead);
    expect(sharp.pixelsPerMetre).toBeCloseTo(96, 1);
    expect(sharp.frameShare).toBeCloseTo((640 * 320) / (1280 * 720), 2);
  });

  it('gives the distance on a map, to what is visible and not to what is nearest', () => {
    expect(only(anAim({ eye: 30, tilt: -50 }), ahead).distanceMetres).toBeCloseTo(20, 1);
    // The wing that comes within 3 m lies behind the camera.
    const wing = aBuilding([box(-10, 20, 10, 30), box(-1, -6, 1, -3)].slice(0, 1));
    const both = aBuilding([], {
      footprint: {
        type: 'MultiPolygon',
        coordinates: [
          wing.footprint.coordinates as never,
          aBuilding([box(-1, -6, 1, -3)]).footprint.coordinates as never,
        ],
      },
    });
    expect(only(anAim(), both).distanceMetres).toBeCloseTo(20, 2);
  });

  it('lists the worst first: by DORI level, then by share of the frame', () => {
    const near = aBuilding([box(-1, 4, -0.5, 5)], { id: 'near', height: 5.2 });
    const wide = aBuilding([box(0, 22, 40, 40)], { id: 'wide' });
    const thin = aBuilding([box(-20, 22, -18, 24)], { id: 'thin' });
    expect(exposures(anAim(), thin, wide, near).map((e) => [e.buildingId, e.dori])).toEqual([
      ['near', 'recognise'],
      ['wide', 'detect'],
      ['thin', 'detect'],
    ]);
  });

  it('leaves out what is no home, but lets it hide one', () => {
    const office = aBuilding([box(-10, 10, 10, 15)], { id: 'office', home: false, height: 20 });
    expect(exposures(anAim(), office, ahead)).toEqual([]);
    const half = aBuilding([box(0, 10, 10, 15)], { id: 'half', home: false, height: 20 });
    expect(only(anAim(), half, ahead).frameShare).toBeCloseTo((320 * 320) / (1280 * 720), 2);
  });

  it('sees over a low wall, under a raised floor and through a courtyard’s open roof', () => {
    const low = aBuilding([box(-10, 10, 10, 11)], { home: false, height: 5 });
    expect(only(anAim(), low, ahead).frameShare).toBeCloseTo((640 * 160) / (1280 * 720), 2);
    const bridge = aBuilding([box(-10, 10, 10, 11)], { home: false, height: 30, minHeight: 5 });
    expect(only(anAim(), bridge, ahead).frameShare).toBeCloseTo((640 * 160) / (1280 * 720), 2);
    const yard = [box(-10, -10, 10, 10), box(-8, -8, 8, 8)];
    expect(only(anAim(), aBuilding(yard)).distanceMetres).toBeCloseTo(8, 2);
    const inYard = aBuilding([box(-1, 4, 1, 6)], { id: 'hut', height: 3 });
    const above = exposures(anAim({ eye: 40, tilt: -90 }), aBuilding(yard), inYard);
    expect(above.map((e) => e.buildingId).toSorted()).toEqual(['home', 'hut']);
  });

  it('counts a building that comes within range whole, and one beyond it not at all', () => {
    expect(only(anAim({ range: 20.1 }), ahead).frameShare).toBeCloseTo((640 * 320) / (1280 * 720), 2);
    expect(exposures(anAim({ range: 19.9 }), ahead)).toEqual([]);
  });

  it('sees nothing of what is behind the camera, and the walls of what reaches past it', () => {
    expect(exposures(anAim({ heading: 180 }), ahead)).toEqual([]);
    const alley = aBuilding([box(0.3, -20, 5, 20)]);
    const seen = only(anAim(), alley);
    // Where the frame's edge, at 45 degrees, meets the wall.
    expect(seen.distanceMetres).toBeCloseTo(0.3 * Math.SQRT2, 2);
    expect(seen.frameShare).toBeGreaterThan(0.3);
  });

  it('sees the roof below a camera that looks straight down, whatever its heading', () => {
    for (const heading of [0, 77, 180]) {
      const seen = only(anAim({ eye: 20, tilt: -90, heading }), aBuilding([box(-3, -3, 3, 3)]));
      // 10 m above the roof: 6 m are 6 × 64 pixels.
      expect(seen.frameShare).toBeCloseTo((384 * 384) / (1280 * 720), 1);
      expect(seen.pixelsPerMetre).toBeCloseTo(64, 1);
      expect(seen.distanceMetres).toBeLessThan(0.1);
    }
  });

  it('bears a field of view of almost nothing and of almost half a circle', () => {
    expect(only(anAim({ hfov: 0.5 }), ahead).frameShare).toBe(1);
    const wide = only(anAim({ hfov: 179.9 }), aBuilding([box(3, -20, 6, 200)]));
    expect(wide.distanceMetres).toBeCloseTo(3, 1);
    expect(() => exposures(anAim({ hfov: 180 }), ahead)).toThrow(RangeError);
  });
});

describe('a camera within a building', () => {
  const around = box(-4, -4, 4, 4);

  it('sees nothing but that home, which fills the frame at no distance', () => {
    const seen = only(anAim(), aBuilding([around]), aBuilding([box(-10, 20, 10, 30)], { id: 'other' }));
    expect(seen).toMatchObject({ buildingId: 'home', frameShare: 1, distanceMetres: 0, dori: 'identify' });
    expect(Number.isFinite(seen.pixelsPerMetre)).toBe(true);
  });

  it('sees through the walls of what is no home, because it is often mapped on the wrong side of its own wall', () => {
    expect(only(anAim(), aBuilding([around], { id: 'office', home: false }), ahead).buildingId).toBe('home');
  });

  it('is not within one that it stands on, or that begins above it', () => {
    expect(only(anAim({ eye: 11 }), aBuilding([around])).frameShare).toBeLessThan(1);
    expect(exposures(anAim({ eye: 11 }), aBuilding([around], { home: false }), ahead)).toHaveLength(1);
    expect(only(anAim({ eye: 2 }), aBuilding([around], { minHeight: 4 })).frameShare).toBeLessThan(1);
  });
});

describe('a camera on the wall of a home', () => {
  const behind = aBuilding([box(-10, 0.02, 10, 8)]);

  it('sees all of a wall that is nearer than where pictures begin', () => {
    for (const heading of [0, 40, -40])
      expect(only(anAim({ heading, hfov: 50 }), behind)).toMatchObject({ frameShare: 1, dori: 'identify' });
  });

  it('sees half of it along the wall, and none of it away from it', () => {
    expect(only(anAim({ heading: 90 }), behind).frameShare).toBeCloseTo(0.5, 1);
    expect(exposures(anAim({ heading: 180 }), behind)).toEqual([]);
  });

  it('sees over it from above its roof', () => {
    expect(only(anAim({ eye: 10.5 }), behind).frameShare).toBeLessThan(0.5);
  });
});

describe('doriLevel', () => {
  it('reaches a level exactly at its density', () => {
    expect([24.9, 25, 62.4, 62.5, 125, 249, 250].map(doriLevel)).toEqual([
      'none',
      'detect',
      'detect',
      'observe',
      'recognise',
      'recognise',
      'identify',
    ]);
  });
});
