// SPDX-License-Identifier: AGPL-3.0-or-later
import { rm } from 'node:fs/promises';
import { appendRecord, inTx, NOBODY } from '@louver/db';
import { createLogHome, useDatabase } from '@louver/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ALog, aRecord } from './testing/a-log.ts';

const database = useDatabase();
let log: ALog;
let folder: string;
beforeAll(async () => {
  const home = await createLogHome();
  folder = home.dataDir;
  log = new ALog({ database, home });
});
afterAll(async () => {
  await log.close();
  await rm(folder, { recursive: true });
});

const leavesInOrder = () =>
  log.asOwner<{ subject: string }>(
    'SELECT subject FROM record_leaves JOIN records ON seq = record_seq ORDER BY leaf_index',
  );

it('seals what is committed while an older transaction is still open, and that one when it commits', async () => {
  const sealer = await log.start();
  const slow = await log.pool.connect();
  await slow.query('BEGIN');
  const { rows } = await slow.query("SELECT encode(sha256('\\x0073'), 'hex') AS digest");
  await slow.query(
    "INSERT INTO records (at, action, subject, detail, entry, digest) VALUES (now(), 'x', 'slow', '{}', 's', $1)",
    [rows[0].digest],
  );
  for (let i = 0; i < 3; i++) {
    await log.appendOne(`quick ${i}`);
    await sealer.sealNow();
  }
  expect((await leavesInOrder()).map(({ subject }) => subject)).toEqual(['quick 0', 'quick 1', 'quick 2']);
  await slow.query('COMMIT');
  slow.release();
  expect(await sealer.sealNow()).toEqual({ size: 4 });
  expect((await leavesInOrder()).at(-1)).toEqual({ subject: 'slow' });
  expect(await log.verify()).toEqual({ size: 4 });
  await log.stopAll();
});

it('misses none and doubles none under many committers, some of whom are slow and some of whom give up', async () => {
  const { size: before } = await log.verify();
  const sealer = await log.start();
  const since = await log.checkpoint();
  let committed = 0;
  const oneAfterAnother = async (worker: number): Promise<void> => {
    for (let i = 0; i < 25; i++) {
      const fate = (worker + i) % 5;
      const work = inTx(log.pool, NOBODY, async (tx) => {
        await appendRecord(tx, aRecord(`${worker} ${i}`));
        if (fate === 1) await tx.rows({ text: 'SELECT pg_sleep(0.02)', values: [] } as never);
        if (fate === 2) throw new Error('given up');
        if (fate === 3) await tx.savepoint(() => appendRecord(tx, aRecord(`${worker} ${i} part`)));
      });
      if (fate === 2) await expect(work).rejects.toThrow('given up');
      else await work;
      committed += fate === 2 ? 0 : fate === 3 ? 2 : 1;
    }
  };
  await Promise.all(Array.from({ length: 12 }, (_, worker) => oneAfterAnother(worker)));
  expect(await sealer.sealNow()).toEqual({ size: before + committed });
  expect(await log.verify(since)).toEqual({ size: before + committed });
});

it('seals a large backlog in rounds, by number', async () => {
  await log.stopAll();
  const { size: before } = await log.verify();
  for (let i = 0; i < 5; i++) await log.append(2_000);
  const sealer = await log.start();
  expect(await sealer.sealNow()).toEqual({ size: before + 10_000 });
  await log.verify();
  const [disorder] = await log.asOwner<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT record_seq < lag(record_seq) OVER (ORDER BY leaf_index) AS back
     FROM record_leaves WHERE leaf_index >= ${before}) AS pairs WHERE back`,
  );
  expect(disorder).toEqual({ n: 0 });
  // Full tiles are served, so their partial forms are gone.
  const { readdir } = await import('node:fs/promises');
  const partials = async () => (await readdir(`${folder}/log/tile/0`)).filter((name) => name.endsWith('.p'));
  await expect.poll(partials).toHaveLength((before + 10_000) % 256 ? 1 : 0);
});
