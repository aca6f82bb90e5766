// SPDX-License-Identifier: AGPL-3.0-or-later
import { spawn } from 'node:child_process';
import type { FrameSize, MaskPolygons } from '@louver/contract';

export interface Picture extends FrameSize {
  /** Luma plane, one byte a pixel, row by row. */
  y: Buffer;
  /** Chroma planes at half size. */
  u: Buffer;
  v: Buffer;
}

/**
 * Plays an address as anybody could, with `ffmpeg -i`, and gives the decoded pictures.
 * @throws with what ffmpeg said when nothing could be decoded
 */
export async function decode(url: string, size: FrameSize, frames: number): Promise<Picture[]> {
  const child = spawn(
    'ffmpeg',
    ['-v', 'error', '-i', url, '-frames:v', String(frames), '-f', 'rawvideo', '-pix_fmt', 'yuv420p', 'pipe:1'],
    { stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 },
  );
  const chunks: Buffer[] = [];
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  const raw = Buffer.concat(chunks);
  const luma = size.width * size.height;
  const one = luma * 1.5;
  if (raw.length === 0 || raw.length % one !== 0)
    throw new Error(`no pictures of ${size.width}×${size.height}: ${raw.length} bytes, ${said}`);
  return Array.from({ length: raw.length / one }, (_, i) => {
    const picture = raw.subarray(i * one, (i + 1) * one);
    return {
      ...size,
      y: picture.subarray(0, luma),
      u: picture.subarray(luma, luma * 1.25),
      v: picture.subarray(luma * 1.25),
    };
  });
}

/** Offsets into the luma plane of all pixels whose centre lies in one of the polygons. */
export function pixelsUnder(polygons: MaskPolygons, { width, height }: FrameSize): number[] {
  const covered = new Uint8Array(width * height);
  for (const ring of polygons) {
    for (let y = 0; y < height; y++) {
      const at = (y + 0.5) / height;
      const crossings: number[] = [];
      ring.forEach(([x0, y0], i) => {
        const [x1, y1] = ring[(i + 1) % ring.length]!;
        if (y0 > at !== y1 > at) crossings.push((x0 + ((x1 - x0) * (at - y0)) / (y1 - y0)) * width);
      });
      crossings.sort((a, b) => a - b);
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        covered.fill(
          1,
          y * width + Math.max(0, Math.ceil(crossings[k]! - 0.5)),
          y * width + Math.min(width, Math.floor(crossings[k + 1]! - 0.5) + 1),
        );
      }
    }
  }
  return Array.from(covered.keys()).filter((offset) => covered[offset]);
}

function spread(plane: Buffer, offsets: readonly number[]): number {
  let [low, high] = [255, 0];
  for (const offset of offsets) {
    const value = plane[offset]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return Math.max(0, high - low);
}

/** How far the covered pixels are from one flat colour, in 8-bit steps: [luma, chroma]. Flat is 0; an encoder rings by a few. */
export function unevenness(picture: Picture, pixels: readonly number[]): [luma: number, chroma: number] {
  const half = picture.width / 2;
  const chroma = pixels.map(
    (offset) => Math.floor(Math.floor(offset / picture.width) / 2) * half + Math.floor((offset % picture.width) / 2),
  );
  return [spread(picture.y, pixels), Math.max(spread(picture.u, chroma), spread(picture.v, chroma))];
}

/** Mean absolute difference of luma between two pictures outside the given pixels: above 0 something moves. */
export function motion(a: Picture, b: Picture, except: readonly number[] = []): number {
  const skip = new Set(except);
  let [sum, count] = [0, 0];
  for (let i = 0; i < a.y.length; i += 7) {
    if (skip.has(i)) continue;
    sum += Math.abs(a.y[i]! - b.y[i]!);
    count++;
  }
  return sum / count;
}
