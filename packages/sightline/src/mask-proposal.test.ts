// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Region, addRun, emptyRegion, isWithin } from './region.ts';
import {
  MAX_MASKS,
  MAX_MASK_CORNERS,
  type MaskOutline,
  TIGHT,
  coverRegion,
  masksOver,
  measure,
} from './mask-proposal.ts';
import { isSimple } from './polygon.ts';
import { projector } from './projector.ts';
import { castRays, coveredPixels, homePixels } from './testing/ray-caster.ts';
import { randomScene, townScene } from './testing/scenes.ts';
import { aBuilding, anAim, box } from './testing/street.ts';
import { sightOf } from './sight.ts';
import { type Vec3, dot } from './vec3.ts';

function expectProper(polygons: readonly MaskOutline[]): void {
  expect(polygons.length).toBeLessThanOrEqual(MAX_MASKS);
  for (const ring of polygons) {
    expect(isSimple(ring)).toBe(true);
    expect(ring.length).toBeLessThanOrEqual(MAX_MASK_CORNERS);
    for (const value of ring.flat()) expect(value).toBeGreaterThanOrEqual(0);
    for (const value of ring.flat()) expect(value).toBeLessThanOrEqual(1);
  }
}

function region(columns: number, rows: number, at: (x: number, y: number) => boolean): Region {
  const made = emptyRegion(columns, rows);
  for (let x = 0; x < columns; x++) {
    for (let y = 0; y < rows; y++) if (at(x, y)) addRun(made, x, y, y + 1);
  }
  return made;
}

describe('coverRegion', () => {
  it('covers every cell of anything with polygons that never cross themselves', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 0, max: 40 }))), { maxLength: 12 }),
        (columns, rows, boxes) => {
          // Boxes put on and taken away in turn: steps, holes, islands, single cells.
          const cells = region(columns, rows, (x, y) =>
            boxes.reduce(
              (on, [a = 0, b = 0, w = 0, h = 0], i) => (x >= a && x < a + w && y >= b && y < b + h ? i % 2 === 0 : on),
              false,
            ),
          );
          const polygons = coverRegion(cells, TIGHT);
          expectProper(polygons);
          const covered = coveredPixels(polygons, columns, rows);
          for (let i = 0; i < covered.length; i++) {
            if (isWithin(cells, i % columns, Math.floor(i / columns))) expect(covered[i]).toBe(1);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('follows a slanted edge with few corners', () => {
    const [ring, ...more] = coverRegion(
      region(600, 300, (x, y) => y > 20 + x / 3 && y < 280 - x / 7),
      TIGHT,
    );
    expect(more).toEqual([]);
    expect(ring?.length).toBeLessThanOrEqual(8);
  });

  it('has a polygon with a hole fall into two', () => {
    const ringed = region(60, 60, (x, y) => Math.max(Math.abs(x - 30), Math.abs(y - 30)) > 10);
    const polygons = coverRegion(ringed, TIGHT);
    expect(polygons).toHaveLength(2);
    expect(coveredPixels(polygons, 60, 60)[30 * 60 + 30]).toBe(0);
  });

  it('covers more, but never less, when the cells are a hail of specks', () => {
    const hail = region(160, 91, (x, y) => (x * 7 + y * 13) % 5 === 0);
    const polygons = coverRegion(hail, TIGHT);
    expectProper(polygons);
    const covered = coveredPixels(polygons, 160, 91);
    expect(covered.every((on, i) => on === 1 || !isWithin(hail, i % 160, Math.floor(i / 160)))).toBe(true);
  });
});

