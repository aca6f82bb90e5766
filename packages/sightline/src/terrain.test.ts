// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { isHome } from './building.ts';
import { localFrame } from './local-frame.ts';
import { measure } from './mask-proposal.ts';
import { footprintDistance } from './standing.ts';
import { type Terrain, groundAt, readAsciiGrid } from './terrain.ts';
import { castRays, coveredPixels, homePixels } from './testing/ray-caster.ts';
import { randomScene, seeded, townScene } from './testing/scenes.ts';
import { aBuilding, anAim, box } from './testing/street.ts';

const HERE = anAim().position;
const frame = localFrame(HERE);
const M = frame.fromLocal([0, 1])[1] - HERE.lat;

/** Heights every `metres` metres or so around the camera of these tests, out to `reach`. */
function aTerrain(heightAt: (east: number, north: number) => number, metres = 10, reach = 140): Terrain {
  const step = metres * M;
  const count = 2 * Math.ceil(reach / metres) + 1;
  const [west, south] = [HERE.lon - ((count - 1) / 2) * step, HERE.lat - ((count - 1) / 2) * step];
  const heights = Float64Array.from({ length: count * count }, (_, i) =>
    heightAt(...frame.toLocal([west + (i % count) * step, south + Math.floor(i / count) * step])),
  );
  return { west, south, step, columns: count, rows: count, heights };
}

const ahead = aBuilding([box(-10, 60, 10, 70)]);
const shares = (terrain?: Terrain, aim = anAim()) =>
  measure(aim, [ahead], 0, terrain).exposures.map((e) => e.frameShare);

describe('what stands on a terrain', () => {
  it('is seen as on flat ground where the terrain is level, at whatever height', () => {
    const [flat] = shares();
    for (const level of [0, 1234.5]) expect(shares(aTerrain(() => level))[0]).toBeCloseTo(flat!, 5);
  });

  it('is hidden by a ridge that is higher than the line of sight, and shows above a lower one', () => {
    // The eye is 5 m up, the roof 10 m: half way there the line to the roof is at 7.5 m, and to the ground below that.
    const ridge = (height: number) => aTerrain((_east, north) => (Math.abs(north - 35) < 6 ? height : 0));
    const [flat] = shares();
    expect(shares(ridge(12))).toEqual([]);
    const [part] = shares(ridge(6));
    expect(part).toBeGreaterThan(0.2 * flat!);
    expect(part).toBeLessThan(0.8 * flat!);
    expect(shares(ridge(1))[0]).toBeCloseTo(flat!, 5);
  });

  it('is looked down at from a hill and up at from a valley', () => {
    const tops = (terrain: Terrain) =>
      Math.min(
        ...measure(anAim(), [ahead], 0, terrain)
          .polygons.flat()
          .map(([, y]) => y),
      );
    const slope = (rise: number) => aTerrain((_east, north) => Math.max(0, north) * rise);
    const [down, level, up] = [tops(slope(-0.15)), tops(slope(0)), tops(slope(0.15))] as [number, number, number];
    expect(down).toBeGreaterThan(level + 0.05);
    expect(up).toBeLessThan(level - 0.05);
  });

  it('is where it is on flat ground, to the last digit, when no terrain is given', () => {
    const scene = townScene(3, { width: 640, height: 360 });
    expect(measure(scene.aim, scene.buildings, 1, undefined)).toEqual(measure(scene.aim, scene.buildings, 1));
  });
});

