// SPDX-License-Identifier: AGPL-3.0-or-later
import { createPool, type Pool } from '@louver/db';
import { aCamera, aMaskSet, useDatabase } from '@louver/testkit';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sweepMasks } from './sweep.ts';

const DAY_MS = 86_400_000;
const database = useDatabase();
let owner: Pool;
let worker: Pool;
let camera: Awaited<ReturnType<typeof aCamera>>;

beforeAll(() => {
  [owner, worker] = [createPool(database.ownerUrl), createPool(database.workerUrl)];
});
afterAll(() => Promise.all([owner.end(), worker.end()]));
beforeEach(async () => {
  camera = await aCamera(owner);
});

const after = (days: number) => new Date(Date.now() + days * DAY_MS);
const actions = async () =>
  (
    await owner.query<{ action: string; subject: string }>(
      "SELECT action, subject FROM records WHERE camera_id = $1 AND action IN ('mask.expire', 'finding.open', 'finding.close') ORDER BY seq",
      [camera.cameraId],
    )
  ).rows;
const findings = async () =>
  (
    await owner.query<{ kind: string; state: string; isDueWithMasks: boolean }>(
      `SELECT kind, findings.state, due_at = expires_at AS "isDueWithMasks"
       FROM findings JOIN mask_sets ON mask_sets.id = mask_set_id WHERE findings.camera_id = $1 ORDER BY opened_at`,
      [camera.cameraId],
    )
  ).rows;
/** As a year would: the only one who can is the owner of the table, with its guards away. */
const age = async (maskSetId: string, days: number) => {
  await owner.query('ALTER TABLE mask_sets DISABLE TRIGGER USER');
  await owner.query(`UPDATE mask_sets SET expires_at = expires_at - $2 * interval '1 day' WHERE id = $1`, [
    maskSetId,
    days,
  ]);
  await owner.query('ALTER TABLE mask_sets ENABLE TRIGGER USER');
};

it('puts masks into the reviewers’ queue a month before they expire, once, and takes them out when they were renewed', async () => {
  await aMaskSet(owner, camera);
  await sweepMasks(worker, after(330));
  expect(await findings()).toEqual([]);
  await sweepMasks(worker, after(336));
  await sweepMasks(worker, after(336));
  expect(await findings()).toEqual([{ kind: 'masks-expiring', state: 'open', isDueWithMasks: true }]);
  await aMaskSet(owner, { ...camera, version: 2 });
  await sweepMasks(worker);
  expect(await findings()).toMatchObject([{ state: 'closed' }]);
  expect((await actions()).map(({ action }) => action)).toEqual(['finding.open', 'finding.close']);
});

it('after a week in which nothing ran says once that masks expired meanwhile; they stay what they were', async () => {
  const { maskSetId } = await aMaskSet(owner, camera);
  await age(maskSetId, 372);
  await sweepMasks(worker);
  await sweepMasks(worker);
  const named = (await actions()).map(({ action, subject }) => [action, action === 'mask.expire' ? subject : '']);
  expect(named).toEqual([
    ['mask.expire', maskSetId],
    ['finding.open', ''],
  ]);
  const { rows } = await owner.query('SELECT state FROM mask_sets WHERE id = $1', [maskSetId]);
  expect(rows).toEqual([{ state: 'active' }]);
});

it('reminds of the newest set in force and of no other, also when several became due at once', async () => {
  const first = await aMaskSet(owner, camera);
  const second = await aMaskSet(owner, { ...camera, version: 2, state: 'approved' });
  await age(first.maskSetId, 400);
  await sweepMasks(worker);
  expect(await findings()).toEqual([]);
  await age(second.maskSetId, 400);
  await sweepMasks(worker);
  expect(await findings()).toHaveLength(1);
  expect((await actions()).filter(({ action }) => action === 'mask.expire')).toHaveLength(2);
});
