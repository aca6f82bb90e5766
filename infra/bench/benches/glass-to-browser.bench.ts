// SPDX-License-Identifier: AGPL-3.0-or-later
// From a camera's frame on the wire to the same frame on the screen: the number is burned into the picture and read back
// from the video element of the real page.
import type { SentFrame } from '@louver/camsim';
import type { Page } from '@playwright/test';
import type { Bench } from '../bench.ts';
import { inConsole } from '../browser.ts';
import { FIVE_POLYGONS, FPS, HD, streetClip } from '../clips.ts';
import { inInstallation } from '../installation.ts';
import { percentile, spread } from '../statistics.ts';

/** Where camsim burns its ten blocks, in pixels of the picture. */
const CODE = { left: 16, fromBottom: 48, block: 32, bits: 10 } as const;
const SETTLE_MS = 5_000;

interface Shown {
  readonly frame: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Runs in the page: notes the number and the time of every frame that is presented. */
function watchFrames(code: typeof CODE): void {
  const video = document.querySelector('video');
  if (!video) throw new Error('the page has no video');
  const [width, height] = [code.block * code.bits, code.block];
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const shown: Shown[] = [];
  (window as unknown as { benchShown: Shown[] }).benchShown = shown;
  const look: VideoFrameRequestCallback = (_now, { expectedDisplayTime }) => {
    // Whichever is later: a frame is not on the screen before the display shows it, nor before we are told.
    const at = performance.timeOrigin + Math.max(expectedDisplayTime, performance.now());
    video.requestVideoFrameCallback(look);
    pen?.drawImage(video, code.left, video.videoHeight - code.fromBottom, width, height, 0, 0, width, height);
    const { data } = pen!.getImageData(0, 0, width, height);
    let frame = 0;
    for (let i = 0; i < code.bits; i++) {
      const [x, y] = [(i + 0.5) * code.block, code.block / 2];
      frame = frame * 2 + ((data[4 * (y * width + x) + 1] ?? 0) > 128 ? 1 : 0);
    }
    shown.push({ frame, at });
  };
  video.requestVideoFrameCallback(look);
}

async function look(page: Page, origin: string, cameraId: string): Promise<void> {
  await page.goto(`${origin}/?camera=${cameraId}`);
  await page.locator('input[name=purpose]').fill('đo độ trễ');
  await page.locator('input[name=purpose]').press('Enter');
  await page.locator('section[data-state=playing] video').waitFor({ timeout: 60_000 });
}

/** The two processes may have taken their origin of time from clocks that differ by a little. */
async function clockDifference(page: Page): Promise<number> {
  const offsetOf = () => {
    let most = -Infinity;
    for (let i = 0; i < 20_000; i++) most = Math.max(most, Date.now() - (performance.timeOrigin + performance.now()));
    return most;
  };
  return (await page.evaluate(offsetOf)) - offsetOf();
}

/** Of all times at which a frame of that number was sent, the last one before it was shown. */
function latenciesOf(sent: readonly (SentFrame & { at: number })[], shown: readonly Shown[]): number[] {
  return shown.flatMap(({ frame, at }) => {
    const from = sent.findLast((one) => one.frame === frame && one.at <= at);
    return from ? [at - from.at] : [];
  });
}

export const bench: Bench = async (context) => {
  const clip = await streetClip(context);
  const seconds = context.quick ? 4 : 60;
  return inInstallation(context, async (at) => {
    await at.startWorker();
    const operator = await at.person('operator');
    const { cameraId, mount } = await at.camera(clip, { frame: HD, polygons: FIVE_POLYGONS });
    const sent: (SentFrame & { at: number })[] = [];
    mount.onFrame((frame) => sent.push({ ...frame, at: performance.timeOrigin + frame.atMs }));
    const shown = await inConsole(at.url, operator, async (page) => {
      context.say('opening the picture');
      await look(page, at.url, cameraId);
      await page.waitForTimeout(SETTLE_MS);
      context.say(`reading frame numbers for ${seconds} s`);
      await page.evaluate(watchFrames, CODE);
      await page.waitForTimeout(seconds * 1000);
      const seen = await page.evaluate(() => (window as unknown as { benchShown: Shown[] }).benchShown);
      const difference = await clockDifference(page);
      return seen.map((one) => ({ ...one, at: one.at + difference }));
    });
    const delays = latenciesOf(sent, shown);
    if (delays.length < seconds * FPS * 0.5) throw new Error(`only ${delays.length} frames were read in ${seconds} s`);
    return [
      {
        what: 'Glass to browser on loopback, 720p25, p95',
        measured: percentile(delays, 95),
        unit: 'ms',
        budget: 300,
        samples: delays.length,
        note: `${spread(delays)}; ${(delays.length / seconds).toFixed(1)} frames a second shown`,
      },
    ];
  });
};
