// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type CameraSummary, type QueueRow } from '@louver/contract';
import { expect, test, type Page } from '@playwright/test';
import { expectNothingForAxe } from '../accessible.ts';
import { Client, cityUrl, signIn } from '../city.ts';

// A browser, fourteen cameras and whoever else builds on the same two cores: a limit is for what hangs.
test.setTimeout(300_000);

const queueOf = async (client: Client, query: object = {}): Promise<QueueRow[]> =>
  (await client.call(routes.exposureQueue, { query: { limit: 500, ...query } })).items;

/** Findings of cameras that nobody streams: what is decided about them disturbs no picture of another test. */
async function quietRows(client: Client): Promise<QueueRow[]> {
  const { items } = await client.call(routes.listCameras, { query: { limit: 500 } });
  const quiet = new Set(items.filter(({ hasStream }: CameraSummary) => !hasStream).map(({ id }) => id));
  const rows = (await queueOf(client)).filter(({ camera, homes }) => quiet.has(camera.id) && homes > 1);
  if (rows.length < 4) throw new Error('the city has too few exposed homes for these tests');
  return rows;
}

const open = (page: Page, { findingId }: QueueRow) => page.goto(`${cityUrl()}/exposures/${findingId}`);
const rowsOf = (page: Page) => page.getByRole('list', { name: /nặng nhất trước/ }).getByRole('listitem');
const note = (page: Page, label: string) => page.getByRole('textbox', { name: label });

test('a reviewer begins at the queue, worst first, and its address holds the filters', async ({ page }) => {
  const worst = (await queueOf(await Client.as('reviewer')))[0]!;
  await signIn(page, 'reviewer');
  await expect(page).toHaveURL(/\/exposures$/);
  await expect(rowsOf(page).first()).toContainText(worst.camera.code);
  await expect(rowsOf(page).first()).toContainText(/cách \d/);
  await expect(rowsOf(page).first()).toContainText('px/m');
  await expectNothingForAxe(page);

  await page.getByRole('button', { name: 'Nhận ra', exact: true }).click();
  await expect(page).toHaveURL(/dori=recognise/);
  await expect(rowsOf(page).first()).toContainText('Nhận ra được người quen');
  await page.getByRole('button', { name: 'Quá hạn', exact: true }).click();
  await expect(page.getByText('Không có camera nào khớp bộ lọc')).toBeVisible();
  await page.getByRole('button', { name: 'Bỏ mọi bộ lọc' }).click();
  await expect(page).toHaveURL(/\/exposures$/);
});

test('by keyboard alone: through the rows, into one, to the next, and the proposal is approved', async ({ page }) => {
  const client = await Client.as('reviewer');
  const row = (await quietRows(client)).find(({ maskSetId, enforced }) => maskSetId !== null && !enforced)!;
  await signIn(page, 'reviewer');
  await rowsOf(page).first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('ArrowDown');
  const second = (await queueOf(client))[1]!;
  await expect(page.locator(':focus')).toHaveText(second.camera.code);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(second.camera.code);
  await page.keyboard.press('k');
  const first = (await queueOf(client))[0]!;
  await expect(page.getByRole('heading', { level: 1 })).toContainText(first.camera.code);

  await open(page, row);
  const plan = page.getByRole('img', { name: /Sơ đồ: camera/ });
  await expect(plan).toBeVisible();
  await expect(
    page
      .getByRole('img', { name: /Khung hình của/ })
      .locator('path')
      .first(),
  ).toBeAttached();
  await expectNothingForAxe(page);
  await page.getByRole('radio', { name: 'Duyệt bộ che đề xuất' }).focus();
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Duyệt bộ che', exact: true }).press('Enter');
  await expect(page.getByText('Viết ít nhất 3 ký tự')).toBeVisible();
  await note(page, 'Bạn đã kiểm tra điều gì').fill('Đã đối chiếu bản đồ nhà cửa');
  await page.getByRole('button', { name: 'Duyệt bộ che', exact: true }).press('Enter');
  await expect(page.getByText('Đã ghi vào sổ')).toBeVisible();
  await expect(page.getByText('Đã đối chiếu bản đồ nhà cửa')).toBeVisible();
  const after = await client.call(routes.readFinding, { params: { findingId: row.findingId } });
  expect(['decided', 'closed']).toContain(after.state);
  expect(after.decisions).toMatchObject([{ decision: 'approve-masks', completes: true }]);
});

test('an ordered aim closes nothing, and says so', async ({ page }) => {
  const client = await Client.as('reviewer');
  const row = (await quietRows(client)).findLast(({ newAimOrderedAt }) => newAimOrderedAt === null)!;
  await signIn(page, 'reviewer');
  await open(page, row);
  await page.getByText('Yêu cầu đổi hướng ngắm').click();
  await expect(page.getByText(/Phát hiện vẫn mở và vùng che giữ nguyên/)).toBeVisible();
  await note(page, 'Xoay thế nào và vì sao').fill('Hạ xuống mặt đường');
  await page.getByRole('button', { name: 'Gửi yêu cầu' }).click();
  await expect(page.getByText('Đã ghi vào sổ')).toBeVisible();
  await page.getByRole('link', { name: 'Về hàng đợi' }).last().click();
  const after = (await queueOf(client)).find(({ findingId }) => findingId === row.findingId)!;
  expect(after.state).toBe('open');
  expect(after.newAimOrderedAt).not.toBeNull();
  await open(page, row);
  await expect(page.getByText(/chưa đo thấy camera đã xoay/)).toBeVisible();
  await expect(page.getByText('Chờ đo thấy camera đã xoay.')).toBeVisible();
});

