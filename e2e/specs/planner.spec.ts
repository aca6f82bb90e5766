// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type AimGeometry } from '@louver/contract';
import { expect, test, type Page } from '@playwright/test';
import { expectNothingForAxe } from '../accessible.ts';
import { Client, cityUrl, signIn } from '../city.ts';

const SLOW = { timeout: 60_000 };
test.setTimeout(240_000);
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const homes = (page: Page) => page.getByTestId('plan-homes');

/** The list belongs to the aim that the fields show. */
const settled = async (page: Page): Promise<void> => {
  await expect(homes(page)).toHaveAttribute('aria-busy', 'false', SLOW);
};

/** What a level pinhole shows in a pixel at that depth: metres east and north of the camera, and above the ground. */
function placeAt(
  { heading, tilt, hfov, image, position }: AimGeometry,
  [x, y]: readonly [number, number],
  depth: number,
): [number, number, number] {
  const [h, t] = [(heading * Math.PI) / 180, (tilt * Math.PI) / 180];
  const metres = (depth * 2 * Math.tan((hfov * Math.PI) / 360)) / image.width;
  const [right, up] = [(x - image.width / 2) * metres, (image.height / 2 - y) * metres];
  const ahead = depth * Math.cos(t) - up * Math.sin(t);
  return [
    right * Math.cos(h) + ahead * Math.sin(h),
    ahead * Math.cos(h) - right * Math.sin(h),
    position.height + depth * Math.sin(t) + up * Math.cos(t),
  ];
}

/** A camera of the city that sees homes, by what was measured of it. */
async function aCameraAtHomes() {
  const client = await Client.as('supervisor');
  const { items } = await client.call(routes.exposureQueue, { query: { limit: 1 } });
  const camera = await client.call(routes.readCamera, { params: { cameraId: items[0]!.camera.id } });
  return { client, camera, aim: camera.aims.find(({ id }) => id === items[0]!.aimId)! };
}

