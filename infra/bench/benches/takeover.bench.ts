// SPDX-License-Identifier: AGPL-3.0-or-later
// kill -9 on the worker that holds a camera, until somebody who asks again as the page does has a frame from another one.
import { StreamLocation, redisKeys } from '@louver/contract';
import { Redis } from 'ioredis';
import type { Bench, BenchContext } from '../bench.ts';
import { FIVE_POLYGONS, HD, streetClip } from '../clips.ts';
import { type BenchWorker, inInstallation, type Installation, until } from '../installation.ts';
import { percentile, spread } from '../statistics.ts';
import { LiveViewer, timeToFirstFrame } from '../viewer.ts';

const GIVE_UP_MS = 60_000;
/** The page waits longer between its tries; shorter ones measure the takeover and not the waiting. */
const ASK_EVERY_MS = 250;

async function once(
  context: BenchContext,
  at: Installation,
  workers: BenchWorker[],
): Promise<{ seconds: number; holder: BenchWorker; survivor: BenchWorker }> {
  const operator = await at.person('operator');
  const { cameraId } = await at.camera(await streetClip(context), { frame: HD, polygons: FIVE_POLYGONS });
  const watching = await LiveViewer.open(operator, cameraId);
  await until('frames before the kill', 60_000, () => watching.frames > 25);
  const redis = new Redis(at.redisUrl);
  const { url } = StreamLocation.parse(JSON.parse((await redis.get(redisKeys.streamLocation(cameraId))) ?? '{}'));
  redis.disconnect();
  const holder = workers.find((worker) => worker.url === url);
  const survivor = workers.find((worker) => worker.url !== url);
  if (!holder || !survivor) throw new Error(`${url} is held by no worker of this bench`);

  const killedAt = performance.now();
  process.kill(holder.running.pid, 'SIGKILL');
  for (;;) {
    try {
      await timeToFirstFrame(operator, cameraId, GIVE_UP_MS);
      return { seconds: (performance.now() - killedAt) / 1000, holder, survivor };
    } catch (error) {
      if (performance.now() - killedAt > GIVE_UP_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
  }
}

export const bench: Bench = async (context) => {
  const times = context.quick ? 1 : 6;
  return inInstallation(context, async (at) => {
    let workers = [await at.startWorker('first'), await at.startWorker('second')];
    const taken: number[] = [];
    for (let i = 1; i <= times; i++) {
      context.say(`kill ${i} of ${times}`);
      const { seconds, holder, survivor } = await once(context, at, workers);
      taken.push(seconds);
      if (i < times) workers = [survivor, await at.startWorker(holder.which)];
    }
    return [
      {
        what: 'Takeover after kill -9 of a worker, longest',
        measured: percentile(taken, 100),
        unit: 's',
        budget: 10,
        samples: taken.length,
        note: spread(taken, 1),
      },
    ];
  });
};
