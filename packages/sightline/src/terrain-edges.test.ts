// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { measure } from './mask-proposal.ts';
import { type Terrain, readAsciiGrid } from './terrain.ts';
import { FRAME, aBuilding, anAim, box } from './testing/street.ts';

const HERE = anAim().position;
const STEP = FRAME.fromLocal([0, 5])[1] - HERE.lat;

/** Heights every five metres, out to so many metres on each side of the camera. */
function aTerrain(heightAt: (east: number, north: number) => number, reach = 160): Terrain {
  const count = 2 * Math.ceil(reach / 5) + 1;
  const [west, south] = [HERE.lon - ((count - 1) / 2) * STEP, HERE.lat - ((count - 1) / 2) * STEP];
  const heights = Float64Array.from({ length: count * count }, (_, i) =>
    heightAt(...FRAME.toLocal([west + (i % count) * STEP, south + Math.floor(i / count) * STEP])),
  );
  return { west, south, step: STEP, columns: count, rows: count, heights };
}

const DIRECTIONS = [
  ['north', 0, [0, 1]],
  ['east', 90, [1, 0]],
  ['south', 180, [0, -1]],
  ['west', 270, [-1, 0]],
] as const;

describe('a ridge far off', () => {
  it.each(DIRECTIONS)('hides what stands just behind it: %s', (_name, heading, [e, n]) => {
    const [near, far] = [
      [138 * e - 5 * n, 138 * n - 5 * e],
      [140 * e + 5 * n, 140 * n + 5 * e],
    ] as const;
    const [west, east] = [Math.min(near[0], far[0]), Math.max(near[0], far[0])];
    const home = aBuilding([box(west, Math.min(near[1], far[1]), east, Math.max(near[1], far[1]))]);
    const ridge = aTerrain((x, y) => (Math.abs(x * e + y * n - 135) < 3 ? 40 : 0));
    const aim = anAim({ heading });
    expect(measure(aim, [home], 0).exposures).toHaveLength(1);
    expect(measure(aim, [home], 0, ridge)).toEqual({ polygons: [], exposures: [] });
  });

  it.each(DIRECTIONS)('hides as well where the grid ends with it: %s', (_name, heading, [e, n]) => {
    const home = aBuilding([box(130 * e - 5, 130 * n - 5, 130 * e + 5, 130 * n + 5)]);
    const ridge = aTerrain((east, north) => (east * e + north * n > 82 ? 30 : 0), 85);
    // Beyond the grid the ground goes on as high, and its rim hides what stands there.
    expect(measure(anAim({ heading }), [home], 0, ridge).exposures).toEqual([]);
  });
});

describe('a height grid that somebody made', () => {
  const file = (head: string, rows = '4 5 6\n1 2 3', cellsize = '0.001') =>
    `ncols 3\nnrows 2\nxllcorner 108\nyllcorner 12\ncellsize ${cellsize}\n${head}${rows}\n`;

  it.each([
    ['its own number for a hole', file('NODATA_value 5\n'), /height 2 is none: 5/],
    ['the usual number for a hole, unnamed', file('', '4 -9999 6\n1 2 3'), /height 2 is none: -9999/],
    ['a height that is nowhere on earth', file('', '4 12001 6\n1 2 3'), /height 2 is none/],
    ['cells in metres', file('', '4 5 6\n1 2 3', '30'), /cellsize in degrees/],
    ['more heights than a machine holds', file('').replace('ncols 3', 'ncols 90000000'), /cut out what is needed/],
  ])('is refused with %s', (_what, text, message) => {
    expect(() => readAsciiGrid(text)).toThrow(message);
  });
});
