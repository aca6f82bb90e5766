// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type CameraSummary } from '@louver/contract';
import { expect, test } from '@playwright/test';
import { Client, cityUrl, look, signIn } from '../city.ts';
import { decode, motion, pixelsUnder, unevenness } from '../frames.ts';
import { colourSpread, shownPicture } from '../picture-in-page.ts';

/** Chroma is subsampled and the browser converts to RGB: a flat area may differ by this much and still be flat. */
const FLAT = 8;

async function anAnsweringCamera(client: Client, at = 0): Promise<CameraSummary> {
  const { items } = await client.call(routes.listCameras, { query: { state: ['reachable', 'streaming'], limit: 50 } });
  const camera = items[at];
  if (!camera) throw new Error('no camera of the city answers');
  return camera;
}

test('an operator finds a camera, states a purpose and sees moving video with solid masks; an auditor reads it', async ({
  page,
  browser,
}) => {
  const foreign: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== cityUrl()) foreign.push(request.url());
  });
  page.on('console', (message) => {
    // The browser itself reports the 401 by which the page learns that nobody is signed in.
    if (message.type() === 'error' && !/401/.test(message.text())) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));

  await signIn(page, 'operator');
  const client = await Client.as('operator');
  const camera = await anAnsweringCamera(client);
  const masks = await client.call(routes.readMasks, { params: { cameraId: camera.id } });
  const purpose = `Kiểm tra tin báo ${Date.now()}`;
  await look(page, camera.code, purpose);

  const tile = page.locator('[data-state=playing]');
  await expect(tile).toBeVisible();
  const video = tile.locator('video');
  const first = await shownPicture(video);
  expect({ width: first.width, height: first.height }).toEqual(masks.frame);
  const covered = pixelsUnder(masks.polygons, masks.frame);
  expect(covered.length).toBeGreaterThan(1000);

  const before = await video.evaluate((element: HTMLVideoElement) => element.currentTime);
  await expect
    .poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime))
    .toBeGreaterThan(before + 1.5);
  const second = await shownPicture(video);
  for (const picture of [first, second]) expect(colourSpread(picture.rgba, covered)).toBeLessThanOrEqual(FLAT);
  const everything = Array.from({ length: first.width * first.height }, (_, i) => i);
  expect(colourSpread(first.rgba, everything)).toBeGreaterThan(100);
  expect(first.rgba.equals(second.rgba)).toBe(false);

  await page.keyboard.press('Escape');
  await expect(tile).toHaveCount(0);

  const room = await browser.newContext({ locale: 'vi-VN' });
  const auditor = await room.newPage();
  await signIn(auditor, 'auditor');
  const row = auditor.getByRole('row').filter({ hasText: purpose });
  await expect(row).toContainText(camera.code);
  await room.close();

  const { items } = await (await Client.as('auditor')).call(routes.listViewings, { query: { q: purpose } });
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ purpose, camera: { code: camera.code }, kind: 'live', end: 'closed' });
  expect(items[0]!.framesDelivered).toBeGreaterThan(10);
  expect(items[0]!.secondsDelivered).toBeGreaterThan(1);
  expect(foreign).toEqual([]);
  expect(errors).toEqual([]);
});

test('what leaves for any player has every masked pixel flat in every frame, and moves elsewhere', async () => {
  const client = await Client.as('operator');
  for (const at of [0, 1, 2]) {
    const camera = await anAnsweringCamera(client, at);
    const masks = await client.call(routes.readMasks, { params: { cameraId: camera.id } });
    const { live } = await client.call(routes.openViewing, {
      body: { cameraId: camera.id, purpose: 'kiểm tra vùng che' },
    });
    const pictures = await decode(live.url, masks.frame, 40);
    expect(pictures.length).toBeGreaterThanOrEqual(25);
    const covered = pixelsUnder(masks.polygons, masks.frame);
    for (const picture of pictures) {
      const [luma, chroma] = unevenness(picture, covered);
      expect(luma).toBeLessThanOrEqual(3);
      expect(chroma).toBeLessThanOrEqual(3);
    }
    expect(motion(pictures[0]!, pictures.at(-1)!, covered)).toBeGreaterThan(0.2);
  }
});

test('a viewing is closed on the record when the browser dies', async ({ browser }) => {
  const room = await browser.newContext();
  const page = await room.newPage();
  await signIn(page, 'operator');
  const camera = await anAnsweringCamera(await Client.as('operator'), 1);
  const purpose = `Trình duyệt chết ${Date.now()}`;
  await look(page, camera.code, purpose);
  await expect(page.locator('[data-state=playing]')).toBeVisible();
  await room.close();
  const auditor = await Client.as('auditor');
  await expect
    .poll(async () => (await auditor.call(routes.listViewings, { query: { q: purpose } })).items[0]?.closedAt ?? null, {
      timeout: 40_000,
    })
    .not.toBeNull();
});
