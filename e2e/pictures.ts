// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes the pictures of README.md from the city that runs on this machine: `npm start` in one terminal, this in another.
import { fileURLToPath } from 'node:url';
import { routes, type CameraSummary } from '@louver/contract';
import { chromium, type Browser, type Page } from '@playwright/test';
import { CHROMIUM } from './chromium.ts';
import { Client, cityUrl, look, signIn } from './city.ts';

process.env['LOUVER_E2E_URL'] ??= 'http://127.0.0.1:8080';
process.env['LOUVER_E2E_DATA'] ??= fileURLToPath(new URL('../.louver', import.meta.url));

const into = (name: string) => fileURLToPath(new URL(`../docs/images/${name}.png`, import.meta.url));
const PURPOSE = 'Kiểm tra tin báo của người dân';

async function pageOf(browser: Browser, role: string): Promise<Page> {
  const room = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
  });
  const page = await room.newPage();
  await signIn(page, role);
  return page;
}

const settled = (page: Page) => page.waitForLoadState('networkidle');

async function consoleRoom(browser: Browser, camera: CameraSummary): Promise<void> {
  const page = await pageOf(browser, 'operator');
  await look(page, camera.code, PURPOSE);
  const tile = page.locator('[data-state=playing]');
  await tile.waitFor();
  await page.waitForTimeout(4_000);
  await page.screenshot({ path: into('console-dark') });
  await tile.screenshot({ path: into('live') });
  await page.keyboard.press('Escape');
  await page.context().close();
}

/** Some looks of some people, so that the auditor has something to read. */
async function someLooks(cameras: readonly CameraSummary[]): Promise<void> {
  const reasons = [
    'Ngập nước trên đường',
    'Điều tiết giao thông giờ tan trường',
    'Tìm xe máy bị mất',
    'Cây đổ chắn lối',
    'Kiểm tra thiết bị',
  ];
  for (const [i, purpose] of reasons.entries()) {
    const client = await Client.as(i % 3 === 2 ? 'supervisor' : 'operator');
    const cameraId = cameras[(i * 3) % cameras.length]!.id;
    const { live } = await client.call(routes.openViewing, {
      body: {
        cameraId,
        purpose,
        kind: i === 4 ? 'still' : 'live',
        ...(i === 2 ? { caseReference: 'HS-2026/118' } : {}),
      },
    });
    const leave = new AbortController();
    const answer = await fetch(live.url, { signal: leave.signal });
    const reader = answer.body!.getReader();
    const until = Date.now() + 2_000 * (i + 1);
    while (Date.now() < until && !(await reader.read()).done);
    leave.abort();
  }
}

async function oversight(browser: Browser): Promise<void> {
  const page = await pageOf(browser, 'auditor');
  await page.getByRole('row').nth(2).waitFor();
  await settled(page);
  await page.screenshot({ path: into('oversight') });
  await page.goto(`${cityUrl()}/oversight/proof`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(4_000);
  await page.screenshot({ path: into('proof') });
  await page.context().close();
}

/** A proposal that moves one corner of what is in force: something for a reviewer to look at. */
async function propose(camera: CameraSummary): Promise<string> {
  const supervisor = await Client.as('supervisor');
  const masks = await supervisor.call(routes.readMasks, { params: { cameraId: camera.id } });
  const polygons = masks.polygons.map((ring, i) => (i === 0 ? ring.map(([x, y]) => [x, Math.max(0, y - 0.04)]) : ring));
  const { id } = await supervisor.call(routes.proposeMasks, {
    params: { aimId: masks.aimId },
    body: {
      polygons: polygons as typeof masks.polygons,
      frame: masks.frame,
      basedOnVersion: masks.version,
      reason: 'Ban công nhà số 12 lộ ra',
    },
  });
  return id;
}

async function masks(browser: Browser, camera: CameraSummary): Promise<void> {
  const maskSetId = await propose(camera);
  const editor = await pageOf(browser, 'supervisor');
  await editor.goto(`${cityUrl()}/cameras/${camera.id}/masks`);
  await settled(editor);
  await editor.waitForTimeout(1_500);
  await editor.screenshot({ path: into('mask-editor') });
  await editor.context().close();
  const review = await pageOf(browser, 'reviewer');
  await review.goto(`${cityUrl()}/masks/${maskSetId}?camera=${camera.id}`);
  await settled(review);
  await review.waitForTimeout(1_500);
  await review.screenshot({ path: into('mask-review') });
  await review.context().close();
  const reviewer = await Client.as('reviewer');
  await reviewer.call(routes.rejectMasks, {
    params: { maskSetId: maskSetId },
    body: { note: 'Chỉ để chụp ảnh hướng dẫn' },
  });
}

/** The queue, and a finding whose masks are proposed for a camera with several homes in view. */
async function exposures(browser: Browser): Promise<void> {
  const reviewer = await Client.as('reviewer');
  const { items } = await reviewer.call(routes.exposureQueue, { query: { limit: 100 } });
  const shown = items.find(({ enforced }) => enforced) ?? items.find(({ homes }) => homes > 2) ?? items[0];
  const page = await pageOf(browser, 'reviewer');
  await page.goto(`${cityUrl()}/exposures`);
  await settled(page);
  await page.screenshot({ path: into('exposure-queue') });
  await page.goto(`${cityUrl()}/exposures/${shown!.findingId}`);
  await settled(page);
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: into('exposure-finding') });
  await page.context().close();
}

const browser = await chromium.launch(CHROMIUM);
try {
  const operator = await Client.as('operator');
  const { items } = await operator.call(routes.listCameras, {
    query: { state: ['reachable', 'streaming'], limit: 50 },
  });
  const camera = items.find(({ name }) => name.includes('trước dãy nhà')) ?? items[0]!;
  await someLooks(items);
  await consoleRoom(browser, camera);
  await masks(browser, camera);
  await exposures(browser);
  await oversight(browser);
} finally {
  await browser.close();
}
