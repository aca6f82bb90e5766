// SPDX-License-Identifier: AGPL-3.0-or-later
// A complaint from the phone of a neighbour to the desk of an officer and back.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { expectNothingForAxe } from '../accessible.ts';
import { cityUrl, signIn } from '../city.ts';

const PHONE = { width: 390, height: 844 };
const WORDS = 'Camera ở cổng chợ quay thẳng vào cửa sổ phòng ngủ nhà tôi, ngày và đêm.';

/** A camera that the register shows. */
async function aShownCamera(page: Page): Promise<string> {
  const answer = await page.request.get(`${cityUrl()}/ogc/collections/cameras/items?f=json&limit=1`);
  const { features } = (await answer.json()) as { features: { properties: { code: string } }[] };
  return features[0]!.properties.code;
}

/** As an old phone does it: no script at all. */
async function withoutScript(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE, locale: 'vi-VN' });
  return context.newPage();
}

async function fileNamed(page: Page, words: string): Promise<string> {
  const camera = await aShownCamera(page);
  await page.goto(`${cityUrl()}/cong-dan/khieu-nai?camera=${camera}`);
  await page.getByRole('radio', { name: /Camera chĩa vào nhà tôi/ }).check();
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByRole('textbox', { name: 'Bạn thấy gì, và bạn muốn gì?' }).fill(words);
  const other = page.getByRole('radio', { name: /đây là chuyện khác/ });
  if ((await other.count()) > 0) await other.check();
  await page.getByRole('radio', { name: /Có, tôi nêu tên/ }).check();
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill('Nguyễn Thị Lan');
  await page.getByRole('button', { name: 'Gửi' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Đã nhận' })).toBeVisible();
  return (await page.locator('[data-case-code]').getAttribute('data-case-code'))!;
}

async function openCase(page: Page, code: string): Promise<void> {
  await page.goto(`${cityUrl()}/cong-dan/ho-so`);
  await page.getByRole('textbox', { name: 'Mã hồ sơ' }).fill(code);
  await page.getByRole('button', { name: 'Mở hồ sơ' }).click();
}

test('a neighbour complains on a phone without a script, an officer answers for it, and the neighbour reads the decision', async ({
  browser,
  page,
}) => {
  test.slow();
  const citizen = await withoutScript(browser);
  const code = await fileNamed(citizen, WORDS);
  await citizen.getByRole('button', { name: 'Xem hồ sơ' }).click();
  await expect(citizen.getByRole('heading', { level: 1 })).toContainText('đang chờ cơ quan thụ lý');
  const reference = /KN-\d\d-\d+/.exec(await citizen.locator('main').innerText())![0];

  await signIn(page, 'officer');
  await expect(page.getByRole('heading', { level: 1, name: 'Khiếu nại' })).toBeVisible();
  await page.getByRole('searchbox').fill(reference);
  await page.getByRole('link', { name: `Mở vụ việc ${reference}` }).click();
  await expect(page.getByText(WORDS)).toBeVisible();
  await expect(page.getByText('Nguyễn Thị Lan')).toHaveCount(0);
  await expectNothingForAxe(page);

  await page.getByRole('button', { name: 'Thụ lý', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Thụ lý' }).click();
  await expect(page.getByText('Đang giải quyết').first()).toBeVisible();

  await page.getByRole('textbox', { name: 'Viết cho người khiếu nại' }).fill('Chúng tôi sẽ đến xem vào thứ Năm.');
  await page.getByRole('button', { name: 'Gửi', exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'đến xem vào thứ Năm' })).toBeVisible();

  await page.getByRole('button', { name: 'Xem tên' }).click();
  await page.getByRole('textbox', { name: 'Vì sao cần biết tên' }).fill('Hẹn đến xem tại nhà');
  await page.getByRole('button', { name: 'Xem và ghi vào sổ' }).click();
  await expect(page.getByText('Nguyễn Thị Lan')).toBeVisible();

  await page.getByRole('button', { name: 'Ra quyết định' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Ra quyết định' }).click();
  await expect(dialog.getByText('Mục này không được để trống.')).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Kết quả' }).selectOption({ label: 'Khiếu nại đúng' });
  await dialog.getByRole('textbox', { name: 'Số văn bản' }).fill(`${Date.now()}/QĐ-UBND`);
  await dialog.getByRole('button', { name: 'Điền theo mẫu' }).click();
  await dialog.getByRole('button', { name: 'Ra quyết định' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Quyết định: Khiếu nại đúng')).toBeVisible();

  await openCase(citizen, code);
  await expect(citizen.getByRole('heading', { level: 1 })).toContainText('Đã có quyết định');
  await expect(citizen.getByText('Chúng tôi sẽ đến xem vào thứ Năm.')).toBeVisible();
  await expect(citizen.getByText('Cơ quan đã xem tên của bạn')).toBeVisible();
  const paper = await citizen.getByRole('link', { name: /Văn bản .*PDF/ }).getAttribute('href');
  const pdf = await citizen.request.get(new URL(paper!, cityUrl()).href);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  await citizen.getByRole('button', { name: 'Khiếu nại lần hai' }).click();
  await expect(citizen.getByText('Đã khiếu nại lần hai. Cơ quan cấp trên có hồ sơ.')).toBeVisible();
  await citizen.context().close();
});

test('with a script there is a map to put a pin on, by keyboard as well, and the form is as good', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto(`${cityUrl()}/public/complain`);
  await expectNothingForAxe(page);
  await page.getByRole('radio', { name: /A camera has no sign/ }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  const map = page.getByRole('application', { name: 'Where is it?' });
  await map.focus();
  await map.press('Enter');
  await expect(page.getByText('The pin is set.')).toBeVisible();
  await page
    .getByRole('textbox', { name: 'What do you see, and what do you want?' })
    .fill('No sign on that pole at all.');
  await page.getByRole('radio', { name: /No, without my name/ }).check();
  await expect(page.getByRole('textbox', { name: 'Phone' })).toBeHidden();
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(tooWide).toBeLessThanOrEqual(0);
  await expectNothingForAxe(page);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.locator('[data-case-code]')).toBeVisible();
  await expectNothingForAxe(page);
  await page.getByRole('button', { name: 'See the case' }).click();
  await expect(page.getByText('What happened')).toBeVisible();
  await expectNothingForAxe(page);
});

test('a case is opened by its code and by nothing else, and a wrong one says so', async ({ page }) => {
  await page.goto(`${cityUrl()}/public/case`);
  await page.getByRole('textbox', { name: 'Case code' }).fill('1234 5678');
  await page.getByRole('button', { name: 'Open the case' }).click();
  await expect(page.getByRole('alert')).toContainText('16 digits');
  await expect(page).toHaveTitle(/^Error: /);
});

test('the desk fits a phone, and an auditor sees what was outwaited', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await signIn(page, 'auditor');
  await page.goto(`${cityUrl()}/desk?which=late`);
  await expect(page.getByRole('heading', { level: 1, name: 'Khiếu nại' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Quá hạn' })).toBeChecked();
  const tooWide = await page.locator('#content').evaluate((main) => main.scrollWidth - main.clientWidth);
  expect(tooWide).toBeLessThanOrEqual(0);
  await expectNothingForAxe(page);
});