describe('measure, against one ray a pixel', () => {
  interface Sums {
    truth: number;
    covered: number;
    both: number;
  }

  function compare(scene: ReturnType<typeof randomScene>, width: number, height: number): Sums {
    const { aim, buildings } = scene;
    const { polygons, exposures } = measure(aim, buildings, 0);
    expectProper(polygons);
    const cast = castRays(aim, buildings, { width, height });
    const [truth, mask] = [homePixels(cast, buildings), coveredPixels(polygons, width, height)];
    const sums: Sums = { truth: 0, covered: 0, both: 0 };
    truth.forEach((home, i) => {
      sums.truth += home;
      sums.covered += mask[i] as number;
      sums.both += home & (mask[i] as number);
    });
    expect(sums.both).toBeGreaterThanOrEqual(0.99 * sums.truth);
    const listed = new Map(exposures.map((e) => [e.buildingId, e]));
    buildings.forEach(({ id }, index) => {
      const own = cast.owners.reduce((n, owner) => n + (owner === index ? 1 : 0), 0);
      const pixels = own * ((640 * 360) / (width * height));
      if (pixels <= 40 || homePixels({ ...cast, owners: Int16Array.of(index) }, buildings)[0] === 0) return;
      // Fewer rays know less of small things.
      const off = width === 640 ? 0.1 : 0.1 + 2 / Math.sqrt(own);
      expect(Math.abs((listed.get(id)?.frameShare ?? 0) / (own / cast.owners.length) - 1)).toBeLessThan(off);
      const nearest = cast.distances.reduce((d, at, i) => (cast.owners[i] === index ? Math.min(d, at) : d), Infinity);
      expect(listed.get(id)?.distanceMetres).toBeLessThanOrEqual(nearest * 1.01 + 0.01);
    });
    return sums;
  }

  const total = (all: readonly Sums[]): Sums =>
    all.reduce((sum, s) => ({
      truth: sum.truth + s.truth,
      covered: sum.covered + s.covered,
      both: sum.both + s.both,
    }));

  it('covers homes and little else in 60 scenes that nobody planned', { timeout: 60_000 }, () => {
    const { truth, covered, both } = total(
      Array.from({ length: 60 }, (_, i) => {
        // A fifth of the frame's pixels each way: the centres of those rays are centres of its pixels.
        const make = i % 3 === 2 ? townScene : randomScene;
        return compare(make(i + 1, { width: 640, height: 360 }), 128, 72);
      }),
    );
    expect(truth).toBeGreaterThan(50_000);
    expect(both / truth).toBeGreaterThanOrEqual(0.9999);
    expect(both / covered).toBeGreaterThanOrEqual(0.97);
  });

  it('covers homes and little else through lenses that bend', { timeout: 60_000 }, () => {
    const { truth, covered, both } = total(
      Array.from({ length: 24 }, (_, i) => {
        const scene = (i % 3 === 2 ? townScene : randomScene)(i + 101, { width: 640, height: 360 });
        // As much as lenses do: a tenth inwards or outwards in the frame's corner.
        const hfov = Math.min(scene.aim.hfov, 120);
        const corner2 = (1 + (9 / 16) ** 2) * Math.tan((hfov * Math.PI) / 360) ** 2;
        const [k1, k2] = [((i % 5) - 2) * 0.045, ((i % 4) - 1) * 0.01];
        const aim = { ...scene.aim, hfov, k1: k1 / corner2, k2: k2 / (corner2 * corner2) };
        return compare({ ...scene, aim }, 128, 72);
      }),
    );
    expect(truth).toBeGreaterThan(20_000);
    expect(both / truth).toBeGreaterThanOrEqual(0.999);
    expect(both / covered).toBeGreaterThanOrEqual(0.96);
  });

  it.each([1, 2, 5, 8, 11])('covers exactly the homes of town %i at 640 × 360', { timeout: 60_000 }, (seed) => {
    const scene = townScene(seed, { width: 640, height: 360, buildings: 120 });
    const { truth, covered, both } = compare(scene, 640, 360);
    expect(both / truth).toBeGreaterThanOrEqual(0.9999);
    expect(both / covered).toBeGreaterThanOrEqual(0.95);
  });
});

