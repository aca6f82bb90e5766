// SPDX-License-Identifier: AGPL-3.0-or-later
// What a camera, a reviewer or a database does in the middle of a look. Viewers keep their line; pictures stop first.
import { useDatabase, useRedis, useSealer } from '@louver/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControlRoom, FRAME, LEFT_HALF, RIGHT_HALF, aClip } from '../testing/control-room.ts';
import { decode, exposure } from '../testing/pictures.ts';
import { type Watcher, until } from '../testing/watcher.ts';
import { setReachable } from '../testing/database-outage.ts';

const TOLERANCE = 3;
const SLOW = 240_000;
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

/** Every frame that ever came, decoded run by run. */
async function expectCovered(watcher: Watcher): Promise<number> {
  let frames = 0;
  for (const i of watcher.runs.keys()) {
    const bytes = watcher.bytesOf(i);
    if (watcher.runs[i]!.pieces.length < 2) continue;
    for (const picture of await decode(bytes, FRAME)) {
      frames++;
      expect(exposure(picture, LEFT_HALF)).toBeLessThanOrEqual(TOLERANCE);
    }
  }
  return frames;
}

const health = async (cameraId: string) =>
  (await room.owner.query('SELECT state, detail FROM camera_health WHERE camera_id = $1', [cameraId])).rows[0] as
    | { state: string; detail: string | null }
    | undefined;
/** Of several reasons that come one after the other the one with that `detail`. */
const untilHealth = (cameraId: string, state: string, detail?: string) =>
  until(`health ${state}: ${detail ?? 'whatever'}`, 60_000, async () => {
    const seen = await health(cameraId);
    return seen?.state === state && (detail === undefined || seen.detail === detail);
  });

describe('the camera', () => {
  it(
    'gets no picture from the frame on in which it changes its size, and a masked one when it changes back',
    async () => {
      const { cameraId, mount } = await room.aWatchableCamera();
      const watcher = await room.watch(cameraId);
      await watcher.untilFrames(20);
      mount.switchTo(await aClip({ width: 320, height: 240 }));
      await watcher.untilWaiting('frame-size');
      const shown = watcher.frames;
      await untilHealth(cameraId, 'withheld', 'The picture is 320×240, its masks were drawn for 640×360.');
      // Another two seconds of the wrong size bring nothing.
      await until('some more frames of the camera', 10_000, framesOf(mount, 30));
      expect(watcher.frames).toBe(shown);
      mount.switchTo(await aClip());
      await until('the picture is back', 20_000, () => watcher.runs.length === 2 && watcher.frames > shown + 20);
      watcher.close();
      expect(await expectCovered(watcher)).toBe(watcher.frames);
    },
    SLOW,
  );

  it(
    'that loses its line and comes back is shown again to the same viewers',
    async () => {
      const { cameraId, mount } = await room.aWatchableCamera();
      const watcher = await room.watch(cameraId);
      await watcher.untilFrames(20);
      mount.disconnect();
      await watcher.untilWaiting('reconnecting');
      await untilHealth(cameraId, 'unreachable');
      const before = watcher.frames;
      await until('pictures again', 30_000, () => watcher.frames > before + 20);
      expect(watcher.closed).toBe(false);
      await untilHealth(cameraId, 'streaming');
      watcher.close();
      expect(await expectCovered(watcher)).toBe(watcher.frames);
    },
    SLOW,
  );

  it(
    'that falls silent is noticed by its silence',
    async () => {
      const { cameraId, mount } = await room.aWatchableCamera();
      const watcher = await room.watch(cameraId);
      await watcher.untilFrames(10);
      mount.inject({ kind: 'stall' });
      await watcher.untilWaiting('reconnecting');
      mount.heal();
      const before = watcher.frames;
      await until('pictures again', 40_000, () => watcher.frames > before + 10);
      expect(watcher.closed).toBe(false);
      watcher.close();
    },
    SLOW,
  );

  it(
    'that speaks H.265 is shown as H.264, masked',
    async () => {
      const camera = await room.aWatchableCamera();
      const { Mount } = await import('@louver/camsim');
      room.cameras!.mount(new Mount(camera.code, await aClip(FRAME, 'h265')));
      const watcher = await room.watch(camera.cameraId);
      await watcher.untilFrames(20);
      watcher.close();
      expect(await expectCovered(watcher)).toBe(watcher.frames);
    },
    SLOW,
  );

  it.each([
    ['zeros', { kind: 'garbage', fill: 'zeros' }],
    ['noise', { kind: 'garbage', fill: 'noise' }],
    ['no video at all', { kind: 'audio-only' }],
  ] as const)(
    'that sends %s shows nothing, and others go on',
    async (_name, fault) => {
      const { cameraId, mount } = await room.aWatchableCamera();
      const neighbour = await room.watch((await room.aWatchableCamera()).cameraId);
      await neighbour.untilFrames(5);
      mount.inject(fault);
      const watcher = await room.watch(cameraId);
      await until('a reason', 30_000, () => watcher.messages.some(({ type }) => type === 'waiting'));
      const before = neighbour.frames;
      await neighbour.untilFrames(before + 30);
      expect(watcher.frames).toBe(0);
      watcher.close();
      neighbour.close();
    },
    SLOW,
  );

  it(
    'that refuses our password is said to, and nothing of it is logged',
    async () => {
      const { cameraId } = await room.aWatchableCamera({ password: 'Wr0ng-but-secret' });
      const watcher = await room.watch(cameraId);
      await watcher.untilWaiting('camera-refused');
      await untilHealth(cameraId, 'refused', 'The camera refuses its user name or password.');
      watcher.close();
      expect(room.log).toContain('401');
      expect(room.log).not.toMatch(/Wr0ng-but-secret|rtsp:\/\/\w|127\.0\.0\.1:\d+\/T-/);
    },
    SLOW,
  );
});