test('a supervisor drags a planned camera and sees at once which homes it would look at', async ({ page }) => {
  const { camera, aim } = await aCameraAtHomes();
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/planning?camera=${camera.id}&aim=${aim.id}`);
  await settled(page);
  // What the queue flags, the plan flags.
  await expect(homes(page).getByRole('status')).toContainText('vượt mức cho phép', SLOW);
  const before = await homes(page).locator('li').allInnerTexts();
  expect(before.length).toBeGreaterThan(0);
  // As many are named on the map, up to the ten worst.
  await expect(page.locator('.plan-label')).toHaveCount(Math.min(10, before.length));
  await expect(page.locator('.plan-label').first()).toContainText(/1 · (phát hiện|quan sát|nhận ra|nhận diện)/);
  await expectNothingForAxe(page);

  // By hand: the camera itself, on the map.
  const box = (await page.getByRole('application', { name: /Vị trí camera/ }).boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 40, { steps: 6 });
  await page.mouse.up();
  await settled(page);
  expect(await homes(page).locator('li').allInnerTexts()).not.toEqual(before);

  // By keyboard: turned away from it all, up into the sky.
  await page.getByRole('slider', { name: 'Hướng camera' }).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(field(page, 'Hướng (°)')).toHaveValue(/^\d/);
  await field(page, 'Độ cao (m)').fill('400');
  await field(page, 'Ngẩng, cúi (°)').fill('90');
  await settled(page);
  await expect(homes(page).getByRole('status')).toHaveText('Không nhìn vào nhà ở nào.', SLOW);
  // A number that no camera has is named, and the last that can be looked at stands.
  await field(page, 'Góc mở ngang (°)').fill('180');
  await expect(field(page, 'Góc mở ngang (°)')).toHaveAccessibleDescription('Cần số lớn hơn 0 và nhỏ hơn 180.');
});

test('by keyboard alone: place, find the aim, save it as a planned camera', async ({ page }) => {
  const code = `DK-${Date.now()}`;
  const { aim } = await aCameraAtHomes();
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/planning`);
  await page.getByRole('button', { name: 'Đặt ở giữa bản đồ' }).press('Enter');
  await page.getByText('Tọa độ, độ nghiêng, cỡ khung').press('Enter');
  await field(page, 'Vĩ độ').fill(String(aim.position.lat));
  await field(page, 'Kinh độ').fill(String(aim.position.lon));
  await field(page, 'Hướng (°)').fill(String(aim.heading));
  await settled(page);

  await page.getByRole('button', { name: 'Đặt đoạn đường cần thấy' }).press('Enter');
  const near = page.getByRole('group', { name: 'Đầu gần' });
  await near.getByLabel('Cách camera (m)').fill('9');
  await page.getByRole('group', { name: 'Đầu xa' }).getByLabel('Cách camera (m)').fill('400');
  await page.getByRole('button', { name: 'Tìm hướng ngắm' }).press('Enter');
  await expect(page.getByText(/Không có hướng nào: đoạn đường xa đến 400 m/)).toBeVisible(SLOW);
  await page.getByRole('group', { name: 'Đầu xa' }).getByLabel('Cách camera (m)').fill('10');
  await page.getByLabel('Ống kính').selectOption('any');
  await page.getByRole('button', { name: 'Tìm hướng ngắm' }).press('Enter');
  await expect(page.getByText(/Có \d+ cách/)).toBeVisible(SLOW);
  const best = page.getByRole('listitem').filter({ hasText: 'Điểm lộ' }).first();
  const [heading, tilt, hfov] = (await best.locator('strong').innerText()).match(/-?[\d.]+(?=°)/g)!.map(Number);
  await best.getByRole('button', { name: 'Dùng' }).press('Enter');
  await expect(field(page, 'Hướng (°)')).toHaveValue(String(heading));
  await settled(page);
  await expectNothingForAxe(page);

  await page.getByRole('button', { name: 'Lưu camera dự kiến' }).press('Enter');
  await expect(field(page, 'Mã camera')).toBeFocused();
  await field(page, 'Mã camera').fill(code);
  await field(page, 'Tên').fill('Ngã ba dự kiến');
  await expect(field(page, 'Địa bàn')).toHaveValue(/^vn\.p66\./);
  await page.getByRole('button', { name: 'Lưu camera dự kiến' }).press('Enter');
  await expect(page.getByText(`Đã lưu ${code} và ghi sổ.`)).toBeVisible(SLOW);
  const client = await Client.as('supervisor');
  const { items } = await client.call(routes.listCameras, { query: { q: code } });
  const saved = await client.call(routes.readCamera, { params: { cameraId: items[0]!.id } });
  expect(saved).toMatchObject({ status: 'planned', aims: [{ heading, tilt, hfov, roll: 0 }] });
  expect(saved.location.coordinates[0]).toBeCloseTo(aim.position.lon, 6);
});

test('an aim that was tried is handed to the page of its camera, and nothing is saved on the way', async ({ page }) => {
  const { client, camera, aim } = await aCameraAtHomes();
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/cameras/${camera.id}/edit`);
  await page.getByRole('link', { name: 'Thử trên trang dự kiến' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(camera.code);
  await settled(page);
  const turned = (Math.round(aim.heading) + 33) % 360;
  await field(page, 'Hướng (°)').fill(String(turned));
  await page.getByRole('link', { name: `Đưa sang trang sửa ${camera.code}` }).click();
  await expect(field(page, 'Hướng (°)')).toHaveValue(String(turned));
  await expect(page.getByText('Các số bên dưới lấy từ trang dự kiến và chưa được lưu.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Lưu (hướng ngắm|và bỏ hiệu lực)/ })).toBeEnabled();
  const now = await client.call(routes.readCamera, { params: { cameraId: camera.id } });
  expect(now.aims.find(({ id }) => id === aim.id)!.heading).toBe(aim.heading);
});

test('a plan can be made on a phone, and by nobody who may not register cameras', async ({ browser }) => {
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'vi-VN' });
  const page = await phone.newPage();
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/planning`);
  await page.getByRole('button', { name: 'Đặt ở giữa bản đồ' }).tap();
  await settled(page);
  await page.getByRole('slider', { name: 'Góc mở ngang (°), thanh trượt' }).fill('60');
  await expect(field(page, 'Góc mở ngang (°)')).toHaveValue('60');
  await settled(page);
  // Nothing hangs over the edge of the screen.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectNothingForAxe(page);
  await phone.close();

  const other = await browser.newContext({ locale: 'vi-VN' });
  const room = await other.newPage();
  await signIn(room, 'operator');
  await expect(room.getByRole('link', { name: 'Dự kiến' })).toHaveCount(0);
  await room.goto(`${cityUrl()}/planning`);
  await expect(room.getByRole('heading', { name: 'Trang này không dành cho vai trò của bạn' })).toBeVisible();
  await other.close();
});

