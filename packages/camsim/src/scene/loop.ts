// SPDX-License-Identifier: AGPL-3.0-or-later
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Aim } from '@louver/sightline';
import { encoderArgs } from '../encoder.ts';
import { seeded, hashOf } from '../city/random.ts';
import { ffmpeg } from '../ffmpeg.ts';
import { plain } from './font.ts';
import { lanesOf } from './lanes.ts';
import { MotionLayer } from './motion.ts';
import { burnBarcode, burnText } from './overlay.ts';
import { type Surroundings, renderStill } from './still.ts';
import { Traffic } from './traffic.ts';
import { frameBytes, frameOver, toYuv } from './yuv.ts';

export interface LoopOptions {
  /** Burned in at the top left, without diacritics. */
  readonly label?: string;
  /** Default 12.5 frames a second for 16 seconds. */
  readonly fps?: number;
  readonly seconds?: number;
  readonly kbitPerSecond?: number;
  /** Burns the frame's number in for latency measurements; a loop then has at most 1024 frames. */
  readonly barcode?: boolean;
  /** What the burned-in clock says at the first frame. */
  readonly startsAt?: Date;
  readonly signal?: AbortSignal;
}

export interface RenderedLoop {
  /** H.264 Annex-B, no B-frames, a key frame every 2 s. */
  readonly stream: Buffer;
  readonly fps: number;
}

const NOISY_COPIES = 6;
const DEFAULT_START = new Date('2026-11-20T00:30:00Z');

/** The still's luma with sensor noise, several times over: a new pattern for every frame would cost more than all the rest. */
function noisy(luma: Uint8Array, seed: number): Uint8Array[] {
  const random = seeded(seed);
  const table = Int8Array.from({ length: 65_536 }, () => Math.round((random() + random() + random() - 1.5) * 3.4));
  return Array.from({ length: NOISY_COPIES }, () => {
    const start = Math.floor(random() * 65_536);
    return luma.map((y, i) =>
      Math.max(16, Math.min(235, y + (table[(start + i * 7 + (i >> 9) * 31) & 0xffff] as number))),
    );
  });
}

const clock = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: 'Asia/Ho_Chi_Minh',
});

/** Frames of a loop as raw yuv420p; the one after the last is the first again. Each buffer is the caller's to keep. */
export function* loopFrames(aim: Aim, surroundings: Surroundings, options: LoopOptions = {}): Generator<Buffer> {
  const { label = '', fps = 12.5, seconds = 16, barcode = false, startsAt = DEFAULT_START } = options;
  const still = renderStill(aim, surroundings);
  const { width, height } = aim.image;
  const background = toYuv(still.picture);
  const seed = hashOf(`${label}${aim.position.lon}${aim.position.lat}`);
  const lumas = noisy(background.y, seed);
  const traffic = new Traffic(lanesOf(still.streets), seconds, seed);
  const motion = new MotionLayer(still);
  const scale = Math.max(1, Math.round(width / 427));
  const name = plain(label);
  for (let i = 0; i < Math.round(fps * seconds); i++) {
    const buffer = Buffer.allocUnsafe(frameBytes(width, height));
    const frame = frameOver(buffer, width, height);
    frame.y.set(lumas[(i * 5 + (i >> 3)) % NOISY_COPIES] as Uint8Array);
    frame.u.set(background.u);
    frame.v.set(background.v);
    for (const mover of traffic.at(i / fps)) motion.draw(mover);
    motion.flush(frame);
    burnText(frame, name, 6 * scale, 5 * scale, scale);
    burnText(frame, clock.format(new Date(startsAt.getTime() + (i * 1000) / fps)), -6 * scale, 5 * scale, scale);
    if (barcode) burnBarcode(frame, i);
    yield buffer;
  }
}

async function pour(frames: Iterable<Buffer>, into: Writable, signal?: AbortSignal): Promise<void> {
  for (const frame of frames) {
    signal?.throwIfAborted();
    // Also yields to the event loop, so that a camera that is already served keeps its pace.
    if (!into.write(frame)) await once(into, 'drain');
  }
}

/** Renders and encodes a camera's loop. */
export async function renderLoop(
  aim: Aim,
  surroundings: Surroundings,
  options: LoopOptions = {},
): Promise<RenderedLoop> {
  const { fps = 12.5, kbitPerSecond = 2000, signal } = options;
  const { width, height } = aim.image;
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`, '-r', String(fps), '-i', 'pipe:0'];
  const colour = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];
  const args = [...raw, '-threads', '1', ...encoderArgs('h264', fps, kbitPerSecond), ...colour, 'pipe:1'];
  const stream = await ffmpeg(args, (stdin) => pour(loopFrames(aim, surroundings, options), stdin, signal), signal);
  return { stream, fps };
}
