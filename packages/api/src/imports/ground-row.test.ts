// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { readArea, readBuilding, readStreet } from './ground-row.ts';
import { readGeoJson } from './geojson.ts';
import { readOverpass } from './overpass.ts';

const square = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [0, 1],
      [1, 1],
      [0, 0],
    ],
  ],
};
const row = (properties: object, geometry: object = square) =>
  readGeoJson({ type: 'FeatureCollection', features: [{ type: 'Feature', properties, geometry }] })[0]!;
const building = (properties: object, geometry?: object) => {
  const read = readBuilding(row({ id: 'b1', ...properties }, geometry));
  return read.ok ? read.candidate.values : read.errors;
};

describe('a building', () => {
  it('has the use and height of its tags', () => {
    expect(building({ building: 'apartments', 'building:levels': '7' })).toMatchObject({
      use: 'apartments',
      isHome: true,
      height: 21,
      minHeight: 0,
    });
    expect(building({ building: 'office', height: '30 m', 'building:min_level': '2' })).toMatchObject({
      use: 'office',
      isHome: false,
      height: 30,
      minHeight: 6,
    });
  });

  it('is six metres high when nobody knows, and says so', () => {
    const read = readBuilding(row({ id: 'b1', building: 'house', height: 'tall' }));
    expect(read).toMatchObject({ ok: true, candidate: { values: { height: 6 } } });
    expect(read.ok && read.candidate.notes).toEqual([
      'height=tall is not a height in metres and was left away',
      'height assumed: 6 m',
    ]);
  });

  it('counts as a home unless its use is known to be none', () => {
    expect(building({ building: 'yes' })).toMatchObject({ use: 'unknown', isHome: true });
    expect(building({ building: 'yes', residential: false })).toMatchObject({ isHome: true });
    expect(building({ building: 'yes', residential: true })).toMatchObject({ use: 'apartments', isHome: true });
    expect(building({ building: 'retail', residential: true })).toMatchObject({ use: 'shop-house', isHome: true });
    expect(building({ use: 'school', height: 9 })).toMatchObject({ use: 'school', isHome: false });
  });

  it('is refused with a pointer when our own file has it wrong', () => {
    expect(building({ use: 'castle', height: 9 })).toMatchObject([{ pointer: '/properties/use' }]);
    expect(building({ use: 'house', height: 'nine' })).toMatchObject([{ pointer: '/properties/height' }]);
    expect(building({ use: 'house', height: 3, min_height: 3 })).toMatchObject([{ pointer: '/properties/min_height' }]);
  });

  it('is refused when its outline is open, too short, or somewhere else', () => {
    const outline = (...ring: number[][]) => building({ building: 'yes' }, { type: 'Polygon', coordinates: [ring] });
    expect(outline([0, 0], [0, 1], [1, 1], [1, 0])).toMatchObject([
      { pointer: '/geometry/coordinates/0', detail: expect.stringContaining('not closed') },
    ]);
    expect(outline([0, 0], [0, 1], [0, 0])).toMatchObject([{ detail: 'has 3 positions, needs at least 4' }]);
    expect(outline([0, 0], [0, 100], [1, 1], [0, 0])).toMatchObject([{ pointer: '/geometry/coordinates/0/1' }]);
    expect(building({ building: 'yes' }, { type: 'Point', coordinates: [0, 0] })).toMatchObject([
      { pointer: '/geometry/type' },
    ]);
  });
});

it('tells streets apart by their own class or by their highway tag, and refuses what is none', () => {
  const line = {
    type: 'LineString',
    coordinates: [
      [0, 0],
      [1, 1],
    ],
  };
  const street = (properties: object) => readStreet(row({ id: 's1', ...properties }, line));
  expect(street({ highway: 'primary_link' })).toMatchObject({
    candidate: { values: { class: 'arterial', name: null } },
  });
  expect(street({ class: 'alley', name: 'Hẻm 12' })).toMatchObject({
    candidate: { values: { class: 'alley', name: 'Hẻm 12' } },
  });
  expect(street({ highway: 'bus_stop' })).toMatchObject({ ok: false, errors: [{ pointer: '/properties/highway' }] });
});

it('tells areas apart', () => {
  const area = (properties: object) => readArea(row({ id: 'a1', ...properties }));
  expect(area({ natural: 'water' })).toMatchObject({ candidate: { values: { kind: 'water' } } });
  expect(area({ leisure: 'park', name: 'Công viên' })).toMatchObject({ candidate: { values: { kind: 'park' } } });
  expect(area({ kind: 'desert' })).toMatchObject({ ok: false, errors: [{ pointer: '/properties/kind' }] });
});

it('joins the ways of an Overpass relation to rings and gives holes to their outlines', () => {
  const way = (role: string, ...points: [number, number][]) => ({
    type: 'way',
    role,
    geometry: points.map(([lon, lat]) => ({ lon, lat })),
  });
  const relation = {
    type: 'relation',
    id: 9,
    tags: { building: 'yes', type: 'multipolygon' },
    members: [
      way('outer', [0, 0], [4, 0], [4, 4]),
      way('outer', [0, 0], [0, 4], [4, 4]),
      way('inner', [1, 1], [2, 1], [2, 2], [1, 1]),
    ],
  };
  const [source] = readOverpass([relation], 'buildings');
  expect(readBuilding(source!)).toMatchObject({ ok: true, candidate: { sourceId: 'relation/9' } });
  expect(source!.geometry).toMatchObject({
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [0, 0],
          [4, 0],
          [4, 4],
          [0, 4],
          [0, 0],
        ],
        [
          [1, 1],
          [2, 1],
          [2, 2],
          [1, 1],
        ],
      ],
    ],
  });
});
