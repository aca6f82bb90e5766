// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Aim } from './aim.ts';
import { vfov } from './aim.ts';
import { NEAR_M, clipNear, projector } from './projector.ts';
import { type Vec3, dot } from './vec3.ts';

const level: Aim = {
  position: { lon: 108.05, lat: 12.68, height: 5 },
  heading: 0,
  tilt: 0,
  roll: 0,
  hfov: 90,
  image: { width: 1280, height: 720 },
  range: 100,
};

const anyAim = fc
  .record({
    heading: fc.double({ min: 0, max: 359.99, noNaN: true }),
    tilt: fc.double({ min: -90, max: 90, noNaN: true }),
    roll: fc.double({ min: -180, max: 180, noNaN: true }),
    hfov: fc.double({ min: 5, max: 150, noNaN: true }),
    height: fc.double({ min: 0, max: 60, noNaN: true }),
  })
  .map(({ height, ...angles }): Aim => ({ ...level, ...angles, position: { ...level.position, height } }));

const anyPixel = fc.record({
  x: fc.double({ min: 0, max: 1280, noNaN: true }),
  y: fc.double({ min: 0, max: 720, noNaN: true }),
  depth: fc.double({ min: 0.1, max: 500, noNaN: true }),
});

/** A point `metres` from the camera at a bearing clockwise from north, at the camera's own height. */
const atBearing = (bearing: number, metres: number, up = 5): Vec3 => [
  metres * Math.sin((bearing * Math.PI) / 180),
  metres * Math.cos((bearing * Math.PI) / 180),
  up,
];

describe('projector', () => {
  it('puts what is straight ahead into the middle of the frame, at its distance', () => {
    for (const heading of [0, 45, 90, 200, 359]) {
      const seen = projector({ ...level, heading }).project(atBearing(heading, 30));
      expect(seen?.x).toBeCloseTo(640, 6);
      expect(seen?.y).toBeCloseTo(360, 6);
      expect(seen?.depth).toBeCloseTo(30, 6);
    }
  });

  it('turns clockwise with the heading: the east is on the right of a camera that looks north', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 359 }), fc.integer({ min: 1, max: 60 }), (heading, off) => {
        const view = projector({ ...level, heading });
        expect(view.project(atBearing(heading + off, 30))?.x).toBeGreaterThan(640);
        expect(view.project(atBearing(heading - off, 30))?.x).toBeLessThan(640);
      }),
    );
  });

  it('spans exactly the field of view across the frame', () => {
    const view = projector({ ...level, hfov: 60 });
    expect(view.project(atBearing(30, 50))?.x).toBeCloseTo(1280, 6);
    expect(view.project(atBearing(-30, 50))?.x).toBeCloseTo(0, 6);
    expect(vfov({ ...level, hfov: 90, image: { width: 100, height: 100 } })).toBeCloseTo(90, 9);
  });

  it('sees the ground below the middle and lower still when it looks up', () => {
    const ground: Vec3 = [0, 20, 0];
    expect(projector(level).project(ground)?.y).toBeGreaterThan(360);
    const at = (tilt: number): number => projector({ ...level, tilt }).project(ground)?.y ?? Number.NaN;
    expect(at(10)).toBeGreaterThan(at(0));
    // atan(5 / 20) below the horizon: exactly there the point is in the middle.
    expect(at((-Math.atan2(5, 20) * 180) / Math.PI)).toBeCloseTo(360, 6);
  });

  it('turns the picture anticlockwise when the camera rolls clockwise', () => {
    const rolled = projector({ ...level, roll: 10 });
    const above = rolled.project([0, 20, 15]);
    expect(above?.x).toBeLessThan(640);
    expect(rolled.project(atBearing(20, 20))?.y).toBeLessThan(360);
    expect(projector({ ...level, roll: 90 }).project(atBearing(20, 20))?.x).toBeCloseTo(640, 6);
  });

  it('keeps the heading when it looks straight down: the top of the frame points there', () => {
    const down = projector({ ...level, tilt: -90, heading: 90 });
    const ahead = down.project([1, 0, 0]);
    expect(ahead?.x).toBeCloseTo(640, 6);
    expect(ahead?.y).toBeLessThan(360);
  });

  it('has an orthonormal basis for every aim', () => {
    fc.assert(
      fc.property(anyAim, (aim) => {
        const { right, up, forward } = projector(aim).basis;
        for (const v of [right, up, forward]) expect(dot(v, v)).toBeCloseTo(1, 9);
        for (const d of [dot(right, up), dot(up, forward), dot(right, forward)]) expect(d).toBeCloseTo(0, 9);
      }),
    );
  });

  it('finds the way back from any pixel and depth', () => {
    fc.assert(
      fc.property(anyAim, anyPixel, (aim, pixel) => {
        const view = projector(aim);
        const back = view.project(view.unproject(pixel));
        expect(back?.x).toBeCloseTo(pixel.x, 4);
        expect(back?.y).toBeCloseTo(pixel.y, 4);
        expect(back?.depth).toBeCloseTo(pixel.depth, 6);
      }),
    );
  });

  it('has no pixel for what is behind the camera', () => {
    expect(projector(level).project(atBearing(180, 10))).toBeUndefined();
    expect(projector(level).project([0, 0, 5])).toBeUndefined();
  });

  it('refuses a field of view or a frame that no camera has', () => {
    expect(() => projector({ ...level, hfov: 180 })).toThrow(RangeError);
    expect(() => projector({ ...level, image: { width: 0, height: 720 } })).toThrow(RangeError);
  });
});

describe('clipNear', () => {
  const anyCorner = fc.tuple(
    fc.double({ min: -50, max: 50, noNaN: true }),
    fc.double({ min: -50, max: 50, noNaN: true }),
    fc.double({ min: -50, max: 50, noNaN: true }),
  );

  it('leaves nothing nearer than the plane', () => {
    fc.assert(
      fc.property(fc.array(anyCorner, { minLength: 3, maxLength: 8 }), (ring) => {
        for (const corner of clipNear(ring)) expect(corner[2]).toBeGreaterThanOrEqual(NEAR_M);
      }),
    );
  });

  it('leaves a polygon in front as it is and drops one behind', () => {
    const front: Vec3[] = [
      [0, 0, 1],
      [1, 0, 2],
      [0, 1, 3],
    ];
    expect(clipNear(front)).toEqual(front);
    expect(clipNear(front.map(([x, y, z]): Vec3 => [x, y, -z]))).toEqual([]);
  });

  it('cuts a wall that runs past the camera at the plane', () => {
    const wall: Vec3[] = [
      [1, 0, -5],
      [1, 0, 5],
      [1, -3, 5],
      [1, -3, -5],
    ];
    const cut = clipNear(wall, 1);
    expect(cut.map((c) => c[2]).toSorted((a, b) => a - b)).toEqual([1, 1, 5, 5]);
  });
});
