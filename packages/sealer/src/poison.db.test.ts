// SPDX-License-Identifier: AGPL-3.0-or-later
// One bad row, one bad file, one bad setting: none of them is signed, lost, or in the way for ever.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createDatabase, createLogHome, type LogHome, type TestDatabase } from '@louver/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection } from './connection.ts';
import { ALog } from './testing/a-log.ts';

let database: TestDatabase & { drop: () => Promise<void> };
let home: LogHome;
let log: ALog;
beforeEach(async () => {
  database = await createDatabase();
  home = await createLogHome();
  log = new ALog({ database, home });
});
afterEach(async () => {
  await log.close();
  await database.drop();
  await rm(home.dataDir, { recursive: true });
});

/** Records of so many bytes, by the owner of the database. */
const insert = (count: number, bytes: number) =>
  log.asOwner(
    `INSERT INTO records (at, action, subject, detail, entry, digest)
     SELECT now(), 'x', 'x', '{}', entry, encode(sha256('\\x00'::bytea || entry), 'hex')
     FROM (SELECT decode(repeat('00', ${bytes}), 'hex') AS entry) AS made, generate_series(1, ${count})`,
  );
const sealed = async () => (await log.asOwner<{ size: number }>('SELECT size::int FROM log_state'))[0]!.size;

describe('a record that no log can hold', () => {
  it('is not signed: larger than any entry', async () => {
    await log.append(2);
    const sealer = await log.start();
    await sealer.sealNow();
    await log.asOwner('ALTER TABLE records DROP CONSTRAINT record_entry_fits');
    await insert(1, 65_536);
    await expect(sealer.sealNow()).rejects.toThrow('is larger than any entry');
    expect(await sealed()).toBe(2);
    await log.stopAll();
    await log.asOwner(
      'ALTER TABLE records DISABLE TRIGGER USER; DELETE FROM records WHERE octet_length(entry) > 65535',
    );
    expect(await (await log.start()).sealNow()).toEqual({ size: 2 });
    expect(await log.verify()).toEqual({ size: 2 });
  });

  it('is not signed: the second one of a number', async () => {
    await log.append(2);
    await log.asOwner(
      `ALTER TABLE records DROP CONSTRAINT records_pkey CASCADE;
       INSERT INTO records OVERRIDING SYSTEM VALUE SELECT * FROM records ORDER BY seq DESC LIMIT 1`,
    );
    await expect((await log.start()).sealNow()).rejects.toThrow('several records have the number 2');
    expect(await sealed()).toBe(0);
  });

  it('does not exist: one without any sense is sealed as it is', async () => {
    await insert(3, 65_535);
    await insert(1, 0);
    expect(await (await log.start()).sealNow()).toEqual({ size: 4 });
    expect(await log.verify()).toEqual({ size: 4 });
  });
});

it.each(['', 'rubbish', 'test.louver.example/log\n999\nAAAA\n'])(
  'a published checkpoint that becomes %j is put right by the next one',
  async (rubbish) => {
    const sealer = await log.start();
    await log.append();
    await sealer.sealNow();
    await writeFile(join(home.logDir, 'checkpoint'), rubbish);
    await log.append();
    expect(await sealer.sealNow()).toEqual({ size: 2 });
    expect(await log.verify()).toEqual({ size: 2 });
  },
);

it('what is sealed is durable and named by the catalog, whatever was set for the database', async () => {
  await log.asOwner(
    `CREATE SCHEMA evil; DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database());
     EXECUTE format('ALTER DATABASE %I SET search_path = evil, public', current_database()); END $$`,
  );
  const connection = new Connection(database.sealerUrl);
  const shown = await connection.use(async (client) => [
    (await client.query('SHOW synchronous_commit')).rows[0],
    (await client.query('SHOW search_path')).rows[0],
  ]);
  await connection.close();
  expect(shown).toEqual([{ synchronous_commit: 'on' }, { search_path: 'pg_catalog, public' }]);
});

it('more records than are listed at once are all sealed, with one among them that was committed late', async () => {
  const slow = await log.pool.connect();
  await slow.query('BEGIN');
  await slow.query(
    `INSERT INTO records (at, action, subject, detail, entry, digest)
     VALUES (now(), 'x', 'slow', '{}', 's', encode(sha256('\\x0073'), 'hex'))`,
  );
  await insert(70_000, 8);
  const sealer = await log.start();
  await expect.poll(sealed, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0);
  await slow.query('COMMIT');
  slow.release();
  expect(await sealer.sealNow()).toEqual({ size: 70_001 });
  expect(await log.verify()).toEqual({ size: 70_001 });
});

it('large entries that pile up while a witness is slow make sealing wait, and do not fill the memory', async () => {
  let answer = () => undefined as void;
  const slow = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const sealer = await log.start({
    cosign: async ({ signed }) => {
      await slow;
      return signed;
    },
  });
  await insert(1_100, 65_000);
  await expect.poll(sealed, { timeout: 20_000 }).toBe(1_100);
  await log.append(10);
  // Fifteen looks at least, of which each would have sealed them.
  for (let i = 0; i < 15; i++) {
    await delay(100);
    expect(await sealed()).toBe(1_100);
  }
  answer();
  expect(await sealer.sealNow()).toEqual({ size: 1_110 });
});
