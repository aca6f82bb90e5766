// SPDX-License-Identifier: AGPL-3.0-or-later
// The moment between the look at a ticket and the look at the camera.
import type { IncomingMessage } from 'node:http';
import { createPublicKey } from 'node:crypto';
import { Problem } from '@louver/contract';
import { createPool, type Pool } from '@louver/db';
import { aCamera, useDatabase, useRedis, useSealer } from '@louver/testkit';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ControlRoom } from '../testing/control-room.ts';
import { until } from '../testing/watcher.ts';
import { Closings } from '../viewings/closings.ts';
import { Refusals } from '../viewings/refusals.ts';
import { ViewingsUnderWay } from '../viewings/under-way.ts';
import { FanOut } from './fan-out.ts';
import { type LookedAt, admit } from './gate.ts';

const database = useDatabase();
const redisDatabase = useRedis();
const sealer = useSealer(database, redisDatabase);
const log = pino({ level: 'silent' });
let room: ControlRoom;
let pool: Pool;
let redis: Redis;
let viewings: ViewingsUnderWay;
let refusals: Refusals;

beforeAll(() => {
  room = new ControlRoom(database, redisDatabase, sealer);
  pool = createPool(database.workerUrl);
  redis = new Redis(redisDatabase.url);
  viewings = new ViewingsUnderWay({ workerId: 'w1', pool, redis, closings: new Closings(pool, redis, log), log });
  refusals = new Refusals(pool, log);
});
afterAll(async () => {
  viewings.close('closed');
  await refusals.close();
  redis.disconnect();
  await pool.end();
  await room.close();
});

const aStream = () => ({
  fanOut: new FanOut(),
  ended: false,
  takeSample: () => undefined,
  onInspected: () => undefined,
});

/** Shows a good ticket to a worker whose stream is found as `find` says, the first time and every later time. */
async function show(find: (time: number) => LookedAt | undefined) {
  const { cameraId } = await aCamera(room.owner);
  const { claims, text } = await room.aTicket(cameraId);
  let times = 0;
  const admitted = admit(
    {
      ticketKey: createPublicKey(room.ticketPublicPem),
      trust: room.trust(),
      viewings,
      refusals,
      findStream: () => find(++times),
      onRefusal: () => undefined,
    },
    { url: `/live/${cameraId}?ticket=${text}`, headers: {} } as IncomingMessage,
    ['live'],
  );
  return { viewingId: claims.viewingId, admitted };
}

const [before, after] = [aStream(), aStream()];
const ending = aStream();
it.each<[string, (time: number) => LookedAt | undefined]>([
  ['is gone', (time) => (time === 1 ? before : undefined)],
  ['is another one', (time) => (time === 1 ? before : after)],
  ['has ended', (time) => Object.assign(ending, { ended: time > 1 })],
])('a look whose stream %s when its ticket is used up is ended, and not left open', async (_name, find) => {
  const { viewingId, admitted } = await show(find);
  await expect(admitted).rejects.toSatisfy((error) => error instanceof Problem && error.slug === 'picture-withheld');
  await until('it is closed', 10_000, async () => (await room.viewing(viewingId)).closed_at);
  expect(await room.viewing(viewingId)).toMatchObject({ end_reason: 'picture-withheld', frames_delivered: 0 });
  expect((await room.records(viewingId)).map(({ action }) => action)).toEqual(['viewing.open', 'viewing.close']);
});

it('a look whose stream is the same afterwards is let in', async () => {
  const { viewingId, admitted } = await show(() => before);
  expect((await admitted).stream).toBe(before);
  expect((await room.viewing(viewingId)).closed_at).toBeNull();
});
