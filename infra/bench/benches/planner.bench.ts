// SPDX-License-Identifier: AGPL-3.0-or-later
// A planned camera is turned and moved by hand on the real page among 200 buildings: from the pointer's move until the list of
// homes that belongs to it is on the screen.
import type { Page } from '@playwright/test';
import { aCamera } from '@louver/testkit';
import { townScene } from '../../../packages/sightline/src/testing/scenes.ts';
import type { Bench, BenchContext, Measurement } from '../bench.ts';
import { inConsole } from '../browser.ts';
import { type Installation, inInstallation } from '../installation.ts';
import { percentile, spread } from '../statistics.ts';

const BUDGET_MS = 50;
const BUILDINGS = 200;

type Watched = { benchTimes: number[] };

/** Runs in the page: every time the list has caught up with the hand, how long that took, the drawn frame included. */
function watchList(): void {
  const kept = window as unknown as Watched;
  kept.benchTimes = [];
  let moved: number | undefined;
  const note = (event: Event) => (moved = event.timeStamp);
  for (const type of ['pointermove', 'mousemove']) addEventListener(type, note, { capture: true });
  const list = document.querySelector('[data-testid="plan-homes"]')!;
  new MutationObserver(() => {
    if (list.getAttribute('aria-busy') !== 'false' || moved === undefined) return;
    const since = moved;
    moved = undefined;
    // What runs before the next frame is on the screen with it; a task after that runs when it is.
    requestAnimationFrame(() => setTimeout(() => kept.benchTimes.push(performance.now() - since)));
  }).observe(list, { attributes: true, attributeFilter: ['aria-busy'] });
}

async function plant(at: Installation): Promise<{ cameraId: string; aimId: string }> {
  const { buildings } = townScene(26, { width: 1920, height: 1080, buildings: BUILDINGS });
  const rows = buildings.map(({ id, home, height, footprint }) => ({ id, home: home ?? true, height, footprint }));
  await at.owner.query(
    `INSERT INTO buildings (source_id, use, is_home, height_m, footprint)
     SELECT r.id, 'unknown', r.home, greatest(r.height, 0.5), ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(r.footprint::text), 4326))
     FROM json_to_recordset($1::json) AS r (id text, home boolean, height float8, footprint json)`,
    [JSON.stringify(rows)],
  );
  const made = await aCamera(at.owner, { frame: { width: 1920, height: 1080 }, status: 'planned' });
  await at.owner.query('UPDATE aims SET tilt_deg = -12, range_m = 100 WHERE id = $1', [made.aimId]);
  return made;
}

/** One move at a time, each answered before the next: what somebody sees who stops anywhere. */
async function drag(page: Page, role: 'slider' | 'application', steps: number): Promise<number[]> {
  const box = await page.locator('.planner').getByRole(role).first().boundingBox();
  if (!box) throw new Error('nothing to drag');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  // The first moves start the drag.
  for (let i = 1; i <= 3; i++) await page.mouse.move(x + 2 * i, y);
  await page.waitForTimeout(500);
  await page.evaluate(() => ((window as unknown as Watched).benchTimes.length = 0));
  for (let i = 0; i < steps; i++) {
    await page.mouse.move(x + 60 * Math.sin(i / 4) + 8, y + 40 * Math.sin(i / 3));
    await page.waitForFunction((count) => (window as unknown as Watched).benchTimes.length > count, i);
  }
  await page.mouse.up();
  return page.evaluate(() => [...(window as unknown as Watched).benchTimes]);
}

async function measure({ quick, say }: BenchContext, page: Page, url: string): Promise<Measurement[]> {
  await page.goto(url);
  await page.locator('[data-testid="plan-homes"][aria-busy="false"] li').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(watchList);
  const steps = quick ? 40 : 200;
  const found: Measurement[] = [];
  for (const [how, role] of [
    ['turned by its handle', 'slider'],
    ['moved', 'application'],
  ] as const) {
    say(`${how}: ${steps} moves`);
    // The first moves compile the code.
    await drag(page, role, 20);
    const times = await drag(page, role, steps);
    found.push({
      what: `Planned camera ${how} among ${BUILDINGS} buildings, pointer to list on the screen, p95`,
      measured: Math.round(percentile(times, 95) * 10) / 10,
      unit: 'ms',
      budget: BUDGET_MS,
      samples: times.length,
      note: spread(times, 1),
    });
  }
  return found;
}

export const bench: Bench = async (context) =>
  inInstallation(context, async (at) => {
    const { cameraId, aimId } = await plant(at);
    const supervisor = await at.person('supervisor');
    const url = `${at.url}/planning?camera=${cameraId}&aim=${aimId}`;
    return inConsole(at.url, supervisor, (page) => measure(context, page, url));
  });
