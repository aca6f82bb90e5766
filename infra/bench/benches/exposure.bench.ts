// SPDX-License-Identifier: AGPL-3.0-or-later
// What one aim among 200 buildings costs: exposures and masks, as `louver exposure` computes them, and everything that the
// job computes, the visible ground included.
import type { ExposureRules } from '@louver/contract';
import { measure } from '@louver/sightline';
import { townScene } from '../../../packages/sightline/src/testing/scenes.ts';
import { look } from '../../../packages/worker/src/exposure/look.ts';
import type { Bench, Measurement } from '../bench.ts';
import { median, percentile } from '../statistics.ts';

const BUDGET_MS = 10;
const SCENES = 40;
const RULES: ExposureRules = {
  dori: 'recognise',
  frameShare: 0.01,
  facadeMetres: 10,
  coveredShare: 0.98,
  marginDeg: 1,
  decideWithinHours: 72,
};

/**
 * Of each scene the middle of its rounds, shuffled in time by going through all scenes before any comes again: what else the
 * machine did in one of them does not count, and a street that costs more does.
 */
function timed(scenes: number, rounds: number, run: (scene: number) => void): number[] {
  const took = Array.from({ length: scenes }, (): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [scene, times] of took.entries()) {
      const start = performance.now();
      run(scene);
      times.push(performance.now() - start);
    }
  }
  return took.map(median);
}

const row = (what: string, times: readonly number[], rounds: number, budget?: number): Measurement => ({
  what,
  measured: percentile(times, 95),
  unit: 'ms',
  ...(budget === undefined ? {} : { budget }),
  samples: times.length,
  note: `streets, each the middle of ${rounds} rounds; p50 ${percentile(times, 50).toFixed(1)}, max ${Math.max(...times).toFixed(1)}`,
});

export const bench: Bench = async (context) => {
  const rounds = context.quick ? 3 : 11;
  context.say(`${SCENES} streets of 200 buildings`);
  const scenes = Array.from({ length: SCENES }, (_, i) =>
    townScene(i + 1, { width: 1920, height: 1080, buildings: 200 }),
  );
  const bare = (i: number) => void measure(scenes[i]!.aim, scenes[i]!.buildings);
  const job = (i: number) => {
    const { aim, buildings } = scenes[i]!;
    look({ aim, buildings, rules: RULES, live: true, approved: null, present: null, settled: [] });
  };
  // The first looks compile the code.
  timed(SCENES, 1, bare);
  timed(SCENES, 1, job);
  return [
    row('Exposure and masks of one aim with 200 buildings, p95', timed(SCENES, rounds, bare), rounds, BUDGET_MS),
    row('The same with the visible ground, as the job computes it, p95', timed(SCENES, rounds, job), rounds),
  ];
};
