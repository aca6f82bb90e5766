// SPDX-License-Identifier: AGPL-3.0-or-later
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { localFrame } from '@louver/sightline';
import { afterAll, describe, expect, it } from 'vitest';
import { louver } from '../testing/louver.ts';

const folder = mkdtempSync(join(tmpdir(), 'louver-exposure-'));
afterAll(() => rmSync(folder, { recursive: true }));

const frame = localFrame({ lon: 108.05, lat: 12.68 });
const aim = {
  position: { lon: 108.05, lat: 12.68, height: 5 },
  heading: 0,
  tilt: 0,
  roll: 0,
  hfov: 90,
  image: { width: 1280, height: 720 },
  range: 100,
};
const box = (west: number, south: number, east: number, north: number) =>
  [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ].map(([e, n]) => frame.fromLocal([e!, n!]));
const feature = (properties: object, ring: unknown = box(-10, 20, 10, 30), rest: object = {}) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates: [ring] },
  ...rest,
});

let files = 0;
const write = (content: unknown): string => {
  const path = join(folder, `${files++}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const run = (
  features: unknown,
  { aim: own = aim, more = ['--margin-deg', '0'] }: { aim?: unknown; more?: string[] } = {},
) =>
  louver([
    'exposure',
    '--aim',
    write(own),
    '--buildings',
    write(Array.isArray(features) ? { type: 'FeatureCollection', features } : features),
    ...more,
  ]);
const printed = async (...args: Parameters<typeof run>) => {
  const { code, out, err } = await run(...args);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as { polygons: [number, number][][]; exposures: Record<string, unknown>[] };
};

describe('louver exposure', () => {
  it('prints polygons and exposures as JSON and nothing else', async () => {
    const found = await printed([
      feature({ id: 'a', use: 'house', height: 10 }),
      feature({ id: 'b', use: 'office', height: 3 }, box(-10, 10, 10, 11)),
    ]);
    expect(Object.keys(found)).toEqual(['polygons', 'exposures']);
    expect(found.exposures).toEqual([
      {
        buildingId: 'a',
        // Down to where the line over the far edge of the office's roof meets it.
        frameShare: expect.closeTo((640 * (160 + 640 * (2 / 11))) / (1280 * 720), 3),
        pixelsPerMetre: expect.closeTo(32, 1),
        dori: 'detect',
        distanceMetres: expect.closeTo(20, 1),
      },
    ]);
    expect(found.polygons).toHaveLength(1);
    for (const value of found.polygons.flat(2)) expect(value).toBeGreaterThanOrEqual(0);
    for (const value of found.polygons.flat(2)) expect(value).toBeLessThanOrEqual(1);
  });

  it('covers the whole frame and names what is missing where nobody has said where the camera looks', async () => {
    const house = [feature({ id: 'a', use: 'house', height: 10 })];
    const { height: _height, ...place } = aim.position;
    for (const [own, missing] of [
      [{ ...aim, tilt: undefined }, ['tilt']],
      [{ ...aim, heading: null, hfov: undefined }, ['heading', 'hfov']],
      [{ ...aim, position: place, roll: null }, ['position.height', 'roll']],
    ] as const)
      expect(await printed(house, { aim: own })).toEqual({
        polygons: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
          ],
        ],
        exposures: [],
        uncalibrated: missing,
      });
  });

  it('lets hills hide homes where it is given their heights', async () => {
    const house = [feature({ id: 'a', use: 'house', height: 10 }, box(-10, 60, 10, 70))];
    const step = 0.0001;
    const grid = (ridge: number) =>
      [
        ...[
          'ncols 21',
          'nrows 21',
          `xllcenter ${108.05 - 10 * step}`,
          `yllcenter ${12.68 - 10 * step}`,
          `cellsize ${step}`,
        ],
        // From the north: the third row before the camera is the ridge, some 33 m off.
        ...Array.from({ length: 21 }, (_, row) =>
          Array(21)
            .fill(row === 7 ? ridge : 0)
            .join(' '),
        ),
      ].join('\n');
    const seen = async (...more: string[]) =>
      (await printed(house, { more: ['--margin-deg', '0', ...more] })).exposures;
    const flat = await seen();
    expect(flat).toHaveLength(1);
    expect(await seen('--terrain', write(grid(0)))).toEqual(flat);
    expect(await seen('--terrain', write(grid(15)))).toEqual([]);
    const { code, err } = await run(house, { more: ['--terrain', write('ncols 3')] });
    expect([code, err]).toEqual([1, expect.stringMatching(/is no height grid: expected ncols and nrows/)]);
  });

  it('refuses heights of somewhere else: the ground would silently be flat', async () => {
    const house = [feature({ id: 'a', use: 'house', height: 10 })];
    const grid = (west: number, south: number) =>
      write(`ncols 3\nnrows 3\nxllcenter ${west}\nyllcenter ${south}\ncellsize 0.001\n0 0 0\n0 0 0\n0 0 0\n`);
    const here = [108.049, 12.679] as const;
    await printed(house, { more: ['--margin-deg', '0', '--terrain', grid(...here)] });
    for (const [east, north] of [
      [0.01, 0],
      [-0.01, 0],
      [0, 0.01],
      [0, -0.01],
    ] as const) {
      const { code, out, err } = await run(house, { more: ['--terrain', grid(here[0] + east, here[1] + north)] });
      expect([code, out, err]).toEqual([1, '', expect.stringMatching(/does not reach the camera/)]);
    }
  });

  it('finds its files from where the command was typed', async () => {
    const name = (path: string) => basename(path);
    const house = { type: 'FeatureCollection', features: [feature({ id: 'a', use: 'house', height: 10 })] };
    const heights = 'ncols 2\nnrows 2\nxllcenter 108.04\nyllcenter 12.67\ncellsize 0.02\n7 7\n7 7\n';
    const files = ['--aim', name(write(aim)), '--buildings', name(write(house)), '--terrain', name(write(heights))];
    const { code, out, err } = await louver(['exposure', ...files], { INIT_CWD: folder });
    expect([code, err]).toEqual([0, '']);
    expect((JSON.parse(out) as { exposures: unknown[] }).exposures).toHaveLength(1);
  });

  it('adds a margin unless told otherwise', async () => {
    const width = ({ polygons }: { polygons: [number, number][][] }) => {
      const xs = polygons.flat().map(([x]) => x);
      return Math.max(...xs) - Math.min(...xs);
    };
    const house = [feature({ id: 'a', use: 'house', height: 10 })];
    expect(width(await printed(house, { more: [] }))).toBeGreaterThan(width(await printed(house)) + 0.01);
  });

  it('bends the frame by k1 and k2 where the aim has them', async () => {
    const house = [feature({ id: 'a', use: 'house', height: 10 })];
    const share = async (lens: object) =>
      (await printed(house, { aim: { ...aim, ...lens } })).exposures[0]!.frameShare as number;
    const bare = await share({});
    expect(await share({ k1: 0, k2: 0 })).toBe(bare);
    expect(await share({ k1: -0.08, k2: 0.01 })).toBeLessThan(bare);
    expect(await share({ k1: 0.1 })).toBeGreaterThan(bare);
  });

  it('reads the tags of OpenStreetMap: levels of 3 m, heights with units, residential', async () => {
    const seen = async (properties: object) => (await printed([feature(properties)])).exposures[0];
    const tall = await seen({ id: 'w', use: 'house', height: 9 });
    expect(await seen({ '@id': 'w', building: 'apartments', 'building:levels': '3' })).toEqual(tall);
    expect(await seen({ id: 'w', building: 'yes', height: '9 m', 'building:levels': '12' })).toEqual(tall);
    expect(await seen({ id: 'w', building: 'retail', height: '9', residential: true })).toEqual(tall);
    expect(await seen({ id: 'w', building: 'retail', height: '9', residential: false })).toBeUndefined();
    expect((await printed([feature({ building: 'house', height: 9 }, undefined, { id: 7 })])).exposures).toEqual([
      { ...tall, buildingId: '7' },
    ]);
  });

  it('says what it assumed, repaired or skipped, and covers what could be a home', async () => {
    const bowTie = [box(-10, 20, 10, 30)[0], box(-10, 20, 10, 30)[2], box(-10, 20, 10, 30)[1], box(-10, 20, 10, 30)[3]];
    const { code, out, err } = await run([
      feature({ id: 'bow', building: 'house', height: 9 }, bowTie),
      feature({ id: 'line', building: 'yes', height: 3 }, [...box(12, 15, 14, 15).slice(0, 2), box(12, 15, 14, 15)[0]]),
      feature({ id: 'low', building: 'house' }, box(-4, 8, -3, 9)),
      { type: 'Feature', id: 'p', properties: {}, geometry: { type: 'Point', coordinates: [108.05, 12.68] } },
      feature({ id: 'odd', use: 'house', height: 5, min_height: 6 }, box(3, 8, 4, 9)),
    ]);
    expect(code).toBe(0);
    const { exposures } = JSON.parse(out) as { exposures: { buildingId: string }[] };
    expect(exposures.map((e) => e.buildingId).toSorted()).toEqual(['bow', 'line', 'low', 'odd']);
    for (const remark of [
      /features\[0\] \(bow\): its outline crosses itself; all that it may mean is covered/,
      /features\[1\] \(line\): its outline has no area/,
      /no height, 6 m assumed: low/,
      /features\[3\] \(p\): skipped, a Point has no footprint/,
      /features\[4\] \(odd\): min_height 6 is not below the height 5/,
    ])
      expect(err).toMatch(remark);
  });

  it.each<[string, unknown, unknown, RegExp]>([
    ['a field of view of 180', [], { ...aim, hfov: 180 }, /hfov/],
    ['a lens that folds the frame over itself', [], { ...aim, k1: -0.5 }, /k1, k2: .*folds over itself/],
    ['a k1 that is no number', [], { ...aim, k1: 'x' }, /k1/],
    ['a tilt that is no number', [], { ...aim, tilt: 'down' }, /tilt/],
    ['a height that is no number', [], { ...aim, position: { ...aim.position, height: 'x' } }, /position\.height/],
    ['an aim that is no JSON', [], '{', /is no JSON/],
    ['no FeatureCollection', { type: 'Feature' }, aim, /no GeoJSON FeatureCollection/],
    ['a negative height', [feature({ id: 'n', use: 'house', height: -3 })], aim, /features\[0\] \(n\): height/],
    ['a broken position', [feature({ id: 'q' }, [[1], [2], [3]])], aim, /features\[0\] \(q\): geometry\.coordinates/],
  ])('refuses %s with 1 and its name', async (_, features, own, message) => {
    const { code, out, err } = await run(features, { aim: own });
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(message);
  });

  it.each([
    [['exposure'], /required option '--aim <file>'/],
    [
      ['exposure', '--aim', 'none.json', '--buildings', 'none.json'],
      /couldn't read .*none\.json: there is no such file/,
    ],
    [['exposure', '--aim', 'a', '--buildings', 'b', '--margin-deg', '-1'], /degrees from 0 to 45/],
  ])('ends with 2 for %j', async (args, message) => {
    const { code, out, err } = await louver(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});
