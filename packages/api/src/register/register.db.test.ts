// SPDX-License-Identifier: AGPL-3.0-or-later
import { publishNotice, Tx, type Sql } from '@louver/db';
import { aCamera, aJurisdiction, aMaskSet, anAccount } from '@louver/testkit';
import type { PoolClient } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
const WARD = 'vn.p66.hoa_sua';
/** Where the camera is that nobody may learn the place of: told apart from everything else by its digits. */
const SECRET = { lon: 108.0512345, lat: 12.6812345, code: 'HS-0777', name: 'Cổng sau đồn' };

const put = (text: string, ...values: unknown[]) => api.owner.query(text, values);
const outline = (lon: number, lat: number, size: number) =>
  `MULTIPOLYGON(((${lon} ${lat}, ${lon + size} ${lat}, ${lon + size} ${lat + size}, ${lon} ${lat + size}, ${lon} ${lat})))`;

async function aBuilding(sourceId: string, lon: number, lat: number, home = true): Promise<string> {
  const { rows } = await put(
    `INSERT INTO buildings (source_id, use, is_home, height_m, footprint)
     VALUES ($1, 'house', $2, 6, ST_GeomFromText($3, 4326)) RETURNING id`,
    sourceId,
    home,
    outline(lon, lat, 0.0001),
  );
  return String(rows[0]?.['id']);
}

/** A measurement that saw these homes, each at a level. */
async function aRun(camera: { cameraId: string; aimId: string }, seen: readonly (readonly [string, string])[]) {
  await put('UPDATE exposure_runs SET superseded_at = now() WHERE aim_id = $1 AND superseded_at IS NULL', camera.aimId);
  const { rows } = await put(
    `INSERT INTO exposure_runs (aim_id, camera_id, inputs_digest, inputs, aim_digest, policy_version, viewshed)
     VALUES ($1, $2, $3, '{}', 'digest', 1, ST_GeomFromText($4, 4326)) RETURNING id`,
    camera.aimId,
    camera.cameraId,
    'a'.repeat(64),
    outline(108.05, 12.68, 0.001),
  );
  for (const [i, [building, dori]] of seen.entries())
    await put(
      `INSERT INTO exposures (run_id, building_id, place, frame_share, pixels_per_metre, dori, distance_metres, facade_metres, breaches)
       VALUES ($1, $2, $3, 0.1, 130, $4, 22.4, 20, '{}')`,
      rows[0]?.['id'],
      building,
      i,
      dori,
    );
}

let shown: { cameraId: string; aimId: string };
let counted: { cameraId: string; aimId: string };
let seenHome: string;
let unseenHome: string;

beforeAll(async () => {
  await aJurisdiction(api.owner, WARD);
  await put(
    `UPDATE jurisdictions SET name = 'Phường Hoa Sữa', boundary = ST_GeomFromText($1, 4326) WHERE path = $2`,
    outline(108.04, 12.67, 0.02),
    WARD,
  );
  shown = await aCamera(api.owner, { code: 'HS-0001', name: 'Ngã tư <b>Mai</b>', lon: 108.05, lat: 12.68 });
  counted = await aCamera(api.owner, SECRET);
  const planned = await aCamera(api.owner, { code: 'HS-0002', name: 'Cổng chợ', status: 'planned', lon: 108.052 });
  await aCamera(api.owner, { code: 'HS-0003', name: 'Cũ', status: 'retired' });
  await put("UPDATE cameras SET publication = 'shown' WHERE code <> $1", SECRET.code);
  await put(
    "UPDATE cameras SET operator = 'Công an phường', purpose = '<script>alert(1)</script>', owner = 'UBND' WHERE code = 'HS-0001'",
  );
  await put("UPDATE cameras SET owner = 'Ông Trần Văn Ba', host_premises = 'private-house' WHERE code = 'HS-0002'");
  seenHome = await aBuilding('home-seen', 108.0501, 12.6802);
  const alone = await aBuilding('home-secret', 108.0503, 12.6806);
  unseenHome = await aBuilding('home-unseen', 108.0505, 12.6809);
  await aBuilding('office', 108.0507, 12.6809, false);
  await aRun(shown, [[seenHome, 'recognise']]);
  await aRun(counted, [
    [seenHome, 'identify'],
    [alone, 'detect'],
  ]);
  await aRun(planned, [[seenHome, 'observe']]);
  const tx = new Tx(api.owner as unknown as PoolClient);
  await publishNotice(tx, { key: 'n1', kind: 'camera-planned', jurisdiction: WARD, cameraId: planned.cameraId });
  await publishNotice(tx, {
    key: 'n2',
    kind: 'camera-stopped',
    jurisdiction: WARD,
    cameraId: counted.cameraId,
    detail: { code: SECRET.code },
  });
});

