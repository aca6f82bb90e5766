// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ImportEvent, ImportReport } from '@louver/contract';
import { aCamera, aJurisdiction, aMaskSet } from '@louver/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { useApi, type SignedIn } from '../testing/use-api.ts';

const api = useApi();
let supervisor: SignedIn;

beforeAll(async () => {
  for (const path of ['vn.p66.hoa_sua', 'vn.p66.ben_gio', 'vn.p79']) await aJurisdiction(api.owner, path);
  await api.owner.query("UPDATE jurisdictions SET code = '24133' WHERE path = 'vn.p66.ben_gio'");
  supervisor = await api.as('supervisor', { jurisdictions: ['vn.p66'] });
});

const post = (query: Record<string, string>, body: string | object, who = supervisor) =>
  who.agent
    .post('/api/v1/imports')
    .query(query)
    .set('Content-Type', typeof body === 'string' ? 'text/csv' : 'application/geo+json')
    .send(typeof body === 'string' ? body : JSON.stringify(body));
const cameras = (query: Record<string, string>, body: string | object, who = supervisor) =>
  post({ kind: 'cameras', ...query }, body, who);
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features });
const at = (lon: number, lat: number, properties: object) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [lon, lat] },
});
const count = async (table: string, where = 'true') =>
  Number((await api.owner.query<{ n: string }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`)).rows[0]!.n);
const fates = (report: ImportReport) => report.rows.map(({ fate }) => fate);

describe('ten thousand cameras in one table, 37 of them broken', () => {
  const FAULTS: ((fields: string[]) => void)[] = [
    (f) => (f[1] = ''),
    (f) => (f[1] = 'east'),
    (f) => (f[2] = '95'),
    (f) => (f[0] = ''),
    (f) => (f[3] = 'gone'),
    (f) => (f[4] = 'many'),
    (f) => f.pop(),
    (f) => (f[0] = 'A*B'),
    (f) => (f[1] = '"108,05"'),
    (f) => (f[4] = '99999'),
  ];
  const broken = Array.from({ length: 37 }, (_, i) => 7 + i * 268);
  const lines = Array.from({ length: 10_000 }, (_, i) => {
    const row = i + 1;
    const fields = [`BULK-${row}`, (108 + (i % 100) / 1000).toFixed(6), (12.6 + i / 1e5).toFixed(6), 'live', '7'];
    const which = broken.indexOf(row);
    if (which >= 0) FAULTS[which % FAULTS.length]!(fields);
    return fields.join(',');
  });
  const file = ['code,lon,lat,status,retention_days', ...lines].join('\n');

  it('names exactly these rows, with the field, and imports none', async () => {
    const res = await cameras({ mode: 'commit' }, file);
    expect(res.status).toBe(422);
    expect(res.type).toBe('application/problem+json');
    const problem = res.body as { slug: string; detail: string; errors: { pointer: string }[] };
    expect(problem.slug).toBe('import-refused');
    expect(problem.detail).toBe('37 rows are refused, so nothing was imported');
    const named = new Set(problem.errors.map(({ pointer }) => Number(/^\/rows\/(\d+)/.exec(pointer)![1])));
    expect([...named]).toEqual(broken);
    expect(problem.errors.slice(0, 3).map(({ pointer }) => pointer)).toEqual([
      '/rows/7/lon',
      '/rows/275/lon',
      '/rows/543/geometry/coordinates',
    ]);
    expect(await count('cameras')).toBe(0);
    expect(await count('records', "action = 'camera.import'")).toBe(0);
  });

  it('imports the other 9,963 when asked to, and the record says what came in', async () => {
    const res = await cameras({ mode: 'commit', partial: 'true' }, file);
    expect(res.status).toBe(200);
    const report = ImportReport.parse(res.body);
    expect(report).toMatchObject({
      committed: true,
      total: 10_000,
      counts: { create: 9963, refused: 37, update: 0, duplicate: 0 },
    });
    expect(report.rows.filter(({ fate }) => fate === 'refused').map(({ row }) => row)).toEqual(broken);
    expect(await count('cameras')).toBe(9963);
    const sha256 = createHash('sha256').update(file).digest('hex');
    const [record, ...more] = await api.recordsOf(`file:${sha256}`);
    expect(more).toEqual([]);
    expect(record).toMatchObject({
      action: 'camera.import',
      account_id: supervisor.accountId,
      jurisdiction: 'vn.p66',
      detail: { sha256, counts: report.counts },
    });
    const events = await api.owner.query<{ message: object }>(
      "SELECT message FROM outbox WHERE message->>'name' = 'cameras.imported'",
    );
    expect(events.rows.map(({ message }) => message)).toEqual([
      { kind: 'event', name: 'cameras.imported', payload: { jurisdiction: 'vn.p66', count: 9963 } },
    ]);
  });

  it('finds everything unchanged the second time', async () => {
    const res = await cameras({ mode: 'commit', partial: 'true' }, file);
    expect(ImportReport.parse(res.body).counts).toEqual({
      create: 0,
      update: 0,
      unchanged: 9963,
      duplicate: 0,
      refused: 37,
    });
  });
});

describe('a dry run', () => {
  it('tells the fate of every row and keeps nothing but its own record', async () => {
    const before = await count('cameras');
    const res = await cameras({}, 'code,lon,lat\nDRY-1,108.05,12.68\nDRY-1,108.06,12.68\nDRY-2,108.05,99');
    expect(res.status).toBe(200);
    const report = ImportReport.parse(res.body);
    expect(report).toMatchObject({
      mode: 'dry-run',
      committed: false,
      counts: { create: 1, duplicate: 1, refused: 1 },
    });
    expect(report.rows.map(({ row, key, fate }) => [row, key, fate])).toEqual([
      [1, 'DRY-1', 'create'],
      [2, 'DRY-1', 'duplicate'],
      [3, 'DRY-2', 'refused'],
    ]);
    expect(report.rows[1]!.errors).toEqual([{ pointer: '/code', detail: 'row 1 has this code already' }]);
    expect(await count('cameras')).toBe(before);
  });

  it('says the same as the import that follows, also of a code that somebody else has', async () => {
    await aCamera(api.owner, { code: 'TAKEN-1', jurisdiction: 'vn.p79' });
    const file = 'code,lon,lat\nTAKEN-1,108.05,12.68\nFREE-1,108.05,12.68';
    const dry = ImportReport.parse((await cameras({}, file)).body);
    expect(dry.rows[0]).toMatchObject({
      fate: 'refused',
      errors: [{ pointer: '/code', detail: 'another camera has this code' }],
    });
    const real = await cameras({ mode: 'commit' }, file);
    expect(real.body).toMatchObject({ errors: [{ pointer: '/rows/1/code' }] });
    expect(await count('cameras', "code = 'FREE-1'")).toBe(0);
  });
});

describe('where a camera belongs', () => {
  it('is what the row says, else its ward, else the boundary, else the default', async () => {
    const boundary = 'MULTIPOLYGON(((108.2 12.2, 108.3 12.2, 108.3 12.3, 108.2 12.3, 108.2 12.2)))';
    await api.owner.query(
      "UPDATE jurisdictions SET boundary = ST_GeomFromText($1, 4326) WHERE path = 'vn.p66.hoa_sua'",
      [boundary],
    );
    const file = collection(
      at(108.25, 12.25, { code: 'W-1', jurisdiction: 'vn.p66.ben_gio' }),
      at(108.25, 12.25, { code: 'W-2', ward_code: '24133' }),
      at(108.25, 12.25, { code: 'W-3', ward_code: '99999' }),
      at(108.9, 12.9, { code: 'W-4', ward_code: '99999' }),
    );
    const report = ImportReport.parse((await cameras({ mode: 'commit' }, file)).body);
    expect(report.rows[3]!.notes).toContainEqual('ward code 99999 is not known here: put into vn.p66');
    const { rows } = await api.owner.query(
      "SELECT code, jurisdiction::text FROM cameras WHERE code LIKE 'W-%' ORDER BY code",
    );
    expect(rows.map((row: { jurisdiction: string }) => row.jurisdiction)).toEqual([
      'vn.p66.ben_gio',
      'vn.p66.ben_gio',
      'vn.p66.hoa_sua',
      'vn.p66',
    ]);
  });

  it('is refused outside of what the account holds, or when nothing says it', async () => {
    const foreign = ImportReport.parse(
      (
        await cameras(
          {},
          collection(
            at(1, 1, { code: 'X-1', jurisdiction: 'vn.p79' }),
            at(1, 1, { code: 'X-2', jurisdiction: 'vn.p99' }),
          ),
        )
      ).body,
    );
    expect(fates(foreign)).toEqual(['refused', 'refused']);
    const two = await api.as('supervisor', { jurisdictions: ['vn.p66', 'vn.p79'] });
    const open = ImportReport.parse((await cameras({}, collection(at(1, 1, { code: 'X-3' })), two)).body);
    expect(open.rows[0]).toMatchObject({ fate: 'refused', errors: [{ pointer: '/jurisdiction' }] });
    const named = await cameras({ jurisdiction: 'vn.p79' }, collection(at(1, 1, { code: 'X-3' })), two);
    expect(fates(ImportReport.parse(named.body))).toEqual(['create']);
    expect((await cameras({ jurisdiction: 'vn.p79' }, collection(), supervisor)).body).toMatchObject({
      slug: 'jurisdiction-not-found',
    });
  });
});

describe('duplicates by distance', () => {
  it('holds a camera that stands close to another one, in the file or already there, in metres', async () => {
    await aCamera(api.owner, { code: 'NEAR-0', lon: 108.5, lat: 12.5 });
    const file = collection(
      at(108.500_02, 12.5, { code: 'NEAR-1' }), // 2.2 m east
      at(108.501, 12.5, { code: 'NEAR-2' }),
      at(108.501, 12.500_04, { code: 'NEAR-3' }), // 4.4 m north of the one before
      at(108.501, 12.500_06, { code: 'NEAR-4' }), // 6.6 m
    );
    const report = ImportReport.parse((await cameras({ duplicateMetres: '5' }, file)).body);
    expect(fates(report)).toEqual(['duplicate', 'create', 'duplicate', 'create']);
    expect(report.rows[0]!.errors[0]!.detail).toBe('stands 2.2 m from camera NEAR-0');
    expect(report.rows[2]!.errors[0]!.detail).toBe('stands 4.4 m from row 2 (NEAR-2)');
    expect(fates(ImportReport.parse((await cameras({}, file)).body))).toEqual(['create', 'create', 'create', 'create']);
  });
});

describe('a camera that is there already', () => {
  it('changes in what the row states and in nothing else', async () => {
    const { cameraId } = await aCamera(api.owner, {
      code: 'UP-1',
      name: 'Old name',
      jurisdiction: 'vn.p66.hoa_sua',
      lon: 108.1,
      lat: 12.1,
    });
    await api.owner.query("UPDATE cameras SET owner = 'The city', retention_days = 3 WHERE id = $1", [cameraId]);
    const file = 'code,lon,lat,name,retention_days\nUP-1,108.1,12.1,New name,\n';
    expect(fates(ImportReport.parse((await cameras({ mode: 'commit' }, file)).body))).toEqual(['update']);
    const { rows } = await api.owner.query(
      'SELECT name, owner, retention_days, jurisdiction::text, status FROM cameras WHERE id = $1',
      [cameraId],
    );
    expect(rows).toEqual([
      { name: 'New name', owner: 'The city', retention_days: 3, jurisdiction: 'vn.p66.hoa_sua', status: 'live' },
    ]);
  });

  it('keeps an aim that somebody corrected, unless the row states the part', async () => {
    const osm = (direction: string) =>
      collection({ ...at(108.2, 12.1, { man_made: 'surveillance', 'camera:direction': direction }), id: 'node/77' });
    await cameras({ mode: 'commit' }, osm('90'));
    const corrected = "UPDATE aims SET height_m = 8 WHERE camera_id = (SELECT id FROM cameras WHERE code = 'node/77')";
    await api.owner.query(corrected);
    expect(fates(ImportReport.parse((await cameras({ mode: 'commit' }, osm('90'))).body))).toEqual(['unchanged']);
    expect(fates(ImportReport.parse((await cameras({ mode: 'commit' }, osm('100'))).body))).toEqual(['update']);
    const { rows } = await api.owner.query(
      "SELECT a.height_m, a.heading_deg, a.is_current FROM aims a JOIN cameras c ON c.id = a.camera_id WHERE c.code = 'node/77'",
    );
    expect(rows).toEqual([{ height_m: 8, heading_deg: 100, is_current: true }]);
  });

  it('knows which aims have numbers that were filled in, and takes them for true only when a file states all', async () => {
    const calibrations = async () =>
      (
        await api.owner.query(
          "SELECT a.calibration FROM aims a JOIN cameras c ON c.id = a.camera_id WHERE c.code LIKE 'CAL-%' ORDER BY c.code",
        )
      ).rows.map(({ calibration }) => String(calibration));
    const own = (tilt: string) =>
      `code,lon,lat,heading,height,tilt,hfov\nCAL-1,108.4,12.2,90,5,-10,70\nCAL-2,108.41,12.2,90,5,${tilt},70`;
    await cameras({ mode: 'commit' }, own(''));
    expect(await calibrations()).toEqual(['stated', 'assumed']);
    await cameras({ mode: 'commit' }, own(''));
    expect(await calibrations()).toEqual(['stated', 'assumed']);
    // The very number that had been assumed, and now somebody says it.
    expect(fates(ImportReport.parse((await cameras({ mode: 'commit' }, own('-15'))).body))).toEqual([
      'unchanged',
      'update',
    ]);
    expect(await calibrations()).toEqual(['stated', 'stated']);
    await api.owner.query(
      "UPDATE aims SET calibration = 'measured' WHERE camera_id IN (SELECT id FROM cameras WHERE code LIKE 'CAL-%')",
    );
    await cameras({ mode: 'commit' }, own('-16'));
    expect(await calibrations()).toEqual(['measured', 'stated']);
  });

  it('takes its aim along when it moves, and its masks lose their force', async () => {
    const { cameraId, aimId } = await aCamera(api.owner, { code: 'MOVE-1', lon: 108.3, lat: 12.1 });
    await aMaskSet(api.owner, { cameraId, aimId });
    await cameras({ mode: 'commit' }, 'code,lon,lat\nMOVE-1,108.31,12.1');
    const { rows } = await api.owner.query(
      'SELECT ST_X(position) AS lon, m.state FROM aims a JOIN mask_sets m ON m.aim_id = a.id WHERE a.id = $1',
      [aimId],
    );
    expect(rows).toEqual([{ lon: 108.31, state: 'retired' }]);
  });
});

describe('a body', () => {
  const small = 'code,lon,lat\nB-1,108.05,12.68';

  it('may be gzip, and is measured after it was inflated', async () => {
    const send = (bytes: Buffer) =>
      supervisor.agent
        .post('/api/v1/imports?kind=cameras')
        .set('Content-Type', 'text/csv')
        .set('Content-Encoding', 'gzip')
        .send(bytes);
    expect(fates(ImportReport.parse((await send(gzipSync(small))).body))).toEqual(['create']);
    const bomb = await send(gzipSync(Buffer.alloc(33 * 1024 * 1024, 'a')));
    expect([bomb.status, bomb.body.slug]).toEqual([413, 'body-too-large']);
    const damaged = await send(gzipSync(small).subarray(0, 20));
    expect([damaged.status, damaged.body.slug]).toEqual([400, 'request-invalid']);
  });

  it('of 50 MB is refused with the reason, and the next request is answered', async () => {
    const res = await cameras({}, 'a'.repeat(50 * 1024 * 1024));
    expect([res.status, res.body.slug]).toEqual([413, 'body-too-large']);
    expect((await cameras({}, small)).status).toBe(200);
  });

  it('of unknown length is refused at the limit, with an answer', async () => {
    const cookie = (
      await api.anybody.post('/api/v1/session').send({ email: supervisor.email, password: supervisor.password })
    ).get('Set-Cookie')!;
    const chunk = Buffer.alloc(1024 * 1024, 'a');
    const res = await fetch(`${api.url}/api/v1/imports?kind=cameras`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/csv', Cookie: cookie[0]!.split(';')[0]! },
      body: new ReadableStream({ pull: (sink) => sink.enqueue(chunk) }),
      duplex: 'half',
    });
    expect(res.status).toBe(413);
  });

  it('that is no file of cameras is refused with a reason', async () => {
    const json = (text: string) =>
      supervisor.agent.post('/api/v1/imports?kind=cameras').set('Content-Type', 'application/json').send(text);
    expect((await json('{"type":')).body).toMatchObject({
      slug: 'import-refused',
      detail: expect.stringContaining('not JSON'),
    });
    expect((await json('{"type":"Topology"}')).body).toMatchObject({
      slug: 'import-refused',
      detail: expect.stringContaining('no features'),
    });
    expect((await post({ kind: 'buildings' }, small)).body).toMatchObject({
      slug: 'import-refused',
      detail: expect.stringContaining('send GeoJSON'),
    });
    const pdf = await supervisor.agent
      .post('/api/v1/imports?kind=cameras')
      .set('Content-Type', 'application/pdf')
      .send('x');
    expect(pdf.status).toBe(415);
  });

  it('of somebody who may not import is not read', async () => {
    const operator = await api.as('operator');
    expect((await cameras({}, small, operator)).body).toMatchObject({ slug: 'not-permitted' });
    const nobody = await api.anybody.post('/api/v1/imports?kind=cameras').set('Content-Type', 'text/csv').send(small);
    expect(nobody.body).toMatchObject({ slug: 'not-signed-in' });
  });
});

describe('progress', () => {
  const lines = async (query: string, body: string) => {
    const res = await supervisor.agent
      .post(`/api/v1/imports?kind=cameras&${query}`)
      .set('Content-Type', 'text/csv')
      .set('Accept', 'application/x-ndjson')
      .buffer(true)
      .parse((stream, done) => {
        let text = '';
        stream.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
        stream.on('end', () => done(null, text));
      })
      .send(body);
    return (res.body as string)
      .trim()
      .split('\n')
      .map((text) => ImportEvent.parse(JSON.parse(text)));
  };

  it('is told line by line and ends with one report', async () => {
    const events = await lines('mode=commit', 'code,lon,lat\nP-1,108.05,12.68');
    expect(events.slice(0, -1).map((event) => event.type === 'progress' && event.phase)).toEqual([
      'reading',
      'checking',
      'writing',
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'report', report: { committed: true, counts: { create: 1 } } });
  });

  it('ends with one problem when rows are refused', async () => {
    const events = await lines('mode=commit', 'code,lon,lat\nP-2,108.05,95');
    expect(events.at(-1)).toMatchObject({ type: 'problem', problem: { slug: 'import-refused' } });
    expect(events.filter(({ type }) => type !== 'progress')).toHaveLength(1);
  });
});
