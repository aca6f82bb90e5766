// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  type CameraSummary,
  cameraIdAt,
  decodeCameraColumns,
  CameraStatus,
  type Camera,
  type CameraId,
} from '@louver/contract';
import { openCredentials } from '@louver/db';
import { aCamera, aJurisdiction, aMaskSet } from '@louver/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { useApi, type SignedIn } from '../testing/use-api.ts';

const api = useApi();
let supervisor: SignedIn;
let operator: SignedIn;

beforeAll(async () => {
  for (const path of ['vn.p66.hoa_sua', 'vn.p79.c1']) await aJurisdiction(api.owner, path);
  supervisor = await api.as('supervisor', { jurisdictions: ['vn.p66'] });
  operator = await api.as('operator', { jurisdictions: ['vn.p66'] });
});

const DRAFT = {
  code: 'NEW-1',
  name: 'Trần Hưng Đạo – chợ',
  jurisdiction: 'vn.p66.hoa_sua',
  location: { type: 'Point', coordinates: [108.123_456_789_012, 12.5] },
  owner: 'Nguyễn Văn A',
  operator: 'Công an phường',
  hostPremises: 'private-house',
  purpose: 'An ninh',
  legalBasis: null,
  retentionDays: 15,
  publication: 'counted',
  status: 'live',
  mobility: 'fixed',
  manufacturer: null,
  model: null,
  hasAudio: false,
  hasBiometrics: false,
};

const list = async (query: string, who = operator) => {
  const res = await who.agent.get(`/api/v1/cameras?${query}`);
  expect(res.status).toBe(200);
  return res.body as { items: CameraSummary[]; nextCursor: string | null };
};
const codes = async (query: string, who = operator) => (await list(query, who)).items.map(({ code }) => code);

