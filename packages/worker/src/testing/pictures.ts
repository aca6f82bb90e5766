// SPDX-License-Identifier: AGPL-3.0-or-later
// Raw pictures for tests: made, encoded, sent through the real masker, decoded and looked at, sample by sample.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FrameSize } from '@louver/contract';
import { type Fragment, Fmp4Splitter, type Init } from '../media/fmp4.ts';
import { Masker, type MaskSpec } from '../media/masker.ts';
import type { Sandbox } from '../media/sandbox.ts';
import { FILL } from '../media/y4m.ts';

/** Runs ffmpeg to its end. @throws with its complaint when it fails */
export async function ffmpeg(args: readonly string[], input?: Buffer): Promise<Buffer> {
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  let complaint = '';
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => (complaint += bytes.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(complaint || `ffmpeg ended with ${code}`);
  return Buffer.concat(out);
}

const FRAGMENTED = ['-f', 'mp4', '-movflags', 'empty_moov+default_base_moof+frag_every_frame', 'pipe:1'];
export const LOSSLESS = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0', '-bf', '0', '-g', '10'];

const raw = ({ width, height }: FrameSize, pixelFormat = 'yuv420p') => [
  '-f',
  'rawvideo',
  '-pix_fmt',
  pixelFormat,
  '-s',
  `${width}x${height}`,
  '-r',
  '10',
  '-i',
  'pipe:0',
];

/** Raw 4:2:0 pictures as a stream of one-frame fragments. */
export const encode = (frame: FrameSize, pictures: Buffer, codec: readonly string[] = LOSSLESS): Promise<Buffer> =>
  ffmpeg([...raw(frame), ...codec, ...FRAGMENTED], pictures);

export interface Stream {
  readonly init: Init;
  readonly fragments: readonly Fragment[];
}

export function split(bytes: Buffer): Stream {
  let init: Init | undefined;
  const fragments: Fragment[] = [];
  new Fmp4Splitter(
    (found) => (init = found),
    (fragment) => fragments.push(fragment),
  ).push(bytes);
  if (!init) throw new Error('no init segment');
  return { init, fragments };
}

export interface Masked {
  readonly bytes: Buffer;
  readonly fragments: number;
  readonly complaint: string;
}

/** Sends a stream through the real masker and its sandbox, to the end. */
export async function throughMasker(sandbox: Sandbox, spec: MaskSpec, stream: Stream): Promise<Masked> {
  const out: Buffer[] = [];
  let fragments = 0;
  let complaint = '';
  const masker = await Masker.start(sandbox, spec, {
    onInit: (init) => out.push(init.bytes),
    onFragment: ({ bytes }) => {
      fragments++;
      out.push(bytes);
    },
    onEnd: (text) => (complaint = text),
  });
  masker.begin(stream.init, stream.fragments);
  masker.finish();
  await masker.closed;
  return { bytes: Buffer.concat(out), fragments, complaint };
}

export interface Planes extends FrameSize {
  readonly y: Buffer;
  readonly u: Buffer;
  readonly v: Buffer;
}

/** Every decoded frame as 4:2:0 planes; nothing when there is no stream. */
export async function decode(bytes: Buffer, frame: FrameSize): Promise<Planes[]> {
  if (bytes.length === 0) return [];
  const pictures = await ffmpeg(
    ['-i', 'pipe:0', '-fps_mode', 'passthrough', '-pix_fmt', 'yuv420p', '-f', 'rawvideo', 'pipe:1'],
    bytes,
  );
  return planesOf(pictures, frame);
}

export function planesOf(pictures: Buffer, frame: FrameSize): Planes[] {
  const [luma, chroma] = [frame.width * frame.height, ((frame.width + 1) >> 1) * ((frame.height + 1) >> 1)];
  const length = luma + 2 * chroma;
  if (pictures.length % length !== 0) throw new Error(`${pictures.length} bytes are no whole frames of ${length}`);
  return Array.from({ length: pictures.length / length }, (_, i) => {
    const at = i * length;
    return {
      ...frame,
      y: pictures.subarray(at, at + luma),
      u: pictures.subarray(at + luma, at + luma + chroma),
      v: pictures.subarray(at + luma + chroma, at + length),
    };
  });
}

/** Whether a point of the frame (0..1) lies inside a polygon: by crossing number, nothing shared with what is tested. */
export function isInside(polygon: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false;
  for (const [i, [x1, y1]] of polygon.entries()) {
    const [x2, y2] = polygon[(i + 1) % polygon.length]!;
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) inside = !inside;
  }
  return inside;
}

const insides = new Map<string, Uint8Array>();

/** One byte a sample: whether its middle lies inside a polygon. */
function inside({ width, height }: FrameSize, polygons: MaskSpec['polygons']): Uint8Array {
  const name = JSON.stringify([width, height, polygons]);
  const known = insides.get(name);
  if (known) return known;
  const samples = new Uint8Array(width * height).map((_, i) => {
    const [x, y] = [(i % width) + 0.5, Math.floor(i / width) + 0.5];
    return polygons.some((polygon) => isInside(polygon, x / width, y / height)) ? 1 : 0;
  });
  insides.set(name, samples);
  return samples;
}

/** Largest distance from the fill among all samples inside the polygons. The encoder alone makes it 2 or 3. */
export function exposure(picture: Planes, polygons: MaskSpec['polygons'], frame: FrameSize = picture): number {
  const covered = inside(frame, polygons);
  const across = (picture.width + 1) >> 1;
  let worst = 0;
  for (let i = covered.indexOf(1); i >= 0; i = covered.indexOf(1, i + 1)) {
    const [x, y] = [i % frame.width, Math.floor(i / frame.width)];
    const c = (y >> 1) * across + (x >> 1);
    worst = Math.max(
      worst,
      Math.abs(picture.y[y * picture.width + x]! - FILL.y),
      Math.abs(picture.u[c]! - FILL.u),
      Math.abs(picture.v[c]! - FILL.v),
    );
  }
  return worst;
}