test('an aim is calibrated by four points found on picture and map, and points that say nothing are refused', async ({
  page,
}) => {
  const { client, camera, aim } = await aCameraAtHomes();
  // The camera really looks somewhere else than is written: what its picture shows follows from that.
  const real = { ...aim, heading: (aim.heading + 14) % 360, tilt: aim.tilt - 4, hfov: aim.hfov - 6 };
  const { width, height } = aim.image;
  const points = [
    [0.15, 0.55, 25],
    [0.85, 0.5, 40],
    [0.75, 0.9, 8],
    [0.2, 0.85, 11],
  ].map(([x, y, depth]) => {
    const pixel = [x! * width, y! * height] as const;
    return { pixel, place: placeAt(real, pixel, depth!) };
  });
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/cameras/${camera.id}/edit?aim=${aim.id}`);
  await page.getByText('Hiệu chuẩn hướng bằng bốn điểm').press('Enter');
  const solve = page.getByRole('button', { name: /^Tính từ/ });
  await solve.click();
  await expect(page.getByText('Cần ít nhất 4 điểm')).toBeVisible();
  for (const [i, { pixel, place }] of points.entries()) {
    const row = page.getByRole('group', { name: `Điểm ${i + 1}` });
    await row.getByLabel('Ngang (điểm ảnh)').fill(String(pixel[0]));
    await row.getByLabel('Dọc (điểm ảnh)').fill(String(pixel[1]));
    await row.getByLabel('Về đông (m)').fill(place[0].toFixed(3));
    await row.getByLabel('Về bắc (m)').fill(place[1].toFixed(3));
    await row.getByLabel('Cao so với đất (m)').fill(place[2].toFixed(3));
  }
  await solve.click();
  await expect(page.getByText(/^Sai số 0/)).toBeVisible(SLOW);
  await expectNothingForAxe(page);
  await page.getByRole('button', { name: 'Dùng các góc này' }).click();
  const typed = async (label: string) => Number(await field(page, label).inputValue());
  expect(await typed('Hướng (°)')).toBeCloseTo(real.heading, 0);
  expect(await typed('Ngẩng, cúi (°)')).toBeCloseTo(real.tilt, 0);
  expect(await typed('Góc mở ngang (°)')).toBeCloseTo(real.hfov, 0);
  // A picture of one's own computer, on which a click puts the chosen point.
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await page
    .getByLabel('Hoặc mở ảnh chụp từ camera này')
    .setInputFiles({ name: 'anh.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') });
  const picture = page.getByRole('application', { name: /Hình của camera/ });
  const box = (await picture.boundingBox())!;
  await picture.click({ position: { x: box.width / 2, y: box.height / 2 } });
  const last = page.getByRole('group', { name: 'Điểm 4' }).getByLabel('Ngang (điểm ảnh)');
  await expect(last).toHaveValue(new RegExp(`^${Math.floor(width / 2 / 10)}`));
  await solve.click();
  await expect(page.getByText(/Không hướng nào khớp: .* Đáng ngờ nhất là điểm 4/)).toBeVisible(SLOW);
  // Nothing was saved on the way.
  const now = await client.call(routes.readCamera, { params: { cameraId: camera.id } });
  expect(now.aims.find(({ id }) => id === aim.id)!.heading).toBe(aim.heading);
});
