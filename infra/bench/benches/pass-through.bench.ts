// SPDX-License-Identifier: AGPL-3.0-or-later
// CPU of passing on what a device has covered, with its checks, over the CPU of a plain transcode of the same clip.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { FrameSize } from '@louver/contract';
import { cleanFragment, cleanInit } from '../../../packages/worker/src/devices/clean-stream.ts';
import { KeyFrameCheck } from '../../../packages/worker/src/devices/key-frame-check.ts';
import { type Fragment, type Init, retimed } from '../../../packages/worker/src/media/fmp4.ts';
import { maskerArgs } from '../../../packages/worker/src/media/masker-args.ts';
import { Masker } from '../../../packages/worker/src/media/masker.ts';
import { type Sandbox, requireSandbox } from '../../../packages/worker/src/media/sandbox.ts';
import type { Bench, BenchContext, Measurement } from '../bench.ts';
import { FIVE_POLYGONS, FPS, FULL_HD, type Fragments, HD, streetFragments } from '../clips.ts';
import { untilIdle } from '../cpu.ts';
import { median, range, shuffled } from '../statistics.ts';

/** A few frames may stay inside until the input ends. */
const HELD_BACK = 4;

/** The clip as a device sends it that has covered five polygons. */
async function covered(sandbox: Sandbox, frame: FrameSize, { init, fragments }: Fragments): Promise<Fragments> {
  let made: Init | undefined;
  const out: Fragment[] = [];
  const masker = await Masker.start(
    sandbox,
    { frame, polygons: FIVE_POLYGONS },
    { onInit: (found) => (made = found), onFragment: (fragment) => out.push(fragment), onEnd: () => undefined },
  );
  masker.begin(init, fragments);
  await untilIdle(masker.pid ?? 0);
  masker.kill();
  await masker.closed;
  if (!made || out.length < fragments.length - HELD_BACK) throw new Error(`only ${out.length} frames were covered`);
  return { init: made, fragments: out };
}

function plainArgs(frame: FrameSize): string[] {
  const args = maskerArgs(frame);
  const [graph, map] = [args.indexOf('-filter_complex'), args.indexOf('[v]')];
  if (graph < 0 || map < 0) throw new Error('the masker has other arguments than this bench knows');
  return args.map((arg, i) => (i === map ? '0:v:0' : arg)).toSpliced(graph, 2);
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

/** The decoder of key frames, and this process's part: taking frames apart, putting them together, looking. */
async function cpuOfPassed(sandbox: Sandbox, frame: FrameSize, { init, fragments }: Fragments): Promise<number> {
  const clean = cleanInit(init);
  let [flat, keys, own] = [0, 0, 0];
  const verdicts: string[] = [];
  const check = await KeyFrameCheck.start(sandbox, { frame, polygons: FIVE_POLYGONS }, clean, {
    onVerdict: ({ kind }) => (kind === 'flat' ? flat++ : verdicts.push(kind)),
  });
  try {
    const started = await untilIdle(check.pid ?? 0);
    const before = process.cpuUsage();
    let left = 0;
    for (const [i, fragment] of fragments.entries()) {
      const passed = cleanFragment(fragment, clean);
      if (!passed) continue;
      keys += passed.key ? 1 : 0;
      check.look(passed);
      left += retimed(passed, passed.time, i).bytes.length;
    }
    const { user, system } = process.cpuUsage(before);
    const decoded = (await untilIdle(check.pid ?? 0)) - started;
    own = (user + system) / 1e6;
    if (flat < keys || verdicts.length > 0 || left === 0)
      throw new Error(`${flat} of ${keys} key frames were looked at`);
    return decoded + own;
  } finally {
    check.kill();
    await check.closed;
  }
}

async function compare(context: BenchContext, sandbox: Sandbox, frame: FrameSize): Promise<Measurement> {
  const rounds = context.quick ? 2 : 8;
  const clip = await streetFragments(context, frame);
  const long = await covered(sandbox, frame, repeated(clip, context.quick ? 5 : 3));
  const seconds = long.fragments.length / FPS;
  const used: Record<'passed' | 'plain', number[]> = { passed: [], plain: [] };
  for (let round = 1; round <= rounds; round++) {
    context.say(`${frame.height}p, round ${round} of ${rounds}`);
    for (const kind of shuffled(['passed', 'plain'] as const))
      used[kind].push(kind === 'passed' ? await cpuOfPassed(sandbox, frame, long) : await cpuOfPlain(frame, long));
  }
  const ratios = used.passed.map((passed, i) => passed / (used.plain[i] ?? Number.NaN));
  const perSecond = (kind: 'passed' | 'plain') => (median(used[kind]) / seconds).toFixed(4);
  return {
    what: `Pass-through with its checks, ${frame.height}p25: CPU over plain transcode`,
    measured: median(ratios),
    unit: 'ratio',
    budget: 0.05,
    samples: rounds,
    note: `rounds ${range(ratios)}; ${perSecond('passed')} against ${perSecond('plain')} cores a stream`,
  };
}

/** The clip several times over, its times going on. */
function repeated({ init, fragments }: Fragments, times: number): Fragments {
  const last = fragments.at(-1)!;
  const length = last.time + last.duration;
  return {
    init,
    fragments: Array.from({ length: times }, (_, n) =>
      fragments.map((fragment, i) => retimed(fragment, n * length + fragment.time, n * fragments.length + i)),
    ).flat(),
  };
}

export const bench: Bench = async (context) => {
  const sandbox = await requireSandbox();
  return [await compare(context, sandbox, FULL_HD), await compare(context, sandbox, HD)];
};
