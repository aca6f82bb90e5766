// SPDX-License-Identifier: AGPL-3.0-or-later
// Burns a device's masks into what it serves: the loop is encoded once more, with polygons over it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encoderArgs } from '../encoder.ts';
import { ffmpeg } from '../ffmpeg.ts';
import { type Clip, readAnnexB } from '../rtsp/annexb.ts';

/** Y, Cb, Cr in limited range. */
export type MaskColour = readonly [y: number, cb: number, cr: number];

export interface BurntMask {
  /** In pixels, origin top left, y downwards. */
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly colour: MaskColour;
}

const START_CODE = Buffer.from([0, 0, 0, 1]);

const bytesOf = (clip: Clip): Buffer =>
  Buffer.concat(clip.units.flatMap(({ nals }) => nals.flatMap((nal) => [START_CODE, nal])));

/** Whether the middle of a sample lies inside, by the crossings to its left. */
function isInside({ points }: BurntMask, x: number, y: number): boolean {
  let inside = false;
  points.forEach(([x1, y1], i) => {
    const [x2, y2] = points[(i + 1) % points.length] as readonly [number, number];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) inside = !inside;
  });
  return inside;
}

/** What is laid over the picture, and where: two raw 4:2:0 pictures. */
function layers(masks: readonly BurntMask[], width: number, height: number): { fill: Buffer; where: Buffer } {
  const [luma, chroma, across] = [width * height, (width * height) / 4, width / 2];
  const fill = Buffer.alloc(luma + 2 * chroma, 128);
  fill.fill(16, 0, luma);
  const where = Buffer.alloc(luma + 2 * chroma);
  for (const mask of masks) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (!isInside(mask, x + 0.5, y + 0.5)) continue;
        const c = luma + (y >> 1) * across + (x >> 1);
        fill[y * width + x] = mask.colour[0];
        fill[c] = mask.colour[1];
        fill[c + chroma] = mask.colour[2];
        where[y * width + x] = where[c] = where[c + chroma] = 255;
      }
    }
  }
  return { fill, where };
}

/** The same loop with masks over every picture. */
export async function burnMasks(
  clip: Clip,
  { width, height }: { readonly width: number; readonly height: number },
  masks: readonly BurntMask[],
  kbitPerSecond = 2000,
): Promise<Clip> {
  const folder = await mkdtemp(join(tmpdir(), 'camsim-masks-'));
  try {
    const { fill, where } = layers(masks, width, height);
    await writeFile(join(folder, 'fill'), fill);
    await writeFile(join(folder, 'where'), where);
    const raw = (name: string) => [
      ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`, '-r', String(clip.fps)],
      ...['-i', join(folder, name)],
    ];
    const format = clip.codec === 'h264' ? 'h264' : 'hevc';
    const stream = await ffmpeg(
      [
        ...['-threads', '1', '-r', String(clip.fps), '-f', format, '-i', 'pipe:0', ...raw('fill'), ...raw('where')],
        ...['-filter_complex', '[0:v]format=yuv420p[s];[s][1:v][2:v]maskedmerge[v]', '-map', '[v]', '-threads', '1'],
        ...[...encoderArgs(clip.codec, clip.fps, kbitPerSecond), 'pipe:1'],
      ],
      async (stdin) => {
        stdin.write(bytesOf(clip));
      },
    );
    return readAnnexB(stream, clip.codec, clip.fps);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
