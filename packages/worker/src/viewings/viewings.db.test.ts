// SPDX-License-Identifier: AGPL-3.0-or-later
// A look begins once and ends once, and both stand on the record, whatever is away meanwhile.
import { Problem, type TicketClaims, redisKeys } from '@louver/contract';
import { createPool, type Pool } from '@louver/db';
import { aCamera, useDatabase, useRedis, useSealer } from '@louver/testkit';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControlRoom } from '../testing/control-room.ts';
import { setReachable } from '../testing/database-outage.ts';
import { until } from '../testing/watcher.ts';
import { Closings } from './closings.ts';
import { Refusals } from './refusals.ts';
import { sweepViewings } from './sweep.ts';
import { ViewingsUnderWay } from './under-way.ts';

const database = useDatabase();
const redisDatabase = useRedis();
const sealer = useSealer(database, redisDatabase);
const warnings: string[] = [];
const log = pino({ level: 'warn' }, { write: (line: string) => warnings.push(line) });
let room: ControlRoom;
let pool: Pool;
let redis: Redis;

beforeAll(() => {
  room = new ControlRoom(database, redisDatabase, sealer);
  pool = createPool(database.workerUrl, { query_timeout: 2_000 });
  redis = new Redis(redisDatabase.url);
});
afterAll(async () => {
  redis.disconnect();
  await pool.end();
  await room.close();
});

const underWay = (with_: Redis = redis) =>
  new ViewingsUnderWay({ workerId: 'w1', pool, redis: with_, closings: new Closings(pool, redis, log), log });

async function claimsOf(): Promise<TicketClaims> {
  const { cameraId } = await aCamera(room.owner);
  return (await room.aTicket(cameraId)).claims;
}

const slugOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'begun',
    (error: unknown) => (error instanceof Problem ? error.slug : String(error)),
  );

describe('beginning', () => {
  it('works once, also when two workers are asked at the same moment', async () => {
    const claims = await claimsOf();
    const [one, other] = [underWay(), underWay()];
    const answers = await Promise.all([slugOf(one.begin(claims)), slugOf(other.begin(claims))]);
    expect(answers.toSorted()).toEqual(['begun', 'ticket-replayed']);
    expect((await room.viewing(claims.viewingId)).started_at).not.toBeNull();
    for (const viewings of [one, other]) viewings.close('closed');
  });

  it('works once even when Redis has forgotten that it did', async () => {
    const claims = await claimsOf();
    const viewings = underWay();
    expect(await slugOf(viewings.begin(claims))).toBe('begun');
    await redis.del(redisKeys.ticketUsed(claims.viewingId));
    expect(await slugOf(viewings.begin(claims))).toBe('ticket-expired');
    viewings.close('closed');
  });

  it('is refused while Redis is away, because nobody knows then whether the ticket was used', async () => {
    const away = new Redis({
      path: '/nonexistent/redis.sock',
      maxRetriesPerRequest: 1,
      enableOfflineQueue: false,
      retryStrategy: () => null,
    });
    away.on('error', () => undefined);
    const claims = await claimsOf();
    const viewings = underWay(away);
    expect(await slugOf(viewings.begin(claims))).toBe('unavailable');
    expect((await room.viewing(claims.viewingId)).started_at).toBeNull();
    viewings.close('closed');
    away.disconnect();
  });
});

describe('ending', () => {
  it('is recorded with what was delivered, once, though three things end it', async () => {
    const claims = await claimsOf();
    const viewings = underWay();
    await viewings.begin(claims);
    const ends: string[] = [];
    const look = viewings.serve(
      claims,
      () => ({ frames: 37, firstAt: 10_000, lastAt: 12_500 }),
      (reason) => ends.push(reason),
    );
    look.end('line-dropped');
    look.end('closed');
    viewings.endOne(claims.viewingId, 'closed');
    await until('it is closed', 10_000, async () => (await room.viewing(claims.viewingId)).closed_at);
    expect(ends).toEqual(['line-dropped']);
    expect(await room.viewing(claims.viewingId)).toMatchObject({
      end_reason: 'line-dropped',
      frames_delivered: 37,
      seconds_delivered: 2.5,
    });
    expect((await room.records(claims.viewingId)).map(({ action }) => action)).toEqual([
      'viewing.open',
      'viewing.close',
    ]);
    viewings.close('closed');
  });

  it('waits for a database that is away and is recorded when it is back', async () => {
    const claims = await claimsOf();
    const closings = new Closings(pool, redis, log);
    await setReachable(database, false);
    closings.add({ viewingId: claims.viewingId, end: 'closed', seconds: 1, frames: 15 });
    await until('it was tried', 10_000, () => closings.waiting === 1);
    await setReachable(database, true);
    await until('it is closed', 20_000, () => closings.waiting === 0);
    expect(await room.viewing(claims.viewingId)).toMatchObject({ end_reason: 'closed', frames_delivered: 15 });
    await closings.close();
  });
});

