// SPDX-License-Identifier: AGPL-3.0-or-later
// From the reviewer's click until new masks show, and every frame that came after they took effect, decoded and looked at.
import { type MaskPolygons, routes } from '@louver/contract';
import { FRAME, LEFT_HALF, RIGHT_HALF } from '../../../packages/worker/src/testing/control-room.ts';
import { decode, exposure } from '../../../packages/worker/src/testing/pictures.ts';
import type { Bench } from '../bench.ts';
import { streetClip } from '../clips.ts';
import { inInstallation, until, type Installation, type WatchableCamera } from '../installation.ts';
import type { Person } from '../person.ts';
import { percentile, spread } from '../statistics.ts';
import { LiveViewer } from '../viewer.ts';

/** What an encoder leaves of a flat area. */
const TOLERANCE = 3;
const FRAMES_AFTER = 25;

interface People {
  readonly supervisor: Person;
  readonly reviewer: Person;
}

interface Change {
  readonly version: number;
  readonly polygons: MaskPolygons;
  /** Date.now() */
  readonly clickedAt: number;
  readonly shownAt: number;
  readonly activeAt: number;
}

async function change(
  at: Installation,
  camera: WatchableCamera,
  { supervisor, reviewer }: People,
  viewer: LiveViewer,
  { polygons, basedOnVersion }: { polygons: MaskPolygons; basedOnVersion: number },
): Promise<Change> {
  const proposed = await supervisor.call(routes.proposeMasks, {
    params: { aimId: camera.aimId },
    body: { frame: FRAME, polygons, basedOnVersion, reason: 'a measurement' },
  });
  const clickedAt = Date.now();
  const body = { note: 'a measurement' };
  await reviewer.call(routes.approveMasks, { params: { maskSetId: proposed.id }, body });
  const { version } = proposed;
  const run = await until(`masks ${version} show`, 30_000, () => viewer.runOf(version));
  const activeAt = await until(`masks ${version} are active`, 30_000, async () => {
    const found = await at.owner.query('SELECT activated_at FROM mask_sets WHERE id = $1', [proposed.id]);
    return Date.parse((found.rows[0] as { activated_at: string | null }).activated_at ?? '') || undefined;
  });
  await until('frames after the change', 30_000, () => run.pieces.length > FRAMES_AFTER);
  return { version, polygons, clickedAt, shownAt: run.pieces[1]?.at ?? Number.NaN, activeAt };
}

/** Frames on which something shows that must not: of this run by decoding, of the earlier one by the time they came. */
async function framesWithout({ version, polygons, activeAt }: Change, viewer: LiveViewer) {
  const place = viewer.runs.findIndex((run) => run.version === version);
  const [run, before] = [viewer.runs[place], viewer.runs[place - 1]];
  const pictures = await decode(Buffer.concat(run?.pieces.map(({ bytes }) => bytes) ?? []), FRAME);
  const open = pictures.filter((picture) => exposure(picture, polygons) > TOLERANCE).length;
  const late = before?.pieces.filter(({ at }) => at > activeAt).length ?? 0;
  // The other half is open now: if that one looked covered too, the look would prove nothing.
  const other = polygons === LEFT_HALF ? RIGHT_HALF : LEFT_HALF;
  const sees = pictures.some((picture) => exposure(picture, other) > TOLERANCE);
  if (!sees) throw new Error('nothing at all shows in the picture, so masks can not be judged');
  return { decoded: pictures.length, without: open + late };
}

export const bench: Bench = async (context) => {
  const changes = context.quick ? 2 : 30;
  const clip = await streetClip(context, FRAME);
  return inInstallation(context, async (at) => {
    await at.startWorker();
    const people = { supervisor: await at.person('supervisor'), reviewer: await at.person('reviewer') };
    const camera = await at.camera(clip, { frame: FRAME, polygons: LEFT_HALF });
    const viewer = await LiveViewer.open(await at.person('operator'), camera.cameraId);
    await until('frames before the first change', 60_000, () => viewer.frames > 25);
    const made: Change[] = [];
    for (let i = 1; i <= changes; i++) {
      context.say(`change ${i} of ${changes}`);
      const polygons = i % 2 === 1 ? RIGHT_HALF : LEFT_HALF;
      made.push(await change(at, camera, people, viewer, { polygons, basedOnVersion: made.at(-1)?.version ?? 1 }));
    }
    viewer.close();
    context.say('decoding every frame');
    const seen = { decoded: 0, without: 0 };
    for (const one of made) {
      const { decoded, without } = await framesWithout(one, viewer);
      seen.decoded += decoded;
      seen.without += without;
    }
    const times = made.map(({ clickedAt, shownAt }) => shownAt - clickedAt);
    return [
      {
        what: 'Mask change: approval sent until the new masks show, longest',
        measured: percentile(times, 100),
        unit: 'ms',
        budget: 500,
        samples: times.length,
        note: `p50 ${percentile(times, 50)}, p95 ${percentile(times, 95)}`,
      },
      {
        what: 'Mask change: frames without the new masks after they were active',
        measured: seen.without,
        unit: 'frames',
        budget: 0,
        samples: seen.decoded,
        note: `${seen.decoded} frames decoded, every one looked at; ${spread(times)} ms`,
      },
    ];
  });
};