describe('measure on a terrain, against one ray a pixel', () => {
  it('covers homes and little else in hills that nobody planned', { timeout: 120_000 }, () => {
    const [width, height] = [128, 72];
    const sums = { truth: 0, covered: 0, both: 0, hidden: 0 };
    for (let seed = 1; seed <= 24; seed++) {
      const random = seeded(seed + 500);
      const [high, long, turn] = [1 + 9 * random(), 25 + 50 * random(), 6 * random()];
      const wave = (at: number) => high * Math.sin((2 * Math.PI * at) / long + turn);
      const terrain = aTerrain(
        (east, north) => wave(east * Math.cos(turn) + north * Math.sin(turn)) + 0.5 * wave(north),
        12,
      );
      const scene = (seed % 3 === 2 ? townScene : randomScene)(seed + 300, {
        width: 640,
        height: 360,
        reach: 80,
        buildings: 40,
      });
      // Within the walls of a building there are tests of their own.
      const buildings = scene.buildings.filter(
        ({ footprint }) => footprintDistance(footprint, localFrame(scene.aim.position)) > 0.02,
      );
      const { polygons, exposures } = measure(scene.aim, buildings, 0, terrain);
      const cast = castRays(scene.aim, buildings, { width, height }, terrain);
      const [truth, mask] = [homePixels(cast, buildings), coveredPixels(polygons, width, height)];
      const both = truth.reduce((sum, home, i) => sum + (home & (mask[i] as number)), 0);
      const all = truth.reduce((sum, home) => sum + home, 0);
      expect(both).toBeGreaterThanOrEqual(0.99 * all);
      sums.truth += all;
      sums.both += both;
      sums.covered += mask.reduce((sum, on) => sum + on, 0);
      sums.hidden += homePixels(castRays(scene.aim, buildings, { width, height }), buildings).reduce(
        (sum, home, i) => sum + (home & ~(truth[i] as number) & 1),
        0,
      );
      const listed = new Map(exposures.map((e) => [e.buildingId, e.frameShare]));
      buildings.forEach((building, index) => {
        const own = cast.owners.reduce((n, owner) => n + (owner === index ? 1 : 0), 0);
        if (own * 25 <= 40 || !isHome(building)) return;
        expect(Math.abs((listed.get(building.id) ?? 0) / (own / cast.owners.length) - 1)).toBeLessThan(
          0.1 + 2 / Math.sqrt(own),
        );
      });
    }
    expect(sums.truth).toBeGreaterThan(15_000);
    expect(sums.hidden).toBeGreaterThan(3_000);
    expect(sums.both / sums.truth).toBeGreaterThanOrEqual(0.999);
    expect(sums.both / sums.covered).toBeGreaterThanOrEqual(0.95);
  });
});

describe('a height grid', () => {
  const file = (head: string, rows: string) =>
    `ncols 3\nnrows 2\n${head}\ncellsize 0.001\nNODATA_value -9999\n${rows}\n`;
  const corner = 'xllcorner 108\nyllcorner 12';

  it('is read with its first row in the north, heights in the middle of cells', () => {
    const grid = readAsciiGrid(file(corner, '4 5 6\n1 2 3'));
    expect(groundAt(grid, [108.0005, 12.0005])).toBe(1);
    expect(groundAt(grid, [108.0025, 12.0015])).toBeCloseTo(6, 9);
    expect(groundAt(readAsciiGrid(file('xllcenter 108\nyllcenter 12', '4 5 6\n1 2 3')), [108, 12])).toBe(1);
  });

  it('is flat within each half of a cell, goes through every height, and on from its edge', () => {
    const grid = readAsciiGrid(file('XLLCENTER 0\r\nYLLCENTER 0', '0 8 0\r\n0 0 0'));
    const at = (x: number, y: number) => groundAt(grid, [x / 1000, y / 1000]);
    expect([at(0, 0), at(1, 1), at(2, 1)]).toEqual([0, 8, 0]);
    expect(at(0.5, 0.5)).toBeCloseTo(4, 9);
    expect(at(0.75, 0.25)).toBeCloseTo(2, 9);
    expect(at(0.25, 0.75)).toBeCloseTo(2, 9);
    expect([at(1, 5), at(-3, 0)]).toEqual([8, 0]);
  });

  it.each([
    ['a hole', file(corner, '4 -9999 6\n1 2 3'), /height 2/],
    ['a word', file(corner, '4 x 6\n1 2 3'), /height 2/],
    ['too few heights', file(corner, '4 5 6\n1 2'), /5 heights instead of 6/],
    ['metres instead of degrees', file('xllcorner 500000\nyllcorner 1400000', '4 5 6\n1 2 3'), /degrees/],
    ['no header', '1 2 3', /ncols/],
  ])('is refused with %s', (_what, text, message) => {
    expect(() => readAsciiGrid(text)).toThrow(message);
  });
});