describe('a look under way, with Redis silent,', () => {
  async function aLook() {
    const claims = await claimsOf();
    const viewings = underWay();
    await viewings.begin(claims);
    const ends: string[] = [];
    viewings.serve(
      claims,
      () => ({ frames: 7, firstAt: 1_000, lastAt: 2_000 }),
      (reason) => ends.push(reason),
    );
    return { claims, viewings, ends };
  }

  it('ends when its row was closed, which stays as it was closed', async () => {
    const [look, other] = [await aLook(), await aLook()];
    await room.owner.query(
      "UPDATE viewings SET closed_at = now(), end_reason = 'worker-lost', seconds_delivered = 0, frames_delivered = 0 WHERE id = $1",
      [look.claims.viewingId],
    );
    await until('the picture is taken away', 10_000, () => look.ends.length > 0);
    look.viewings.close('closed');
    expect(look.ends).toEqual(['closed']);
    expect(await room.viewing(look.claims.viewingId)).toMatchObject({ end_reason: 'worker-lost', frames_delivered: 0 });
    expect(other.ends).toEqual([]);
    other.viewings.close('closed');
  });

  it('ends when the account that it belongs to is disabled, and that is recorded', async () => {
    const { claims, viewings, ends } = await aLook();
    await room.owner.query('UPDATE accounts SET disabled_at = now() WHERE id = $1', [claims.accountId]);
    await until('it is closed', 10_000, async () => (await room.viewing(claims.viewingId)).closed_at);
    expect(ends).toEqual(['closed']);
    expect(await room.viewing(claims.viewingId)).toMatchObject({ end_reason: 'closed', frames_delivered: 7 });
    viewings.close('closed');
  });

  it('goes on while the database is away, and ends when it is back', async () => {
    const { claims, viewings, ends } = await aLook();
    await room.owner.query('UPDATE accounts SET disabled_at = now() WHERE id = $1', [claims.accountId]);
    await setReachable(database, false);
    await until('it was asked in vain', 10_000, () =>
      warnings.some((line) => line.includes('which viewings are over')),
    );
    expect(ends).toEqual([]);
    await setReachable(database, true);
    await until('the picture is taken away', 10_000, () => ends.length > 0);
    viewings.close('closed');
  });
});

describe('the sweep', () => {
  const age = (viewingId: string, column: 'start_before' | 'started_at') =>
    room.owner.query(`UPDATE viewings SET ${column} = now() - interval '1 minute' WHERE id = $1`, [viewingId]);

  it('closes what was never started, and leaves alone what may still start', async () => {
    const [old, fresh] = [await claimsOf(), await claimsOf()];
    await age(old.viewingId, 'start_before');
    await Promise.all([sweepViewings({ pool, redis }), sweepViewings({ pool, redis })]);
    expect((await room.viewing(old.viewingId)).end_reason).toBe('never-started');
    expect((await room.viewing(fresh.viewingId)).closed_at).toBeNull();
    expect((await room.records(old.viewingId)).map(({ action }) => action)).toEqual(['viewing.open', 'viewing.close']);
  });

  it('closes what a dead worker served with what it last said, and nothing of one that lives', async () => {
    const [dead, alive] = [await claimsOf(), await claimsOf()];
    for (const { viewingId } of [dead, alive]) await age(viewingId, 'started_at');
    const at = Date.now() - 30_000;
    const progress = (workerId: string) => JSON.stringify({ workerId, startedAt: at, lastAt: at + 8_000, frames: 120 });
    await redis.set(redisKeys.viewingProgress(dead.viewingId), progress('w-dead'));
    await redis.set(redisKeys.viewingProgress(alive.viewingId), progress('w-alive'));
    await redis.set(redisKeys.worker('w-alive'), '{}');
    await sweepViewings({ pool, redis });
    expect(await room.viewing(dead.viewingId)).toMatchObject({
      end_reason: 'worker-lost',
      frames_delivered: 120,
      seconds_delivered: 8,
    });
    expect((await room.viewing(alive.viewingId)).closed_at).toBeNull();
  });
});

it('refused tickets fill the record with one line a kind and window, and name nobody whom a forged one names', async () => {
  const claims = await claimsOf();
  const refusals = new Refusals(pool, log, 200);
  for (let i = 0; i < 500; i++) {
    refusals.note('ticket-replayed', claims.cameraId, claims);
    refusals.note('ticket-forged', claims.cameraId, undefined);
  }
  const written = await until('both windows', 10_000, async () => {
    const { rows } = await room.owner.query(
      "SELECT account_id, detail FROM records WHERE action = 'viewing.refuse' AND camera_id = $1 ORDER BY seq",
      [claims.cameraId],
    );
    return rows.length >= 4 ? rows : undefined;
  });
  await refusals.close();
  expect(written).toHaveLength(4);
  expect(written.map(({ account_id, detail }) => [account_id, detail.problem, detail.count])).toEqual([
    [claims.accountId, 'ticket-replayed', 1],
    [null, 'ticket-forged', 1],
    [claims.accountId, 'ticket-replayed', 499],
    [null, 'ticket-forged', 499],
  ]);
});
