// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFile } from 'node:fs/promises';
import { peekCheckpoint } from '@louver/ledger';
import { expect, test, type Download, type Page } from '@playwright/test';
import { expectNothingForAxe } from '../accessible.ts';
import { cityUrl, signIn } from '../city.ts';
import { forgedLog, serveInstead, sizeNow } from '../forged-log.ts';

/** Reading the entries is itself on the record: what was whole a moment ago has grown since. */
const WHOLE = '[data-standing=verified], [data-standing=grown]';

const textOf = async (download: Download) => readFile(await download.path(), 'utf8');

async function saved(page: Page, button: string): Promise<Download> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: button, exact: true }).click();
  return downloading;
}

async function verifyAll(page: Page): Promise<void> {
  await signIn(page, 'auditor');
  await page.getByRole('link', { name: 'Kiểm chứng' }).click();
  await page.getByRole('button', { name: /^Kiểm [\d.]+ mục$/ }).click();
  await expect(page.locator(WHOLE)).toBeVisible({ timeout: 60_000 });
}

test('an auditor verifies every entry in the browser, which remembers it', async ({ page }) => {
  const read: string[] = [];
  page.on('request', (request) => read.push(new URL(request.url()).pathname));
  await verifyAll(page);
  expect(read.some((path) => path.startsWith('/log/tile/entries/'))).toBe(true);
  await expect(page.getByText('Đã tự kiểm từng mục')).toBeVisible();
  await expectNothingForAxe(page);

  await page.reload();
  await expect(page.locator(WHOLE)).toBeVisible();
  const kept = await textOf(await saved(page, 'Tải mốc'));
  expect(peekCheckpoint(kept).size).toBeGreaterThan(0);
  expect(await textOf(await saved(page, 'Tải khóa'))).toBe(await (await fetch(`${cityUrl()}/log/vkey`)).text());
});

test('a log that was rewritten raises an alarm on every oversight page and hands out the evidence', async ({
  page,
  context,
}) => {
  await verifyAll(page);
  const files = await forgedLog((await sizeNow()) + 300);
  await serveInstead(context, files);
  const alarm = page.locator('[data-alarm=rewritten]');
  await expect(alarm).toBeVisible({ timeout: 30_000 });
  await expect(alarm.getByRole('heading', { name: 'Sổ đã bị viết lại.' })).toBeVisible();
  await expectNothingForAxe(page);
  const [kept, served] = [await saved(page, 'Mốc máy này giữ'), await saved(page, 'Mốc máy chủ đưa ra')];
  expect(Buffer.from(await textOf(served))).toEqual(files.get('checkpoint'));
  expect(peekCheckpoint(await textOf(kept)).size).toBeLessThan(peekCheckpoint(await textOf(served)).size);

  await page.getByRole('link', { name: 'Lượt xem' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Sổ đã bị viết lại.' })).toBeVisible();
  // Served the true log again, the browser does not forget that it was shown another one.
  await context.unrouteAll();
  await page.reload();
  await page.getByRole('link', { name: 'Xem bằng chứng' }).click();
  await page.getByRole('button', { name: 'Tôi đã cất bằng chứng ở nơi khác' }).click();
  await expect(page.locator(WHOLE)).toBeVisible();
});

test('a log that shrank raises an alarm', async ({ page, context }) => {
  await verifyAll(page);
  await serveInstead(context, await forgedLog(5));
  await expect(page.getByRole('heading', { name: 'Sổ đã ngắn đi.' })).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('[data-alarm=shrank]')).toContainText('5');
});

test('a checkpoint that the pinned key has not signed raises an alarm', async ({ page, context }) => {
  await verifyAll(page);
  const files = await forgedLog((await sizeNow()) + 10);
  const text = Buffer.from(files.get('checkpoint')!).toString('utf8');
  files.set('checkpoint', Buffer.from(text.replace(/^\d+$/m, (size) => String(Number(size) + 1))));
  await serveInstead(context, files);
  await expect(page.locator('[data-alarm=signature]')).toBeVisible({ timeout: 30_000 });
});

test('a row of the record is proved to stand in it, word for word', async ({ page }) => {
  await signIn(page, 'auditor');
  await page.getByRole('link', { name: 'Sổ truy cập' }).click();
  await page
    .getByRole('button', { name: /^Chứng minh mục/ })
    .last()
    .click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByText(/^Dòng này đứng thứ [\d.]+ trong sổ/)).toBeVisible();
  await expect(drawer.getByText('Nội dung đang hiện giống hệt nội dung đã niêm phong.')).toBeVisible();
  const receipt = await textOf(await saved(page, 'Tải biên nhận (.tlog-proof)'));
  expect(receipt).toMatch(/^c2sp\.org\/tlog-proof@v1\n/);
  const entry = JSON.parse(await textOf(await saved(page, 'Tải nội dung đã niêm phong'))) as { v: number };
  expect(entry.v).toBe(1);
  await page.keyboard.press('Escape');
  await expectNothingForAxe(page);
});

