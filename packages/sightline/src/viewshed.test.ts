// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import type { Aim } from './aim.ts';
import { type Building, localRings } from './building.ts';
import { type LonLat, localFrame } from './local-frame.ts';
import { type Point2, contains, signedArea } from './polygon.ts';
import { projector } from './projector.ts';
import { randomScene, seeded } from './testing/scenes.ts';
import { FRAME, aBuilding, anAim, box } from './testing/street.ts';
import { viewshed } from './viewshed.ts';

const local = (polygons: LonLat[][][]): Point2[][] =>
  polygons.map((rings) => (rings[0] ?? []).slice(0, -1).map((p) => FRAME.toLocal(p)));
const shows = (rings: Point2[][], point: Point2): boolean => rings.some((ring) => contains(ring, point));

/** Walks from the camera to the ground in small steps and asks at each whether a building is there. */
function seenByWalking(aim: Aim, buildings: readonly Building[], [east, north]: Point2): boolean {
  const seen = projector(aim).project([east, north, 0]);
  const { width, height } = aim.image;
  if (!seen || seen.x < 0 || seen.y < 0 || seen.x > width || seen.y > height) return false;
  if (Math.hypot(east, north) > aim.range) return false;
  const frame = localFrame(aim.position);
  return buildings.every((building) => {
    const polygons = localRings(building.footprint, frame);
    for (let s = 0.0025; s < 1; s += 0.0025) {
      const up = aim.position.height * (1 - s);
      if (up > building.height || up < building.minHeight) continue;
      const at: Point2 = [east * s, north * s];
      if (polygons.some((rings) => rings.filter((ring) => contains(ring, at)).length % 2 === 1)) return false;
    }
    return true;
  });
}

describe('viewshed', () => {
  it('is the ground that a walk along the line of sight reaches', { timeout: 60_000 }, () => {
    let checked = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const { aim: far, buildings } = randomScene(seed, { buildings: 12, reach: 50 });
      const aim: Aim = { ...far, tilt: Math.min(far.tilt, -5), range: 60 };
      const rings = local(viewshed(aim, buildings));
      const random = seeded(seed);
      for (let i = 0; i < 150; i++) {
        const point: Point2 = [120 * random() - 60, 120 * random() - 60];
        const around: Point2[] = [
          [0.4, 0],
          [-0.4, 0],
          [0, 0.4],
          [0, -0.4],
        ].map(([e, n]) => [point[0] + e!, point[1] + n!]);
        const seen = seenByWalking(aim, buildings, point);
        // Only where the answer doesn't hang on a few decimetres.
        if (around.some((p) => seenByWalking(aim, buildings, p) !== seen)) continue;
        expect([seed, ...point, shows(rings, point)]).toEqual([seed, ...point, seen]);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(1000);
  });

  it('shows the ground behind a low house again', () => {
    // From 10 m over a wall of 5 m at 10 m: hidden from 10 to 20 m.
    const rings = local(viewshed(anAim({ eye: 10, tilt: -20 }), [aBuilding([box(-5, 10, 5, 10.01)], { height: 5 })]));
    expect([9, 15, 19, 21].map((north) => shows(rings, [0.1, north]))).toEqual([true, false, false, true]);
  });

  it('is one ring all around a camera that looks straight down', () => {
    const rings = local(viewshed(anAim({ tilt: -90, eye: 10 }), []));
    expect(rings).toHaveLength(1);
    expect(Math.abs(signedArea(rings[0] as Point2[]))).toBeCloseTo(20 * 11.25, 0);
  });

  it('is nothing within a home, and the street before an office that the camera is mapped within', () => {
    const down = anAim({ tilt: -30 });
    expect(viewshed(down, [aBuilding([box(-3, -3, 3, 3)])])).toEqual([]);
    const rings = local(viewshed(down, [aBuilding([box(-3, -3, 3, 3)], { home: false })]));
    expect(shows(rings, [0, 10])).toBe(true);
  });
});
