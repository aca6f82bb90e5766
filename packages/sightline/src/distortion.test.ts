// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Aim } from './aim.ts';
import { distorted, distortionOf, undistorted } from './distortion.ts';
import { exposuresOf } from './exposure.ts';
import { measure } from './mask-proposal.ts';
import { signedArea } from './polygon.ts';
import { projector } from './projector.ts';
import { sightOf } from './sight.ts';
import { aBuilding, anAim, box } from './testing/street.ts';
import { groundInView } from './view-cone.ts';
import { viewshed } from './viewshed.ts';

/** Lenses whose frame, with a radius of about 1.15 in its corner, does not fold. */
const anyLens = fc.record({
  k1: fc.double({ min: -0.09, max: 0.3, noNaN: true }),
  k2: fc.double({ min: -0.005, max: 0.08, noNaN: true }),
});

describe('distortion', () => {
  it('is undone exactly, everywhere on the frame', () => {
    fc.assert(
      fc.property(anyLens, fc.double({ min: 0, max: 1.15, noNaN: true }), (lens, radius) => {
        const distortion = distortionOf({ ...anAim(), ...lens }, 640);
        if (!distortion) return;
        expect(distorted(distortion, undistorted(distortion, radius))).toBeCloseTo(radius, 9);
      }),
    );
  });

  it('is what OpenCV’s formula says', () => {
    // x = 0.5, y = 0.25 with k1 −0.2, k2 0.05: r² = 0.3125, 1 − 0.0625 + 0.0048828 = 0.9423828.
    const view = projector({ ...anAim(), k1: -0.2, k2: 0.05 });
    const seen = view.project([5, 10, 5 - 2.5]);
    expect(seen?.x).toBeCloseTo(640 + 640 * 0.5 * 0.942_382_8, 4);
    expect(seen?.y).toBeCloseTo(360 + 640 * 0.25 * 0.942_382_8, 4);
  });

  it('leaves the way back from any pixel', () => {
    fc.assert(
      fc.property(
        anyLens,
        fc.double({ min: 0, max: 1280, noNaN: true }),
        fc.double({ min: 0, max: 720, noNaN: true }),
        (lens, x, y) => {
          const view = projector({ ...anAim({ heading: 77, tilt: -20, roll: 5 }), ...lens });
          const back = view.project(view.unproject({ x, y, depth: 20 }));
          expect(back?.x).toBeCloseTo(x, 5);
          expect(back?.y).toBeCloseTo(y, 5);
        },
      ),
    );
  });

  it('is refused where the frame would fold over itself, and nothing shows twice', () => {
    for (const lens of [{ k1: -0.4 }, { k1: 0, k2: -0.2 }, { k1: Number.NaN }, { k1: Infinity }])
      expect(() => projector({ ...anAim(), ...lens })).toThrow(RangeError);
    // A narrow frame sees only the lens's middle.
    const narrow: Aim = { ...anAim({ hfov: 40 }), k1: -0.4 };
    expect(projector(narrow).project([30, 10, 5])).toBeUndefined();
  });

  it('bends a wall’s edge away from where a pinhole has it', () => {
    const wall = aBuilding([box(-9, 10, 9, 11)], { height: 9 });
    const share = (k1: number) => exposuresOf(sightOf({ ...anAim(), k1 }, [wall]))[0]!.frameShare;
    // A barrel draws the wall together, a pincushion apart.
    expect(share(-0.1)).toBeLessThan(share(0) - 0.01);
    expect(share(0.1)).toBeGreaterThan(share(0) + 0.01);
  });

  it('leaves distances and density of what is in the middle as they are', () => {
    const ahead = aBuilding([box(-0.5, 20, 0.5, 30)]);
    const [bare, bent] = [0, -0.1].map((k1) => exposuresOf(sightOf({ ...anAim(), k1 }, [ahead]))[0]!);
    expect(bent!.distanceMetres).toBeCloseTo(bare!.distanceMetres, 1);
    expect(bent!.pixelsPerMetre).toBeCloseTo(bare!.pixelsPerMetre, 1);
  });

  it('shows more ground through a barrel and less through a pincushion', () => {
    const seen = (k1: number) => Math.abs(signedArea(groundInView({ ...anAim({ tilt: -30, range: 40 }), k1 })));
    expect(seen(-0.1)).toBeGreaterThan(seen(0));
    expect(seen(0.1)).toBeLessThan(seen(0));
    expect(viewshed({ ...anAim({ tilt: -30 }), k1: -0.1 }, [])).toHaveLength(1);
  });

  it('gives a margin by angle, also beside the frame', () => {
    const beside = aBuilding([box(19.5, 18, 30, 18.1)]);
    const aim = { ...anAim(), k1: 0.05 };
    expect(measure(aim, [beside], 0).polygons).toEqual([]);
    expect(measure(aim, [beside], 6).polygons).not.toEqual([]);
  });
});
