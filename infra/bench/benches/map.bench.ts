// SPDX-License-Identifier: AGPL-3.0-or-later
// The real console with 100,000 cameras, moved by mouse and wheel, in a browser that draws without a GPU.
import type { Page } from '@playwright/test';
import type { Bench, BenchContext } from '../bench.ts';
import { inConsole } from '../browser.ts';
import { inInstallation } from '../installation.ts';
import { COUNT, HOME, plantCameras } from '../many-cameras.ts';
import { percentile, spread } from '../statistics.ts';

/** What a headless Chromium paces its frames by. */
const REFRESH_MS = 1000 / 60;
const ZOOM_SETTLES_MS = 700;

type Intervals = { benchIntervals: number[]; benchStop: boolean };

/** Runs in the page: the time between every two frames until it is told to stop. */
function watchIntervals(): void {
  const kept = window as unknown as Intervals;
  kept.benchIntervals = [];
  kept.benchStop = false;
  let last: number | undefined;
  const tick = (now: number) => {
    if (last !== undefined) kept.benchIntervals.push(now - last);
    last = now;
    if (!kept.benchStop) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

/** Frame intervals while `move` goes on, in whole refreshes: the pacing itself wavers by a tenth of a millisecond. */
async function during(page: Page, move: () => Promise<void>): Promise<number[]> {
  await page.evaluate(watchIntervals);
  await move();
  const raw = await page.evaluate(() => {
    const kept = window as unknown as Intervals;
    kept.benchStop = true;
    return kept.benchIntervals;
  });
  return raw.map((ms) => Math.max(1, Math.round(ms / REFRESH_MS)) * REFRESH_MS);
}

/** Drags the map to and fro, as a hand does: many small moves, button down. */
async function drag(page: Page, seconds: number): Promise<void> {
  const [x, y] = [820, 470];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const began = performance.now();
  for (let angle = 0; performance.now() - began < seconds * 1000; angle += 0.045) {
    await page.mouse.move(x + Math.sin(angle) * 380, y + Math.sin(angle * 1.7) * 260);
  }
  await page.mouse.up();
}

async function turnWheel(page: Page, steps: number): Promise<void> {
  await page.mouse.move(820, 470);
  for (const direction of [-1, 1]) {
    for (let i = 0; i < steps; i++) {
      await page.mouse.wheel(0, direction * 120);
      await page.waitForTimeout(ZOOM_SETTLES_MS);
    }
    // Half-way it has to be closer: a map that stands still draws quickly.
    if (direction < 0) await requireMoved(page, 'zoom');
  }
}

const spotOf = (page: Page): string => new URL(page.url()).searchParams.get('at') ?? '';
let startedAt = '';

/** The page writes into its address where the map is. @throws Error when nothing has moved it */
async function requireMoved(page: Page, what: string): Promise<void> {
  for (let tries = 0; tries < 100 && spotOf(page) === startedAt; tries++) await page.waitForTimeout(50);
  if (spotOf(page) === startedAt) throw new Error(`the map did not move: ${what}`);
}

async function openMap(page: Page, origin: string, zoom: number): Promise<number> {
  const began = performance.now();
  const columns = page.waitForResponse((answer) => answer.url().includes('/api/v1/map/cameras') && answer.ok());
  await page.goto(`${origin}/?bench&at=${HOME.lat},${HOME.lon},${zoom}`);
  await columns;
  await page.locator('canvas').first().waitFor();
  await page.waitForLoadState('networkidle');
  // A map without cameras is quick.
  await page.waitForFunction(
    (count) => (window as unknown as { louverBench?: { cameras(): number } }).louverBench?.cameras() === count,
    COUNT,
  );
  startedAt = spotOf(page);
  return performance.now() - began;
}

async function measure(context: BenchContext, page: Page, origin: string) {
  const [rounds, panSeconds, zoomSteps] = context.quick ? [2, 3, 2] : [4, 6, 4];
  const ready: number[] = [];
  const pans: Record<number, number[]> = { 13: [], 16: [] };
  const zooms: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const zoom of [13, 16]) {
      context.say(`round ${round} of ${rounds}: pan at zoom ${zoom}`);
      ready.push(await openMap(page, origin, zoom));
      pans[zoom]?.push(...(await during(page, () => drag(page, panSeconds))));
      await requireMoved(page, 'pan');
    }
    context.say(`round ${round} of ${rounds}: zoom`);
    ready.push(await openMap(page, origin, 12));
    zooms.push(...(await during(page, () => turnWheel(page, zoomSteps))));
  }
  return { ready, pans, zooms };
}

export const bench: Bench = async (context) =>
  inInstallation(context, async (at) => {
    await plantCameras(at.owner, context.say);
    const operator = await at.person('operator');
    const { ready, pans, zooms } = await inConsole(at.url, operator, (page) => measure(context, page, at.url));
    const cameras = `${COUNT.toLocaleString('en')} cameras`;
    const frames = (what: string, budget: number, intervals: number[]) => ({
      what: `Map of ${cameras}, ${what}, frame p95`,
      measured: Math.round(percentile(intervals, 95) * 10) / 10,
      unit: 'ms',
      budget,
      samples: intervals.length,
      note: spread(intervals, 1),
    });
    return [
      ...Object.entries(pans).map(([zoom, intervals]) => frames(`pan at zoom ${zoom}`, 16.7, intervals)),
      frames('zoom by wheel', 33.3, zooms),
      {
        what: `Map of ${cameras}, from the address to a quiet page, longest`,
        measured: percentile(ready, 100),
        unit: 'ms',
        samples: ready.length,
        note: spread(ready),
      },
    ];
  });
