// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes } from '@louver/contract';
import { expect, test } from '@playwright/test';
import { expectNothingForAxe } from '../accessible.ts';
import { Client, cityUrl, signIn } from '../city.ts';

test('an administrator states what holds in a ward, by which document, and it stands on the record', async ({
  page,
}) => {
  await signIn(page, 'administrator');
  await page.goto(`${cityUrl()}/places`);
  await page.getByRole('combobox', { name: 'Địa bàn' }).selectOption({ label: 'Phường Đồi Thông' });
  await expect(page.getByRole('heading', { name: 'Đang áp dụng' })).toBeVisible();

  await page.getByLabel('Góp ý (ngày)').fill('400');
  await page.getByRole('button', { name: 'Ghi sổ và áp dụng' }).click();
  await expect(page.getByText('Cần số ngày từ 5 đến 365')).toBeVisible();
  await expect(page.getByText('Cần nêu văn bản')).toBeVisible();

  const document = `Quyết định ${Date.now()}/QĐ-UBND`;
  await page.getByLabel('Góp ý (ngày)').fill('15');
  await page.getByLabel('Văn bản quy định').fill(document);
  await page.getByRole('button', { name: 'Ghi sổ và áp dụng' }).click();
  await expect(page.getByText('Đã ghi sổ')).toBeVisible();
  await expect(page.getByText(document)).toBeVisible();
  await expect(page.getByText('15 ngày').first()).toBeVisible();
  await expectNothingForAxe(page);

  const auditor = await Client.as('auditor');
  const { items } = await auditor.call(routes.listRecords, { query: { action: ['jurisdiction.rule'], limit: 5 } });
  expect(items[0]).toMatchObject({
    subject: 'vn.p66.doi_thong',
    detail: { after: { commentDays: 15 }, reason: document },
  });
});
