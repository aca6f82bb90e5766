// SPDX-License-Identifier: AGPL-3.0-or-later
// From stating a purpose to the first whole frame: of a camera that somebody watches already, and of one that nobody does.
import type { Bench } from '../bench.ts';
import { FIVE_POLYGONS, HD, streetClip } from '../clips.ts';
import { inInstallation, until } from '../installation.ts';
import { percentile, spread } from '../statistics.ts';
import { LiveViewer, timeToFirstFrame } from '../viewer.ts';

export const bench: Bench = async (context) => {
  const clip = await streetClip(context);
  const [warmCount, coldCount] = context.quick ? [5, 2] : [100, 12];
  return inInstallation(context, async (at) => {
    await at.startWorker();
    const operator = await at.person('operator');
    const masks = { frame: HD, polygons: FIVE_POLYGONS };
    const cold: number[] = [];
    for (let i = 1; i <= coldCount; i++) {
      context.say(`cold camera ${i} of ${coldCount}`);
      const { cameraId, mount } = await at.camera(clip, masks);
      cold.push(await timeToFirstFrame(operator, cameraId));
      // Its masker would take CPU from the next one.
      await until('the camera is left alone', 30_000, () => mount.clients === 0);
    }
    const { cameraId } = await at.camera(clip, masks);
    const watching = await LiveViewer.open(operator, cameraId);
    await until('frames of the warm camera', 30_000, () => watching.frames > 50);
    const warm: number[] = [];
    for (let i = 1; i <= warmCount; i++) {
      if (i % 10 === 1) context.say(`warm camera, ${i} of ${warmCount}`);
      warm.push(await timeToFirstFrame(operator, cameraId));
    }
    watching.close();
    return [
      {
        what: 'Opening a viewing to its first frame, warm camera, p95',
        measured: percentile(warm, 95),
        unit: 'ms',
        budget: 1000,
        samples: warm.length,
        note: spread(warm),
      },
      {
        what: 'Opening a viewing to its first frame, cold camera, p95',
        measured: percentile(cold, 95),
        unit: 'ms',
        samples: cold.length,
        note: spread(cold),
      },
    ];
  });
};
