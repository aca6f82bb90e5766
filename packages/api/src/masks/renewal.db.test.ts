// SPDX-License-Identifier: AGPL-3.0-or-later
import { aCamera, aMaskSet } from '@louver/testkit';
import { expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';

const api = useApi();

it('is asked for by one person, approved by another, and then holds for another year, on the record', async () => {
  const camera = await aCamera(api.owner);
  const { maskSetId } = await aMaskSet(api.owner, camera);
  const asks = await api.as('reviewer');
  const renewal = await asks.agent
    .post(`/api/v1/mask-sets/${maskSetId}/renewals`)
    .send({ reason: 'looked at it again' })
    .expect(201);
  const { id } = renewal.body;
  expect(renewal.body).toMatchObject({
    ...{ version: 2, state: 'proposed', renews: 1, expiresAt: null },
    uncovers: { version: 1, share: 0, polygons: [] },
  });
  const own = await asks.agent.post(`/api/v1/mask-sets/${id}/approve`).send({ note: 'by myself' });
  expect(own.body.slug).toBe('mask-author-decides');
  const other = await api.as('reviewer');
  const approved = await other.agent.post(`/api/v1/mask-sets/${id}/approve`).send({ note: 'so it is' }).expect(200);
  expect(approved.body.state).toBe('active');
  const days = (instant: string) => (Date.parse(instant) - Date.now()) / 86_400_000;
  expect(days(approved.body.expiresAt)).toBeCloseTo(365, 1);
  expect(days(approved.body.renewFrom)).toBeCloseTo(335, 1);
  const [asked, decided] = await api.recordsOf(id);
  expect(asked).toMatchObject({ action: 'mask.renew', detail: { version: 2, renews: 1 } });
  expect(decided).toMatchObject({
    action: 'mask.approve',
    detail: {
      renews: 1,
      uncovers: { version: 1, share: 0 },
      expiresAt: new Date(approved.body.expiresAt).toISOString(),
    },
  });
});

it('is of the set in force alone, for those who hold the camera and draw or decide', async () => {
  const camera = await aCamera(api.owner);
  const { maskSetId } = await aMaskSet(api.owner, camera);
  await aMaskSet(api.owner, { ...camera, version: 2 });
  const renew = async (by: Awaited<ReturnType<typeof api.as>>) =>
    (await by.agent.post(`/api/v1/mask-sets/${maskSetId}/renewals`).send({ reason: 'again' })).body.slug;
  expect(await renew(await api.as('supervisor'))).toBe('mask-set-outdated');
  expect(await renew(await api.as('reviewer', { jurisdictions: ['vn.p66.ben_gio'] }))).toBe('mask-set-not-found');
  expect(await renew(await api.as('operator'))).toBe('not-permitted');
});

it('opens no look under masks that have expired', async () => {
  const camera = await aCamera(api.owner, { status: 'live' });
  const { maskSetId } = await aMaskSet(api.owner, camera);
  await api.owner.query('ALTER TABLE mask_sets DISABLE TRIGGER USER');
  await api.owner.query('UPDATE mask_sets SET expires_at = now() WHERE id = $1', [maskSetId]);
  await api.owner.query('ALTER TABLE mask_sets ENABLE TRIGGER USER');
  const { agent } = await api.as('operator');
  const answer = await agent.post('/api/v1/viewings').send({ cameraId: camera.cameraId, purpose: 'traffic jam' });
  expect([answer.status, answer.body.slug]).toEqual([409, 'masks-expired']);
});