describe('the list', () => {
  beforeAll(async () => {
    await aCamera(api.owner, { code: 'L-1', name: 'Trần Hưng Đạo', lon: 108.01, lat: 12.01 });
    const second = await aCamera(api.owner, {
      code: 'L-2',
      name: 'Lê Lợi 100%',
      lon: 108.02,
      lat: 12.02,
      stream: false,
    });
    await api.owner.query("UPDATE cameras SET mobility = 'ptz', host_premises = 'market' WHERE id = $1", [
      second.cameraId,
    ]);
    const third = await aCamera(api.owner, {
      code: 'L-3',
      name: 'Lê Lợi 1000',
      lon: 108.03,
      lat: 12.03,
      status: 'planned',
    });
    await api.owner.query("INSERT INTO camera_health (camera_id, state) VALUES ($1, 'unreachable')", [third.cameraId]);
    await aCamera(api.owner, { code: 'L-9', lon: 108.01, lat: 12.01, jurisdiction: 'vn.p79.c1' });
    await aCamera(api.owner, { code: 'D-1', lon: 179.9, lat: -17 });
    await aCamera(api.owner, { code: 'D-2', lon: -179.9, lat: -17 });
  });

  it('shows what lies in the box and below the jurisdictions of the account', async () => {
    expect(await codes('bbox=108,12,108.025,12.025')).toEqual(['L-1', 'L-2']);
    const whole = await api.as('operator', { jurisdictions: ['vn'] });
    expect(await codes('bbox=108,12,108.025,12.025', whole)).toEqual(['L-1', 'L-2', 'L-9']);
    const elsewhere = await api.as('operator', { jurisdictions: ['vn.p661'] });
    expect(await codes('bbox=-180,-90,180,90', elsewhere)).toEqual([]);
  });

  it('goes across the date line, however the box is written', async () => {
    expect(await codes('bbox=179,-18,-179,-16')).toEqual(['D-1', 'D-2']);
    expect(await codes('bbox=179,-18,181,-16')).toEqual(['D-1', 'D-2']);
    expect(await codes('bbox=-179.95,-18,179.95,-16')).toEqual(['D-1', 'D-2']);
    expect(await codes('bbox=179.95,-18,-179.95,-16')).toEqual([]);
  });

  it('filters by what was said of a camera and by what its stream does', async () => {
    const box = 'bbox=108,12,108.1,12.1';
    expect(await codes(`${box}&status=planned`)).toEqual(['L-3']);
    expect(await codes(`${box}&status=planned&status=live`)).toEqual(['L-1', 'L-2', 'L-3']);
    expect(await codes(`${box}&mobility=ptz`)).toEqual(['L-2']);
    expect(await codes(`${box}&hostPremises=market`)).toEqual(['L-2']);
    expect(await codes(`${box}&state=none`)).toEqual(['L-2']);
    expect(await codes(`${box}&state=unknown`)).toEqual(['L-1']);
    expect(await codes(`${box}&state=unreachable&state=none`)).toEqual(['L-2', 'L-3']);
    expect(await codes(`${box}&jurisdiction=vn.p66.hoa_sua`)).toEqual(['L-1', 'L-2', 'L-3']);
    expect(await codes(`${box}&jurisdiction=vn.p79`)).toEqual([]);
  });

  it('finds names without their accents, words in any order, and takes signs for what they are', async () => {
    expect(await codes('q=dao tran')).toEqual(['L-1']);
    expect(await codes('q=TRẦN')).toEqual(['L-1']);
    expect(await codes(`q=${encodeURIComponent('100%')}`)).toEqual(['L-2']);
    expect(await codes('q=L_1')).toEqual([]);
    expect(await codes(`q=${encodeURIComponent("x' OR 1=1 --")}`)).toEqual([]);
  });

  it('goes on where a page ended, also when cameras came in between', async () => {
    const first = await list('bbox=108,12,108.1,12.1&limit=2');
    expect(first.items.map(({ code }) => code)).toEqual(['L-1', 'L-2']);
    await aCamera(api.owner, { code: 'L-0', lon: 108.01, lat: 12.01 });
    const second = await list(`bbox=108,12,108.1,12.1&limit=2&cursor=${first.nextCursor!}`);
    expect(second).toMatchObject({ items: [{ code: 'L-3' }], nextCursor: null });
    await api.owner.query("DELETE FROM cameras WHERE code = 'L-0'");
  });

  it('goes on without a box as well, and ends', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await list(`limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ code }) => code));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['D-1', 'D-2', 'L-1', 'L-2', 'L-3']);
  });

  it.each(['bbox=1,2,3', 'bbox=1,3,2,2', 'limit=0', 'limit=501', 'cursor=zzz', 'status=gone', 'colour=red'])(
    'refuses %s and says where',
    async (query) => {
      const res = await operator.agent.get(`/api/v1/cameras?${query}`);
      expect(res.status).toBe(400);
      const [error] = (res.body as { errors: { pointer: string }[] }).errors;
      expect(`${error!.pointer}/`).toContain(`/query/${query.split('=')[0]!}/`);
    },
  );

  it('comes to the map as columns, and as 304 while nothing changed', async () => {
    const res = await operator.agent
      .get('/api/v1/map/cameras?bbox=108,12,108.1,12.1')
      .buffer(true)
      .parse((stream, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => done(null, Buffer.concat(chunks)));
      });
    expect(res.type).toBe('application/vnd.louver.camera-columns');
    const bytes = Uint8Array.from(res.body as Buffer);
    const columns = decodeCameraColumns(bytes.buffer);
    const { items } = await list('bbox=108,12,108.1,12.1');
    expect(columns.count).toBe(3);
    const at = items.map(({ id }) => Array.from({ length: 3 }, (_, i) => cameraIdAt(columns, i)).indexOf(id));
    expect(at.map((i) => [columns.lon[i], columns.lat[i]])).toEqual(items.map(({ location }) => location.coordinates));
    expect(at.map((i) => CameraStatus.options[columns.status[i]!])).toEqual(['live', 'live', 'planned']);
    expect(columns.headingDeg[at[0]!]).toBe(45);
    const again = await operator.agent
      .get('/api/v1/map/cameras?bbox=108,12,108.1,12.1')
      .set('If-None-Match', res.headers.etag as string);
    expect(again.status).toBe(304);
  });
});

describe('a camera', () => {
  it('is registered, answered back digit for digit, and recorded without names', async () => {
    const res = await supervisor.agent.post('/api/v1/cameras').send(DRAFT);
    expect(res.status).toBe(201);
    const camera = res.body as Camera;
    expect(camera).toMatchObject({
      ...DRAFT,
      hasStream: false,
      health: { state: 'none', since: null, detail: null },
      aims: [],
    });
    const read = await operator.agent.get(`/api/v1/cameras/${camera.id}`);
    expect(read.body).toEqual(camera);
    const [record] = await api.recordsOf(camera.id);
    expect(record).toMatchObject({
      action: 'camera.create',
      account_id: supervisor.accountId,
      camera_id: camera.id,
      jurisdiction: 'vn.p66.hoa_sua',
    });
    expect(JSON.stringify(record!.detail)).not.toContain('Nguyễn');
  });

  it('has a code of its own, in a jurisdiction that the account holds', async () => {
    const again = await supervisor.agent.post('/api/v1/cameras').send(DRAFT);
    expect(again.body).toMatchObject({ slug: 'camera-code-taken', status: 409 });
    for (const jurisdiction of ['vn.p79.c1', 'vn.p66.nowhere']) {
      const res = await supervisor.agent.post('/api/v1/cameras').send({ ...DRAFT, code: 'NEW-2', jurisdiction });
      expect(res.body).toMatchObject({ slug: 'jurisdiction-not-found', status: 422 });
    }
    const unknown = await supervisor.agent.post('/api/v1/cameras').send({ ...DRAFT, code: 'NEW-2', colour: 'red' });
    expect(unknown.body).toMatchObject({ slug: 'request-invalid', errors: [{ pointer: '/colour' }] });
    expect((await operator.agent.post('/api/v1/cameras').send(DRAFT)).status).toBe(403);
  });

  it('of another jurisdiction does not exist', async () => {
    const { cameraId } = await aCamera(api.owner, { jurisdiction: 'vn.p79.c1' });
    for (const res of [
      await operator.agent.get(`/api/v1/cameras/${cameraId}`),
      await supervisor.agent.patch(`/api/v1/cameras/${cameraId}`).send({ name: 'mine' }),
      await supervisor.agent
        .put(`/api/v1/cameras/${cameraId}/stream`)
        .send({ url: 'rtsp://h/x', username: null, password: null }),
      await supervisor.agent.delete(`/api/v1/cameras/${cameraId}/stream`),
    ])
      expect(res.body).toMatchObject({ slug: 'camera-not-found' });
    expect(await api.recordsOf(cameraId)).toEqual([]);
  });

  it('is changed in what is said and in nothing else; the record holds facts before and after, and of free text only that it changed', async () => {
    const { cameraId } = await aCamera(api.owner, {
      code: 'CH-1',
      name: 'Before',
      lon: 108.123_456_789_012_3,
      lat: 12.1,
    });
    const patch = { name: 'After', owner: 'Nguyễn Văn B', status: 'retired' };
    const res = await supervisor.agent.patch(`/api/v1/cameras/${cameraId}`).send(patch);
    expect(res.body).toMatchObject({
      ...patch,
      code: 'CH-1',
      location: { coordinates: [108.123_456_789_012_3, 12.1] },
    });
    const [record] = await api.recordsOf(cameraId);
    expect(record).toMatchObject({
      action: 'camera.update',
      detail: { changed: ['name', 'owner', 'status'], before: { status: 'live' }, after: { status: 'retired' } },
    });
    expect(JSON.stringify(record!.detail)).not.toMatch(/Nguyễn|After/);
  });

  it('keeps its masks while its papers change, and loses them when it moves, together with its aim', async () => {
    const { cameraId, aimId } = await aCamera(api.owner, { lon: 108.123_456_789_012_3, lat: 12.1 });
    await aMaskSet(api.owner, { cameraId, aimId });
    const state = async () =>
      (await api.owner.query<{ state: string }>('SELECT state FROM mask_sets WHERE camera_id = $1', [cameraId]))
        .rows[0]!.state;
    await supervisor.agent.patch(`/api/v1/cameras/${cameraId}`).send({ name: 'Renamed' }).expect(200);
    expect(await state()).toBe('active');
    const res = await supervisor.agent
      .patch(`/api/v1/cameras/${cameraId}`)
      .send({ location: { type: 'Point', coordinates: [108.2, 12.2] } });
    expect(await state()).toBe('retired');
    expect((res.body as Camera).aims[0]!.position).toMatchObject({ lon: 108.2, lat: 12.2 });
  });
});

describe('the stream of a camera', () => {
  const source = { url: 'rtsp://10.9.8.7:554/main', username: 'viewer', password: 's3cret-mật khẩu' };

  it('is sealed for the worker, told to nobody, and on the record only as a change', async () => {
    const { cameraId } = await aCamera(api.owner, { stream: false });
    const put = (body: object) => supervisor.agent.put(`/api/v1/cameras/${cameraId}/stream`).send(body);
    const first = await put(source);
    expect([first.status, first.text]).toEqual([204, '']);
    await put({ ...source, password: null }).expect(204);
    await put(source).expect(204);
    const { rows } = await api.owner.query<{ sealed: Buffer }>(
      'SELECT sealed FROM camera_streams WHERE camera_id = $1',
      [cameraId],
    );
    expect(openCredentials(api.deps.keys.credentials, cameraId, rows[0]!.sealed)).toEqual(source);
    const camera = await operator.agent.get(`/api/v1/cameras/${cameraId}`);
    expect(camera.body).toMatchObject({ hasStream: true, health: { state: 'unknown' } });
    const records = await api.recordsOf(cameraId);
    expect(records.map(({ action, detail }) => [action, detail])).toEqual([
      ['stream.update', { stream: 'set' }],
      ['stream.update', { stream: 'replaced' }],
      ['stream.update', { stream: 'replaced' }],
    ]);
    for (const text of [camera.text, JSON.stringify(records), api.log.join('')])
      expect(text).not.toMatch(/10\.9\.8\.7|s3cret|viewer/);
  });

  it('costs the masks their force when it comes from elsewhere, and not when only the password is another one', async () => {
    const camera = await aCamera(api.owner, { stream: false });
    const put = (body: object) =>
      supervisor.agent.put(`/api/v1/cameras/${camera.cameraId}/stream`).send(body).expect(204);
    const states = async () =>
      (
        await api.owner.query<{ state: string }>('SELECT state FROM mask_sets WHERE camera_id = $1 ORDER BY version', [
          camera.cameraId,
        ])
      ).rows.map(({ state }) => state);
    await put(source);
    await aMaskSet(api.owner, { ...camera, version: 1 });
    await put({ ...source, username: null, password: null });
    expect(await states()).toEqual(['active']);
    await put({ ...source, url: 'rtsp://10.9.8.8:554/main' });
    expect(await states()).toEqual(['retired']);
    await aMaskSet(api.owner, { ...camera, version: 2, state: 'proposed' });
    await supervisor.agent.delete(`/api/v1/cameras/${camera.cameraId}/stream`).expect(204);
    expect(await states()).toEqual(['retired', 'retired']);
    // Workers read this: a set that is brought back into force afterwards is refused.
    const records = (await api.recordsOf(camera.cameraId)).map(({ detail }) => detail);
    expect(records).toMatchObject([
      { stream: 'set' },
      { stream: 'replaced' },
      { stream: 'moved' },
      { stream: 'removed' },
    ]);
    await aMaskSet(api.owner, { ...camera, version: 3 });
    await put(source);
    expect(await states()).toEqual(['retired', 'retired', 'retired']);
  });

  it('is forgotten on demand', async () => {
    const { cameraId } = await aCamera(api.owner);
    await supervisor.agent.delete(`/api/v1/cameras/${cameraId}/stream`).expect(204);
    await supervisor.agent.delete(`/api/v1/cameras/${cameraId}/stream`).expect(204);
    const { body } = await operator.agent.get(`/api/v1/cameras/${cameraId}`);
    expect(body).toMatchObject({ hasStream: false, health: { state: 'none' } });
  });

  it.each([
    ['/url', { url: 'rtsp://user:pw@host/x' }],
    ['/url', { url: 'http://host/x' }],
    ['/password', { password: "it's" }],
    ['/username', { username: 'a b' }],
  ])('is refused at %s for %j', async (pointer, part) => {
    const { cameraId } = await aCamera(api.owner);
    const res = await supervisor.agent.put(`/api/v1/cameras/${cameraId}/stream`).send({ ...source, ...part });
    expect(res.body).toMatchObject({ slug: 'request-invalid', errors: [{ pointer }] });
    expect(res.text).not.toContain(String(Object.values(part)[0]));
  });
});

it('tells open pages of a change after it is kept', async () => {
  const { cameraId } = await aCamera(api.owner);
  await supervisor.agent.patch(`/api/v1/cameras/${cameraId}`).send({ name: 'Heard' }).expect(200);
  const { rows } = await api.owner.query<{ message: { payload: { cameraId: CameraId } } }>(
    "SELECT message FROM outbox WHERE message->>'name' = 'camera.changed'",
  );
  expect(rows.map(({ message }) => message.payload)).toContainEqual({ cameraId, jurisdiction: 'vn.p66.hoa_sua' });
});
