// SPDX-License-Identifier: AGPL-3.0-or-later
import { aCamera, aJurisdiction } from '@louver/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { useApi, type SignedIn } from '../testing/use-api.ts';

const api = useApi();
let operator: SignedIn;

beforeAll(async () => {
  await aJurisdiction(api.owner, 'vn.p66.hoa_sua');
  const outline = (lon: number, lat: number, size: number) =>
    `MULTIPOLYGON(((${lon} ${lat}, ${lon + size} ${lat}, ${lon + size} ${lat + size}, ${lon} ${lat + size}, ${lon} ${lat})))`;
  const put = (text: string, ...values: unknown[]) => api.owner.query(text, values);
  await put(
    "UPDATE jurisdictions SET name = 'Phường Hoa Sữa', boundary = ST_GeomFromText($1, 4326) WHERE path = 'vn.p66.hoa_sua'",
    outline(108.04, 12.67, 0.02),
  );
  await put(
    "INSERT INTO areas (source_id, kind, name, outline) VALUES ('a1', 'water', 'Hồ', ST_GeomFromText($1, 4326))",
    outline(108.05, 12.68, 0.002),
  );
  for (const [id, lon] of [
    ['near', 108.05],
    ['far', 108.053],
  ] as const)
    await put(
      "INSERT INTO buildings (source_id, use, is_home, height_m, footprint) VALUES ($1, 'house', true, 9, ST_GeomFromText($2, 4326))",
      id,
      outline(lon, 12.68, 0.0001),
    );
  const street = (id: string, kind: string, name: string, lat: number) =>
    put(
      'INSERT INTO streets (source_id, class, name, line) VALUES ($1, $2, $3, ST_GeomFromText($4, 4326))',
      id,
      kind,
      name,
      `MULTILINESTRING((108.04 ${lat}, 108.06 ${lat}))`,
    );
  await street('s1', 'arterial', 'Đại lộ Trần Hưng Đạo', 12.68);
  await street('s2', 'alley', 'Hẻm 12', 12.681);
  operator = await api.as('operator', { jurisdictions: ['vn.p66'] });
});

/** The tile that holds 108.05, 12.68. */
function tileAt(z: number): string {
  const [lon, lat] = [108.0501, 12.6801];
  const y = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  return `/api/v1/map/tiles/${z}/${Math.floor(((lon + 180) / 360) * 2 ** z)}/${Math.floor(y * 2 ** z)}`;
}
const draw = async (path: string, headers: Record<string, string> = {}) => {
  const res = await operator.agent
    .get(path)
    .set(headers)
    .buffer(true)
    .parse((stream, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => done(null, Buffer.concat(chunks)));
    });
  return { res, text: Buffer.isBuffer(res.body) ? res.body.toString('latin1') : '' };
};
/** Names of layers and values stand in a tile as plain text. */
const layersOf = (text: string) =>
  ['areas', 'buildings', 'streets', 'boundaries'].filter((layer) => text.includes(layer));

describe('a base tile', () => {
  it('holds more the nearer one looks', async () => {
    expect(layersOf((await draw(tileAt(16))).text)).toEqual(['areas', 'buildings', 'streets', 'boundaries']);
    expect(layersOf((await draw(tileAt(13))).text)).toEqual(['areas', 'streets', 'boundaries']);
    const near = (await draw(tileAt(16))).text;
    const far = (await draw(tileAt(12))).text;
    expect([near.includes('alley'), far.includes('alley'), far.includes('arterial')]).toEqual([true, false, true]);
  });

  it('is empty where nothing is, and refused outside of the world', async () => {
    const { res } = await draw('/api/v1/map/tiles/16/0/0');
    expect([res.status, (res.body as Buffer).length]).toEqual([200, 0]);
    const outside = await operator.agent.get('/api/v1/map/tiles/3/8/0');
    expect(outside.body).toMatchObject({ slug: 'request-invalid', errors: [{ pointer: '/params/x' }] });
  });

  it('is kept until the ground changes, for the browser as well', async () => {
    const first = await draw(tileAt(15));
    expect(first.res.headers['cache-control']).toBe('private, max-age=60');
    await api.owner.query("UPDATE areas SET kind = 'park'");
    expect((await draw(tileAt(15))).text).toContain('water');
    const etag = first.res.headers.etag as string;
    expect((await operator.agent.get(tileAt(15)).set('If-None-Match', etag)).status).toBe(304);
    await api.owner.query("SELECT nextval('ground_version')");
    const fresh = await draw(tileAt(15), { 'If-None-Match': etag });
    expect([fresh.res.status, fresh.text.includes('park')]).toEqual([200, true]);
    await api.owner.query("UPDATE areas SET kind = 'water'");
  });

  it('is for those who are signed in', async () => {
    expect((await api.anybody.get(tileAt(15))).status).toBe(401);
  });
});

it('finds buildings by metres, nearest first', async () => {
  const near = async (metres: number) =>
    (
      (await operator.agent.get(`/api/v1/buildings?lon=108.04995&lat=12.68005&metres=${metres}`)).body as {
        items: { id: string }[];
      }
    ).items.map(({ id }) => id);
  expect(await near(50)).toEqual(['near']);
  expect(await near(500)).toEqual(['near', 'far']);
  const res = await operator.agent.get('/api/v1/buildings?lon=108.05&lat=12.68&metres=501');
  expect(res.body).toMatchObject({ slug: 'request-invalid', errors: [{ pointer: '/query/metres' }] });
});

it('finds streets and wards by their names without accents, the best fitting first', async () => {
  const names = async (q: string) =>
    (
      (await operator.agent.get('/api/v1/places').query({ q })).body as {
        items: { kind: string; name: string; location: [number, number] }[];
      }
    ).items;
  expect(await names('tran hung')).toEqual([
    { kind: 'street', name: 'Đại lộ Trần Hưng Đạo', location: [expect.closeTo(108.05, 6), 12.68] },
  ]);
  expect((await names('h')).map(({ name }) => name)[0]).toBe('Hẻm 12');
  expect(await names('hoa sua')).toMatchObject([{ kind: 'jurisdiction', name: 'Phường Hoa Sữa' }]);
  expect(await names('%')).toEqual([]);
});

it('lists the jurisdictions that the account holds, with the cameras in and below each', async () => {
  await aCamera(api.owner, { jurisdiction: 'vn.p66.hoa_sua' });
  await aCamera(api.owner, { jurisdiction: 'vn.p66' });
  await aCamera(api.owner, { jurisdiction: 'vn.p79' });
  const { body } = await operator.agent.get('/api/v1/jurisdictions');
  expect((body as { items: object[] }).items).toMatchObject([
    { path: 'vn.p66', cameras: 2, bbox: null },
    { path: 'vn.p66.hoa_sua', cameras: 1, bbox: [108.04, 12.67, expect.closeTo(108.06, 9), expect.closeTo(12.69, 9)] },
  ]);
});