it('measures an aim alike whatever was measured before it', () => {
  const { aim, buildings } = townScene(1, { width: 640, height: 360, buildings: 60 });
  const first = measure(aim, buildings);
  for (const heading of [90, 180, 270]) measure({ ...aim, heading: aim.heading + heading }, buildings);
  expect(measure(aim, buildings)).toEqual(first);
});

describe('masksOver', () => {
  it('gives polygons that are simple, also of what is thinner than they are written down', { timeout: 60_000 }, () => {
    for (const seed of [1, 2, 3, 5, 8, 13, 21, 34, 486]) {
      const { aim, buildings } = randomScene(seed, { width: 1080, height: 1920 });
      const sight = sightOf(aim, buildings);
      for (const most of [1, 2, 4, MAX_MASKS]) expectProper(masksOver(sight, 0, { most }));
    }
  });
});

describe('the margin', () => {
  const house = aBuilding([box(-4, 20, 4, 30)], { height: 7 });
  const mask = (marginDeg: number) => coveredPixels(measure(anAim(), [house], marginDeg).polygons, 640, 360);

  it.each([
    ['level', {}],
    ['tilted, rolled, wide', { tilt: -20, roll: 20, hfov: 120 }],
    ['near the frame’s corner', { heading: 38, tilt: -12 }],
  ])('covers every direction within it of a home: %s', (_, turned) => {
    const aim = anAim(turned);
    const view = projector(aim);
    const [bare, wide] = [0, 2].map((margin) => coveredPixels(measure(aim, [house], margin).polygons, 320, 180)) as [
      Uint8Array,
      Uint8Array,
    ];
    const direction = (i: number): Vec3 => {
      const d = view.ray(((i % 320) + 0.5) * 4, (Math.floor(i / 320) + 0.5) * 4);
      const length = Math.sqrt(dot(d, d));
      return [d[0] / length, d[1] / length, d[2] / length];
    };
    const directions = Array.from(bare, (_on, i) => direction(i));
    const cast = castRays(aim, [house], { width: 320, height: 180 });
    const homes = directions.filter((_d, i) => cast.owners[i] === 0);
    expect(homes.length).toBeGreaterThan(100);
    const least = Math.cos((2 * Math.PI) / 180);
    for (let i = 0; i < wide.length; i += 7) {
      if (wide[i] === 0) expect(homes.some((d) => dot(d, directions[i] as Vec3) > least)).toBe(false);
    }
  });

  it('covers little beyond it', () => {
    const pixels = (marginDeg: number) => mask(marginDeg).reduce((sum, on) => sum + on, 0);
    // 8 m by 7 m at 20 m are 128 by 112 of 640 by 360; two degrees are 11 pixels on each side.
    expect(pixels(0) / (128 * 112)).toBeCloseTo(1, 1);
    expect(pixels(2)).toBeLessThan(1.1 * 150 * 134);
  });

  it('reaches into the frame from a home that stands just outside of it', () => {
    const beside = aBuilding([box(20.2, 20, 30, 20.1)]);
    expect(measure(anAim(), [beside], 0).polygons).toEqual([]);
    const { polygons, exposures } = measure(anAim(), [beside], 1);
    expect(Math.max(...polygons.flat().map(([x]) => x))).toBe(1);
    expect(exposures).toEqual([]);
  });

  it('is between 0 and 45 degrees', () => {
    for (const margin of [-1, 46, Number.NaN]) expect(() => measure(anAim(), [house], margin)).toThrow(RangeError);
    expect(measure(anAim({ hfov: 170, tilt: -60 }), [house], 45).polygons).not.toEqual([]);
  });
});

it('covers the whole frame with one rectangle when the camera is within a home', () => {
  const { polygons } = measure(anAim(), [aBuilding([box(-3, -3, 3, 3)])]);
  expect(polygons.map((ring) => ring.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]))).toEqual([
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
  ]);
});
