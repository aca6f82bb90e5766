// SPDX-License-Identifier: AGPL-3.0-or-later
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startRtspServer, Mount, loadClip, type RtspServer } from '@louver/camsim';
import { routes, type MaskPolygons } from '@louver/contract';
import { expect, test } from '@playwright/test';
import { Client, look, signIn } from '../city.ts';
import { decode, motion, pixelsUnder, unevenness } from '../frames.ts';
import { colourSpread, shownPicture } from '../picture-in-page.ts';

const FOOTAGE = join(
  process.env['LOUVER_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url)),
  'footage/pedestrians-vtest.mp4',
);
const FRAME = { width: 768, height: 576 };
/** Where the map has no buildings: geometry then adds nothing to the masks that are drawn here. */
const PLACE = { lon: 108.31, lat: 12.93 };
/** The building's windows, top right of the picture. */
const WINDOWS: MaskPolygons = [
  [
    [0.56, 0],
    [1, 0],
    [1, 0.2],
    [0.78, 0.17],
    [0.56, 0.08],
  ],
  [
    [0, 0.02],
    [0.12, 0.02],
    [0.12, 0.2],
    [0, 0.2],
  ],
];

test.describe('a camera with real street footage', () => {
  test.skip(!existsSync(FOOTAGE), 'needs ../shared/footage/pedestrians-vtest.mp4');
  let rtsp: RtspServer;
  let folder: string;

  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'louver-footage-'));
    rtsp = await startRtspServer({ credentials: { user: 'real', password: 'kh0ng-ai-biet' } });
    rtsp.mount(new Mount('vtest', await loadClip(FOOTAGE, { seconds: 20 })));
  });
  test.afterAll(async () => {
    await rtsp?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('shows nothing before masks are approved by a second person, and plays masked in a browser afterwards', async ({
    page,
  }) => {
    const [supervisor, reviewer, operator] = await Promise.all(
      ['supervisor', 'reviewer', 'operator'].map((role) => Client.as(role)),
    );
    const { items } = await supervisor!.call(routes.listJurisdictions, {});
    const ward = items.find((place) => place.kind === 'commune')!;
    const location = { type: 'Point' as const, coordinates: [PLACE.lon, PLACE.lat] as [number, number] };
    const camera = await supervisor!.call(routes.createCamera, {
      body: {
        code: `REAL-${Date.now()}`,
        name: 'Góc phố thật',
        jurisdiction: ward.path,
        location,
        owner: null,
        operator: 'Công an phường',
        hostPremises: 'public-pole',
        purpose: 'Trật tự công cộng',
        legalBasis: 'Quyết định 01',
        retentionDays: 0,
        publication: 'shown',
        status: 'live',
        mobility: 'fixed',
        manufacturer: null,
        model: null,
        hasAudio: false,
        hasBiometrics: false,
      },
    });
    const aim = await supervisor!.call(routes.createAim, {
      params: { cameraId: camera.id },
      body: {
        name: 'Cố định',
        position: { ...PLACE, height: 6 },
        heading: 200,
        tilt: -20,
        roll: 0,
        hfov: 60,
        image: FRAME,
        range: 40,
      },
    });
    await supervisor!.call(routes.putStream, {
      params: { cameraId: camera.id },
      body: { url: `rtsp://127.0.0.1:${rtsp.port}/vtest`, username: 'real', password: 'kh0ng-ai-biet' },
    });

    await expect(
      operator!.call(routes.openViewing, { body: { cameraId: camera.id, purpose: 'thử trước khi che' } }),
    ).rejects.toThrow(/masks-unknown/);

    const proposal = await supervisor!.call(routes.proposeMasks, {
      params: { aimId: aim.id },
      body: { polygons: WINDOWS, frame: FRAME, basedOnVersion: 0, reason: 'Cửa sổ nhà dân' },
    });
    await expect(
      operator!.call(routes.openViewing, { body: { cameraId: camera.id, purpose: 'thử trước khi duyệt' } }),
    ).rejects.toThrow(/masks-unknown/);
    await reviewer!.call(routes.approveMasks, { params: { maskSetId: proposal.id }, body: { note: 'Đã xem, che đủ' } });

    const { live } = await operator!.call(routes.openViewing, {
      body: { cameraId: camera.id, purpose: 'kiểm tra cảnh thật' },
    });
    const pictures = await decode(live.url, FRAME, 40);
    const covered = pixelsUnder(WINDOWS, FRAME);
    for (const picture of pictures) {
      const [luma, chroma] = unevenness(picture, covered);
      expect(luma).toBeLessThanOrEqual(3);
      expect(chroma).toBeLessThanOrEqual(3);
    }
    expect(pictures.length).toBeGreaterThan(20);
    expect(motion(pictures[0]!, pictures.at(-1)!, covered)).toBeGreaterThan(0.2);

    await signIn(page, 'operator');
    await look(page, camera.code, 'Xem góc phố thật');
    const tile = page.locator('[data-state=playing]');
    await expect(tile).toBeVisible();
    const shown = await shownPicture(tile.locator('video'));
    expect({ width: shown.width, height: shown.height }).toEqual(FRAME);
    expect(colourSpread(shown.rgba, covered)).toBeLessThanOrEqual(8);
    expect(
      colourSpread(
        shown.rgba,
        Array.from({ length: FRAME.width * FRAME.height }, (_, i) => i),
      ),
    ).toBeGreaterThan(100);
    await page.screenshot({ path: 'test-results/real-footage.png' });
  });
});
