// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, test, type Page, type Request } from '@playwright/test';
import { expectNothingForAxe } from '../accessible.ts';
import { cityUrl } from '../city.ts';

const WARD = 'vn.p66.hoa_sua';
const PHONE = { width: 390, height: 844 };
/** A machine that does everything else at the same time takes its time. */
const SLOW = 90_000;

/** Whatever a page asks the network for, while it is listened to. */
function listen(page: Page): { requests: string[]; stop: () => void } {
  const requests: string[] = [];
  const hear = (request: Request) => void requests.push(request.url());
  page.on('request', hear);
  return { requests, stop: () => page.off('request', hear) };
}

const ready = (page: Page) => page.locator('[data-home-check][data-ready]').waitFor({ timeout: SLOW });
const answer = (page: Page) => page.locator('.answer');

/** Goes over the map with the keyboard until a home is chosen that some camera sees. */
async function chooseSeenHome(page: Page): Promise<void> {
  const map = page.locator('.map');
  await map.focus();
  const moves = [
    'ArrowUp',
    'ArrowRight',
    'ArrowRight',
    'ArrowDown',
    'ArrowDown',
    'ArrowLeft',
    'ArrowLeft',
    'ArrowLeft',
  ];
  for (let i = 0; i < 60; i += 1) {
    await map.press('Enter');
    if ((await answer(page).locator('li').count()) > 0) return;
    await map.press(moves[i % moves.length]!);
    // Leaflet moves for a moment, and takes no further key while it does.
    await expect(page.locator('.leaflet-pan-anim')).toHaveCount(0);
  }
  throw new Error('no home that a camera sees was met');
}

test.describe('on a phone without JavaScript', () => {
  test.use({ viewport: PHONE, javaScriptEnabled: false });

  test('somebody finds the cameras of a ward, one of them, and its sign', async ({ page }) => {
    await page.goto(`${cityUrl()}/cong-dan`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Camera nào nhìn vào nhà tôi?');
    await page.getByRole('link', { name: /Xem camera nào thấy nhà tôi/ }).click();
    await page.getByRole('link', { name: 'Phường Hoa Sữa' }).click();
    await expect(page.getByText('Cần JavaScript để trả lời cho từng nhà')).toBeVisible();
    await page.locator('.cameras a').first().click();
    await expect(page.getByText('Đơn vị vận hành')).toBeVisible();
    const sign = await page.request.get(
      `${cityUrl()}${await page.getByRole('link', { name: /Tải biển báo/ }).getAttribute('href')}`,
    );
    expect(sign.headers()['content-type']).toBe('application/pdf');
    expect((await sign.body()).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('the list is searched and paged, and the language is changed where one is', async ({ page }) => {
    await page.goto(`${cityUrl()}/cong-dan/camera`);
    await page.getByRole('link', { name: 'Trang sau' }).click();
    await expect(page.getByText(/Trang 2 trên/)).toBeVisible();
    await page.getByRole('link', { name: 'English' }).click();
    await expect(page).toHaveURL(/\/public\/cameras\?page=2$/);
    await page.getByRole('searchbox').fill('cong an');
    await page.getByRole('button', { name: 'Find' }).click();
    await expect(page.locator('.cameras li').first()).toContainText('Công an');
  });
});

test('a page of the register weighs little and comes from here alone', async ({ page }) => {
  for (const path of ['/cong-dan', '/cong-dan/camera', `/cong-dan/nha-toi/${WARD}`]) {
    const sizes: number[] = [];
    const origins = new Set<string>();
    page.on('response', async (response) => {
      origins.add(new URL(response.url()).origin);
      if (/text\/(html|css)/.test(response.headers()['content-type'] ?? ''))
        sizes.push((await response.body().catch(() => Buffer.alloc(0))).byteLength);
    });
    await page.goto(`${cityUrl()}${path}`, { waitUntil: 'networkidle' });
    page.removeAllListeners('response');
    expect([...origins], path).toEqual([new URL(cityUrl()).origin]);
    expect(
      sizes.reduce((sum, size) => sum + size, 0),
      path,
    ).toBeLessThan(60_000);
    expect(await page.context().cookies()).toEqual([]);
  }
});

for (const [device, viewport] of [
  ['a phone', PHONE],
  ['a desktop', { width: 1440, height: 900 }],
] as const) {
  test.describe(`on ${device}`, () => {
    test.use({ viewport });

    test('a home is chosen by keyboard, and nothing is asked of anybody after the ward was loaded', async ({
      page,
    }) => {
      test.setTimeout(4 * SLOW);
      const before = listen(page);
      await page.goto(`${cityUrl()}/cong-dan/nha-toi/${WARD}`);
      await ready(page);
      before.stop();
      // Which tiles were loaded follows from the ward alone: no finer than areas, all of them, map and homes alike.
      const tiles = before.requests.filter((url) => /\/civic\/(map|homes)\//.test(url));
      expect(tiles.length).toBeGreaterThan(0);
      for (const url of tiles) expect(Number(/\/(\d+)\/\d+\/\d+$/.exec(url)?.[1])).toBeLessThanOrEqual(14);
      expect(new Set(tiles.filter((url) => url.includes('/map/')).map((url) => url.split('/map/')[1]))).toEqual(
        new Set(tiles.filter((url) => url.includes('/homes/')).map((url) => url.split('/homes/')[1])),
      );

      const after = listen(page);
      await chooseSeenHome(page);
      await expect(answer(page).getByRole('heading')).toContainText(/camera thấy được nhà này/);
      for (let i = 0; i < 3; i += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
      const box = (await page.locator('.map').boundingBox())!;
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + 20, box.y + 20, { steps: 8 });
      await page.mouse.up();
      await page.locator('.map').click();
      expect(after.requests).toEqual([]);
      after.stop();
      await expectNothingForAxe(page);
    });

    for (const [name, path] of [
      ['the front door', '/cong-dan'],
      ['the list', '/public/cameras'],
      ['the notices', '/cong-dan/thong-bao'],
      ['the wards', '/public/my-home'],
      ['the figures', '/cong-dan/con-so'],
      ['the data', '/ogc?f=html'],
    ] as const)
      test(`axe finds nothing on ${name}, and nothing is wider than the screen`, async ({ page }) => {
        await page.goto(`${cityUrl()}${path}`);
        await expectNothingForAxe(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
      });

    test('the map of the list leads to a camera, whose page is drawn and not photographed', async ({ page }) => {
      await page.goto(`${cityUrl()}/public/cameras`);
      await expect(page.locator('[data-shown]')).toHaveAttribute('data-shown', /[1-9]/, { timeout: SLOW });
      await page.locator('.cameras a').first().click();
      await expect(page.locator('svg.view').first()).toBeVisible();
      expect(await page.locator('main img, main video, main image').count()).toBe(0);
      await expectNothingForAxe(page);
    });
  });
}

test('the sign-in page leads here', async ({ page }) => {
  await page.goto(`${cityUrl()}/login`);
  await page.getByRole('link', { name: /Camera nào nhìn vào nhà tôi/ }).click();
  await expect(page).toHaveURL(/\/cong-dan$/);
});
