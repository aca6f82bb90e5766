// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Aim, Camera } from '@louver/contract';
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
    expect(res.body).toEqual({ ...DRAFT, id: expect.any(String), cameraId });
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
    expect(res.body).toEqual({ ...DRAFT, id: aimId, cameraId });
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