/** The tile of areas that holds the city of this test. */
function tile(z: number): string {
  const y = (1 - Math.asinh(Math.tan((12.68 * Math.PI) / 180)) / Math.PI) / 2;
  return `${z}/${Math.floor(((108.05 + 180) / 360) * 2 ** z)}/${Math.floor(y * 2 ** z)}`;
}
const homesTile = async () =>
  JSON.parse((await api.anybody.get(`/civic/homes/${tile(14)}`).expect(200)).text) as {
    homes: [number[][][], [string, string, number, string][], number][];
  };

describe('the list', () => {
  it('holds what is shown, planned ones as planned, and neither retired nor counted ones', async () => {
    const { text } = await api.anybody.get('/cong-dan/camera').expect(200);
    expect(text).toContain('HS-0001');
    expect(text).toMatch(/Cổng chợ.*Dự kiến/s);
    expect(text).not.toContain('HS-0003');
    expect(text).not.toContain(SECRET.code);
  });

  it('is searched without accents by name, code, operator and ward, and not by who lives there', async () => {
    const found = async (q: string) => [
      ...new Set((await api.anybody.get('/public/cameras').query({ q })).text.match(/HS-000\d/g) ?? []),
    ];
    expect(await found('cong an')).toEqual(['HS-0001']);
    expect(await found('hs-0002')).toEqual(['HS-0002']);
    expect(await found('hoa sua')).toEqual(['HS-0001', 'HS-0002']);
    // Ward names are of this test; the owner of a private house is nobody's business.
    expect(await found('Van Ba')).toEqual([]);
    expect(await found('%')).toEqual([]);
  });

  it('shows the numbers of every ward, also of what is not on it', async () => {
    const { text } = await api.anybody.get('/public/cameras');
    expect(text).toMatch(/Phường Hoa Sữa<\/th><td class="number">2<\/td><td class="number">1<\/td>/);
  });

  it('bears any question mark', async () => {
    for (const query of [
      'page=0',
      'page=1e9',
      'page[]=2',
      'q=%00',
      'q[x]=1',
      `ward=${'x'.repeat(500)}`,
      'q=%F0%9F%92%A9',
    ])
      expect((await api.anybody.get(`/cong-dan/camera?${query}`)).status, query).toBe(200);
  });
});

