// SPDX-License-Identifier: AGPL-3.0-or-later
// A masker that does not do what it was told: everything else is real, and finds out from what left.
import type { MaskPolygons } from '@louver/contract';
import { useDatabase, useRedis, useSealer } from '@louver/testkit';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Masker } from '../media/masker.ts';
import { ControlRoom, FRAME, LEFT_HALF, aClip } from '../testing/control-room.ts';
import { decode, exposure } from '../testing/pictures.ts';
import { until } from '../testing/watcher.ts';
import type { RunningWorker } from '../worker.ts';

const SLOW = 240_000;
/** A busy machine may take its time. */
const PATIENT = 90_000;
const database = useDatabase();
const redis = useRedis();
const sealer = useSealer(database, redis);
let room: ControlRoom;
let worker: RunningWorker;
/** What maskers burn in instead of what they are told. */
let instead: MaskPolygons | undefined;

const broken = () =>
  room.startWorker(
    {},
    {
      startMasker: (sandbox, spec, events) =>
        Masker.start(sandbox, instead ? { ...spec, polygons: instead } : spec, events),
    },
  );

beforeAll(async () => {
  room = new ControlRoom(database, redis, sealer);
  await aClip();
  worker = await broken();
});
beforeEach(() => {
  instead = undefined;
});
afterAll(async () => {
  await room.close();
});

const findingsOf = async (cameraId: string) =>
  (await room.owner.query('SELECT id, kind, state, detail FROM findings WHERE camera_id = $1', [cameraId])).rows;
const recordsOf = async (cameraId: string) =>
  (
    await room.owner.query(
      "SELECT action, detail FROM records WHERE camera_id = $1 AND action ~ '^(output|finding)[.]' ORDER BY seq",
      [cameraId],
    )
  ).rows;
const metric = async (name: RegExp) => name.exec(await (await fetch(`${worker.url}/metrics`)).text())?.[1];

it(
  'is found and stopped, on the record, and shows again when another one gives what is flat',
  async () => {
    instead = [];
    const camera = await room.aWatchableCamera();
    const watcher = await room.watch(camera.cameraId);
    await watcher.untilWaiting('masks-not-flat', PATIENT);
    const finding = await until('a finding', PATIENT, async () => (await findingsOf(camera.cameraId))[0]);
    expect(finding).toMatchObject({ kind: 'masks-not-flat', state: 'open', detail: { version: 1, output: 'live' } });
    expect((finding.detail as { luma: number }).luma).toBeGreaterThan(80);
    expect((await recordsOf(camera.cameraId)).map(({ action }) => action as string)).toEqual([
      'output.stop',
      'finding.open',
    ]);
    expect(await metric(/^louver_output_stops_total (\d+)$/m)).toBe('1');

    // Maskers that are no better are tried in vain, and nobody sees what they give.
    const [shown, runs] = [watcher.frames, watcher.runs.length];
    const inVain = () => room.log.split('the masks do not lie over').length;
    const before = inVain();
    await until('two more are found out', PATIENT, () => inVain() >= before + 2);
    expect([watcher.frames, watcher.runs.length]).toEqual([shown, runs]);
    const late = await room.watch(camera.cameraId);

    instead = undefined;
    await until('the picture is back', PATIENT, () => watcher.frames > shown + 20 && late.frames > 20);
    await until('closed', PATIENT, async () => (await findingsOf(camera.cameraId))[0]?.state === 'closed');
    expect((await recordsOf(camera.cameraId)).map(({ action }) => action as string)).toEqual([
      'output.stop',
      'finding.open',
      'finding.close',
    ]);
    watcher.close();
    late.close();
    for (const bytes of [watcher.bytesOf(runs), late.bytesOf(0)])
      for (const picture of await decode(bytes, FRAME)) expect(exposure(picture, LEFT_HALF)).toBeLessThanOrEqual(3);
  },
  SLOW,
);

it(
  'whose masks lie a little beside the home is found as well, and the next worker does not believe its own first picture',
  async () => {
    instead = LEFT_HALF.map((ring) => ring.map(([x, y]): [number, number] => [x + 0.06, y]));
    const camera = await room.aWatchableCamera();
    const watcher = await room.watch(camera.cameraId);
    await watcher.untilWaiting('masks-not-flat', PATIENT);
    await until('a finding', PATIENT, async () => (await findingsOf(camera.cameraId))[0]);
    await worker.stop();
    worker = await broken();
    const late = await room.watch(camera.cameraId);
    await late.untilWaiting('masks-not-flat', PATIENT);
    const inVain = room.log.split('the masks do not lie over').length;
    await until('it is found out', PATIENT, () => room.log.split('the masks do not lie over').length > inVain);
    expect(late.frames).toBe(0);
    instead = undefined;
    await late.untilFrames(20, PATIENT);
    late.close();
    await until('closed', PATIENT, async () => (await findingsOf(camera.cameraId))[0]?.state === 'closed');
    expect(await recordsOf(camera.cameraId)).toHaveLength(3);
  },
  SLOW,
);

it(
  'that does what it was told is looked at again and again, and nobody notices',
  async () => {
    const camera = await room.aWatchableCamera();
    const watcher = await room.watch(camera.cameraId);
    const flat = /^louver_output_sample_seconds_count\{verdict="flat"\} (\d+)$/m;
    await watcher.untilFrames(5, PATIENT);
    const before = Number((await metric(flat)) ?? 0);
    await until('three samples', PATIENT, async () => Number((await metric(flat)) ?? 0) >= before + 3);
    await watcher.untilFrames(watcher.frames + 10, PATIENT);
    watcher.close();
    expect(watcher.runs).toHaveLength(1);
    expect(await findingsOf(camera.cameraId)).toEqual([]);
  },
  SLOW,
);
