// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from 'node:crypto';
import { redisKeys } from '@louver/contract';
import { appendRecord, createPool, inTx, NOBODY, type Pool } from '@louver/db';
import { decodeEntry, parseVkey, trustLogs, verifyLog } from '@louver/ledger';
import { aCamera, anAccount, useDatabase, useRedis, useSealer } from '@louver/testkit';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { louver } from './testing/louver.ts';

const NAME = 'Nguyễn Thị Bình Minh';
const EMAIL = 'Binh.Minh@louver.example';
const SECOND = 'minh.second@louver.example';
const database = useDatabase();
const redisServer = useRedis();
const log = useSealer(database, redisServer);
let owner: Pool;
let redis: Redis;
let person: Awaited<ReturnType<typeof anAccount>>;
let second: typeof person;

beforeAll(async () => {
  owner = createPool(database.ownerUrl);
  redis = new Redis(redisServer.url);
  person = await anAccount(owner, { name: NAME, email: EMAIL, role: 'operator' });
  second = await anAccount(owner, { personId: person.personId, email: SECOND, role: 'auditor' });
  await owner.query(
    `INSERT INTO auditor_tokens (account_id, label, scope, token_sha256, expires_at)
     VALUES ($1, $2, 'log:entries', $3, now() + interval '1 day')`,
    [second.accountId, `laptop of ${NAME}`, createHash('sha256').update('token').digest()],
  );
  await aLook();
});
afterAll(async () => {
  redis.disconnect();
  await owner.end();
});

async function aLook(): Promise<void> {
  const { cameraId } = await aCamera(owner);
  const { seq } = await inTx(owner, NOBODY, (tx) =>
    appendRecord(tx, {
      action: 'viewing.open',
      actor: { accountId: person.accountId, role: 'operator' },
      subject: 'a look',
      cameraId,
      purpose: 'a fire',
    }),
  );
  await owner.query(
    `INSERT INTO viewings (id, camera_id, account_id, person_id, role, jurisdiction, kind, purpose, start_before, ends_at, record_seq)
     VALUES (gen_random_uuid(), $1, $2, $3, 'operator', 'vn.p66', 'live', 'a fire', now(), now(), $4)`,
    [cameraId, person.accountId, person.personId, seq],
  );
}

/** Tables with a row in which the text occurs, in whatever spelling of small and capital letters. */
async function tablesWith(text: string): Promise<string[]> {
  const { rows } = await owner.query<{ table: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS table FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { table } of rows) {
    const hit = await owner.query(`SELECT 1 FROM ${table} AS t WHERE strpos(lower(t::text), lower($1)) > 0 LIMIT 1`, [
      text,
    ]);
    if (hit.rowCount) found.push(table);
  }
  return found;
}

/** All that the log says, once all of it has been verified. */
async function verifiedEntries(): Promise<Record<string, unknown>[]> {
  await log.sealer.sealNow();
  const { size } = await verifyLog({ read: log.read, policy: trustLogs(parseVkey(log.vkey)) });
  const { rows } = await owner.query<{ entry: Buffer }>(
    'SELECT entry FROM records JOIN record_leaves ON record_seq = seq ORDER BY leaf_index',
  );
  expect(rows).toHaveLength(size);
  return rows.map(({ entry }) => ({ ...decodeEntry(entry) }));
}

const erase = (email: string, env: NodeJS.ProcessEnv = { REDIS_URL: redisServer.url }) =>
  louver(['account', 'erase', email], { DATABASE_URL: database.ownerUrl, ...env });

describe('louver account erase', () => {
  it('erases nobody when Redis is away, or there is no such account', async () => {
    expect(await erase(EMAIL, { REDIS_URL: 'redis://127.0.0.1:9' })).toMatchObject({ code: 3 });
    expect(await erase('nobody@louver.example')).toMatchObject({ code: 1 });
    expect(await tablesWith(NAME)).toEqual(['public.auditor_tokens', 'public.persons']);
    expect(await tablesWith(EMAIL)).toEqual(['public.accounts']);
  });

  it('takes name, addresses, passwords, tokens and sessions, and leaves the ids, the looks and a log that verifies', async () => {
    const before = await verifiedEntries();
    const since = await log.read('checkpoint');
    const hash = createHash('sha256').update('hers').digest('hex');
    const listener = redis.duplicate();
    const ended = new Promise((resolve) => listener.on('message', (_, message) => resolve(message)));
    await listener.subscribe(redisKeys.sessionEnd);
    await redis.set(
      redisKeys.session('hers'),
      JSON.stringify({ cookie: {}, accountId: person.accountId, openedAt: 1 }),
    );
    await redis.set(
      redisKeys.session('other'),
      JSON.stringify({ cookie: {}, accountId: 'somebody else', openedAt: 1 }),
    );

    const result = await erase(EMAIL.toLowerCase());
    expect(result).toMatchObject({ code: 0, out: expect.stringContaining('Ended 1 sessions.') });

    for (const text of [NAME, 'Bình Minh', EMAIL, SECOND]) expect(await tablesWith(text), text).toEqual([]);
    expect([await redis.exists(redisKeys.session('hers')), await redis.exists(redisKeys.session('other'))]).toEqual([
      0, 1,
    ]);
    expect(await ended).toBe(hash);
    listener.disconnect();

    const after = await verifiedEntries();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length)).toMatchObject(
      [person, second].map(({ accountId }) => ({ action: 'account.erase', actor: null, subject: accountId })),
    );
    expect(JSON.stringify(after)).not.toMatch(/Minh|minh/);
    await expect(
      verifyLog({ read: log.read, policy: trustLogs(parseVkey(log.vkey)), since: since! }),
    ).resolves.toMatchObject({ size: after.length });
    const looks = await owner.query(
      `SELECT name, account_id, viewings.person_id, purpose FROM viewings JOIN persons ON persons.id = viewings.person_id`,
    );
    expect(looks.rows).toEqual([
      { name: 'erased', account_id: person.accountId, person_id: person.personId, purpose: 'a fire' },
    ]);
  });

  it('is for good: no password opens the account, and nobody puts the name back', async () => {
    const { rows } = await owner.query<{ email: string; disabled: boolean; password_hash: string }>(
      'SELECT email, disabled_at IS NOT NULL AS disabled, password_hash FROM accounts WHERE person_id = $1',
      [person.personId],
    );
    expect(rows.map(({ disabled }) => disabled)).toEqual([true, true]);
    expect(rows.map(({ email }) => email).toSorted()).toEqual(
      [person, second].map(({ accountId }) => `${accountId}@erased.invalid`).toSorted(),
    );
    // Still a hash that can be checked: a sign-in with that address is refused like any other.
    for (const { password_hash } of rows) expect(password_hash).toMatch(/^\$argon2id\$/);
    expect(new Set(rows.map((row) => row.password_hash)).size).toBe(2);
    await expect(owner.query('UPDATE persons SET name = $1 WHERE id = $2', [NAME, person.personId])).rejects.toThrow(
      'an erased person stays erased',
    );
    expect(await erase(EMAIL)).toMatchObject({ code: 1 });
  });
});
