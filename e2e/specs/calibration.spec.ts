// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes } from '@louver/contract';
import { expect, test } from '@playwright/test';
import { Client, cityUrl, signIn } from '../city.ts';
import { expectNothingForAxe } from '../accessible.ts';

/** Where the map has no buildings. */
const PLACE = { lon: 108.33, lat: 12.95 };

test('a camera whose aim was filled in is a finding, and shows nothing before a supervisor answers for its numbers', async ({
  page,
}) => {
  const [supervisor, operator] = [await Client.as('supervisor'), await Client.as('operator')];
  const { items } = await supervisor.call(routes.listJurisdictions, {});
  const code = `CHUA-${Date.now()}`;
  const { id } = await supervisor.call(routes.createCamera, {
    body: {
      code,
      name: 'Camera nhập thiếu số',
      jurisdiction: items.find((place) => place.kind === 'commune')!.path,
      location: { type: 'Point', coordinates: [PLACE.lon, PLACE.lat] },
      owner: null,
      operator: null,
      hostPremises: 'unknown',
      purpose: null,
      legalBasis: null,
      retentionDays: null,
      publication: 'counted',
      status: 'live',
      mobility: 'fixed',
      manufacturer: null,
      model: null,
      hasAudio: false,
      hasBiometrics: false,
    },
  });
  const params = { cameraId: id };
  await supervisor.call(routes.createAim, {
    params,
    body: {
      name: 'Chính',
      position: { ...PLACE, height: 5 },
      heading: 10,
      tilt: -15,
      roll: 0,
      hfov: 90,
      image: { width: 640, height: 360 },
      range: 35,
      calibration: 'assumed',
    },
  });
  await supervisor.call(routes.putStream, {
    params,
    body: { url: 'rtsp://127.0.0.1:9/khong-co', username: null, password: null },
  });
  await expect(operator.call(routes.openViewing, { body: { cameraId: id, purpose: 'thử xem' } })).rejects.toThrow(
    /aim-uncalibrated/,
  );

  await signIn(page, 'supervisor');
  await page.goto(`${cityUrl()}/findings?kind=aim-uncalibrated`);
  const calibrate = page.getByRole('link', { name: `Hiệu chuẩn: ${code}` });
  // A measurement opens it, and the page asks again by itself.
  await expect(calibrate).toBeVisible({ timeout: 120_000 });
  await expectNothingForAxe(page);
  await calibrate.click();
  await expect(page.getByText('Hướng ngắm này chưa được hiệu chuẩn nên không có hình')).toBeVisible();
  await expect(page.getByText('Hãy mở ảnh do người lắp đặt chụp tại camera này.')).toBeVisible();
  await expectNothingForAxe(page);
  const save = page.getByRole('button', { name: 'Lưu hướng ngắm' });
  await expect(save).toBeDisabled();
  await page.getByRole('checkbox', { name: /Tôi xác nhận mọi con số/ }).check();
  await save.click();
  await expect(page.getByText('Đã có người hoặc tệp nhập nêu đủ mọi con số.')).toBeVisible();

  expect((await supervisor.call(routes.readCamera, { params })).aims).toMatchObject([{ calibration: 'stated' }]);
  await expect(operator.call(routes.openViewing, { body: { cameraId: id, purpose: 'thử xem' } })).rejects.toThrow(
    /masks-unknown/,
  );
  await expect
    .poll(
      async () =>
        (
          await supervisor.call(routes.listFindings, { query: { cameraId: id, kind: ['aim-uncalibrated'], limit: 5 } })
        ).items.map(({ state }) => state),
      { timeout: 120_000 },
    )
    .toEqual(['closed']);
});
