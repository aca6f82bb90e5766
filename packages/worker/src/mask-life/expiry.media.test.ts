// SPDX-License-Identifier: AGPL-3.0-or-later
import { useDatabase, useRedis, useSealer } from '@louver/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ControlRoom, LEFT_HALF, aClip } from '../testing/control-room.ts';
import { until } from '../testing/watcher.ts';

const SLOW = 240_000;
const PATIENT = 90_000;
const database = useDatabase();
const redis = useRedis();
const sealer = useSealer(database, redis);
let room: ControlRoom;

beforeAll(async () => {
  room = new ControlRoom(database, redis, sealer);
  await aClip();
  await room.startWorker();
});
afterAll(() => room.close());

it(
  'masks whose time is over end the picture by themselves, and a renewal brings it back to those who wait',
  async () => {
    const rule = (version: number, seconds: number) =>
      room.owner.query(
        `INSERT INTO mask_policies (version, effective_from, rules, reason)
         VALUES ($1, now() - interval '1 minute', jsonb_build_object('livesDays', $2::float8 / 86400, 'remindDays', 0), 'a test')`,
        [version, seconds],
      );
    await rule(2, 40);
    const camera = await room.aWatchableCamera();
    const watcher = await room.watch(camera.cameraId);
    await watcher.untilWaiting('masks-expired', PATIENT);
    const shown = watcher.frames;
    await rule(3, 3600);
    await room.setMasks(camera, LEFT_HALF, { version: 2 });
    await until('the picture is back', PATIENT, () => watcher.frames > shown + 10);
    expect(watcher.closed).toBe(false);
    watcher.close();
  },
  SLOW,
);
