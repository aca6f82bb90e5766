// SPDX-License-Identifier: AGPL-3.0-or-later
import { type AimId, type CameraId, JurisdictionPath, type MaskSetId } from '@louver/contract';
import { createPool, inTx, sql, type Pool } from '@louver/db';
import { aCamera, aMaskSet, useDatabase } from '@louver/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { setReachable } from '../testing/database-outage.ts';
import { anEnforcedSet } from '../testing/enforced.ts';
import { until } from '../testing/watcher.ts';
import type { OutputStop } from './inspect.ts';
import { OutputStops } from './output-stops.ts';

const database = useDatabase();
let owner: Pool;
let worker: Pool;
let stops: OutputStops;
let camera: { cameraId: CameraId; aimId: AimId };
let maskSetId: MaskSetId;

beforeAll(() => {
  [owner, worker] = [createPool(database.ownerUrl), createPool(database.workerUrl)];
  stops = new OutputStops(worker, pino({ level: 'silent' }));
});
beforeEach(async () => {
  camera = await aCamera(owner);
  maskSetId = (await aMaskSet(owner, camera)).maskSetId;
});
afterAll(async () => {
  await stops.close();
  await Promise.all([owner.end(), worker.end()]);
});

const aStop = (output: OutputStop['output'] = 'live'): OutputStop => ({
  cameraId: camera.cameraId,
  maskSet: { id: maskSetId, aimId: camera.aimId, version: 1, digest: 'ab'.repeat(32) },
  output,
  luma: 120,
  chroma: 7,
});
const actions = async () =>
  (
    await owner.query<{ action: string }>(
      "SELECT action FROM records WHERE camera_id = $1 AND action ~ '^(output|finding)[.]' ORDER BY seq",
      [camera.cameraId],
    )
  ).rows.map(({ action }) => action);
const states = async () =>
  (
    await owner.query<{ state: string }>('SELECT state FROM findings WHERE camera_id = $1 ORDER BY opened_at', [
      camera.cameraId,
    ])
  ).rows.map(({ state }) => state);

it('records every stop, with one finding until what leaves is flat again', async () => {
  stops.stopped(aStop());
  stops.stopped(aStop('still'));
  stops.flatAgain(camera.cameraId);
  stops.flatAgain(camera.cameraId);
  stops.stopped(aStop());
  const expected = ['output.stop', 'finding.open', 'output.stop', 'finding.close', 'output.stop', 'finding.open'];
  await until('all of it', 10_000, async () => (await actions()).length === expected.length);
  expect(await actions()).toEqual(expected);
  expect(await states()).toEqual(['closed', 'open']);
});

it('writes afterwards what it could not write while the database was away', async () => {
  await setReachable(database, false);
  try {
    stops.stopped(aStop());
    stops.flatAgain(camera.cameraId);
  } finally {
    await setReachable(database, true);
  }
  await until('both', 15_000, async () => (await actions()).includes('finding.close'));
  expect(await actions()).toEqual(['output.stop', 'finding.open', 'finding.close']);
});

it('is closed by nobody who only holds the API, and keeps no masks that geometry added', async () => {
  stops.stopped(aStop());
  await until('a finding', 10_000, async () => (await states()).length === 1);
  const api = createPool(database.apiUrl);
  try {
    const close = inTx(api, { jurisdictions: [JurisdictionPath.parse('vn')] }, (tx) =>
      tx.run(sql`UPDATE findings SET state = 'closed', closed_at = now() WHERE camera_id = ${camera.cameraId}`),
    );
    await expect(close).rejects.toThrow('closed by what is measured');
  } finally {
    await api.end();
  }
  expect(await states()).toEqual(['open']);
  const { maskSetId: enforced } = await anEnforcedSet(owner, maskSetId, [
    [
      [0.5, 0.5],
      [0.9, 0.5],
      [0.9, 0.9],
    ],
  ]);
  await owner.query("UPDATE mask_sets SET state = 'retired' WHERE id = $1", [enforced]);
  expect((await owner.query('SELECT state FROM mask_sets WHERE id = $1', [enforced])).rows[0]).toEqual({
    state: 'retired',
  });
});
