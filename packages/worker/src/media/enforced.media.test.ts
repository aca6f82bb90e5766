// SPDX-License-Identifier: AGPL-3.0-or-later
// Masks that geometry adds while a camera streams, looked at in the decoded picture.
import type { MaskPolygons } from '@louver/contract';
import { digestOf } from '@louver/ledger';
import { useDatabase, useRedis, useSealer } from '@louver/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ControlRoom, FRAME, LEFT_HALF, RIGHT_HALF, aClip } from '../testing/control-room.ts';
import { anEnforcedSet } from '../testing/enforced.ts';
import { decode, exposure } from '../testing/pictures.ts';
import { until } from '../testing/watcher.ts';

const TOLERANCE = 3;
const SLOW = 60_000;
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

async function aCoveredCamera() {
  const camera = await room.aWatchableCamera({ masks: null });
  const base = await room.setMasks(camera, LEFT_HALF, { state: 'active' });
  return { ...camera, base: base.maskSetId };
}
const burnedInAt = async (maskSetId: string) =>
  (await room.owner.query<{ at: Date | null }>('SELECT burned_in_at AS at FROM mask_sets WHERE id = $1', [maskSetId]))
    .rows[0]!.at;

/** As the owner of everything, and no trigger runs. */
const edit = (maskSetId: string, aimId: string, polygons: MaskPolygons) =>
  room.owner.query(
    `SET session_replication_role = replica;
     UPDATE mask_sets SET polygons = '${JSON.stringify(polygons)}',
            digest = '${digestOf({ aimId, frame: FRAME, polygons })}' WHERE id = '${maskSetId}';
     RESET session_replication_role`,
  );
const untilRefused = (maskSetId: string) =>
  until('its record', 10_000, async () => {
    const { rows } = await room.owner.query(
      "SELECT detail->>'fault' AS fault FROM records WHERE action = 'mask.refuse' AND subject = $1",
      [maskSetId],
    );
    return rows.some(({ fault }) => fault === 'enforced');
  });

it(
  'cover the home within half a second, and no frame shows it once they are said to be burned in',
  async () => {
    const camera = await aCoveredCamera();
    const watcher = await room.watch(camera.cameraId);
    await watcher.untilFrames(20);
    const { maskSetId } = await anEnforcedSet(room.owner, camera.base, RIGHT_HALF);
    const enforcedAt = Date.now();
    await watcher.untilRun(2);
    const at = new Date(await until('burned in', 10_000, () => burnedInAt(maskSetId))).getTime();
    await watcher.untilFrames(watcher.frames + 20);
    watcher.close();
    const without = watcher.runs.filter(({ version }) => version === 1).flatMap(({ pieces }) => pieces);
    const last = Math.max(...without.map((piece) => piece.at));
    expect(last - enforcedAt).toBeLessThan(500);
    expect(last).toBeLessThanOrEqual(at);
    expect(watcher.runs.map(({ version }) => version)).toEqual([1, 2]);
    const pictures = await decode(watcher.bytesOf(1), FRAME);
    expect(pictures.length).toBeGreaterThan(20);
    for (const picture of pictures)
      expect(exposure(picture, [...LEFT_HALF, ...RIGHT_HALF])).toBeLessThanOrEqual(TOLERANCE);
    // What was decided is still the active set, and nothing says that people approved more.
    const { rows } = await room.owner.query('SELECT state FROM mask_sets WHERE aim_id = $1 ORDER BY version', [
      camera.aimId,
    ]);
    expect(rows.map(({ state }) => state as string)).toEqual(['active', 'proposed']);
  },
  SLOW,
);

it(
  'and that a database owner edits give no picture, whether it runs or is yet to begin',
  async () => {
    const camera = await aCoveredCamera();
    const { maskSetId } = await anEnforcedSet(room.owner, camera.base, RIGHT_HALF);
    const watcher = await room.watch(camera.cameraId);
    await watcher.untilRun(2);
    await edit(maskSetId, camera.aimId, RIGHT_HALF);
    await watcher.untilWaiting('masks-unknown');
    await untilRefused(maskSetId);
    watcher.close();

    const other = await aCoveredCamera();
    const enforced = await anEnforcedSet(room.owner, other.base, RIGHT_HALF);
    await edit(enforced.maskSetId, other.aimId, []);
    const late = await room.watch(other.cameraId);
    await late.untilWaiting('masks-unknown');
    await untilRefused(enforced.maskSetId);
    expect(late.frames).toBe(0);
    expect(await burnedInAt(enforced.maskSetId)).toBeNull();
    late.close();
  },
  SLOW,
);
