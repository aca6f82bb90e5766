// SPDX-License-Identifier: AGPL-3.0-or-later
// A still takes a moment to make, and in that moment the right to see it may be gone.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AimId, type FrameSize, type MaskPolygons, MaskSetId, Problem } from '@louver/contract';
import { createPool, type Pool } from '@louver/db';
import { aCamera, useDatabase, useRedis, useSealer } from '@louver/testkit';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ControlRoom, LEFT_HALF } from '../testing/control-room.ts';
import { type Stream, encode, split } from '../testing/pictures.ts';
import { until } from '../testing/watcher.ts';
import { paintWorld } from '../testing/worlds.ts';
import { Closings } from '../viewings/closings.ts';
import { ViewingsUnderWay } from '../viewings/under-way.ts';
import { Inspector, type OutputSample, type Verdict } from '../sampling/inspect.ts';
import { FanOut } from './fan-out.ts';
import { serveStill } from './live.ts';
import { type Sandbox, requireSandbox } from './sandbox.ts';

const FRAME: FrameSize = { width: 320, height: 240 };
const database = useDatabase();
const redisDatabase = useRedis();
const sealer = useSealer(database, redisDatabase);
const log = pino({ level: 'silent' });
let room: ControlRoom;
let pool: Pool;
let redis: Redis;
let viewings: ViewingsUnderWay;
let sandbox: Sandbox;
let masked: Stream;

beforeAll(async () => {
  room = new ControlRoom(database, redisDatabase, sealer);
  pool = createPool(database.workerUrl);
  redis = new Redis(redisDatabase.url);
  viewings = new ViewingsUnderWay({ workerId: 'w1', pool, redis, closings: new Closings(pool, redis, log), log });
  sandbox = await requireSandbox();
  masked = split(await encode(FRAME, paintWorld('A', FRAME, LEFT_HALF, 3)));
});
afterAll(async () => {
  viewings.close('closed');
  redis.disconnect();
  await pool.end();
  await room.close();
});

/** As after the start of a masker that burns in version 1. */
function show(fanOut: FanOut): void {
  fanOut.open({ init: masked.init, mimeType: 'video/mp4', maskVersion: 1 });
  for (const fragment of masked.fragments) fanOut.push(fragment);
}

/** Nothing was masked in it. */
const aSample = (polygons: MaskPolygons): OutputSample => ({
  ...masked,
  frame: FRAME,
  polygons,
  of: masked,
  isAwaited: false,
  maskSet: { id: MaskSetId.parse(randomUUID()), aimId: AimId.parse(randomUUID()), version: 1, digest: '' },
});

/** Asks for a still; `meanwhile` happens after its key frame was taken and before it is a JPEG. */
async function ask(
  meanwhile: (fanOut: FanOut, end: () => void) => void,
  { hasPicture = true, polygons = [] }: { hasPicture?: boolean; polygons?: MaskPolygons } = {},
) {
  const { cameraId } = await aCamera(room.owner);
  const { claims } = await room.aTicket(cameraId, { kind: 'still' });
  await viewings.begin(claims);
  const fanOut = new FanOut();
  const found: (string | undefined)[] = [];
  let looks = 0;
  const onInspected = (_sample: OutputSample, { kind }: Verdict, output?: string) => found.push(kind, output);
  const takeSample = () => {
    looks++;
    return aSample(polygons);
  };
  if (hasPicture) show(fanOut);
  let served: Promise<void> = Promise.resolve();
  const server = createServer((_request, response) => {
    served = serveStill(
      { sandbox, viewings, inspector: new Inspector(sandbox, () => undefined), onFirstFrame: () => undefined },
      { claims, stream: { fanOut, ended: false, takeSample, onInspected } },
      response,
    );
    served.catch(() => response.headersSent || response.writeHead(503).end());
    setImmediate(() => meanwhile(fanOut, () => viewings.endOne(claims.viewingId, 'closed')));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const since = performance.now();
  const { status } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const ms = performance.now() - since;
  server.close();
  const slug = await served.then(
    () => 'delivered',
    (error: unknown) => (error instanceof Problem ? error.slug : String(error)),
  );
  await until('it is closed', 10_000, async () => (await room.viewing(claims.viewingId)).closed_at);
  return { status, slug, ms, found, looks, row: await room.viewing(claims.viewingId) };
}

it('is delivered and counted when nothing changes', async () => {
  const { status, slug, row } = await ask(() => undefined);
  expect([status, slug]).toEqual([200, 'delivered']);
  expect(row).toMatchObject({ end_reason: 'closed', frames_delivered: 1 });
});

it('is given to nobody whose viewing ended while it was made, and counts as nothing', async () => {
  const { status, slug, row } = await ask((_fanOut, end) => end());
  expect([status, slug]).toEqual([503, 'picture-withheld']);
  expect(row).toMatchObject({ end_reason: 'closed', frames_delivered: 0 });
});

it('is not waited for any longer when its viewing ends before there is a picture', async () => {
  const { slug, ms, row } = await ask((_fanOut, end) => end(), { hasPicture: false });
  expect(slug).toBe('picture-withheld');
  expect(ms).toBeLessThan(5_000);
  expect(row).toMatchObject({ end_reason: 'closed', frames_delivered: 0 });
});

it('of a masker that was replaced meanwhile is given to nobody, though the masks have the same version', async () => {
  const { status, slug, looks, row } = await ask((fanOut) => {
    fanOut.withhold();
    show(fanOut);
  });
  // The first one was thrown away; what was given is of the masker that is there now.
  expect(looks).toBe(2);
  expect([status, slug]).toEqual([200, 'delivered']);
  expect(row).toMatchObject({ end_reason: 'closed', frames_delivered: 1 });
});

it('made while nobody knows whether the masks changed waits until that is known', async () => {
  const { status, looks } = await ask((fanOut) => {
    fanOut.hold();
    setTimeout(() => fanOut.release(), 1_500);
  });
  expect([status, looks > 1]).toEqual([200, true]);
});

it('over which the masks do not lie is given to nobody, and the stream is told', async () => {
  const { status, slug, found, row } = await ask(() => undefined, { polygons: LEFT_HALF });
  expect([status, slug]).toEqual([503, 'picture-withheld']);
  expect(found).toEqual(['not-flat', 'still']);
  expect(row).toMatchObject({ end_reason: 'picture-withheld', frames_delivered: 0 });
});