test('a token is shown once, opens the entries, and opens nothing after it was revoked', async ({ page }) => {
  await signIn(page, 'auditor');
  await page.getByRole('link', { name: 'Mã truy cập' }).click();
  const label = `Máy kiểm ${Date.now()}`;
  await page.getByRole('textbox', { name: 'Dùng cho' }).fill(label);
  await page.getByRole('button', { name: 'Tạo mã' }).click();
  const dialog = page.getByRole('dialog', { name: 'Mã chỉ hiện một lần' });
  const token = await dialog
    .getByRole('group', { name: `Mã “${label}”` })
    .locator('code')
    .innerText();
  const size = await sizeNow();
  const path = `tile/entries/000${size < 256 ? `.p/${size}` : ''}`;
  const read = async () => fetch(`${cityUrl()}/log/${path}`, { headers: { authorization: `Bearer ${token}` } });
  expect((await read()).status).toBe(200);
  await dialog.getByRole('button', { name: 'Tôi đã chép' }).click();
  const row = page.getByRole('row').filter({ hasText: label });
  await expect(row).toContainText('Đang dùng được');
  await expect(page.getByText(token)).toHaveCount(0);
  await expectNothingForAxe(page);
  await row.getByRole('button', { name: 'Thu hồi' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Thu hồi' }).click();
  await expect(row).toContainText('Đã thu hồi');
  expect((await read()).status).toBe(401);
});

test.describe('the public page', () => {
  test('lets anybody verify the tree, keep a checkpoint and check it later', async ({ page }) => {
    const read: string[] = [];
    page.on('request', (request) => read.push(new URL(request.url()).pathname));
    await page.goto(`${cityUrl()}/login`);
    await page.getByRole('link', { name: /Sổ truy cập có còn nguyên không/ }).click();
    await expect(page).toHaveURL(/\/so-truy-cap$/);
    await page.getByRole('button', { name: 'Tự kiểm cây trên máy này' }).click();
    await expect(page.locator(WHOLE)).toBeVisible();
    expect(read.some((path) => path.startsWith('/log/tile/0/'))).toBe(true);
    expect(read.filter((path) => path.includes('/entries/'))).toEqual([]);
    await expectNothingForAxe(page);

    const kept = await (await saved(page, 'Tải mốc hôm nay')).path();
    await page.locator('input[type=file]').setInputFiles(kept);
    await expect(page.locator('[data-result=continued]')).toBeVisible();
    const forged = Buffer.from((await forgedLog(3)).get('checkpoint')!);
    await page.locator('input[type=file]').setInputFiles({ name: 'kept.txt', mimeType: 'text/plain', buffer: forged });
    await expect(page.locator('[data-result=broken]')).toBeVisible();
  });

  test('fits a phone and speaks English', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${cityUrl()}/record`);
    await page.getByRole('radio', { name: 'English' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Is the record');
    await expect(page.getByRole('button', { name: 'Verify the tree in this browser' })).toBeVisible();
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(tooWide).toBeLessThanOrEqual(0);
  });
});

test('the auditor’s pages fit a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, 'auditor');
  for (const path of ['proof', 'tokens', 'records']) {
    await page.goto(`${cityUrl()}/oversight/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const tooWide = await page.locator('#content').evaluate((main) => main.scrollWidth - main.clientWidth);
    expect(tooWide).toBeLessThanOrEqual(0);
  }
});
