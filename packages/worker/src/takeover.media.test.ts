// SPDX-License-Identifier: AGPL-3.0-or-later
// Workers as processes: what somebody sees who looks at the machine, and what is left when one dies.
import { readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { useDatabase, useRedis, useSealer } from '@louver/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CAMERA_PASSWORD, ControlRoom, FRAME, LEFT_HALF, aClip } from './testing/control-room.ts';
import { setReachable } from './testing/database-outage.ts';
import { decode, exposure } from './testing/pictures.ts';
import { Watcher, until } from './testing/watcher.ts';
import { WorkerProcess, ffmpegs, isRunning } from './testing/worker-process.ts';

const SLOW = 150_000;
const database = useDatabase();
const redis = useRedis();
const sealer = useSealer(database, redis);
let room: ControlRoom;
const processes: WorkerProcess[] = [];

beforeAll(async () => {
  room = new ControlRoom(database, redis, sealer);
  await aClip();
});
// One that is left over would take the next test's cameras.
afterEach(async () => {
  await Promise.all(processes.splice(0).map((worker) => worker.end('SIGKILL')));
});
afterAll(async () => {
  await room.close();
});

async function aWorker(changes?: NodeJS.ProcessEnv): Promise<WorkerProcess> {
  const worker = await WorkerProcess.start(room, changes);
  processes.push(worker);
  return worker;
}
const maskerFolders = async (pid: number) =>
  (await readdir(tmpdir())).filter((name) => name.startsWith(`louver-masker-${pid}-`));

describe('a worker that streams', () => {
  it(
    'shows the camera’s password in no command line, environment or log of any process',
    async () => {
      const worker = await (await aWorker()).untilReady();
      const { cameraId } = await room.aWatchableCamera();
      const watcher = await room.watch(cameraId);
      await watcher.untilFrames(10);
      const secrets = [CAMERA_PASSWORD, encodeURIComponent(CAMERA_PASSWORD), 'rtsp://'];
      const pids = await ffmpegs(worker.child.pid!);
      expect(pids.length).toBeGreaterThanOrEqual(2);
      for (const pid of pids) {
        const seen = `${await readFile(`/proc/${pid}/cmdline`, 'utf8')}${await readFile(`/proc/${pid}/environ`, 'utf8')}`;
        for (const secret of secrets) expect(seen).not.toContain(secret);
        expect(seen).not.toContain(room.config.databaseUrl);
      }
      for (const secret of secrets) expect(worker.log).not.toContain(secret);
      watcher.close();
      await worker.end('SIGTERM');
    },
    SLOW,
  );

  it(
    'stopped in good order leaves no process and no folder, and every look has its end on the record',
    async () => {
      const worker = await (await aWorker()).untilReady();
      const { cameraId } = await room.aWatchableCamera();
      const watcher = await room.watch(cameraId);
      await watcher.untilFrames(10);
      const pids = await ffmpegs(worker.child.pid!);
      expect((await maskerFolders(worker.child.pid!)).length).toBeGreaterThan(0);
      expect(await worker.end('SIGTERM')).toBe(0);
      for (const pid of pids) expect(await isRunning(pid)).toBe(false);
      expect(await maskerFolders(worker.child.pid!)).toEqual([]);
      expect(await watcher.untilEnd()).toBe('worker-stopping');
      const viewing = await room.viewing(watcher.ticket.claims.viewingId);
      expect(viewing.end_reason).toBe('worker-lost');
      expect(viewing.frames_delivered).toBeGreaterThanOrEqual(watcher.frames);
    },
    SLOW,
  );
});

describe('a worker that is killed', () => {
  it(
    'is replaced within ten seconds, leaves no decoder behind, and its look is closed from what it last said',
    async () => {
      const workers = await Promise.all([aWorker(), aWorker()]);
      await Promise.all(workers.map((worker) => worker.untilReady()));
      const { cameraId } = await room.aWatchableCamera();
      const watcher = await room.watch(cameraId);
      await watcher.untilFrames(60);
      const held = await room.locate(cameraId);
      const victim = workers.find(({ url }) => url === held)!;
      const survivor = workers.find((worker) => worker !== victim)!;
      const pids = await ffmpegs(victim.child.pid!);
      const next = await room.aTicket(cameraId);
      const killedAt = performance.now();
      await victim.end('SIGKILL');
      await until('another worker holds it', 30_000, async () => (await room.locate(cameraId)) === survivor.url);
      const again = await Watcher.open(`${survivor.url}/live/${cameraId}?ticket=${next.text}`, next);
      await again.untilFrames(1);
      const tookMs = performance.now() - killedAt;
      await until('no orphans', 10_000, async () => !(await Promise.all(pids.map(isRunning))).some(Boolean));
      await again.untilFrames(20);
      for (const picture of await decode(again.bytesOf(0), FRAME))
        expect(exposure(picture, LEFT_HALF)).toBeLessThanOrEqual(3);
      const viewing = await until('the lost look is closed', 60_000, async () => {
        const row = await room.viewing(watcher.ticket.claims.viewingId);
        return row.closed_at ? row : undefined;
      });
      expect(viewing.end_reason).toBe('worker-lost');
      expect(viewing.frames_delivered).toBeGreaterThan(0);
      expect((await room.records(watcher.ticket.claims.viewingId)).map(({ action }) => action)).toEqual([
        'viewing.open',
        'viewing.close',
      ]);
      again.close();
      await survivor.end('SIGTERM');
      // The next worker on the machine takes away what the dead one could not.
      const third = await (await aWorker()).untilReady();
      expect(await maskerFolders(victim.child.pid!)).toEqual([]);
      await third.end('SIGTERM');
      expect(tookMs).toBeLessThanOrEqual(10_000);
    },
    SLOW,
  );
});

describe('a worker that starts', () => {
  it(
    'while the database is down serves nothing, and serves once it is back',
    async () => {
      const { cameraId } = await room.aWatchableCamera();
      const ticket = await room.aTicket(cameraId);
      await setReachable(database, false);
      const worker = await aWorker();
      try {
        await worker.untilReady();
        const answer = await fetch(await room.liveUrl(cameraId, ticket.text));
        expect([answer.status, ((await answer.json()) as { slug: string }).slug]).toEqual([503, 'unavailable']);
      } finally {
        await setReachable(database, true);
      }
      const watcher = await room.watch(cameraId);
      await watcher.untilFrames(10);
      watcher.close();
      await worker.end('SIGTERM');
    },
    SLOW,
  );

  it(
    'without a sandbox refuses, and says how to go on all the same',
    async () => {
      // A program search path without perl is a machine without a sandbox.
      const worker = await aWorker({ PATH: '/nonexistent' });
      await until('it ends', 60_000, () => worker.child.exitCode !== null);
      expect(worker.child.exitCode).not.toBe(0);
      expect(worker.log).toMatch(/couldn't build the decoder's sandbox[\s\S]*LOUVER_SANDBOX=none/);
    },
    SLOW,
  );
});
