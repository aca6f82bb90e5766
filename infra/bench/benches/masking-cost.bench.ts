// SPDX-License-Identifier: AGPL-3.0-or-later
// CPU of the real masker over the CPU of the same transcode without masks and without a sandbox.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { FrameSize } from '@louver/contract';
import { maskerArgs } from '../../../packages/worker/src/media/masker-args.ts';
import { Masker } from '../../../packages/worker/src/media/masker.ts';
import { type Sandbox, requireSandbox } from '../../../packages/worker/src/media/sandbox.ts';
import type { Bench, BenchContext, Measurement } from '../bench.ts';
import { FIVE_POLYGONS, FPS, FULL_HD, type Fragments, HD, streetFragments } from '../clips.ts';
import { untilIdle } from '../cpu.ts';
import { median, range, shuffled } from '../statistics.ts';

/** A few frames may stay inside until the input ends. */
const HELD_BACK = 4;

/** The masker's own arguments without its graph. @throws when they no longer have the shape that this counts on */
function plainArgs(frame: FrameSize): string[] {
  const args = maskerArgs(frame);
  const [graph, map] = [args.indexOf('-filter_complex'), args.indexOf('[v]')];
  if (graph < 0 || map < 0) throw new Error('the masker has other arguments than this bench knows');
  return args.map((arg, i) => (i === map ? '0:v:0' : arg)).toSpliced(graph, 2);
}

async function cpuOfMasked(sandbox: Sandbox, frame: FrameSize, { init, fragments }: Fragments): Promise<number> {
  let came = 0;
  const masker = await Masker.start(
    sandbox,
    { frame, polygons: FIVE_POLYGONS },
    { onInit: () => undefined, onFragment: () => came++, onEnd: () => undefined },
  );
  try {
    masker.begin(init, fragments);
    const used = await untilIdle(masker.pid ?? 0);
    if (came < fragments.length - HELD_BACK) throw new Error(`only ${came} of ${fragments.length} frames came out`);
    return used;
  } finally {
    masker.kill();
    await masker.closed;
  }
}

async function cpuOfPlain(frame: FrameSize, { init, fragments }: Fragments): Promise<number> {
  const child: ChildProcessWithoutNullStreams = spawn('ffmpeg', plainArgs(frame));
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => (bytes += chunk.length));
  child.stderr.on('data', (chunk: Buffer) => process.stderr.write(chunk));
  child.stdin.on('error', () => undefined);
  for (const part of [init, ...fragments]) child.stdin.write(part.bytes);
  try {
    const used = await untilIdle(child.pid ?? 0);
    if (bytes < 1000 * fragments.length * 0.05) throw new Error(`the plain transcode gave ${bytes} bytes`);
    return used;
  } finally {
    child.kill('SIGKILL');
  }
}

async function compare(context: BenchContext, sandbox: Sandbox, frame: FrameSize): Promise<Measurement> {
  const rounds = context.quick ? 2 : 12;
  const clip = await streetFragments(context, frame);
  const seconds = clip.fragments.length / FPS;
  const used: Record<'masked' | 'plain', number[]> = { masked: [], plain: [] };
  for (let round = 1; round <= rounds; round++) {
    context.say(`${frame.height}p, round ${round} of ${rounds}`);
    for (const kind of shuffled(['masked', 'plain'] as const))
      used[kind].push(kind === 'masked' ? await cpuOfMasked(sandbox, frame, clip) : await cpuOfPlain(frame, clip));
  }
  const ratios = used.masked.map((masked, i) => masked / (used.plain[i] ?? Number.NaN));
  const perSecond = (kind: 'masked' | 'plain') => (median(used[kind]) / seconds).toFixed(3);
  return {
    what: `Masking cost, ${frame.height}p25: CPU over plain transcode`,
    measured: median(ratios),
    unit: 'ratio',
    budget: 1.05,
    samples: rounds,
    note: `rounds ${range(ratios)}; ${perSecond('masked')} against ${perSecond('plain')} cores a stream`,
  };
}

export const bench: Bench = async (context) => {
  const sandbox = await requireSandbox();
  return [await compare(context, sandbox, FULL_HD), await compare(context, sandbox, HD)];
};
