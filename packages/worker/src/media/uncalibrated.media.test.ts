// SPDX-License-Identifier: AGPL-3.0-or-later
// Masks that two people approved lie over the numbers of an aim. Where nobody knows that these are the camera's own, they lie
// anywhere.
import { useDatabase, useRedis, useSealer } from '@louver/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ControlRoom, aClip } from '../testing/control-room.ts';
import { until } from '../testing/watcher.ts';

const SLOW = 300_000;
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

const calibrate = (aimId: string, calibration: string) =>
  room.owner.query('UPDATE aims SET calibration = $2 WHERE id = $1', [aimId, calibration]);
const healthOf = async (cameraId: string) =>
  (
    await room.owner.query<{ state: string; detail: string }>('SELECT * FROM camera_health WHERE camera_id = $1', [
      cameraId,
    ])
  ).rows[0];

it(
  'of an aim with assumed numbers not one byte of a picture leaves, and it comes once somebody has calibrated it',
  async () => {
    const { cameraId, aimId } = await room.aWatchableCamera();
    await calibrate(aimId, 'assumed');
    const watcher = await room.watch(cameraId);
    let pictures = 0;
    watcher.socket.on('message', (_data, isBinary) => {
      if (isBinary) pictures++;
    });
    await watcher.untilWaiting('aim-uncalibrated', PATIENT);
    // For a moment masks and aim may be unknown, and that is said until they are known.
    await until('it is said why', PATIENT, async () => {
      const health = await healthOf(cameraId);
      return health?.state === 'withheld' && health.detail.includes('calibrated');
    });
    for (const kind of ['live', 'still'] as const) {
      const { text } = await room.aTicket(cameraId, { kind });
      const answer = await fetch(await room.liveUrl(cameraId, text));
      expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
      expect(await answer.json()).toMatchObject({
        slug: 'picture-withheld',
        detail: expect.stringMatching(/calibrated/),
      });
    }
    expect([pictures, watcher.runs]).toEqual([0, []]);

    await calibrate(aimId, 'measured');
    await watcher.untilFrames(10, PATIENT);

    await calibrate(aimId, 'assumed');
    await until('it has stopped', PATIENT, () => {
      const last = watcher.messages.at(-1);
      return last?.type === 'waiting' && last.reason === 'aim-uncalibrated';
    });
    watcher.close();
  },
  SLOW,
);
