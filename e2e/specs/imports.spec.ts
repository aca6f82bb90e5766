// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFile } from 'node:fs/promises';
import { routes } from '@louver/contract';
import { expect, test, type Page } from '@playwright/test';
import { expectNothingForAxe } from '../accessible.ts';
import { Client, cityUrl, signIn } from '../city.ts';

const HEAD = 'code,name,lat,lon,heading,status,jurisdiction';

async function choose(page: Page, name: string, text: string): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });
}

test('a file with a broken row is checked, told row by row, and comes in only when the good rows are asked for', async ({
  page,
}) => {
  const code = `NHAP-${Date.now()}`;
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/imports`);
  await choose(
    page,
    'hai-camera.csv',
    `${HEAD}\n${code},Cổng chợ,12.68,108.05,90,planned,vn.p66.hoa_sua\n${code}-B,Hỏng,north,108.05,90,planned,vn.p66.hoa_sua\n`,
  );
  await page.getByRole('button', { name: 'Kiểm tra tệp' }).click();
  await expect(page.getByRole('heading', { name: 'Kết quả kiểm tra' })).toBeVisible();
  await expect(page.getByText('2 dòng, 1 dòng bị từ chối.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Nhập 1 dòng' })).toBeDisabled();
  await page.getByRole('radio', { name: /Bị từ chối/ }).click();
  await expect(page.getByRole('row').filter({ hasText: `${code}-B` })).toContainText('/lat');
  await expectNothingForAxe(page);

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Tải báo cáo CSV' }).click();
  expect(await readFile(await (await downloading).path(), 'utf8')).toContain(`${code}-B`);

  await page.getByLabel('Nhập các dòng đúng dù có dòng bị từ chối').check();
  // What was checked is not what would be imported now.
  await expect(page.getByRole('button', { name: 'Nhập 1 dòng' })).toBeDisabled();
  await page.getByRole('button', { name: 'Kiểm tra lại' }).click();
  await page.getByRole('button', { name: 'Nhập 1 dòng' }).click();
  await expect(page.getByText('Đã nhập 1 dòng.')).toBeVisible();
  const { items } = await (await Client.as('supervisor')).call(routes.listCameras, { query: { q: code } });
  expect(items.map((camera) => camera.code)).toEqual([code]);
});

test('ten thousand rows with 37 broken ones stay quick to look through, and nothing is imported by a check', async ({
  page,
}) => {
  const prefix = `MUOI-${Date.now()}`;
  const rows = Array.from({ length: 10_000 }, (_, i) => {
    const lat = i % 275 === 0 ? 'north' : String(12.66 + (i % 200) / 5000);
    return `${prefix}-${i},Camera ${i},${lat},${108.03 + Math.floor(i / 200) / 1250},${i % 360},planned,vn.p66.hoa_sua`;
  });
  expect(rows.filter((row) => row.includes('north'))).toHaveLength(37);
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/imports`);
  await choose(page, 'muoi-nghin.csv', [HEAD, ...rows].join('\n'));
  await page.getByRole('button', { name: 'Kiểm tra tệp' }).click();
  await expect(page.getByText('10.000 dòng, 37 dòng bị từ chối.')).toBeVisible({ timeout: 60_000 });
  const table = page.getByRole('table', { name: 'Kết quả từng dòng' });
  await expect(table).toHaveAttribute('aria-rowcount', '10001');
  expect(await table.getByRole('row').count()).toBeLessThan(60);
  // Again until it shows: the rows below are laid out only when somebody comes near them.
  await expect(async () => {
    await page.getByRole('region', { name: 'Kết quả từng dòng' }).press('End');
    await expect(table.getByText(`${prefix}-9999`)).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  const { items } = await (await Client.as('supervisor')).call(routes.listCameras, { query: { q: prefix } });
  expect(items).toEqual([]);
});

test('a file of another kind is refused before it is sent, and one that holds nonsense is refused in words', async ({
  page,
}) => {
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/import`);
  await choose(page, 'anh.png', 'not a list');
  await expect(page.getByText('Không nhận loại tệp này')).toBeVisible();
  await choose(page, 'hong.geojson', '{"type":"FeatureCollection","features":[');
  await page.getByRole('button', { name: 'Kiểm tra tệp' }).click();
  await expect(page.getByRole('heading', { name: 'Không đọc được tệp' })).toBeVisible();
});
