// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FrameSize } from '@louver/contract';
import type { Locator } from '@playwright/test';

/** What the browser shows, decoded and drawn by the browser itself: RGBA, row by row, at the video's own size. */
export async function shownPicture(video: Locator): Promise<FrameSize & { rgba: Buffer }> {
  const shown = await video.evaluate((element: HTMLVideoElement) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [element.videoWidth, element.videoHeight];
    const context = canvas.getContext('2d')!;
    context.drawImage(element, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let text = '';
    for (let at = 0; at < data.length; at += 32_768) text += String.fromCharCode(...data.subarray(at, at + 32_768));
    return { width: canvas.width, height: canvas.height, base64: btoa(text) };
  });
  return { width: shown.width, height: shown.height, rgba: Buffer.from(shown.base64, 'base64') };
}

/** The largest distance of any colour channel between two of the given pixels. */
export function colourSpread(rgba: Buffer, pixels: readonly number[]): number {
  let worst = 0;
  for (const channel of [0, 1, 2]) {
    let [low, high] = [255, 0];
    for (const pixel of pixels) {
      const value = rgba[pixel * 4 + channel]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    worst = Math.max(worst, high - low);
  }
  return worst;
}
