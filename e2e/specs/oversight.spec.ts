// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFile } from 'node:fs/promises';
import { routes } from '@louver/contract';
import { expect, test } from '@playwright/test';
import { expectNothingForAxe } from '../accessible.ts';
import { Client, cityUrl, signIn } from '../city.ts';

/** A look that one person has opened and not yet closed, under a purpose that nobody else uses. */
async function anOpenLook() {
  const operator = await Client.as('operator');
  const { items } = await operator.call(routes.listCameras, {
    query: { state: ['reachable', 'streaming'], limit: 10 },
  });
  const camera = items[0];
  if (!camera) throw new Error('no camera of the city answers');
  const purpose = `Đối chiếu tin báo ${Date.now()}`;
  const viewing = await operator.call(routes.openViewing, { body: { cameraId: camera.id, purpose } });
  const close = async () => operator.call(routes.closeViewing, { params: { viewingId: viewing.id } });
  return { camera, purpose, viewing, close };
}

test('an auditor sees a look begin and end without reloading, and finds the entries that prove it', async ({
  page,
}) => {
  await signIn(page, 'auditor');
  await expect(page.getByRole('heading', { level: 1, name: 'Ai đã xem camera nào' })).toBeVisible();
  // The table is there before the look begins: what appears after it came over the socket.
  await expect(page.getByText(/\d lượt xem/).first()).toBeVisible();
  const { camera, purpose, viewing, close } = await anOpenLook();
  const row = page.getByRole('row').filter({ hasText: purpose });
  await expect(row).toContainText('Đang xem');
  await expect(row).toContainText(camera.code);
  await close();
  // Nobody fetched a picture with the ticket, and the record says exactly that.
  await expect(row).toContainText('Không bắt đầu');

  await row.getByRole('button').click();
  const drawer = page.getByRole('dialog', { name: 'Một lượt xem' });
  await expect(drawer.getByRole('heading', { name: 'Mở lượt xem' })).toBeVisible();
  await expect(drawer.getByText('khớp với mục này')).toBeVisible();
  await expect(drawer.getByText(viewing.receipt.digest)).toBeVisible();
  await expect(drawer.getByRole('heading', { name: 'Kết thúc lượt xem' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expectNothingForAxe(page);
});

test('filters stand in the address, and what is listed can be taken away as a file', async ({ page }) => {
  const { purpose, camera, close } = await anOpenLook();
  await close();
  await signIn(page, 'auditor');
  await page.getByRole('searchbox').fill(purpose);
  await expect(page).toHaveURL(/[?&]q=/);
  await expect(page.locator('tbody tr').filter({ has: page.locator('td') })).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole('row').filter({ hasText: purpose })).toBeVisible();

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Tải CSV' }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  expect(text).toContain(purpose);
  expect(text.trim().split('\r\n')).toHaveLength(2);

  await page.getByRole('button', { name: new RegExp(`chứng cứ.*${camera.code}`) }).click();
  await page.getByRole('button', { name: 'Chỉ xem camera này' }).click();
  await expect(page).toHaveURL(new RegExp(`camera=${camera.id}`));
  await expect(page.getByText(`Camera: ${camera.code}`)).toBeVisible();
});

test('the record itself is read entry by entry, and reading it is on it', async ({ page }) => {
  await signIn(page, 'auditor');
  await page.getByRole('link', { name: 'Sổ truy cập' }).click();
  await page.getByText('Việc được ghi: mọi việc').click();
  await page.getByRole('checkbox', { name: 'Đọc sổ' }).check();
  await expect(page).toHaveURL(/action=record\.read/);
  await page.keyboard.press('Escape');
  const rows = page.locator('tbody tr');
  await expect(rows.first()).toContainText('Đọc sổ');
  await rows
    .first()
    .getByRole('button', { name: /^Mở mục/ })
    .click();
  await expect(page.getByRole('dialog').getByText(/Mục [\d.]+, ghi lúc \d\d:\d\d:\d\d/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expectNothingForAxe(page);
});

test('whoever is no auditor is refused in words', async ({ page }) => {
  await signIn(page, 'operator');
  await page.goto(`${cityUrl()}/oversight`);
  await expect(page.getByRole('heading', { name: 'Trang này không dành cho vai trò của bạn' })).toBeVisible();
});

test('the pages fit a phone', async ({ page }) => {
  const { close } = await anOpenLook();
  await close();
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, 'auditor');
  await expect(page.locator('tbody tr').first()).toBeVisible();
  const tooWide = await page.locator('#content').evaluate((main) => main.scrollWidth - main.clientWidth);
  expect(tooWide).toBeLessThanOrEqual(0);
});
