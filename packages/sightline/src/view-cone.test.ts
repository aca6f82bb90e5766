// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Aim } from './aim.ts';
import { localFrame } from './local-frame.ts';
import { contains } from './polygon.ts';
import { projector } from './projector.ts';
import { groundInView, viewCone } from './view-cone.ts';

const anyAim = fc
  .record({
    heading: fc.double({ min: 0, max: 359, noNaN: true }),
    tilt: fc.double({ min: -80, max: 30, noNaN: true }),
    roll: fc.double({ min: -20, max: 20, noNaN: true }),
    hfov: fc.double({ min: 20, max: 110, noNaN: true }),
    height: fc.double({ min: 2, max: 15, noNaN: true }),
  })
  .map(({ height, ...angles }): Aim => ({
    ...angles,
    position: { lon: 108.05, lat: 12.68, height },
    image: { width: 1280, height: 720 },
    range: 80,
  }));

describe('groundInView', () => {
  it('holds exactly the ground points that project into the frame within range', () => {
    const anyGround = fc.tuple(
      fc.double({ min: -79, max: 79, noNaN: true }),
      fc.double({ min: -79, max: 79, noNaN: true }),
    );
    fc.assert(
      fc.property(anyAim, anyGround, (aim, [east, north]) => {
        const seen = projector(aim).project([east, north, 0]);
        const far = Math.hypot(east, north);
        // Not on the very edge, where the polygon of the arc and rounding decide.
        const inFrame = (margin: number): boolean =>
          seen !== undefined && seen.x > margin && seen.x < 1280 - margin && seen.y > margin && seen.y < 720 - margin;
        const inside = contains(groundInView(aim), [east, north]);
        if (inFrame(1) && far < 79.5) expect(inside).toBe(true);
        if (!inFrame(-1) || far > 80.5) expect(inside).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('viewCone', () => {
  it('is a closed ring around the camera that never leaves the range', () => {
    fc.assert(
      fc.property(anyAim, (aim) => {
        const cone = viewCone(aim);
        const frame = localFrame(aim.position);
        expect(cone.at(0)).toEqual(cone.at(-1));
        expect(cone.length).toBeGreaterThanOrEqual(4);
        for (const corner of cone) expect(Math.hypot(...frame.toLocal(corner))).toBeLessThanOrEqual(80.01);
      }),
    );
  });

  it('still shows where a camera points that sees no ground', () => {
    const up: Aim = {
      position: { lon: 108.05, lat: 12.68, height: 4 },
      heading: 90,
      tilt: 60,
      roll: 0,
      hfov: 40,
      image: { width: 1280, height: 720 },
      range: 50,
    };
    const frame = localFrame(up.position);
    const ring = viewCone(up).map((p) => frame.toLocal(p));
    expect(contains(ring, [30, 0])).toBe(true);
    expect(contains(ring, [-30, 0])).toBe(false);
  });
});
