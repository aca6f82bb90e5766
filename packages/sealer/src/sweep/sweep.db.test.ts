// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type AlteredRecord, LogHealth, redisKeys } from '@louver/contract';
import { appendRecord, appendRecords, inTx, type NewRecord, NOBODY } from '@louver/db';
import { anAccount, createDatabase, createLogHome, type LogHome, useDatabase, useRedis } from '@louver/testkit';
import { Redis } from 'ioredis';
import pg from 'pg';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sealer } from '../sealer.ts';
import { ALog } from '../testing/a-log.ts';

const database = useDatabase();
const server = useRedis();
const registry = new Registry();
let home: LogHome;
let log: ALog;
let sealer: Sealer;
let owner: pg.Client;
let accountId: string;

const aLook = (subject = crypto.randomUUID()): NewRecord => ({
  action: 'viewing.open',
  actor: { accountId, role: 'operator' },
  subject,
  cameraId: crypto.randomUUID() as NonNullable<NewRecord['cameraId']>,
  jurisdiction: 'vn.p66.hoa_sua',
  purpose: 'Va chạm giao thông ở “ngã tư”\n\\ {a,"b"} 😀',
  caseReference: 'HS-2026/7',
  detail: {
    kind: 'live',
    endsAt: '2026-11-21T10:00:00Z',
    n: 1.5e-7,
    big: 1e21,
    zero: -0,
    deep: [{ b: null, a: true }],
  },
});
const append = (count: number) =>
  inTx(log.pool, NOBODY, (tx) =>
    appendRecords(
      tx,
      Array.from({ length: count }, () => aLook()),
    ),
  );

beforeAll(async () => {
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  ({ accountId } = await anAccount(owner));
  home = await createLogHome();
  log = new ALog({ database, home });
  sealer = await log.start({ redisUrl: server.url, registry });
  for (let i = 0; i < 3; i++) await append(1_000);
  await inTx(log.pool, NOBODY, (tx) =>
    appendRecord(tx, { action: 'viewing.refuse', actor: null, subject: 'somebody' }),
  );
  await sealer.sealNow();
  // What an owner of the database does who knows what stands in the way.
  await owner.query(`SET session_replication_role = replica; CREATE TABLE was AS SELECT * FROM records;
    CREATE TABLE leaves_were AS SELECT * FROM record_leaves; ALTER TABLE records DROP CONSTRAINT record_digest_is_of_entry,
    DROP CONSTRAINT record_entry_fits`);
});
afterAll(async () => {
  await owner.end();
  await log.close();
  await rm(home.dataDir, { recursive: true });
});

/** The record of a leaf. */
const seqAt = async (leafIndex: number): Promise<string> =>
  (await owner.query('SELECT record_seq AS seq FROM leaves_were WHERE leaf_index = $1', [leafIndex])).rows[0].seq;

async function repair(): Promise<void> {
  await owner.query(`
    TRUNCATE record_leaves; INSERT INTO record_leaves SELECT * FROM leaves_were;
    DELETE FROM records WHERE (seq, xact, digest) NOT IN (SELECT seq, xact, digest FROM was);
    DELETE FROM records USING was WHERE records.seq = was.seq AND records::text <> was::text;
    INSERT INTO records OVERRIDING SYSTEM VALUE SELECT * FROM was WHERE seq NOT IN (SELECT seq FROM records)`);
}

const LEAF = 700;
const SELF = `seq = (SELECT record_seq FROM record_leaves WHERE leaf_index = ${LEAF})`;
const set = (what: string): string => `UPDATE records SET ${what} WHERE ${SELF}`;
const rehashed = (entry: string): string =>
  set(`entry = ${entry}, digest = encode(sha256('\\x00'::bytea || ${entry}), 'hex')`);

type Edit = [how: string, statement: string, what: AlteredRecord['what'], parts?: string[]];
const EDITS: Edit[] = [
  [
    'its entry, with the digest',
    rehashed(`convert_to(replace(convert_from(entry, 'UTF8'), 'HS-2026', 'HS-2027'), 'UTF8')`),
    'entry',
  ],
  ['its entry, alone', set(`entry = 'x'`), 'entry'],
  ['its entry, by a megabyte', set(`entry = decode(repeat('00', 1000000), 'hex')`), 'entry'],
  ['its digest, alone', set(`digest = repeat('0', 64)`), 'digest'],
  ['the instant, by a microsecond', set(`at = at + interval '1 microsecond'`), 'columns', ['at']],
  ['the instant, to the end of time', set(`at = 'infinity'`), 'columns', ['at']],
  ['the action', set(`action = 'viewing.close'`), 'columns', ['action']],
  ['the account', set('account_id = gen_random_uuid()'), 'columns', ['account_id']],
  ['the account, to nobody', set('account_id = NULL'), 'columns', ['account_id']],
  ['the role', set(`role = 'supervisor'`), 'columns', ['role']],
  ['the subject', set(`subject = subject || ' '`), 'columns', ['subject']],
  ['the camera', set('camera_id = gen_random_uuid()'), 'columns', ['camera_id']],
  ['the place', set(`jurisdiction = 'vn.p66'`), 'columns', ['jurisdiction']],
  ['the purpose', set(`purpose = 'fire'`), 'columns', ['purpose']],
  ['the purpose, to something endless', set(`purpose = repeat('x', 10000000)`), 'columns', ['purpose']],
  ['the case', set('case_reference = NULL'), 'columns', ['case_reference']],
  ['one detail', set(`detail = jsonb_set(detail, '{deep,0,a}', 'false')`), 'columns', ['detail']],
  ['a detail to what no number can be', set(`detail = '{"n": 1e999}'`), 'columns', ['detail']],
  ['several things', set(`purpose = NULL, role = NULL`), 'columns', ['role', 'purpose']],
  ['it away', `DELETE FROM records WHERE ${SELF}`, 'missing'],
];

