// SPDX-License-Identifier: AGPL-3.0-or-later
// How much later a frame is because it was masked: its fragment in, the fragment of the same frame out.
import type { FrameSize } from '@louver/contract';
import { Masker } from '../../../packages/worker/src/media/masker.ts';
import { requireSandbox, type Sandbox } from '../../../packages/worker/src/media/sandbox.ts';
import { retimed } from '../../../packages/worker/src/media/fmp4.ts';
import type { Bench, BenchContext, Measurement } from '../bench.ts';
import { untilIdle } from '../cpu.ts';
import { FIVE_POLYGONS, FPS, FULL_HD, HD, streetFragments } from '../clips.ts';
import { percentile, spread } from '../statistics.ts';

/** The process starts and probes first, while frames wait in the pipe: opening.bench.ts has that in its figures. */
const WARM_UP_FRAMES = 4 * FPS;

async function latencies(context: BenchContext, sandbox: Sandbox, frame: FrameSize): Promise<Measurement> {
  const { init, fragments } = await streetFragments(context, frame);
  const frames = WARM_UP_FRAMES + (context.quick ? 50 : 1000);
  const step = fragments[0]?.duration || init.timescale / FPS;
  const cameIn = new Map<number, number>();
  const delays: number[] = [];
  let outScale = 0;
  const masker = await Masker.start(
    sandbox,
    { frame, polygons: FIVE_POLYGONS },
    {
      onInit: ({ timescale }) => (outScale = timescale),
      onFragment: ({ time }) => {
        // Matched by presentation time: the masker keeps it, in ticks of its own.
        const number = Math.round((time / outScale) * FPS);
        const at = cameIn.get(number);
        if (at !== undefined && number >= WARM_UP_FRAMES) delays.push(performance.now() - at);
      },
      onEnd: () => undefined,
    },
  );
  context.say(`${frame.height}p, ${frames} frames`);
  masker.begin(init, []);
  const began = performance.now();
  for (let i = 0; i < frames; i++) {
    const wait = began + (i * 1000) / FPS - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const source = fragments[i % fragments.length];
    if (!source) throw new Error('the clip is empty');
    const fragment = retimed(source, Math.round(i * step), i + 1);
    cameIn.set(Math.round((fragment.time / init.timescale) * FPS), performance.now());
    masker.feed(fragment);
  }
  await untilIdle(masker.pid ?? 0);
  masker.kill();
  await masker.closed;
  if (delays.length < frames - WARM_UP_FRAMES - 5) throw new Error(`only ${delays.length} of ${frames} frames matched`);
  return {
    what: `Added latency of the masker, ${frame.height}p25, p95`,
    measured: percentile(delays, 95),
    unit: 'ms',
    budget: 80,
    samples: delays.length,
    note: spread(delays),
  };
}

export const bench: Bench = async (context) => {
  const sandbox = await requireSandbox();
  return [await latencies(context, sandbox, HD), await latencies(context, sandbox, FULL_HD)];
};
