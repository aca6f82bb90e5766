// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Aim, Camera, PtzStanding } from '@louver/contract';
import { aCamera, aMaskSet } from '@louver/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { useApi, type SignedIn } from '../testing/use-api.ts';

const api = useApi();
let supervisor: SignedIn;
beforeAll(async () => {
  supervisor = await api.as('supervisor', { jurisdictions: ['vn.p66'] });
});

const DRAFT = {
  name: 'cổng',
  position: { lon: 108.05, lat: 12.68, height: 6 },
  heading: 90,
  tilt: -12,
  roll: 0,
  hfov: 70,
  image: { width: 1280, height: 720 },
  range: 60,
};
/** Whoever sends every number states it. */
const STORED = { ...DRAFT, preset: null, k1: 0, k2: 0, calibration: 'stated' };
const currentOf = async (cameraId: string) =>
  (
    await api.owner.query<{ id: string }>('SELECT id FROM aims WHERE camera_id = $1 AND is_current', [cameraId])
  ).rows.map(({ id }) => id);
const stateOf = async (maskSetId: string) =>
  (await api.owner.query<{ state: string }>('SELECT state FROM mask_sets WHERE id = $1', [maskSetId])).rows[0]!.state;

describe('a new aim', () => {
  it('becomes the current one only where there is none', async () => {
    const { cameraId, aimId } = await aCamera(api.owner);
    const res = await supervisor.agent.post(`/api/v1/cameras/${cameraId}/aims`).send(DRAFT);
    expect(res.status).toBe(201);
    expect(res.body).toEqual({ ...STORED, id: expect.any(String), cameraId });
    expect(await currentOf(cameraId)).toEqual([aimId]);
    await api.owner.query('DELETE FROM aims WHERE camera_id = $1', [cameraId]);
    const first = (await supervisor.agent.post(`/api/v1/cameras/${cameraId}/aims`).send(DRAFT)).body as Aim;
    expect(await currentOf(cameraId)).toEqual([first.id]);
    const { body } = await supervisor.agent.get(`/api/v1/cameras/${cameraId}`);
    expect((body as Camera).aims).toEqual([first]);
  });

  it('made twice at once leaves one current', async () => {
    const { cameraId } = await aCamera(api.owner);
    await api.owner.query('DELETE FROM aims WHERE camera_id = $1', [cameraId]);
    const both = await Promise.all(
      [1, 2].map(() => supervisor.agent.post(`/api/v1/cameras/${cameraId}/aims`).send(DRAFT)),
    );
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(await currentOf(cameraId)).toHaveLength(1);
  });

  it('is recorded by its geometry', async () => {
    const { cameraId } = await aCamera(api.owner);
    const { body } = await supervisor.agent.post(`/api/v1/cameras/${cameraId}/aims`).send(DRAFT);
    const { name: _, ...geometry } = DRAFT;
    expect(await api.recordsOf((body as Aim).id)).toMatchObject([
      { action: 'aim.create', camera_id: cameraId, detail: { after: geometry, current: false } },
    ]);
  });
});

describe('a changed aim', () => {
  it('takes the force from its masks, and the record tells what it was', async () => {
    const { cameraId, aimId } = await aCamera(api.owner);
    const { maskSetId } = await aMaskSet(api.owner, { cameraId, aimId });
    const res = await supervisor.agent.put(`/api/v1/aims/${aimId}`).send(DRAFT);
    expect(res.body).toEqual({ ...STORED, id: aimId, cameraId });
    expect(await stateOf(maskSetId)).toBe('retired');
    expect(await api.recordsOf(aimId)).toMatchObject([
      { action: 'aim.change', detail: { before: { heading: 45, hfov: 80 }, after: { heading: 90, hfov: 70 } } },
    ]);
  });

  it('leaves its masks alone when only its name or range is another', async () => {
    const { cameraId, aimId } = await aCamera(api.owner);
    const {
      id: _,
      cameraId: __,
      calibration: ___,
      ...same
    } = ((await supervisor.agent.get(`/api/v1/cameras/${cameraId}`)).body as Camera).aims[0]!;
    const { maskSetId } = await aMaskSet(api.owner, { cameraId, aimId });
    await supervisor.agent
      .put(`/api/v1/aims/${aimId}`)
      .send({ ...same, name: 'renamed', range: 61 })
      .expect(200);
    expect(await stateOf(maskSetId)).toBe('active');
  });
});

