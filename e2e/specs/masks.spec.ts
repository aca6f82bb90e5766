// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type CameraSummary, type MaskSet } from '@louver/contract';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { expectNothingForAxe } from '../accessible.ts';
import { Client, cityUrl, signIn } from '../city.ts';

/** A camera that nobody streams and that has an aim: what is approved here disturbs no picture of another test. */
async function aQuietCamera(client: Client): Promise<CameraSummary> {
  const { items } = await client.call(routes.listCameras, { query: { limit: 500 } });
  const camera = items.find(({ hasStream, headingDeg }) => !hasStream && headingDeg !== null);
  if (!camera) throw new Error('every camera of the city streams');
  return camera;
}

const setsOf = async (client: Client, camera: CameraSummary): Promise<MaskSet[]> =>
  (await client.call(routes.listMaskSets, { query: { cameraId: camera.id } })).items;

async function asRole(browser: Browser, role: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, role);
  return page;
}

const canvasOf = (page: Page) => page.getByRole('application');

test('a supervisor draws by keyboard, cannot approve it, and a reviewer puts it in force', async ({
  page,
  browser,
}) => {
  const client = await Client.as('supervisor');
  const camera = await aQuietCamera(client);
  const reason = `Che mặt tiền nhà dân ${Date.now()}`;
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/cameras/${camera.id}/masks`);

  await canvasOf(page).focus();
  await page.keyboard.press('r');
  await expect(page.getByText(/Vùng \d+, 4 góc/)).toBeVisible();
  await page.keyboard.press('Tab');
  const words = page.getByText(/Vùng \d+, góc 1: /);
  const before = await words.textContent();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowUp');
  await expect(words).not.toHaveText(before!);
  await page.keyboard.press('Control+z');
  await expect(words).toBeHidden();
  await page.keyboard.press('Control+y');
  await page.getByRole('button', { name: 'Che đặc' }).click();
  await expect(canvasOf(page).locator('[data-ring]').last()).toHaveCSS('fill', /^url/);
  await expectNothingForAxe(page);

  await page.getByLabel('Lý do', { exact: true }).fill(reason);
  await page.getByRole('button', { name: 'Gửi để duyệt' }).click();
  await expect(page.getByText('khi một người khác duyệt')).toBeVisible();
  await page.getByRole('link', { name: 'Xem bản vừa gửi' }).click();
  await expect(page.getByText('Bạn đã vẽ bộ che này')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Duyệt và áp dụng' })).toBeHidden();

  const reviewer = await asRole(browser, 'reviewer');
  await reviewer.goto(`${cityUrl()}/masks`);
  await reviewer
    .getByRole('listitem')
    .filter({ hasText: reason })
    .getByRole('link', { name: /Xem và quyết định/ })
    .click();
  await expect(reviewer.getByRole('heading', { level: 1 })).toContainText(camera.code);
  await expectNothingForAxe(reviewer);
  await reviewer.getByRole('button', { name: 'Duyệt và áp dụng' }).click();
  await expect(reviewer.getByText('Viết ít nhất 3 ký tự')).toBeVisible();
  await reviewer.getByLabel('Ghi chú cho người vẽ và cho sổ').fill('Đã đối chiếu với bản đồ nhà cửa');
  await reviewer.getByRole('button', { name: 'Duyệt và áp dụng' }).click();
  // Another version of this camera may be in force already: the words alone say nothing of this one.
  await expect
    .poll(async () => (await setsOf(client, camera)).find((one) => one.reason === reason))
    .toMatchObject({ state: 'active', decisionNote: 'Đã đối chiếu với bản đồ nhà cửa' });
  await expect(reviewer.getByText('Đang áp dụng').first()).toBeVisible();
  await reviewer.context().close();
});

test('an outline that crosses itself or leaves the frame is told at once and cannot be sent', async ({ page }) => {
  const camera = await aQuietCamera(await Client.as('supervisor'));
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/cameras/${camera.id}/masks`);
  const svg = canvasOf(page).locator('svg');
  await page.getByRole('radio', { name: 'Vẽ vùng' }).click();
  const box = (await svg.boundingBox())!;
  for (const [x, y] of [
    [0.4, 0.6],
    [0.6, 0.8],
    [0.6, 0.6],
    [0.4, 0.8],
  ] as const) {
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  }
  await page.getByRole('button', { name: 'Khép vùng' }).click();
  await expect(page.getByText(/đường viền tự cắt sau góc 1/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Gửi để duyệt' })).toBeDisabled();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(page.getByText(/đường viền tự cắt/)).toBeHidden();

  await page.getByRole('button', { name: 'Thêm hình chữ nhật' }).click();
  await page.getByLabel(/góc 1, ngang/).fill('-40');
  await expect(page.getByText(/góc 1 nằm ngoài khung hình/)).toBeVisible();
  await page.getByLabel(/góc 1, ngang/).fill('40');
  await expect(page.getByText(/nằm ngoài khung hình/)).toBeHidden();
});

test('a finger draws as a mouse does', async ({ browser }) => {
  const camera = await aQuietCamera(await Client.as('supervisor'));
  const context = await browser.newContext({ hasTouch: true, viewport: { width: 820, height: 1180 } });
  const page = await context.newPage();
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/cameras/${camera.id}/masks`);
  await page.getByRole('radio', { name: 'Vẽ vùng' }).tap();
  const box = (await canvasOf(page).locator('svg').boundingBox())!;
  for (const [x, y] of [
    [0.3, 0.7],
    [0.6, 0.7],
    [0.6, 0.9],
    [0.3, 0.7],
  ] as const) {
    await page.touchscreen.tap(box.x + box.width * x, box.y + box.height * y);
  }
  // The last tap was on the first corner, which closes the outline.
  await expect(page.getByText(/Vùng \d+, 3 góc/)).toBeVisible();
  await context.close();
});

test('a reviewer sees the picture only after asking for it, and that is on the record', async ({ page }) => {
  const supervisor = await Client.as('supervisor');
  const { items } = await supervisor.call(routes.listCameras, {
    query: { state: ['reachable', 'streaming'], limit: 10 },
  });
  const camera = items.at(-1);
  if (!camera) throw new Error('no camera of the city answers');
  const base = await supervisor.call(routes.readMasks, { params: { cameraId: camera.id } });
  const proposed = await supervisor.call(routes.proposeMasks, {
    params: { aimId: base.aimId },
    body: {
      polygons: base.polygons.slice(1),
      frame: base.frame,
      basedOnVersion: base.version,
      reason: `Bỏ một vùng ${Date.now()}`,
    },
  });
  await signIn(page, 'reviewer');
  await page.goto(`${cityUrl()}/masks/${proposed.id}`);
  await expect(page.getByText(/Đề xuất này bỏ che/)).toBeVisible();
  await expect(page.locator('svg image')).toHaveCount(0);
  await page.getByRole('button', { name: 'Ghi sổ và lấy ảnh' }).click();
  await expect(page.locator('svg image').or(page.getByRole('alert')).first()).toBeVisible({ timeout: 60_000 });
  // Whatever was said instead of a picture is what the failure should show.
  expect(await page.getByRole('alert').allTextContents()).toEqual([]);
  const seq = /mục ([\d.]+)/
    .exec((await page.getByText(/mục [\d.]+ trong sổ/).textContent())!)![1]!
    .replaceAll('.', '');

  await page.getByLabel('Ghi chú cho người vẽ và cho sổ').fill('Ở đó còn nhà dân');
  await page.getByRole('button', { name: 'Bác' }).click();
  await expect(page.getByText('Bị bác')).toBeVisible();

  const auditor = await Client.as('auditor');
  const { items: entries } = await auditor.call(routes.listRecords, {
    query: { camera: camera.id, action: ['viewing.open'], limit: 20 },
  });
  expect(entries.find((entry) => entry.seq === seq)).toMatchObject({ detail: { kind: 'still' } });
});
