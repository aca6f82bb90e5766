// SPDX-License-Identifier: AGPL-3.0-or-later
// A camera that covers itself, whose stream is passed on uncoded, and that somebody knocks.
import { type OnvifServer, SimulatedDevice, startOnvifServer } from '@louver/camsim';
import { sealDeviceAccess } from '@louver/db';
import { useDatabase, useRedis, useSealer } from '@louver/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ControlRoom, FRAME } from '../testing/control-room.ts';
import { aStreetClip } from '../testing/street-clips.ts';
import { aStreet } from '../testing/streets.ts';
import { until } from '../testing/watcher.ts';
import type { RunningWorker } from '../worker.ts';

const SLOW = 400_000;
const PATIENT = 120_000;
const CREDENTIALS = { user: 'onvif', password: 'p&<"wörd' };
const street = aStreet(FRAME);
const database = useDatabase();
const redis = useRedis();
const sealer = useSealer(database, redis);
let room: ControlRoom;
let worker: RunningWorker;
let devices: OnvifServer;

beforeAll(async () => {
  room = new ControlRoom(database, redis, sealer);
  devices = await startOnvifServer();
  worker = await room.startWorker();
});
afterAll(async () => {
  await room.close();
  await devices.close();
});

async function aDevice() {
  const camera = await room.aWatchableCamera();
  const clip = await aStreetClip(street, FRAME);
  camera.mount.switchTo(clip);
  const { mount, source } = camera;
  const device = new SimulatedDevice({ mount, clip, frame: FRAME, streamUrl: source.url, credentials: CREDENTIALS });
  devices.add(device);
  const access = { url: devices.urlOf(camera.code), username: CREDENTIALS.user, password: CREDENTIALS.password };
  await room.owner.query('INSERT INTO camera_devices (camera_id, sealed, masks_wanted) VALUES ($1, $2, true)', [
    camera.cameraId,
    sealDeviceAccess(room.config.credentialsKey, camera.cameraId, access),
  ]);
  return { ...camera, device };
}

const isThere = async (what: string, cameraId: string) =>
  ((await room.owner.query(`SELECT FROM ${what} AND camera_id = $1`, [cameraId])).rowCount ?? 0) > 0;

/** Groups of pictures that were taken from what left and decoded: every 30 seconds of a stream that is passed on. */
async function samples(): Promise<number> {
  const text = await (await fetch(`${worker.url}/metrics`)).text();
  return Number(/louver_output_sample_seconds_count\{verdict="flat"\} (\d+)/.exec(text)?.[1] ?? 0);
}

it(
  'is found out by the key frames that are looked at anyway, before it was sampled often enough',
  async () => {
    const { cameraId, device } = await aDevice();
    const watcher = await room.watch(cameraId);
    const isPassed = () => isThere("camera_devices WHERE masks_state = 'passing'", cameraId);
    await until('its scene is kept', PATIENT, () => isThere('scene_references WHERE ended_at IS NULL', cameraId));
    await until('it is passed on', PATIENT, isPassed);
    const before = await samples();
    device.turnTo(await aStreetClip(street, FRAME, { right: Math.round((FRAME.width * 2) / 60) }));
    await watcher.untilWaiting('scene-shift', PATIENT);
    // One sample of pictures is not enough to be sure, and of what is passed on there is one in half a minute.
    expect((await samples()) - before).toBeLessThan(2);
    await until('a finding', PATIENT, () =>
      isThere("findings WHERE kind = 'scene-shift' AND state = 'open'", cameraId),
    );
    expect(await isPassed()).toBe(false);
    watcher.close();
  },
  SLOW,
);
