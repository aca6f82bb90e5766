// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole way, camera to viewer, with every part real: promise P1 on what arrives.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { availableParallelism, loadavg } from 'node:os';
import { useDatabase, useRedis, useSealer } from '@louver/testkit';
import { ControlRoom, FRAME, LEFT_HALF, RIGHT_HALF, aClip } from '../testing/control-room.ts';
import { decode, exposure, split } from '../testing/pictures.ts';

const TOLERANCE = 3;
vi.setConfig({ testTimeout: 120_000 });
const database = useDatabase();
const redis = useRedis();
const sealer = useSealer(database, redis);
let room: ControlRoom;

beforeAll(async () => {
  room = new ControlRoom(database, redis, sealer);
  await aClip();
  await room.startWorker();
});
afterAll(async () => {
  await room.close();
});

describe('a look', () => {
  it('shows moving pictures in which the masks are solid and the rest is not, over WebSocket', async () => {
    const { cameraId } = await room.aWatchableCamera();
    const watcher = await room.watch(cameraId);
    await watcher.untilFrames(30);
    watcher.close();
    expect(watcher.messages.find(({ type }) => type === 'start')).toMatchObject({
      maskVersion: 1,
      mimeType: 'video/mp4; codecs="avc1.64001f"',
    });
    const pictures = await decode(watcher.bytesOf(0), FRAME);
    expect(pictures.length).toBeGreaterThanOrEqual(30);
    for (const picture of pictures) {
      expect(exposure(picture, LEFT_HALF)).toBeLessThanOrEqual(TOLERANCE);
      expect(exposure(picture, RIGHT_HALF)).toBeGreaterThan(80);
    }
    expect(pictures[0]!.y.equals(pictures.at(-1)!.y)).toBe(false);
  });

  it('takes new masks without a frame that lacks them after they are active', async () => {
    const camera = await room.aWatchableCamera();
    const { cameraId } = camera;
    const watchers = await Promise.all([room.watch(cameraId), room.watch(cameraId)]);
    for (const watcher of watchers) await watcher.untilFrames(20);
    const { maskSetId } = await room.setMasks(camera, RIGHT_HALF, { version: 2 });
    for (const watcher of watchers) await watcher.untilRun(2);
    const shownAt = Math.max(...watchers.map((watcher) => watcher.runs.at(-1)!.pieces[1]!.at));
    const decided = await room.owner.query('SELECT decided_at FROM mask_sets WHERE id = $1', [maskSetId]);
    const approvedAt = Date.parse(decided.rows[0].decided_at as string);
    for (const watcher of watchers) await watcher.untilFrames(watcher.frames + 30);
    for (const watcher of watchers) {
      watcher.close();
      expect(watcher.runs.map(({ version }) => version)).toEqual([1, 2]);
      const pictures = await decode(watcher.bytesOf(1), FRAME);
      for (const picture of pictures) expect(exposure(picture, RIGHT_HALF)).toBeLessThanOrEqual(TOLERANCE);
      expect(exposure(pictures[0]!, LEFT_HALF)).toBeGreaterThan(80);
      const times = watcher.runs.flatMap((_run, i) => split(watcher.bytesOf(i)).fragments.map(({ time }) => time));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
    const { rows } = await room.owner.query(
      'SELECT state, activated_at, id FROM mask_sets WHERE camera_id = $1 ORDER BY version',
      [cameraId],
    );
    expect(rows.map(({ state }) => state as string)).toEqual(['retired', 'active']);
    const activeAt = Date.parse(rows[1].activated_at as string);
    // Every piece of the old masks had arrived before the new ones became active.
    for (const watcher of watchers) expect(watcher.runs[0]!.pieces.at(-1)!.at).toBeLessThanOrEqual(activeAt);
    expect((await room.records(maskSetId)).map(({ action }) => action)).toEqual(['mask.approve', 'mask.activate']);
    // The budget is that of a machine which has nothing else to do; a crowded one is given its share of time.
    expect(shownAt - approvedAt).toBeLessThanOrEqual(500 * Math.max(1, loadavg()[0]! / availableParallelism()));
  });
});