/** True once a mount has sent that many more frames. */
function framesOf(mount: { onFrame(listener: () => void): () => void }, count: number): () => boolean {
  let seen = 0;
  const off = mount.onFrame(() => seen++);
  return () => {
    if (seen < count) return false;
    off();
    return true;
  };
}

describe('the masks', () => {
  it(
    'that nobody has approved show nothing; once approved they are burned in and become active',
    async () => {
      const camera = await room.aWatchableCamera({ masks: null });
      const watcher = await room.watch(camera.cameraId);
      await watcher.untilWaiting('masks-unknown');
      await room.setMasks(camera, LEFT_HALF, { state: 'proposed' });
      expect(watcher.frames).toBe(0);
      await room.setMasks(camera, LEFT_HALF, { version: 2 });
      await watcher.untilRun(2);
      await until(
        'active',
        10_000,
        async () =>
          (
            await room.owner.query("SELECT 1 FROM mask_sets WHERE camera_id = $1 AND state = 'active'", [
              camera.cameraId,
            ])
          ).rows.length === 1,
      );
      await watcher.untilFrames(10);
      watcher.close();
      expect(await expectCovered(watcher)).toBe(watcher.frames);
    },
    SLOW,
  );

  it(
    'lose their force with the aim that they were drawn for: the picture stops at once',
    async () => {
      const camera = await room.aWatchableCamera();
      const watcher = await room.watch(camera.cameraId);
      await watcher.untilFrames(20);
      await room.owner.query('UPDATE aims SET heading_deg = 90 WHERE id = $1', [camera.aimId]);
      await watcher.untilWaiting('masks-unknown');
      const shown = watcher.frames;
      await until('more frames of the camera', 10_000, framesOf(camera.mount, 20));
      expect(watcher.frames).toBe(shown);
      watcher.close();
    },
    SLOW,
  );

  it(
    'that the database owner brings back end the picture at once, and a new look gets none',
    async () => {
      const camera = await room.aWatchableCamera();
      const watcher = await room.watch(camera.cameraId);
      await watcher.untilRun(1);
      await room.setMasks(camera, RIGHT_HALF, { version: 2 });
      await watcher.untilRun(2);
      await until('active', 10_000, async () => {
        const { rows } = await room.owner.query('SELECT state FROM mask_sets WHERE camera_id = $1 ORDER BY version', [
          camera.cameraId,
        ]);
        return rows.map(({ state }) => String(state)).join() === 'retired,active';
      });
      const ofCamera = `WHERE camera_id = '${camera.cameraId}'`;
      await room.owner.query(
        `SET session_replication_role = replica;
         UPDATE mask_sets SET state = 'retired' ${ofCamera};
         UPDATE mask_sets SET state = 'active' ${ofCamera} AND version = 1;
         RESET session_replication_role`,
      );
      // Nobody is told of it: the next confirmation finds it.
      await watcher.untilWaiting('masks-unknown');
      const shown = watcher.frames;
      await until('more frames of the camera', 10_000, framesOf(camera.mount, 20));
      expect(watcher.frames).toBe(shown);
      await untilHealth(camera.cameraId, 'withheld', 'The masks are not those whose approval is in the access record.');
      await until('its record', 10_000, async () => {
        const { rows } = await room.owner.query(
          "SELECT detail FROM records WHERE action = 'mask.refuse' AND camera_id = $1",
          [camera.cameraId],
        );
        return (rows[0]?.detail as { fault: string } | undefined)?.fault === 'superseded';
      });
      watcher.close();
    },
    SLOW,
  );

  it(
    'drawn for another size than the camera sends show nothing',
    async () => {
      const { cameraId } = await room.aWatchableCamera({ frame: { width: 1280, height: 720 } });
      const watcher = await room.watch(cameraId);
      await watcher.untilWaiting('frame-size');
      await until('health', 10_000, async () => (await health(cameraId))?.state === 'withheld');
      expect(watcher.frames).toBe(0);
      watcher.close();
      const ticket = await room.aTicket(cameraId);
      const answer = await fetch(await room.liveUrl(cameraId, ticket.text));
      expect([answer.status, ((await answer.json()) as { slug: string; detail: string }).slug]).toEqual([
        503,
        'picture-withheld',
      ]);
      await until(
        'its record',
        10_000,
        async () => (await room.viewing(ticket.claims.viewingId)).end_reason === 'picture-withheld',
      );
    },
    SLOW,
  );

  it(
    'a proposal that changes nothing in force costs nobody a frame',
    async () => {
      const camera = await room.aWatchableCamera();
      const watcher = await room.watch(camera.cameraId);
      await watcher.untilFrames(20);
      for (let version = 2; version < 8; version++)
        await room.setMasks(camera, LEFT_HALF, { version, state: 'proposed' });
      await watcher.untilFrames(watcher.frames + 20);
      watcher.close();
      expect(watcher.runs.length).toBe(1);
      expect(watcher.messages.map(({ type }) => type).filter((type) => type !== 'waiting')).toEqual(['start']);
    },
    SLOW,
  );

  it(
    'a retired camera ends every look at it',
    async () => {
      const camera = await room.aWatchableCamera();
      const watcher = await room.watch(camera.cameraId);
      await watcher.untilFrames(10);
      await room.owner.query("UPDATE cameras SET status = 'retired' WHERE id = $1", [camera.cameraId]);
      expect(await watcher.untilEnd()).toBe('picture-withheld');
      await until(
        'its record',
        10_000,
        async () => (await room.viewing(watcher.ticket.claims.viewingId)).end_reason === 'picture-withheld',
      );
    },
    SLOW,
  );
});

