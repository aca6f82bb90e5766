// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { readCameraRow } from './camera-row.ts';
import { readGeoJson } from './geojson.ts';
import { readOverpass } from './overpass.ts';

const feature = (properties: object, id?: string) => ({
  type: 'Feature',
  ...(id === undefined ? {} : { id }),
  properties,
  geometry: { type: 'Point', coordinates: [7.42, 43.73] },
});
const read = (properties: object, id?: string) =>
  readCameraRow(readGeoJson({ type: 'FeatureCollection', features: [feature(properties, id)] })[0]!);
const candidate = (properties: object, id?: string) => {
  const row = read(properties, id);
  if (!row.ok) throw new Error(JSON.stringify(row.errors));
  return row.candidate;
};

describe('a camera of OSM', () => {
  const osm = { man_made: 'surveillance', 'surveillance:type': 'camera' };

  it('is called by its node, is live, and keeps what it states', () => {
    const tags = { ...osm, ref: '12', 'camera:type': 'panning', 'camera:mount': 'traffic_signals', operator: 'City' };
    expect(candidate(tags, 'node/1')).toMatchObject({
      code: 'node/1',
      stated: { name: '12', mobility: 'ptz', hostPremises: 'traffic-gantry', operator: 'City' },
      assumed: { status: 'live', publication: 'counted' },
      aims: [],
    });
  });

  it('gets one aim per direction, with defaults that are said', () => {
    const { aims, notes } = candidate({ ...osm, 'camera:direction': '280;0;120' }, 'node/1');
    expect(aims.map(({ draft }) => draft.heading)).toEqual([280, 0, 120]);
    expect(aims[0]!.draft).toMatchObject({
      position: { lon: 7.42, lat: 43.73, height: 5 },
      hfov: 90,
      tilt: -15,
      range: 35,
      image: { width: 1920, height: 1080 },
    });
    expect(notes).toContainEqual(
      'aim assumed: height 5 m, field of view 90°, tilt -15°, range 35 m, frame 1920 × 1080',
    );
  });

  it('is told that it has no picture as long as height, tilt or width is assumed', () => {
    const uncalibrated = expect.stringMatching(/^aim not calibrated: /) as string;
    const whole = { ...osm, 'camera:direction': '45-135', height: '4', 'camera:angle': '20' };
    expect(candidate(whole, 'node/1').notes).not.toContainEqual(uncalibrated);
    for (const left of ['height', 'camera:angle'] as const)
      expect(candidate({ ...whole, [left]: undefined }, 'node/1').notes).toContainEqual(uncalibrated);
    expect(candidate({ ...whole, 'camera:direction': '90' }, 'node/1').notes).toContainEqual(uncalibrated);
  });

  it('takes height, tilt and width from the tags and shortens a steep view', () => {
    const tags = { ...osm, 'camera:direction': 'NW-NE', height: '4 m', 'camera:angle': '45' };
    const [aim] = candidate(tags, 'node/1').aims;
    expect(aim!.draft).toMatchObject({ heading: 0, hfov: 90, tilt: -45, position: { height: 4 }, range: 24.2 });
    expect([...aim!.stated].toSorted()).toEqual(['heading', 'hfov', 'name', 'position', 'tilt']);
  });

  it('reads older keys and says so', () => {
    const { aims, notes } = candidate({ ...osm, direction: 'W' }, 'node/1');
    expect(aims.map(({ draft }) => draft.heading)).toEqual([270]);
    expect(notes).toContainEqual('direction is an older way to write camera:direction');
  });

  it('stays a camera when its direction can not be read', () => {
    const { aims, notes } = candidate({ ...osm, 'camera:direction': 'forward', height: 'high' }, 'node/1');
    expect(aims).toEqual([]);
    expect(notes).toContainEqual('camera:direction=forward is not a direction and was left away');
  });

  it('is refused when it is a guard', () => {
    expect(read({ ...osm, 'surveillance:type': 'guard' }, 'node/1')).toMatchObject({
      ok: false,
      errors: [{ pointer: '/properties/surveillance:type', detail: 'a guard is not a camera' }],
    });
  });

  it('comes out of an Overpass answer among nodes that are none', () => {
    const rows = readOverpass(
      [
        { type: 'node', id: 1, lat: 1, lon: 2 },
        { type: 'node', id: 2, lat: 43.73, lon: 7.42, tags: { ...osm, 'camera:direction': '90' } },
        { type: 'way', id: 3, nodes: [1, 2], tags: { highway: 'residential' } },
      ],
      'cameras',
    );
    expect(rows.map(readCameraRow)).toMatchObject([{ ok: true, candidate: { row: 1, code: 'node/2' } }]);
  });
});

describe('a camera of a traffic portal', () => {
  it('is live, turns or not, and is called as the portal calls it', () => {
    const portal = { id: 'p-1', code: 'TTH 406', name: 'A - B', ptz: true, source_type: 'tth', ward_code: '26737' };
    expect(candidate(portal, 'p-1')).toMatchObject({
      code: 'TTH 406',
      wardCode: '26737',
      stated: { name: 'A - B', mobility: 'ptz' },
      assumed: { status: 'live' },
    });
  });
});

describe('a camera of our own', () => {
  it('is planned unless it says otherwise, and needs no more than a code', () => {
    expect(candidate({}, 'dakar-1')).toMatchObject({
      code: 'dakar-1',
      stated: {},
      assumed: { status: 'planned', name: 'dakar-1' },
    });
  });

  it('carries whole aims, which stand where it stands unless they say otherwise', () => {
    const aim = {
      name: 'gate',
      position: { height: 6 },
      heading: 10,
      tilt: -20,
      roll: 0,
      hfov: 70,
      image: { width: 1280, height: 720 },
      range: 60,
    };
    expect(candidate({ code: 'A1', aims: [aim] }).aims[0]!.draft).toEqual({
      ...aim,
      position: { lon: 7.42, lat: 43.73, height: 6 },
    });
  });

  it('is refused with a pointer to every field that does not fit', () => {
    const row = read({
      code: 'A1',
      status: 'gone',
      retention_days: 'many',
      hasAudio: 'perhaps',
      aims: [{ heading: 400 }],
    });
    expect(row.ok).toBe(false);
    const pointers = row.ok ? [] : row.errors.map(({ pointer }) => pointer);
    expect(pointers).toEqual(
      expect.arrayContaining([
        '/properties/status',
        '/properties/retention_days',
        '/properties/hasAudio',
        '/properties/aims/0/heading',
        '/properties/aims/0/hfov',
      ]),
    );
  });

  it('is refused without a code, with a code that is none, and elsewhere than at a point', () => {
    expect(read({ name: 'x' })).toMatchObject({
      ok: false,
      key: null,
      errors: [{ pointer: '/properties/code', detail: 'is missing' }],
    });
    expect(read({ code: '<b>' })).toMatchObject({ ok: false, key: '<b>' });
    const line = {
      ...feature({ code: 'A1' }),
      geometry: {
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      },
    };
    const [row] = readGeoJson({ type: 'FeatureCollection', features: [line] });
    expect(readCameraRow(row!)).toMatchObject({ ok: false, errors: [{ pointer: '/geometry/type' }] });
  });
});

it('refuses GeoJSON in other coordinates than degrees', () => {
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } };
  expect(() => readGeoJson({ type: 'FeatureCollection', crs, features: [] })).toThrow(/expected WGS 84/);
});
