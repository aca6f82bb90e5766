// SPDX-License-Identifier: AGPL-3.0-or-later
// What the public hears of a measurement, from the turning of a camera to the notice.
import type { AimId } from '@louver/contract';
import { createPool, type Pool } from '@louver/db';
import { aCamera, useDatabase } from '@louver/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aHouse } from '../testing/homes.ts';
import { look } from './look.ts';
import { measureAim } from './measuring.ts';

const database = useDatabase();
const never = new AbortController().signal;
let owner: Pool;
let worker: Pool;

beforeAll(() => {
  [owner, worker] = [createPool(database.ownerUrl), createPool(database.workerUrl)];
});
afterAll(() => Promise.all([owner.end(), worker.end()]));

const measure = (aimId: AimId) => measureAim({ pool: worker, look: async (job) => look(job) }, aimId, never);

/** North-east of the camera, where it looks, and south-west of it. */
const AHEAD = [8, 8, 16, 16] as const;
const BEHIND = [-16, -16, -8, -8] as const;

it('is told when a camera is turned towards a home, and when a home is read in before it', async () => {
  await aHouse(owner, { box: BEHIND });
  const { aimId, cameraId } = await aCamera(owner);
  await owner.query("UPDATE cameras SET publication = 'shown' WHERE id = $1", [cameraId]);
  await owner.query("UPDATE told_cameras SET since = since - interval '2 days'");
  const told = async () =>
    (await owner.query("SELECT detail ->> 'homes' AS homes FROM public_notices WHERE kind = 'homes-seen' ORDER BY id"))
      .rows;
  await measure(aimId);
  expect(await told()).toEqual([]);
  await owner.query('UPDATE aims SET heading_deg = 225 WHERE id = $1', [aimId]);
  await measure(aimId);
  expect(await told()).toEqual([{ homes: '1' }]);
  await aHouse(owner, { box: AHEAD });
  await measure(aimId);
  expect(await told()).toHaveLength(1);
  await owner.query('UPDATE aims SET heading_deg = 45 WHERE id = $1', [aimId]);
  await measure(aimId);
  await aHouse(owner, { box: [-6, 14, 2, 20] });
  await measure(aimId);
  expect(await told()).toEqual([{ homes: '1' }, { homes: '1' }, { homes: '1' }]);
});