describe('how an aim came about', () => {
  const put = (aimId: string, body: object) => supervisor.agent.put(`/api/v1/aims/${aimId}`).send(body);

  it('stays assumed until somebody measures it or answers for every number, and that is on the record', async () => {
    for (const calibration of ['measured', 'stated']) {
      const { cameraId, aimId } = await aCamera(api.owner, { calibration: 'assumed' });
      expect((await put(aimId, { ...DRAFT, name: 'phụ' })).body).toMatchObject({ calibration: 'assumed' });
      expect((await put(aimId, { ...DRAFT, calibration })).body).toMatchObject({ calibration });
      const { body } = await supervisor.agent.get(`/api/v1/cameras/${cameraId}`);
      expect((body as Camera).aims).toMatchObject([{ calibration }]);
      expect((await api.recordsOf(aimId)).at(-1)).toMatchObject({
        action: 'aim.change',
        detail: { calibration: { before: 'assumed', after: calibration } },
      });
    }
  });

  it('is somebody’s word once other angles are typed over measured ones', async () => {
    const { aimId } = await aCamera(api.owner, { calibration: 'assumed' });
    await put(aimId, { ...DRAFT, calibration: 'measured' });
    expect((await put(aimId, { ...DRAFT, name: 'phụ' })).body).toMatchObject({ calibration: 'measured' });
    expect((await put(aimId, { ...DRAFT, heading: 91 })).body).toMatchObject({ calibration: 'stated' });
  });

  it('decides whether masks can be approved and whether anybody may look', async () => {
    const { cameraId, aimId } = await aCamera(api.owner, { calibration: 'assumed' });
    const { maskSetId } = await aMaskSet(api.owner, { cameraId, aimId, state: 'proposed' });
    const reviewer = await api.as('reviewer', { jurisdictions: ['vn.p66'] });
    const operator = await api.as('operator', { jurisdictions: ['vn.p66'] });
    const approve = () =>
      reviewer.agent.post(`/api/v1/mask-sets/${maskSetId}/approve`).send({ note: 'looked at it closely' });
    const look = () => operator.agent.post('/api/v1/viewings').send({ cameraId, purpose: 'traffic' });
    expect((await approve()).body).toMatchObject({ slug: 'aim-uncalibrated', status: 409 });
    expect(await stateOf(maskSetId)).toBe('proposed');
    expect((await look()).body).toMatchObject({ slug: 'aim-uncalibrated', status: 409 });
    const {
      id: _,
      cameraId: __,
      calibration: ___,
      ...same
    } = ((await supervisor.agent.get(`/api/v1/cameras/${cameraId}`)).body as Camera).aims[0]!;
    await put(aimId, { ...same, calibration: 'stated' }).expect(200);
    expect((await look()).body).toMatchObject({ slug: 'masks-unknown' });
    expect((await approve()).status).toBe(200);
    expect(await stateOf(maskSetId)).toBe('active');
  });
});

describe('a lens that bends', () => {
  it('is kept, and another one takes the force from the masks', async () => {
    const { cameraId, aimId } = await aCamera(api.owner);
    const bent = { ...DRAFT, k1: -0.1, k2: 0.02 };
    expect((await supervisor.agent.put(`/api/v1/aims/${aimId}`).send(bent)).body).toMatchObject({ k1: -0.1, k2: 0.02 });
    const { maskSetId } = await aMaskSet(api.owner, { cameraId, aimId });
    await supervisor.agent
      .put(`/api/v1/aims/${aimId}`)
      .send({ ...bent, k2: 0.03 })
      .expect(200);
    expect(await stateOf(maskSetId)).toBe('retired');
    expect((await api.recordsOf(aimId)).at(-1)).toMatchObject({
      detail: { before: { k1: -0.1, k2: 0.02 }, after: { k1: -0.1, k2: 0.03 } },
    });
  });

  it('is refused where its picture would fold over itself', async () => {
    const { aimId } = await aCamera(api.owner);
    const { status, body } = await supervisor.agent.put(`/api/v1/aims/${aimId}`).send({ ...DRAFT, k1: -0.9 });
    expect(status).toBe(400);
    expect((body as { errors: unknown[] }).errors).toMatchObject([{ pointer: '/k1' }]);
  });
});

