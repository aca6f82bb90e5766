// SPDX-License-Identifier: AGPL-3.0-or-later
// What one aim among 200 buildings costs: exposures and masks, as `louver exposure` computes them, and everything that the
// job computes, the visible ground included.
import type { ExposureRules } from '@louver/contract';
import { measure } from '@louver/sightline';
import { townScene } from '../../../packages/sightline/src/testing/scenes.ts';
import { look } from '../../../packages/worker/src/exposure/look.ts';
import type { Bench, Measurement } from '../bench.ts';
import { percentile } from '../statistics.ts';

const BUDGET_MS = 10;
const RULES: ExposureRules = {
  dori: 'recognise',
  frameShare: 0.01,
  facadeMetres: 10,
  coveredShare: 0.98,
  marginDeg: 1,
  decideWithinHours: 72,
};

function timed(rounds: number, run: (round: number) => void): number[] {
  return Array.from({ length: rounds }, (_, round) => {
    const start = performance.now();
    run(round);
    return performance.now() - start;
  });
}

const row = (what: string, times: readonly number[], budget?: number): Measurement => ({
  what,
  measured: percentile(times, 95),
  unit: 'ms',
  ...(budget === undefined ? {} : { budget }),
  samples: times.length,
  note: `p50 ${percentile(times, 50).toFixed(1)}, max ${Math.max(...times).toFixed(1)}`,
});

export const bench: Bench = async (context) => {
  const rounds = context.quick ? 20 : 400;
  context.say(`${rounds} streets of 200 buildings`);
  const scenes = Array.from({ length: 40 }, (_, i) => townScene(i + 1, { width: 1920, height: 1080, buildings: 200 }));
  const scene = (round: number) => scenes[round % scenes.length]!;
  // The first looks compile the code.
  timed(20, (round) => void measure(scene(round).aim, scene(round).buildings));
  const bare = timed(rounds, (round) => void measure(scene(round).aim, scene(round).buildings));
  const job = timed(rounds, (round) => {
    const { aim, buildings } = scene(round);
    look({ aim, buildings, rules: RULES, live: true, approved: null, present: null, settled: [] });
  });
  return [
    row('Exposure and masks of one aim with 200 buildings, p95', bare, BUDGET_MS),
    row('The same with the visible ground, as the job computes it, p95', job),
  ];
};