describe('a database that its owner edited', () => {
  it('is not one when nobody did: thousands of records yield nothing', async () => {
    expect(await sealer.sweepNow()).toEqual([]);
  });

  it.each(EDITS)('is found out in one pass when they changed %s', async (_how, statement, what, parts = []) => {
    await owner.query(statement);
    // All of it: what was found of the edit before must be gone with its repair.
    expect(await sealer.sweepNow()).toEqual([{ seq: await seqAt(LEAF), leafIndex: LEAF, what, parts }]);
    await repair();
  });

  it('is found out in the newest leaf, in the first, and at the edges of a tile', async () => {
    const places = [0, 255, 256, 2_815, 2_816, 3_000];
    await owner.query(
      `UPDATE records SET purpose = 'fire' WHERE seq IN (SELECT record_seq FROM record_leaves WHERE leaf_index IN (${places.join(',')}))`,
    );
    expect((await sealer.sweepNow()).map(({ leafIndex }) => leafIndex)).toEqual(places);
    await repair();
  });

  it('is found out when a row says its own number is another', async () => {
    const seq = await seqAt(LEAF);
    await owner.query(`UPDATE records SET seq = -5 WHERE seq = ${seq}`).catch(async () => {
      await owner.query(`ALTER TABLE records ALTER seq DROP IDENTITY; UPDATE records SET seq = -5 WHERE seq = ${seq};
        ALTER TABLE records ALTER seq ADD GENERATED ALWAYS AS IDENTITY (START 100000)`);
    });
    expect(await sealer.sweepNow()).toEqual([
      { seq, leafIndex: LEAF, what: 'missing', parts: [] },
      { seq: '-5', leafIndex: null, what: 'unsealed', parts: [] },
    ]);
    await repair();
  });

  it('is found out when leaves changed places, and when one is gone or was added', async () => {
    const [one, other, beyond] = [await seqAt(3), await seqAt(2_000), await seqAt(9)];
    await owner.query(`UPDATE record_leaves SET record_seq = -1 WHERE leaf_index = 3;
      UPDATE record_leaves SET record_seq = ${one} WHERE leaf_index = 2000;
      UPDATE record_leaves SET record_seq = ${other} WHERE leaf_index = 3`);
    expect(await sealer.sweepNow()).toEqual([
      { seq: other, leafIndex: 3, what: 'entry', parts: [] },
      { seq: one, leafIndex: 2_000, what: 'entry', parts: [] },
    ]);
    await repair();
    await owner.query('UPDATE record_leaves SET leaf_index = 1000000 WHERE leaf_index = 9');
    expect(await sealer.sweepNow()).toEqual([
      { seq: null, leafIndex: 9, what: 'missing', parts: [] },
      { seq: beyond, leafIndex: null, what: 'unsealed', parts: [] },
    ]);
    await repair();
    expect(await sealer.sweepNow()).toEqual([]);
  });

  it('is found out when a record was slipped past the sealer, also as the newest', async () => {
    const insert = `INSERT INTO records (at, action, subject, detail, entry, digest, xact)
      VALUES (now(), 'x', 'slipped', '{}', 's', encode(sha256('\\x0073'), 'hex'), $1) RETURNING seq`;
    const [old, future] = [
      (await owner.query(insert, ['3'])).rows[0].seq,
      (await owner.query(insert, ['9000000000'])).rows[0].seq,
    ];
    expect(await sealer.sweepNow()).toEqual(
      [old, future].map((seq) => ({ seq, leafIndex: null, what: 'unsealed', parts: [] })),
    );
    await owner.query(`DELETE FROM records WHERE subject = 'slipped'`);
    expect(await sealer.sweepNow()).toEqual([]);
  });

  it.each([
    ['tile/0/001', 256],
    ['tile/entries/001', 256],
    ['tile/0/011.p/185', 2_816],
    ['tile/entries/011.p/185', 2_816],
    ['tile/1/000.p/11', 2_816],
  ])('is no excuse for %s: a published file that was changed, or is gone, is named', async (path, leafIndex) => {
    const file = join(home.logDir, path);
    const before = await readFile(file);
    const changed = Buffer.from(before);
    changed[changed.length - 40]! ^= 1;
    const finding = { seq: null, leafIndex, what: 'file', parts: [path] };
    await writeFile(file, changed);
    expect(await sealer.sweepNow()).toEqual([finding]);
    await rm(file);
    expect(await sealer.sweepNow()).toEqual([finding]);
    await writeFile(file, before);
    expect(await sealer.sweepNow()).toEqual([]);
  });
});

