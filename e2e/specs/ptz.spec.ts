// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes } from '@louver/contract';
import { expect, test, type Page } from '@playwright/test';
import { expectNothingForAxe } from '../accessible.ts';
import { Client, cityUrl, look, signIn } from '../city.ts';
import { ACCESS, FRAME, NOWHERE, aTurningCamera, masksOf, register } from '../devices.ts';

/** What waits for the device to be asked, or for a whole picture after it stood still. */
const PATIENT = { timeout: 120_000 };
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** The numbers of one view, and the preset that it is of. */
async function saveAim(page: Page, name: string): Promise<void> {
  const aims = section(page, 'Vị trí và hướng ngắm');
  await field(page, 'Tên hướng ngắm').fill(name);
  await field(page, 'Khung rộng (điểm ảnh)').fill(String(FRAME.width));
  await field(page, 'Khung cao (điểm ảnh)').fill(String(FRAME.height));
  await aims.getByRole('combobox').selectOption({ label: name });
  await aims.getByRole('checkbox', { name: /Tôi xác nhận mọi con số/ }).check();
  await aims.getByRole('button', { name: 'Lưu hướng ngắm', exact: true }).click();
  await expect(aims.getByRole('radio', { name, exact: true })).toBeChecked();
  await expect(aims.getByText('Bước tiếp theo: vẽ vùng che.')).toBeVisible();
}

test('a supervisor ties aims to the presets of a camera that turns, and takes one of them out of use', async ({
  page,
}) => {
  test.setTimeout(400_000);
  const supervisor = await Client.as('supervisor');
  const camera = await aTurningCamera();
  try {
    const code = `QUAY-${Date.now()}`;
    const { streamUrl } = camera;
    const id = await register(supervisor, { code, name: 'Ngã tư chợ', mobility: 'ptz', streamUrl });
    await signIn(page, 'supervisor');
    await page.goto(`${cityUrl()}/cameras/${id}/edit`);
    const [aims, device] = [section(page, 'Vị trí và hướng ngắm'), section(page, 'Thiết bị (ONVIF)')];
    await expect(aims.getByText(/Hãy nhập địa chỉ thiết bị/)).toBeVisible();
    await expect(device.getByText(/Chưa khai báo địa chỉ thiết bị/)).toBeVisible();

    const address = device.getByRole('textbox', { name: 'Địa chỉ dịch vụ thiết bị (ONVIF)', exact: true });
    await address.fill('rtsp://127.0.0.1/quay');
    await device.getByRole('button', { name: 'Niêm phong và lưu' }).click();
    await expect(address).toBeFocused();
    await expect(address).toHaveAccessibleDescription(/Cần địa chỉ http/);
    await address.fill(camera.deviceUrl);
    await device.getByRole('textbox', { name: 'Tên đăng nhập ONVIF', exact: true }).fill(ACCESS.user);
    await device.getByLabel('Mật khẩu', { exact: true }).fill(ACCESS.password);
    await device.getByRole('button', { name: 'Niêm phong và lưu' }).click();
    await expect(device.getByText('Thiết bị cho biết 2 vị trí đặt sẵn: Cổng chợ, Bờ hồ.')).toBeVisible(PATIENT);

    await saveAim(page, 'Cổng chợ');
    await aims.getByRole('radio', { name: 'Thêm hướng ngắm', exact: true }).click();
    await aims.getByRole('combobox').selectOption({ label: 'Cổng chợ' });
    await expect(aims.getByText('Hướng “Cổng chợ” đã dùng vị trí này.')).toBeVisible();
    await aims.getByRole('button', { name: 'Lưu hướng ngắm', exact: true }).click();
    await expect(aims.getByRole('combobox')).toBeFocused();
    await saveAim(page, 'Bờ hồ');
    await expectNothingForAxe(page);

    const retire = aims.getByRole('button', { name: 'Thôi dùng hướng này', exact: true });
    await retire.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Giữ lại', exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await expect(retire).toBeFocused();
    await retire.click();
    await dialog.getByRole('button', { name: 'Thôi dùng hướng này', exact: true }).click();
    await expect(aims.getByText('Đã thôi dùng hướng ngắm và ghi sổ.')).toBeVisible();
    await expect(aims.getByRole('radio', { name: 'Bờ hồ', exact: true })).toHaveCount(0);
    await expect(aims.getByRole('radio', { name: 'Cổng chợ', exact: true })).toBeFocused();
    const kept = await supervisor.call(routes.readCamera, { params: { cameraId: id } });
    expect(kept.aims).toMatchObject([{ name: 'Cổng chợ', preset: { token: '1' } }]);
  } finally {
    await camera.close();
  }
});

test('whoever watches a camera that turns is told why there is no picture, and where it stands', async ({ page }) => {
  test.setTimeout(400_000);
  const [supervisor, reviewer] = [await Client.as('supervisor'), await Client.as('reviewer')];
  const camera = await aTurningCamera();
  try {
    const code = `QUAY-${Date.now()}`;
    const { streamUrl } = camera;
    const id = await register(supervisor, { code, name: 'Bờ hồ quay', mobility: 'ptz', streamUrl });
    const access = { url: camera.deviceUrl, username: ACCESS.user, password: ACCESS.password };
    await supervisor.call(routes.putDevice, { params: { cameraId: id }, body: access });
    await masksOf(supervisor, reviewer, await camera.aimOf(supervisor, id, 'gate'));

    await signIn(page, 'operator');
    await look(page, code, 'Xem camera quay');
    const card = page.getByRole('article');
    await expect(page.locator('video')).toBeVisible(PATIENT);
    await expect(card.getByText('Camera quay quét, đang dừng ở hướng “Cổng chợ”.')).toBeVisible(PATIENT);
    await expect(card.getByText('1 trong 1 hướng đã có bộ che được duyệt')).toBeVisible(PATIENT);
    await expect(card.getByText('Đang nhìn hướng này', { exact: true })).toBeVisible();

    camera.head.moveTo(NOWHERE, 1_000_000);
    await expect(page.getByText(/Toàn bộ hình được che cho đến khi camera dừng/)).toBeVisible(PATIENT);
    await expect(card.getByText(/Camera đang quay\. Không ai xem được hình/)).toBeVisible(PATIENT);
    camera.head.moveTo(NOWHERE);
    await expect(page.getByText(/Camera dừng ở chỗ chưa khai báo/)).toBeVisible(PATIENT);
    await expect(card.getByText(/chỗ không thuộc hướng ngắm nào/)).toBeVisible(PATIENT);
    await expectNothingForAxe(page);
    camera.head.goto('1');
    await expect(card.getByText('Camera quay quét, đang dừng ở hướng “Cổng chợ”.')).toBeVisible(PATIENT);
    await expect(page.getByText(/Camera dừng ở chỗ chưa khai báo/)).toHaveCount(0, PATIENT);
  } finally {
    await camera.close();
  }
});
