// SPDX-License-Identifier: AGPL-3.0-or-later
import { ImportReport } from '@louver/contract';
import { aJurisdiction } from '@louver/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { useApi, type SignedIn } from '../testing/use-api.ts';

const api = useApi();
let supervisor: SignedIn;
beforeAll(async () => {
  await aJurisdiction(api.owner, 'vn.p66');
  supervisor = await api.as('supervisor', { jurisdictions: ['vn.p66'] });
});

const send = async (kind: string, body: object, mode = 'commit') => {
  const res = await supervisor.agent
    .post('/api/v1/imports')
    .query({ kind, mode })
    .set('Content-Type', 'application/geo+json')
    .send(JSON.stringify(body));
  return res.status === 200
    ? ImportReport.parse(res.body)
    : (res.body as { slug: string; errors: { pointer: string; detail: string }[] });
};
const rowsOf = (result: Awaited<ReturnType<typeof send>>) => ('rows' in result ? result.rows : []);
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features });
const outline = (id: string, ring: number[][], properties: object = { building: 'house' }) => ({
  type: 'Feature',
  id,
  properties,
  geometry: { type: 'Polygon', coordinates: [ring] },
});
const SQUARE = [
  [108, 12],
  [108.001, 12],
  [108.001, 12.001],
  [108, 12.001],
  [108, 12],
];
const BOW_TIE = [
  [108, 12],
  [108.001, 12.001],
  [108.001, 12],
  [108, 12.001],
  [108, 12],
];

describe('buildings', () => {
  it('come in, are found unchanged, and are changed under the same identifier', async () => {
    const file = collection(
      outline('b1', SQUARE),
      outline('b2', SQUARE, { use: 'office', height: 9 }),
      outline('b1', SQUARE),
    );
    expect(rowsOf(await send('buildings', file)).map(({ fate }) => fate)).toEqual(['create', 'create', 'duplicate']);
    expect(rowsOf(await send('buildings', file)).map(({ fate }) => fate)).toEqual([
      'unchanged',
      'unchanged',
      'duplicate',
    ]);
    const changed = collection(
      outline('b1', SQUARE, { building: 'house', height: '9' }),
      outline('b2', SQUARE, { use: 'office', height: 9 }),
    );
    expect(rowsOf(await send('buildings', changed)).map(({ fate }) => fate)).toEqual(['update', 'unchanged']);
    const { rows } = await api.owner.query('SELECT source_id, is_home, height_m FROM buildings ORDER BY source_id');
    expect(rows).toEqual([
      { source_id: 'b1', is_home: true, height_m: 9 },
      { source_id: 'b2', is_home: false, height_m: 9 },
    ]);
  });

  it('that cross themselves are mended, and said so', async () => {
    const [row] = rowsOf(await send('buildings', collection(outline('bow', BOW_TIE))));
    expect(row).toMatchObject({ fate: 'create' });
    expect(row!.notes).toContainEqual('the outline crosses itself and was mended');
    const { rows } = await api.owner.query(
      "SELECT ST_IsValid(footprint) AS valid, ST_NumGeometries(footprint) AS parts FROM buildings WHERE source_id = 'bow'",
    );
    expect(rows).toEqual([{ valid: true, parts: 2 }]);
  });

  it('that enclose nothing are refused by row, and nothing comes in', async () => {
    const flat = [
      [108, 12],
      [108.001, 12.001],
      [108, 12],
      [108, 12],
    ];
    const result = await send('buildings', collection(outline('ok', SQUARE), outline('flat', flat)));
    expect(result).toMatchObject({
      slug: 'import-refused',
      errors: [{ pointer: '/rows/2/geometry', detail: 'row 2: the outline encloses nothing' }],
    });
    expect((await api.owner.query("SELECT FROM buildings WHERE source_id = 'ok'")).rowCount).toBe(0);
  });

  it('make old tiles old, and only when they are kept', async () => {
    const version = async () =>
      (await api.owner.query<{ v: string }>('SELECT last_value::text AS v FROM ground_version')).rows[0]!.v;
    const before = await version();
    await send('buildings', collection(outline('b9', SQUARE)), 'dry-run');
    expect(await version()).toBe(before);
    await send('buildings', collection(outline('b9', SQUARE)));
    expect(await version()).not.toBe(before);
    const { rows } = await api.owner.query(
      "SELECT count(*)::integer AS n FROM records WHERE action = 'building.import' AND detail->>'mode' = 'dry-run'",
    );
    expect(rows).toEqual([{ n: 1 }]);
  });
});

it('takes streets and areas, with heights left away', async () => {
  const line = {
    type: 'Feature',
    id: 's1',
    properties: { highway: 'residential', name: 'Lê Lợi' },
    geometry: {
      type: 'LineString',
      coordinates: [
        [108, 12, 400],
        [108.01, 12, 401],
      ],
    },
  };
  expect(rowsOf(await send('streets', collection(line)))).toMatchObject([{ fate: 'create' }]);
  expect(rowsOf(await send('areas', collection(outline('a1', BOW_TIE, { natural: 'water' }))))).toMatchObject([
    { fate: 'create' },
  ]);
  const { rows } = await api.owner.query(
    "SELECT class, name, ST_AsText(line) AS line FROM streets WHERE source_id = 's1'",
  );
  expect(rows).toEqual([{ class: 'street', name: 'Lê Lợi', line: 'MULTILINESTRING((108 12,108.01 12))' }]);
});

describe('jurisdictions', () => {
  it('come in below what the account holds, with their parents anywhere in the file', async () => {
    const file = collection(
      outline('x', SQUARE, { path: 'vn.p66.hoa_sua.khoi_1', name: 'Khối 1' }),
      outline('y', SQUARE, { path: 'vn.p66.hoa_sua', name: 'Phường Hoa Sữa', code: '24133' }),
    );
    expect(rowsOf(await send('jurisdictions', file)).map(({ fate }) => fate)).toEqual(['create', 'create']);
    expect(rowsOf(await send('jurisdictions', file)).map(({ fate }) => fate)).toEqual(['unchanged', 'unchanged']);
    const foreign = await send('jurisdictions', collection(outline('z', SQUARE, { path: 'vn.p79.c1', name: 'x' })));
    expect(foreign).toMatchObject({ slug: 'import-refused', errors: [{ pointer: '/rows/1/path' }] });
    const orphan = await send('jurisdictions', collection(outline('z', SQUARE, { path: 'vn.p66.none.c1', name: 'x' })));
    expect(orphan).toMatchObject({ errors: [{ detail: 'row 1: there is no jurisdiction vn.p66.none above it' }] });
  });

  it('known under another path by their code keep that path and get the boundary', async () => {
    const osm = outline('r', SQUARE, {
      admin_level: 6,
      province_code: '66',
      code: '24133',
      name: 'Phường Hoa Sữa',
      name_en: 'Hoa Sua Ward',
    });
    const [row] = rowsOf(await send('jurisdictions', collection(osm)));
    expect(row).toMatchObject({ key: 'vn.p66.hoa_sua', fate: 'update', notes: ['known here as vn.p66.hoa_sua'] });
  });
});
