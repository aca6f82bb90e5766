// SPDX-License-Identifier: AGPL-3.0-or-later
// The command against what the real sealer publishes.
import { join } from 'node:path';
import { appendRecord, createPool, inTx, NOBODY, type Pool } from '@louver/db';
import { useDatabase, useSealer } from '@louver/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { louver } from '../testing/louver.ts';

const database = useDatabase();
const log = useSealer(database);
let pool: Pool;
beforeAll(() => {
  pool = createPool(database.workerUrl);
});
afterAll(() => pool.end());

const append = (count: number) =>
  inTx(pool, NOBODY, async (tx) => {
    for (let i = 0; i < count; i++)
      await appendRecord(tx, { action: 'viewing.refuse', actor: null, subject: `somebody ${i}` });
  });

it('verifies what the sealer publishes, and each later state as the continuation of the one kept', async () => {
  const kept = join(log.dataDir, 'kept');
  const month = async (records: number) => {
    await append(records);
    await log.sealer.sealNow();
    const vkey = join(log.keyDir, 'log.vkey');
    const { code, out } = await louver(['verify', log.logDir, '--vkey', vkey, '--save', kept, '--json']);
    return { code, found: JSON.parse(out) as unknown };
  };
  expect(await month(0)).toMatchObject({ code: 0, found: { size: 0, since: null } });
  expect(await month(300)).toMatchObject({ code: 0, found: { size: 300, entriesRead: true, since: { size: 0 } } });
  expect(await month(40)).toMatchObject({ code: 0, found: { size: 340, since: { size: 300 } } });
});

it('finishes no change of key while the sealer signs with the old one only', async () => {
  const args = ['--keys', log.keyDir, '--log', log.logDir];
  expect(await louver(['log', 'rotate', ...args])).toMatchObject({ code: 0 });
  await append(1);
  await log.sealer.sealNow();
  const { code, err } = await louver(['log', 'rotate', '--finish', ...args]);
  expect([code, err]).toEqual([1, expect.stringContaining('is not signed by the next key yet')]);
});