describe('the database', () => {
  it(
    'away: who watches goes on for ten seconds and not longer, nobody new is let in, and everything is recorded afterwards',
    async () => {
      const camera = await room.aWatchableCamera();
      const [watcher, leaver] = [await room.watch(camera.cameraId), await room.watch(camera.cameraId)];
      const late = await room.aTicket(camera.cameraId);
      await watcher.untilFrames(10);
      const away = Date.now();
      await setReachable(database, false);
      try {
        const answer = await fetch(await room.liveUrl(camera.cameraId, late.text));
        expect([answer.status, ((await answer.json()) as { slug: string }).slug]).toEqual([503, 'unavailable']);
        leaver.close();
        await watcher.untilWaiting('masks-unconfirmed', 30_000);
        const last = watcher.runs.at(-1)!.pieces.at(-1)!.at;
        expect(last - away).toBeGreaterThan(5_000);
        expect(last - away).toBeLessThan(14_000);
      } finally {
        await setReachable(database, true);
      }
      const before = watcher.frames;
      await until('pictures again', 30_000, () => watcher.frames > before + 10);
      await until(
        'the record of who left',
        30_000,
        async () => (await room.viewing(leaver.ticket.claims.viewingId)).end_reason === 'closed',
      );
      watcher.close();
      expect(await expectCovered(watcher)).toBe(watcher.frames);
    },
    SLOW * 2,
  );
});
