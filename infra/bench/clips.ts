// SPDX-License-Identifier: AGPL-3.0-or-later
// Video to measure with: a street of the demo city as a camera sends it, with a frame number burned in.
import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Clip, demoCity, readAnnexB, renderLoop } from '@louver/camsim';
import type { FrameSize, MaskPolygons } from '@louver/contract';
import { type Fragment, Fmp4Splitter, type Init } from '../../packages/worker/src/media/fmp4.ts';
import type { BenchContext } from './bench.ts';

export const FPS = 25;
export const HD: FrameSize = { width: 1280, height: 720 };
export const FULL_HD: FrameSize = { width: 1920, height: 1080 };

const box = (x: number, y: number, w: number, h: number): MaskPolygons[number] => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
];

/** A sixth of the picture, as homes along a street are covered; clear of the frame number at the lower left. */
export const FIVE_POLYGONS: MaskPolygons = [
  box(0.02, 0.2, 0.12, 0.3),
  box(0.2, 0.12, 0.1, 0.25),
  [
    [0.45, 0.1],
    [0.6, 0.08],
    [0.63, 0.33],
    [0.52, 0.4],
    [0.44, 0.3],
  ],
  box(0.7, 0.2, 0.13, 0.25),
  [
    [0.86, 0.15],
    [0.99, 0.1],
    [0.99, 0.5],
    [0.88, 0.45],
  ],
];

/** H.264 Annex-B at 25 frames a second, looping; 4 Mbit/s at 1080p. */
async function renderedFile({ quick, cache, say }: BenchContext, frame: FrameSize): Promise<string> {
  const seconds = quick ? 2 : 10;
  const kbitPerSecond = Math.round((4000 * frame.width * frame.height) / (1920 * 1080));
  const key = createHash('sha256')
    .update(JSON.stringify([frame, seconds, kbitPerSecond, FPS, 1]))
    .digest('hex');
  const file = join(cache, `${frame.height}p-${key.slice(0, 12)}.h264`);
  if (existsSync(file)) return file;
  say(`drawing ${seconds} s of ${frame.width}×${frame.height}`);
  const city = demoCity();
  const camera = city.cameras.find(({ streaming }) => streaming !== null);
  if (!camera) throw new Error('the demo city has no streaming camera');
  const options = { fps: FPS, seconds, kbitPerSecond, barcode: true, label: camera.code };
  const { stream } = await renderLoop({ ...camera.aim, image: frame }, city, options);
  await mkdir(cache, { recursive: true });
  await writeFile(`${file}.part`, stream);
  await rename(`${file}.part`, file);
  return file;
}

/** For a simulated camera. */
export async function streetClip(context: BenchContext, frame: FrameSize = HD): Promise<Clip> {
  return readAnnexB(await readFile(await renderedFile(context, frame)), 'h264', FPS);
}

export interface Fragments {
  readonly init: Init;
  readonly fragments: readonly Fragment[];
}

/** What the ingest process would hand to the masker: one frame a fragment, not decoded. */
export async function streetFragments(context: BenchContext, frame: FrameSize): Promise<Fragments> {
  const file = await renderedFile(context, frame);
  const mp4 = ['-f', 'mp4', '-movflags', 'empty_moov+default_base_moof+frag_every_frame', 'pipe:1'];
  const { stdout } = await promisify(execFile)(
    'ffmpeg',
    ['-loglevel', 'error', '-r', String(FPS), '-f', 'h264', '-i', file, '-c:v', 'copy', ...mp4],
    { encoding: 'buffer', maxBuffer: 1024 ** 3 },
  );
  let init: Init | undefined;
  const fragments: Fragment[] = [];
  new Fmp4Splitter(
    (found) => (init = found),
    (fragment) => fragments.push(fragment),
  ).push(stdout);
  if (!init || fragments.length === 0) throw new Error(`no fragments in ${file}`);
  return { init, fragments };
}
