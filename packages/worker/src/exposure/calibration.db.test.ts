// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimId, CameraId } from '@louver/contract';
import { createPool, type Pool } from '@louver/db';
import { aCamera, aMaskSet, anAccount, useDatabase } from '@louver/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aHouse } from '../testing/homes.ts';
import { look } from './look.ts';
import { measureAim } from './measuring.ts';

const database = useDatabase();
const never = new AbortController().signal;
let owner: Pool;
let worker: Pool;

beforeAll(async () => {
  [owner, worker] = [createPool(database.ownerUrl), createPool(database.workerUrl)];
  await aHouse(owner, { box: [8, 8, 16, 16] });
});
afterAll(() => Promise.all([owner.end(), worker.end()]));

const measure = (aimId: AimId) => measureAim({ pool: worker, look: async (job) => look(job) }, aimId, never);
const rows = async (text: string, ...values: unknown[]) =>
  (await owner.query<Record<string, unknown>>(text, values)).rows;
const findingsOf = (aimId: AimId) =>
  rows("SELECT id, state FROM findings WHERE aim_id = $1 AND kind = 'aim-uncalibrated' ORDER BY opened_at", aimId);
const recordsOf = async (subject: unknown) =>
  (await rows('SELECT action, detail FROM records WHERE subject = $1 ORDER BY seq', subject)).map(
    ({ action, detail }) => ({
      action,
      why: (detail as { why?: string }).why,
    }),
  );
const calibrate = (aimId: AimId, calibration: string) =>
  owner.query('UPDATE aims SET calibration = $2 WHERE id = $1', [aimId, calibration]);
const inputsOf = async (aimId: AimId) =>
  (await rows('SELECT inputs FROM exposure_runs WHERE aim_id = $1 AND superseded_at IS NULL', aimId))[0]!.inputs;

it('of an aim with assumed numbers says so, and is a finding until somebody has calibrated it', async () => {
  const { aimId } = await aCamera(owner, { calibration: 'assumed' });
  await measure(aimId);
  const [finding] = await findingsOf(aimId);
  expect(finding).toMatchObject({ state: 'open' });
  expect(await inputsOf(aimId)).toMatchObject({ uncalibrated: true });
  expect(
    await rows("SELECT 1 FROM findings WHERE aim_id = $1 AND kind = 'home-exposed' AND state = 'open'", aimId),
  ).toHaveLength(1);

  await calibrate(aimId, 'measured');
  expect(await rows('SELECT reason FROM exposure_work WHERE aim_id = $1', aimId)).toEqual([{ reason: 'aim-changed' }]);
  await measure(aimId);
  expect(await findingsOf(aimId)).toEqual([{ id: finding!.id, state: 'closed' }]);
  expect(await inputsOf(aimId)).not.toHaveProperty('uncalibrated');
  expect(await recordsOf(finding!.id)).toEqual([
    { action: 'finding.open', why: undefined },
    { action: 'finding.close', why: 'measured' },
  ]);
});

it('where no picture is wanted is no finding, until the camera gets a stream', async () => {
  const stream = (cameraId: CameraId) =>
    owner.query("INSERT INTO camera_streams (camera_id, sealed, address_mac) VALUES ($1, 'sealed', 'none')", [
      cameraId,
    ]);
  const { aimId, cameraId } = await aCamera(owner, { calibration: 'assumed', stream: false });
  await measure(aimId);
  expect(await findingsOf(aimId)).toEqual([]);
  await stream(cameraId);
  await measure(aimId);
  expect(await findingsOf(aimId)).toMatchObject([{ state: 'open' }]);
  await owner.query('DELETE FROM camera_streams WHERE camera_id = $1', [cameraId]);
  await measure(aimId);
  const [finding] = await findingsOf(aimId);
  expect(finding).toMatchObject({ state: 'closed' });
  expect((await recordsOf(finding!.id)).at(-1)).toEqual({ action: 'finding.close', why: 'no-picture-wanted' });
});

it('lets nobody approve masks for it, whoever says so', async () => {
  const { aimId, cameraId } = await aCamera(owner, { calibration: 'assumed' });
  const { maskSetId } = await aMaskSet(owner, { aimId, cameraId, state: 'proposed' });
  const { accountId } = await anAccount(owner, { role: 'reviewer' });
  const approve = () =>
    owner.query("UPDATE mask_sets SET state = 'approved', decided_by = $2, decided_at = now() WHERE id = $1", [
      maskSetId,
      accountId,
    ]);
  await expect(approve()).rejects.toMatchObject({ constraint: 'aim_uncalibrated' });
  await calibrate(aimId, 'stated');
  await approve();
});

it('is measured through its own lens', async () => {
  const { aimId } = await aCamera(owner);
  await measure(aimId);
  expect(await inputsOf(aimId)).not.toHaveProperty('aim.k1');
  await owner.query('UPDATE aims SET k1 = -0.1 WHERE id = $1', [aimId]);
  expect(await rows('SELECT reason FROM exposure_work WHERE aim_id = $1', aimId)).toEqual([{ reason: 'aim-changed' }]);
  await measure(aimId);
  expect(await inputsOf(aimId)).toMatchObject({ aim: { k1: -0.1 } });
});
