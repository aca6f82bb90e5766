// SPDX-License-Identifier: AGPL-3.0-or-later
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadClip, Mount, startRtspServer, type RtspServer } from '@louver/camsim';
import { routes } from '@louver/contract';
import { expect, test, type Page } from '@playwright/test';
import { expectNothingForAxe } from '../accessible.ts';
import { Client, cityUrl, signIn } from '../city.ts';

const PASSWORD = 'mot-hai-ba-bon';

/** A real camera as far as anybody on the network can tell: ffmpeg's test picture behind digest authentication. */
async function aDevice(name: string): Promise<RtspServer> {
  const folder = await mkdtemp(join(tmpdir(), 'louver-clip-'));
  try {
    const file = join(folder, 'test.mp4');
    const source = ['-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=10', '-t', '2', '-pix_fmt', 'yuv420p'];
    await promisify(execFile)('ffmpeg', ['-v', 'error', ...source, file]);
    const server = await startRtspServer({ credentials: { user: 'may-quay', password: PASSWORD } });
    server.mount(new Mount(name, await loadClip(file)));
    return server;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

async function register(page: Page, code: string): Promise<void> {
  await page.goto(`${cityUrl()}/cameras/new`);
  await field(page, 'Mã camera').fill(code);
  await field(page, 'Tên').fill('Ngã ba thử');
  await field(page, 'Địa bàn').selectOption('vn.p66.hoa_sua');
  await field(page, 'Tình trạng').selectOption('live');
  await field(page, 'Vĩ độ').fill('12.6801');
  await field(page, 'Kinh độ').fill('108.0502');
  await page.getByRole('button', { name: 'Đăng ký camera' }).click();
}

test('a supervisor registers a camera, aims it by keyboard, seals its stream, and is told that it has no masks', async ({
  page,
}) => {
  const code = `THU-${Date.now()}`;
  const device = await aDevice('thu');
  try {
    await signIn(page, 'supervisor');
    await register(page, code);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(code);
    await expect(page.getByText('Chưa có bộ che được duyệt, nên camera này không cho hình.')).toBeVisible();

    const heading = page.getByRole('slider', { name: 'Hướng camera' });
    await heading.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(field(page, 'Hướng (°)')).toHaveValue('11');
    await page.getByRole('application').focus();
    await page.keyboard.press('Shift+ArrowUp');
    await expect(field(page, 'Vĩ độ')).toHaveValue(/^12\.68019/);
    await field(page, 'Độ cao (m)').fill('cao');
    await page.getByRole('button', { name: 'Lưu hướng ngắm' }).click();
    await expect(field(page, 'Độ cao (m)')).toBeFocused();
    await expect(field(page, 'Độ cao (m)')).toHaveAccessibleDescription('Cần số từ 0 đến 500.');
    await field(page, 'Độ cao (m)').fill('6,5');
    await field(page, 'Khung rộng (điểm ảnh)').fill('320');
    await field(page, 'Khung cao (điểm ảnh)').fill('240');
    await page.getByRole('button', { name: 'Lưu hướng ngắm' }).click();
    await expect(page.getByText('Bước tiếp theo: vẽ vùng che.')).toBeVisible();

    await field(page, 'Địa chỉ RTSP').fill(`rtsp://may-quay:${PASSWORD}@127.0.0.1:${device.port}/thu`);
    await expect(field(page, 'Địa chỉ RTSP')).toHaveValue(`rtsp://127.0.0.1:${device.port}/thu`);
    await page.getByRole('region', { name: 'Luồng' }).getByRole('button', { name: 'Niêm phong và lưu' }).click();
    await expect(page.getByText('Đã có luồng, đã niêm phong')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Thay luồng' })).toBeVisible();
    expect(await page.content()).not.toContain(PASSWORD);
    // The worker unsealed what was typed, and the device let it in.
    await expect(page.getByRole('region', { name: 'Luồng' }).getByText('Sẵn sàng')).toBeVisible({ timeout: 45_000 });
    await expectNothingForAxe(page);

    const client = await Client.as('supervisor');
    const { items } = await client.call(routes.listCameras, { query: { q: code } });
    const camera = await client.call(routes.readCamera, { params: { cameraId: items[0]!.id } });
    expect(camera).toMatchObject({ code, status: 'live', hasStream: true });
    expect(camera.aims).toMatchObject([{ heading: 11, position: { height: 6.5 }, image: { width: 320, height: 240 } }]);
    // The place is the camera's and not the aim's alone.
    expect(camera.location.coordinates[1]).toBeCloseTo(camera.aims[0]!.position.lat, 9);

    await page.getByRole('button', { name: 'Xóa luồng' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Xóa luồng' }).click();
    await expect(page.getByText('Đã xóa luồng và ghi sổ.')).toBeVisible();
    await page.getByRole('link', { name: 'Vẽ vùng che' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(code);
  } finally {
    await device.close();
  }
});

test('a code that another camera has is refused at its field, and nothing else that was typed is lost', async ({
  page,
}) => {
  const { items } = await (await Client.as('supervisor')).call(routes.listCameras, { query: { limit: 1 } });
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/cameras/new`);
  await page.getByRole('button', { name: 'Đăng ký camera' }).click();
  await expect(field(page, 'Mã camera')).toBeFocused();
  await expect(field(page, 'Địa bàn')).toHaveAccessibleDescription('Chọn một địa bàn bạn đang giữ.');
  await expect(field(page, 'Vĩ độ')).toHaveAccessibleDescription('Chưa đặt vị trí camera.');
  await expectNothingForAxe(page);

  await register(page, items[0]!.code);
  await expect(field(page, 'Mã camera')).toBeFocused();
  await expect(field(page, 'Mã camera')).toHaveAccessibleDescription('Mã camera này đã được dùng.');
  await expect(field(page, 'Tên')).toHaveValue('Ngã ba thử');
  await expectNothingForAxe(page);
});

test('a new heading says what it costs before it is saved, and only what was changed is sent', async ({ page }) => {
  const client = await Client.as('supervisor');
  const { items } = await client.call(routes.listCameras, { query: { limit: 500 } });
  const streaming = items.find(({ hasStream, headingDeg }) => hasStream && headingDeg !== null)!;
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/cameras/${streaming.id}/edit`);
  await field(page, 'Hướng (°)').fill(String((Math.round(streaming.headingDeg!) + 90) % 360));
  await expect(page.getByText('Vùng che của hướng này sẽ hết hiệu lực')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Lưu và bỏ hiệu lực vùng che' })).toBeEnabled();
  await page.getByRole('button', { name: 'Bỏ thay đổi' }).click();
  await expect(page.getByText('Vùng che của hướng này sẽ hết hiệu lực')).toBeHidden();

  const { items: quiet } = await client.call(routes.listCameras, { query: { limit: 500, status: ['planned'] } });
  await page.goto(`${cityUrl()}/cameras/${quiet[0]!.id}/edit`);
  const owner = `UBND phường Thử ${Date.now()}`;
  const patch = page.waitForRequest((request) => request.method() === 'PATCH');
  await field(page, 'Chủ sở hữu').fill(owner);
  await page.getByRole('button', { name: 'Lưu thông tin' }).click();
  expect((await patch).postDataJSON()).toEqual({ owner });
  await expect(page.getByText('Đã lưu và ghi sổ.')).toBeVisible();
});

test('an administrator minds the stream and nothing else', async ({ page }) => {
  const { items } = await (await Client.as('administrator')).call(routes.listCameras, { query: { limit: 1 } });
  await signIn(page, 'administrator');
  await page.goto(`${cityUrl()}/cameras/${items[0]!.id}/edit`);
  await expect(page.getByRole('heading', { name: 'Luồng' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Khai báo' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Lưu hướng ngắm' })).toBeHidden();
  await page.goto(`${cityUrl()}/cameras/new`);
  await expect(page.getByRole('heading', { name: 'Trang này không dành cho vai trò của bạn' })).toBeVisible();
});
