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
  if (raw.length === 0 || raw.length % one !== 0) throw new Error(`no pictures of ${size.width}×${size.height}: ${raw.length} bytes, ${said}`);
  return Array.from({ length: raw.length / one }, (_, i) => {
    const picture = raw.subarray(i * one, (i + 1) * one);
    return { ...size, y: picture.subarray(0, luma), u: picture.subarray(luma, luma * 1.25), v: picture.subarray(luma * 1.25) };
  });
}

function inside(ring: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [ring[i]!, ring[j]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

/** Offsets into the luma plane of all pixels whose centre lies in one of the polygons. */
export function pixelsUnder(polygons: MaskPolygons, { width, height }: FrameSize): number[] {
  const found: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (polygons.some((ring) => inside(ring, (x + 0.5) / width, (y + 0.5) / height))) found.push(y * width + x);
    }
  }
  return found;
}

const spread = (values: Iterable<number>): number => {
  let [low, high] = [255, 0];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return high - low;
};

/** How far the covered pixels are from one flat colour, in 8-bit steps: [luma, chroma]. Flat is 0; an encoder rings by a few. */
export function unevenness(picture: Picture, pixels: readonly number[]): [luma: number, chroma: number] {
  const chromaOf = (offset: number) => Math.floor(Math.floor(offset / picture.width) / 2) * (picture.width / 2) + Math.floor((offset % picture.width) / 2);
  return [
    spread(pixels.map((offset) => picture.y[offset]!)),
    Math.max(spread(pixels.map((offset) => picture.u[chromaOf(offset)]!)), spread(pixels.map((offset) => picture.v[chromaOf(offset)]!))),
  ];
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
