// SPDX-License-Identifier: AGPL-3.0-or-later
// Mask and fill as uncompressed 4:2:0 pictures. A picture format that knows ranges or alpha would be converted on the way
// in, and a converted mask is 235 instead of 255: the home then shines through.
import type { FrameSize } from '@louver/contract';
import type { LumaMask } from './mask-raster.ts';

/** What a covered sample becomes: flat black in limited range. */
export const FILL = { y: 16, u: 128, v: 128 } as const;

const chromaSize = ({ width, height }: FrameSize) => ({ width: (width + 1) >> 1, height: (height + 1) >> 1 });

const picture = ({ width, height }: FrameSize, ...planes: Uint8Array[]) =>
  Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F25:1 Ip A1:1 C420jpeg\nFRAME\n`), ...planes]);

/** 0 or 255 in all three planes. */
export function maskPicture(mask: LumaMask): Buffer {
  const { width, height } = chromaSize(mask);
  const chroma = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) chroma[y * width + x] = mask.samples[2 * y * mask.width + 2 * x]!;
  }
  return picture(mask, mask.samples, chroma, chroma);
}

export function fillPicture(frame: FrameSize): Buffer {
  const chroma = chromaSize(frame);
  const plane = (size: FrameSize, value: number) => new Uint8Array(size.width * size.height).fill(value);
  return picture(frame, plane(frame, FILL.y), plane(chroma, FILL.u), plane(chroma, FILL.v));
}
