// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendRecord, createPool, inTx, NOBODY, type Pool } from '@louver/db';
import { parseVkey, trustLogs, verifyLog } from '@louver/ledger';
import { useDatabase, useRedis, useSealer } from '@louver/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const database = useDatabase();
const redis = useRedis();
const log = useSealer(database, redis);
let pool: Pool;
beforeAll(() => {
  pool = createPool(database.workerUrl);
});
afterAll(() => pool.end());

const append = () =>
  inTx(pool, NOBODY, (tx) => appendRecord(tx, { action: 'viewing.refuse', actor: null, subject: 'somebody' }));
const verified = () => verifyLog({ read: log.read, policy: trustLogs(parseVkey(log.vkey)) });

describe('the sealer', () => {
  it('publishes an empty log that verifies', async () => {
    expect(await log.sealer.sealNow()).toEqual({ size: 0 });
    expect(await verified()).toMatchObject({ size: 0 });
  });

  it('publishes what is committed', async () => {
    for (let i = 0; i < 5; i++) await append();
    expect(await log.sealer.sealNow()).toEqual({ size: 5 });
    expect(await verified()).toMatchObject({ size: 5 });
    expect(await readFile(join(log.logDir, 'checkpoint'), 'utf8')).toContain('\n5\n');
  });
});