async function health(): Promise<LogHealth> {
  const redis = new Redis(server.url);
  try {
    return LogHealth.parse(JSON.parse((await redis.get(redisKeys.logHealth))!));
  } finally {
    redis.disconnect();
  }
}

describe('what was found', () => {
  it('is told in health and metrics until it is right again, and sealing goes on', async () => {
    await owner.query(set(`purpose = 'fire'`));
    const found = await sealer.sweepNow();
    expect(await registry.metrics()).toContain('louver_records_altered 1');
    const { size } = await sealer.sealNow();
    await append(1);
    expect(await sealer.sealNow()).toEqual({ size: size + 1 });
    expect(sealer.healthy()).toBe(true);
    const told = await health();
    expect(told).toMatchObject({ altered: found, sweptTo: size });
    expect(Date.now() - Date.parse(told.sweptAt!)).toBeLessThan(30_000);
    await sealer.sweepNow();
    await expect.poll(health, { timeout: 10_000 }).toMatchObject({ altered: found, sweptTo: size + 1 });
    await owner.query(
      'UPDATE records SET purpose = was.purpose FROM was WHERE was.seq = records.seq AND records.' + SELF,
    );
    await sealer.sweepNow();
    await expect.poll(health, { timeout: 10_000 }).toMatchObject({ altered: [] });
    expect(await registry.metrics()).toContain('louver_records_altered 0');
  });

  it('is bounded when all was rewritten', async () => {
    await owner.query(`UPDATE records SET purpose = 'fire'`);
    expect(await sealer.sweepNow()).toHaveLength(50);
    expect(await registry.metrics()).toMatch(/louver_records_altered 300\d\n/);
    await owner.query(`UPDATE records SET purpose = (convert_from(entry, 'UTF8')::jsonb) ->> 'purpose'`);
    expect(await sealer.sweepNow()).toEqual([]);
  });
});

it('raises no false alarm while many commit, slowly or not at all, and records come out of order', async () => {
  const going = { on: true };
  const committing = Array.from({ length: 6 }, async (_, worker) => {
    for (let i = 0; going.on; i++)
      await inTx(log.pool, NOBODY, async (tx) => {
        await appendRecords(
          tx,
          Array.from({ length: 1 + ((worker + i) % 40) }, () => aLook()),
        );
        if (i % 3 === 0) await tx.rows({ text: 'SELECT pg_sleep(0.05)', values: [] } as never);
        if (i % 7 === 0) throw new Error('given up');
      }).catch((error: Error) => expect(error.message).toBe('given up'));
  });
  try {
    for (let pass = 0; pass < 2; pass++) expect(await sealer.sweepNow()).toEqual([]);
  } finally {
    going.on = false;
    await Promise.all(committing);
  }
  await sealer.sealNow();
  expect(await sealer.sweepNow()).toEqual([]);
}, 60_000);

it('raises no false alarm of what is committed while sealing is held up', async () => {
  await owner.query('BEGIN; SELECT FROM log_state FOR UPDATE');
  await append(5);
  const sweeping = sealer.sweepNow();
  await Promise.race([sweeping, delay(2_000)]);
  await owner.query('COMMIT');
  expect(await sweeping).toEqual([]);
});

it('finds it without anybody asking', async () => {
  await log.stopAll();
  const other = await createDatabase();
  const its = await createLogHome();
  const small = new ALog({ database: other, home: its });
  try {
    await small.append(300);
    await (await small.start({ redisUrl: server.url })).sealNow();
    await small.asOwner(`SET session_replication_role = replica; UPDATE records SET purpose = 'fire' WHERE seq = 7`);
    await expect
      .poll(health, { timeout: 20_000 })
      .toMatchObject({ altered: [{ seq: '7', what: 'columns' }], sweptTo: 300 });
    await small.asOwner('SET session_replication_role = replica; UPDATE records SET purpose = NULL WHERE seq = 7');
    await expect.poll(health, { timeout: 20_000 }).toMatchObject({ altered: [] });
  } finally {
    await small.close();
    await other.drop();
    await rm(its.dataDir, { recursive: true });
  }
});