describe('the page of a camera', () => {
  it('shows what is declared as text, never as markup', async () => {
    const { text } = await api.anybody.get('/public/cameras/HS-0001').expect(200);
    expect(text).toContain('Ngã tư &lt;b&gt;Mai&lt;/b&gt;');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('A missing legal basis is a reason to complain');
  });

  it('draws the masks in force over a view from geometry, and no image', async () => {
    const before = (await api.anybody.get('/public/cameras/HS-0001')).text;
    expect(before).toContain('No covered areas have been approved yet');
    await aMaskSet(api.owner, { ...shown, state: 'active' } as never);
    const { text } = await api.anybody.get('/public/cameras/HS-0001');
    expect(text).toMatch(/<path class="mask"[^>]* d="M64 36L256 36L256 180L64 180Z"/);
    expect(text).toMatch(/<path class="home"/);
    expect(text).not.toMatch(/<img|<image|data:image/);
    expect(text).toContain('decided by a data-protection officer');
  });

  it('counts looks by month from the record, small numbers too', async () => {
    const operator = await api.as('operator', { jurisdictions: ['vn.p66'] });
    await operator.agent.post('/api/v1/viewings').send({ cameraId: shown.cameraId, purpose: 'tắc đường' }).expect(201);
    const { text } = await api.anybody.get('/public/cameras/HS-0001');
    expect(text.match(/<td class="number">(\d+)<\/td>/g)).toEqual([
      '<td class="number">1</td>',
      ...Array.from({ length: 11 }, () => '<td class="number">0</td>'),
    ]);
  });

  it('is not there for a camera that is only counted, just as for one that never was', async () => {
    const [secret, never] = [SECRET.code, 'HS-9999'].map((code) => api.anybody.get(`/cong-dan/camera/${code}`));
    const [a, b] = [await secret!.expect(404), await never!.expect(404)];
    expect(a.text).toBe(b.text);
    await api.anybody.get(`/public/cameras/${SECRET.code}/sign.pdf`).expect(404);
    await api.anybody.get('/public/cameras/HS-0003').expect(404);
    await api.anybody.get('/public/cameras/%00').expect(404);
  });

  it('names a device that is capable of biometrics, as a supervisor declared', async () => {
    const supervisor = await api.as('supervisor', { jurisdictions: ['vn.p66'] });
    const path = `/api/v1/cameras/${shown.cameraId}/public-details`;
    const details = { capabilities: ['zoom', 'face-recognition'], contact: '1022', storageCountry: 'VN' };
    await supervisor.agent
      .put(path)
      .send({ ...details, capabilities: ['mind-reading'] })
      .expect(400);
    await supervisor.agent.put(path).send(details).expect(200);
    const { text } = await api.anybody.get('/public/cameras/HS-0001');
    expect(text).toContain('This device is capable of biometric recognition');
    expect(text).toContain('Recognises faces');
    expect(text).toContain('Vietnam');
    expect((await supervisor.agent.get(path)).body).toEqual({ ...details, capabilities: ['face-recognition', 'zoom'] });
    const records = await api.recordsOf(shown.cameraId);
    expect(records.map(({ action }) => action)).toContain('camera.update');
    expect(JSON.stringify(records)).not.toContain('1022');
    const operator = await api.as('operator', { jurisdictions: ['vn.p66'] });
    await operator.agent.put(path).send(details).expect(403);
  });
});

