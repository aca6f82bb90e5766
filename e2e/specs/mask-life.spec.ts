// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type CameraId } from '@louver/contract';
import { expect, test } from '@playwright/test';
import { expectNothingForAxe } from '../accessible.ts';
import { Client, cityUrl, signIn } from '../city.ts';
import { aFixedCamera, anAim, masksOf, register } from '../devices.ts';

const PATIENT = { timeout: 120_000 };
const DAY_MS = 86_400_000;

test('masks that are nearly a year old are proposed once more, and another person approves them', async ({
  page,
  browser,
}) => {
  test.setTimeout(400_000);
  const [supervisor, reviewer] = [await Client.as('supervisor'), await Client.as('reviewer')];
  const streamUrl = 'rtsp://127.0.0.1:9/khong-co';
  const id = await register(supervisor, {
    ...{ code: `HAN-${Date.now()}`, name: 'Hẻm cũ', mobility: 'fixed', streamUrl },
  });
  const set = await masksOf(supervisor, reviewer, await anAim(supervisor, id));
  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/masks/${set.id}?camera=${id}`);
  await expect(page.getByText(/Sau đó, nếu chưa được duyệt lại, camera ngừng cho hình/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Đề nghị duyệt lại' })).toHaveCount(0);

  // The page goes by its own clock; what it asks for is asked of the server of today.
  await page.clock.setFixedTime(new Date(Date.now() + 345 * DAY_MS));
  await page.reload();
  await page.getByRole('button', { name: 'Đề nghị duyệt lại' }).click();
  const reason = page.getByRole('textbox', { name: 'Vì sao giữ nguyên', exact: true });
  await expect(reason).toBeFocused();
  await expect(reason).toHaveAccessibleDescription(/Viết ít nhất 3 ký tự/);
  await reason.fill('Đã đối chiếu bản đồ, không có nhà mới');
  await expectNothingForAxe(page);
  await page.getByRole('button', { name: 'Đề nghị duyệt lại' }).click();
  await expect(page.getByText(/đang chờ duyệt lại/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/đang chờ duyệt lại/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Đề nghị duyệt lại' })).toHaveCount(0);

  const { items } = await reviewer.call(routes.listMaskSets, {
    query: { cameraId: id, state: ['proposed'], limit: 10 },
  });
  const renewal = items.find(({ renews }) => renews === set.version)!;
  const room = await browser.newContext({ locale: 'vi-VN' });
  const other = await room.newPage();
  await signIn(other, 'reviewer');
  await other.goto(`${cityUrl()}/masks/${renewal.id}?camera=${id}`);
  await other.getByRole('textbox', { name: 'Ghi chú cho người vẽ và cho sổ', exact: true }).fill('Vẫn che đúng');
  await other.getByRole('button', { name: 'Duyệt và áp dụng', exact: true }).click();
  await expect(other.getByText(/^Đã duyệt/)).toBeVisible();
  await room.close();
});

/** Watches until what the aim looks like is kept, then somebody knocks the camera. @returns when the finding is there */
async function knocked(cameraId: CameraId, knock: () => void): Promise<void> {
  const [operator, auditor] = [await Client.as('operator'), await Client.as('auditor')];
  const { live } = await operator.call(routes.openViewing, { body: { cameraId, purpose: 'xem trước khi bị va' } });
  const leave = new AbortController();
  const answer = await fetch(live.url, { signal: leave.signal });
  const watching = (async () => {
    for await (const _ of answer.body!);
  })().catch(() => undefined);
  const records = async () =>
    (await auditor.call(routes.listRecords, { query: { camera: cameraId, action: ['scene.refer'], limit: 5 } })).items;
  await expect.poll(async () => (await records()).length, PATIENT).toBe(1);
  knock();
  const findings = async () =>
    (await auditor.call(routes.listFindings, { query: { cameraId, kind: ['scene-shift'], limit: 5 } })).items;
  await expect.poll(async () => (await findings()).length, PATIENT).toBe(1);
  leave.abort();
  await watching;
}

test('two reviewers state that a camera still sees the same, each with what was checked', async ({ page, browser }) => {
  test.setTimeout(400_000);
  const [supervisor, reviewer] = [await Client.as('supervisor'), await Client.as('reviewer')];
  const camera = await aFixedCamera();
  try {
    const { streamUrl } = camera;
    const id = await register(supervisor, {
      ...{ code: `VA-${Date.now()}`, name: 'Hẻm bị va', mobility: 'fixed', streamUrl },
    });
    await masksOf(supervisor, reviewer, await anAim(supervisor, id));
    await knocked(id, camera.knock);

    const address = `${cityUrl()}/findings?kind=scene-shift&camera=${id}`;
    await signIn(page, 'reviewer');
    await page.goto(address);
    const same = page.getByRole('button', { name: 'Cảnh vẫn như cũ', exact: true });
    const note = page.getByRole('textbox', { name: 'Bạn đã kiểm tra điều gì', exact: true });
    await same.click();
    await expect(note).toBeFocused();
    await expect(page.getByText(/Bạn là người thứ nhất/)).toBeVisible();
    await same.click();
    await expect(note).toHaveAccessibleDescription(/Viết ít nhất 3 ký tự/);
    await note.fill('Công an phường đã đến xem, cột không lệch');
    await expectNothingForAxe(page);
    await same.click();
    await expect(page.getByText('Bạn đã xác nhận. Cần một người duyệt khác cùng xác nhận.')).toBeVisible();
    await expect(same).toHaveCount(0);

    const room = await browser.newContext({ locale: 'vi-VN' });
    const second = await room.newPage();
    await signIn(second, 'reviewer', 1);
    await second.goto(address);
    await expect(second.getByText(/Công an phường đã đến xem/)).toBeVisible();
    await second.getByRole('button', { name: 'Cảnh vẫn như cũ', exact: true }).click();
    await expect(second.getByText(/Bạn là người thứ hai/)).toBeVisible();
    await second.getByRole('textbox', { name: 'Bạn đã kiểm tra điều gì', exact: true }).fill('Đã gọi cho tổ dân phố');
    await second.getByRole('button', { name: 'Cảnh vẫn như cũ', exact: true }).click();
    await expect(second.getByText(/Đã gọi cho tổ dân phố/)).toBeVisible();
    await room.close();
    const { items } = await reviewer.call(routes.listFindings, {
      query: { cameraId: id, kind: ['scene-shift'], limit: 5 },
    });
    expect(items.map(({ state }) => state)).toEqual(['decided']);
  } finally {
    await camera.close();
  }
});