test('what covers a home is taken away by two people, and the page tells which of them one is', async ({ page }) => {
  const client = await Client.as('reviewer');
  const row = (await queueOf(client)).find(({ enforced }) => enforced);
  if (!row) throw new Error('no masks of the city are enforced');
  await signIn(page, 'reviewer');
  await open(page, row);
  await expect(page.getByText('Đang che', { exact: true })).toBeVisible();
  await page.getByText('Không vi phạm', { exact: true }).click();
  await expect(page.getByText(/Bạn là người thứ nhất/)).toBeVisible();
  await note(page, 'Vì sao không vi phạm').fill('Nhà bỏ hoang theo biên bản');
  await page.getByRole('button', { name: 'Ghi là không vi phạm' }).click();
  await expect(page.getByText('Chờ người thứ hai.')).toBeVisible();
  await open(page, row);
  await page.getByText('Không vi phạm', { exact: true }).click();
  await expect(page.getByText(/một người duyệt khác phải đồng ý/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ghi là không vi phạm' })).toHaveCount(0);
  const after = await client.call(routes.readFinding, { params: { findingId: row.findingId } });
  expect(after).toMatchObject({ state: 'open', enforced: true });
});

test('the picture comes only when it is asked for, masked, and stands on the record', async ({ page }) => {
  const client = await Client.as('reviewer');
  const { items } = await client.call(routes.listCameras, { query: { state: ['reachable', 'streaming'], limit: 50 } });
  const answering = new Set(items.map(({ id }) => id));
  const row = (await queueOf(client)).find(({ camera, enforced }) => enforced && answering.has(camera.id));
  if (!row) throw new Error('no camera of the city both answers and looks at a home');
  await signIn(page, 'reviewer');
  await open(page, row);
  await expect(page.getByRole('button', { name: 'Ghi sổ và lấy ảnh' })).toBeVisible();
  await expect(page.locator('svg image')).toHaveCount(0);
  const picture = page.locator('svg image');
  // A masker that nobody watched has to begin, and what it gives is looked at before anybody sees it: meanwhile it is withheld.
  await expect(async () => {
    const take = page.getByRole('button', { name: 'Ghi sổ và lấy ảnh' });
    if ((await take.count()) > 0 && (await take.isEnabled())) await take.click();
    await expect(picture).toHaveCount(1, { timeout: 20_000 });
  }).toPass({ timeout: 200_000 });
  await expect(page.getByText(/mục [\d.]+ trong sổ/)).toBeVisible();
});

test('edit on the frame begins with the proposal, compares, and does not lose a drawing unasked', async ({ page }) => {
  const client = await Client.as('reviewer');
  const row = (await quietRows(client))[2]!;
  await signIn(page, 'reviewer');
  await open(page, row);
  await page.getByText('Sửa trên khung hình').click();
  await page.getByRole('link', { name: 'Mở trình vẽ' }).click();
  const canvas = page.getByRole('application');
  await expect(page.getByText(/Bắt đầu từ bản \d+ được đề xuất/)).toBeVisible();
  await expect(page.getByText('Mọi nhà dân thấy được đều đã che kín.')).toBeVisible();
  await canvas.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Delete');
  await expect(page.getByText(/nhà dân còn hở/)).toBeVisible();
  await page.keyboard.press('c');
  await expect(page.getByText(/So với .*bỏ che/)).toBeVisible();
  await expectNothingForAxe(page);

  await page.getByRole('link', { name: 'Nhà bị lộ' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('button', { name: /Ở lại/ }).click();
  await expect(canvas).toBeVisible();
  await page.getByRole('button', { name: 'Lấy bản đề xuất' }).click();
  await page.getByRole('link', { name: 'Nhà bị lộ' }).click();
  await expect(page).toHaveURL(/\/exposures$/);
});

test('a measurement of everything is asked for, and told as it goes on', async ({ page }) => {
  const client = await Client.as('reviewer');
  await signIn(page, 'reviewer');
  await rowsOf(page).first().waitFor();
  await page.getByRole('button', { name: 'Đo lại tất cả' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Đo lại', exact: true }).click();
  const told = page.getByText(/Đang đo lại: xong/);
  await expect(told).toBeVisible();
  const { recomputation } = await client.call(routes.exposureProgress, {});
  expect(recomputation!.total).toBeGreaterThan(100);
  // It goes on before the reader's eyes, or is over already: how long it takes is the machine's business.
  await expect(page.getByText(/xong [1-9]\d* trên|Đã đo \d+ hướng ngắm/)).toBeVisible({ timeout: 90_000 });
  await expect(rowsOf(page).first()).toBeVisible();
});

test('on a phone nothing is cut off, and an auditor reads without deciding', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'vi-VN' });
  const page = await context.newPage();
  await signIn(page, 'auditor');
  const row = (await queueOf(await Client.as('auditor'))).at(-1)!;
  for (const address of ['/exposures', `/exposures/${row.findingId}`, '/findings']) {
    await page.goto(`${cityUrl()}${address}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, address).toBeLessThanOrEqual(0);
    await expectNothingForAxe(page);
  }
  await expect(page.getByRole('listitem').filter({ hasText: 'Nhà dân bị lộ' }).first()).toBeVisible();
  await open(page, row);
  await expect(page.getByText('Người duyệt quyết định')).toBeVisible();
  await context.close();
});

test('the card of a camera says which homes it sees, to those who may know', async ({ page }) => {
  const client = await Client.as('supervisor');
  const row = (await queueOf(client))[0]!;
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/cameras?camera=${row.camera.id}`);
  await expect(page.getByText(/Thấy \d+ nhà dân; gần nhất cách/)).toBeVisible();
  await page.getByRole('link', { name: 'Xem phát hiện' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(row.camera.code);
});