describe('an aim of a preset', () => {
  const GATE = { token: 'cổng', position: { pan: -0.5, tilt: 0.1, zoom: 0.25 } };
  const MARKET = { token: 'chợ', position: { pan: 0.3, tilt: 0, zoom: 0 } };

  it('says where the head stands, on the record, and belongs to one aim alone', async () => {
    const { cameraId } = await aCamera(api.owner);
    const make = (preset: object) =>
      supervisor.agent.post(`/api/v1/cameras/${cameraId}/aims`).send({ ...DRAFT, preset });
    const { body } = await make(GATE).expect(201);
    expect((body as Aim).preset).toEqual(GATE);
    expect(await api.recordsOf((body as Aim).id)).toMatchObject([
      { action: 'aim.create', detail: { after: { preset: GATE }, current: false } },
    ]);
    expect((await make({ ...GATE, position: MARKET.position }).expect(409)).body).toMatchObject({
      slug: 'aim-preset-taken',
    });
    await make(MARKET).expect(201);
    const { body: wrong } = await make({ token: '', position: { pan: 1e9, tilt: 0, zoom: 0 } }).expect(400);
    expect((wrong as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)).toEqual([
      '/preset/token',
      '/preset/position/pan',
    ]);
    const { body: camera } = await supervisor.agent.get(`/api/v1/cameras/${cameraId}`);
    const presets = (camera as Camera).aims.map(({ preset }) => preset);
    expect(presets).toHaveLength(3);
    expect(presets).toEqual(expect.arrayContaining([null, GATE, MARKET]));
  });

  it('keeps it where nothing is said of it, and loses its masks when the head stands elsewhere', async () => {
    const { cameraId, aimId } = await aCamera(api.owner);
    const change = (more: object) => supervisor.agent.put(`/api/v1/aims/${aimId}`).send({ ...DRAFT, ...more });
    await change({ preset: GATE }).expect(200);
    const { maskSetId } = await aMaskSet(api.owner, { cameraId, aimId });
    expect(((await change({})).body as Aim).preset).toEqual(GATE);
    expect(await stateOf(maskSetId)).toBe('active');
    await change({ preset: { ...GATE, position: { ...GATE.position, zoom: 0.3 } } }).expect(200);
    expect(await stateOf(maskSetId)).toBe('retired');
    expect((await api.recordsOf(aimId)).at(-1)).toMatchObject({
      detail: { before: { preset: GATE }, after: { preset: { position: { zoom: 0.3 } } } },
    });
  });

  it('is retired with its masks, for ever, unless it is the current one', async () => {
    const { cameraId, aimId } = await aCamera(api.owner);
    const main = await supervisor.agent.delete(`/api/v1/aims/${aimId}`).expect(409);
    expect(main.body).toMatchObject({ slug: 'aim-is-current' });
    const { body } = await supervisor.agent.post(`/api/v1/cameras/${cameraId}/aims`).send({ ...DRAFT, preset: GATE });
    const { id } = body as Aim;
    const { maskSetId } = await aMaskSet(api.owner, { cameraId, aimId: id });
    const operator = await api.as('operator', { jurisdictions: ['vn.p66'] });
    await operator.agent.delete(`/api/v1/aims/${id}`).expect(403);
    await supervisor.agent.delete(`/api/v1/aims/${id}`).expect(204);
    expect(await stateOf(maskSetId)).toBe('retired');
    expect((await api.recordsOf(id)).at(-1)).toMatchObject({
      action: 'aim.retire',
      camera_id: cameraId,
      detail: { before: { preset: GATE } },
    });
    await supervisor.agent.delete(`/api/v1/aims/${id}`).expect(404);
    await supervisor.agent.put(`/api/v1/aims/${id}`).send(DRAFT).expect(404);
    const masks = { polygons: [], frame: DRAFT.image, reason: 'nothing to cover', basedOnVersion: 1 };
    await supervisor.agent.post(`/api/v1/aims/${id}/mask-sets`).send(masks).expect(404);
    const { body: camera } = await supervisor.agent.get(`/api/v1/cameras/${cameraId}`);
    expect((camera as Camera).aims.map((aim) => aim.id)).toEqual([aimId]);
    await expect(api.owner.query('UPDATE aims SET retired_at = NULL WHERE id = $1', [id])).rejects.toThrow(/never/);
    // Another one may be of that preset now.
    await supervisor.agent
      .post(`/api/v1/cameras/${cameraId}/aims`)
      .send({ ...DRAFT, preset: GATE })
      .expect(201);
  });

  it('is seen to be the one where the camera stands, and its masks are those in force', async () => {
    const { cameraId, aimId } = await aCamera(api.owner);
    const read = async () => (await supervisor.agent.get(`/api/v1/cameras/${cameraId}/ptz`)).body as PtzStanding;
    expect(await read()).toEqual({
      turns: false,
      state: 'unknown',
      reason: 'no-device',
      aimId: null,
      position: null,
      presets: [],
      since: null,
    });
    await supervisor.agent
      .put(`/api/v1/aims/${aimId}`)
      .send({ ...DRAFT, preset: GATE })
      .expect(200);
    const draft = { ...DRAFT, preset: MARKET };
    const { id } = (await supervisor.agent.post(`/api/v1/cameras/${cameraId}/aims`).send(draft)).body as Aim;
    await aMaskSet(api.owner, { cameraId, aimId });
    await aMaskSet(api.owner, { cameraId, aimId: id, version: 4 });
    const masks = async () => (await supervisor.agent.get(`/api/v1/cameras/${cameraId}/masks`)).body as object;
    expect(await masks()).toMatchObject({ slug: 'masks-unknown' });
    await api.owner.query(
      `INSERT INTO camera_ptz (camera_id, state, aim_id, position, presets) VALUES ($1, 'still', $2, $3, $4)`,
      [cameraId, id, MARKET.position, JSON.stringify([{ ...MARKET, name: 'Chợ' }])],
    );
    expect(await read()).toMatchObject({ turns: true, state: 'still', aimId: id, presets: [{ name: 'Chợ' }] });
    expect(await masks()).toMatchObject({ aimId: id, version: 4 });
    expect((await supervisor.agent.get(`/api/v1/cameras/${aimId}/ptz`)).body).toMatchObject({
      slug: 'camera-not-found',
    });
  });
});

it('refuses what no lens does, whoever may not, and aims that are not there', async () => {
  const { cameraId, aimId } = await aCamera(api.owner);
  const wrong = await supervisor.agent
    .put(`/api/v1/aims/${aimId}`)
    .send({ ...DRAFT, heading: 360, hfov: 180, image: { width: 8, height: 720 } });
  expect((wrong.body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)).toEqual([
    '/heading',
    '/hfov',
    '/image/width',
  ]);
  const operator = await api.as('operator');
  expect((await operator.agent.post(`/api/v1/cameras/${cameraId}/aims`).send(DRAFT)).status).toBe(403);
  const foreign = await aCamera(api.owner, { jurisdiction: 'vn.p79' });
  expect((await supervisor.agent.put(`/api/v1/aims/${foreign.aimId}`).send(DRAFT)).body).toMatchObject({
    slug: 'aim-not-found',
  });
  expect((await supervisor.agent.post(`/api/v1/cameras/${foreign.cameraId}/aims`).send(DRAFT)).body).toMatchObject({
    slug: 'camera-not-found',
  });
  expect(await api.recordsOf(aimId)).toEqual([]);
});