describe('a sign', () => {
  it('is a PDF that anybody can fetch', async () => {
    const res = await api.anybody.get('/cong-dan/camera/HS-0001/bien-bao.pdf').buffer(true).expect(200);
    expect(res.headers['content-type']).toBe('application/pdf');
    expect((res.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('a tile of homes', () => {
  it('says of every home who sees it and how well, and of the others only how many', async () => {
    const { homes } = await homesTile();
    expect(homes.map(([, sights, hidden]) => [sights, hidden])).toEqual(
      expect.arrayContaining([
        [
          [
            ['HS-0001', 'recognise', 22, 'live'],
            ['HS-0002', 'observe', 22, 'planned'],
          ],
          1,
        ],
        [[], 1],
        [[], 0],
      ]),
    );
    expect(homes).toHaveLength(3);
  });

  it('is no finer than an area, so that nobody can be made to ask for one house', async () => {
    await api.anybody.get(`/civic/homes/${tile(15)}`).expect(400);
    await api.anybody.get(`/civic/homes/${tile(10)}`).expect(400);
    await api.anybody.get(`/civic/map/${tile(16)}`).expect(400);
    await api.anybody.get('/civic/homes/14/99999/1').expect(400);
    const { headers } = await api.anybody.get(`/civic/map/${tile(14)}`).expect(200);
    expect(headers['cache-control']).toBe('public, max-age=300');
  });

  it('says no more of a view that was retired, though nobody measures it again', async () => {
    const before = await api.anybody.get(`/civic/homes/${tile(14)}`).expect(200);
    const { rows } = await put(
      `INSERT INTO aims (camera_id, name, is_current, position, height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width,
                         frame_height, range_m, preset_token, preset_pan, preset_tilt, preset_zoom)
       SELECT camera_id, 'preset', false, position, height_m, 90, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height, range_m,
              '2', 0, 0, 0
       FROM aims WHERE id = $1 RETURNING id`,
      shown.aimId,
    );
    const preset = { cameraId: shown.cameraId, aimId: String(rows[0]?.['id']) };
    await aRun(preset, [[unseenHome, 'identify']]);
    expect((await api.anybody.get(`/civic/homes/${tile(14)}`)).text).toContain('"identify"');
    await put('UPDATE aims SET retired_at = now() WHERE id = $1', preset.aimId);
    expect((await api.anybody.get(`/civic/homes/${tile(14)}`)).text).toBe(before.text);
  });

  it('is kept by browsers until a measurement, a class or the ground changes', async () => {
    const first = await api.anybody.get(`/civic/homes/${tile(14)}`);
    const etag = String(first.headers['etag']);
    await api.anybody
      .get(`/civic/homes/${tile(14)}`)
      .set('If-None-Match', etag)
      .expect(304);
    await aRun(shown, [[seenHome, 'identify']]);
    const second = await api.anybody
      .get(`/civic/homes/${tile(14)}`)
      .set('If-None-Match', etag)
      .expect(200);
    expect(second.text).toContain('"identify"');
  });
});

describe('a camera that is counted and not shown', () => {
  const EVERYWHERE = [
    ...['/cong-dan', '/cong-dan/camera', '/cong-dan/nha-toi', `/cong-dan/nha-toi/${WARD}`, '/cong-dan/thong-bao'],
    ...['/public/cameras?q=HS-0777', `/public/cameras?ward=${WARD}`, '/civic/cameras.csv', '/civic/cameras.geojson'],
    ...['/ogc/collections?f=json', '/ogc/collections/cameras?f=json', '/ogc/collections/notices/items?f=json'],
    ...['/ogc/collections/cameras/items?f=json&limit=1000', '/ogc/collections/cameras/items?f=html'],
    '/ogc/collections/cameras/items?bbox=108.05123,12.68123,108.05124,12.68124',
  ];

  it('is nowhere in what the public gets: neither its code, name, id nor place', async () => {
    const bodies = await Promise.all(EVERYWHERE.map(async (path) => (await api.anybody.get(path).expect(200)).text));
    const all = [...bodies, JSON.stringify(await homesTile())].join('\n');
    // An answer says what was asked for, and nothing else of it.
    const said = all.replaceAll(/value="HS-0777"|q=HS-0777|bbox=[^"&]*/g, '');
    for (const trace of [SECRET.code, SECRET.name, '108.05123', '12.68123', counted.cameraId, counted.aimId])
      expect(said).not.toContain(trace);
    expect(said).toContain('HS-0001');
  });

  it('moves nothing in any public answer when it moves, as long as it sees the same homes', async () => {
    const read = async () =>
      Promise.all(EVERYWHERE.map(async (path) => withoutTime((await api.anybody.get(path)).text)));
    const before = [...(await read()), JSON.stringify(await homesTile())];
    await put(
      'UPDATE cameras SET location = ST_SetSRID(ST_Point(108.0599, 12.6899), 4326), updated_at = now() WHERE code = $1',
      SECRET.code,
    );
    await put(
      'UPDATE aims SET heading_deg = 200, position = ST_SetSRID(ST_Point(108.0599, 12.6899), 4326) WHERE camera_id = $1',
      counted.cameraId,
    );
    expect([...(await read()), JSON.stringify(await homesTile())]).toEqual(before);
  });

  it('can be read by no transaction of the public pages, whatever is asked in it', async () => {
    const client = await api.deps.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query("SELECT set_config('louver.jurisdictions', '{}', true)");
      const tx = new Tx(client);
      const rows = async (text: string) => (await tx.rows({ text, values: [] } as unknown as Sql)).length;
      expect(await rows('SELECT * FROM cameras')).toBe(0);
      expect(await rows('SELECT * FROM exposures')).toBe(0);
      expect(await rows(`SELECT * FROM public_cameras WHERE code = '${SECRET.code}'`)).toBe(0);
      expect(
        await rows("SELECT * FROM public_notices WHERE camera_code IS NULL AND detail - 'announced' <> '{}'"),
      ).toBe(0);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});

const withoutTime = (text: string): string => text.replaceAll(/"timeStamp":"[^"]*"/g, '');

it('gives the whole register as CSV and GeoJSON, without who lives where and without formulas', async () => {
  await anAccount(api.owner, { role: 'officer' });
  await put("UPDATE cameras SET purpose = '=HYPERLINK(1)' WHERE code = 'HS-0002'");
  const csv = (await api.anybody.get('/civic/cameras.csv')).text;
  expect(csv.split('\r\n')).toHaveLength(4);
  expect(csv).toContain(",'=HYPERLINK(1),");
  expect(csv).not.toContain('Trần Văn Ba');
  const geojson = JSON.parse((await api.anybody.get('/civic/cameras.geojson').buffer(true)).text) as {
    features: { id: string }[];
  };
  expect(geojson.features.map(({ id }) => id)).toEqual(['HS-0001', 'HS-0002']);
});
