// SPDX-License-Identifier: AGPL-3.0-or-later
// Promise P1 on decoded frames: what the masks cover does not leave, whatever the camera sends.
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameSize } from '@louver/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { LOSSLESS, type Stream, decode, encode, exposure, ffmpeg, split, throughMasker } from '../testing/pictures.ts';
import { AWKWARD, type World, paintWorld } from '../testing/worlds.ts';
import { Masker } from './masker.ts';
import { type Sandbox, requireSandbox } from './sandbox.ts';

const SMALL: FrameSize = { width: 320, height: 240 };
/** What an encoder leaves of a flat area. */
const TOLERANCE = 3;
const WORLDS: readonly World[] = ['A', 'B'];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await requireSandbox();
});

const worldStream = async (world: World, frame: FrameSize, codec?: readonly string[], frames = 12): Promise<Stream> =>
  split(await encode(frame, paintWorld(world, frame, AWKWARD, frames), codec));

const H265 = [
  '-c:v',
  'libx265',
  '-preset',
  'ultrafast',
  '-x265-params',
  'lossless=1:log-level=none:keyint=10:bframes=0',
];
const LOSSLESS_444 = [...LOSSLESS, '-pix_fmt', 'yuv444p'];

describe('two worlds that differ only inside the masks', () => {
  it.each([
    { name: 'H.264, 1280×720', frame: { width: 1280, height: 720 }, codec: LOSSLESS },
    { name: 'H.264, 320×240', frame: SMALL, codec: LOSSLESS },
    { name: 'H.264, size that is no multiple of 16', frame: { width: 322, height: 178 }, codec: LOSSLESS },
    { name: 'H.264 4:2:2', frame: SMALL, codec: [...LOSSLESS, '-pix_fmt', 'yuv422p'] },
    { name: 'H.264 4:4:4, odd size', frame: { width: 321, height: 241 }, codec: LOSSLESS_444 },
    { name: 'H.264 full range', frame: SMALL, codec: [...LOSSLESS, '-pix_fmt', 'yuvj420p'] },
    { name: 'H.265', frame: SMALL, codec: H265 },
    { name: 'H.265 10 bit', frame: SMALL, codec: [...H265, '-pix_fmt', 'yuv420p10le'] },
    { name: 'MPEG-4 part 2', frame: SMALL, codec: ['-c:v', 'mpeg4', '-q:v', '1', '-g', '1'], lossy: true },
  ])('decode to the same pictures: $name', async ({ frame, codec, lossy }) => {
    const masked = await Promise.all(
      WORLDS.map(async (world) =>
        throughMasker(sandbox, { frame, polygons: AWKWARD }, await worldStream(world, frame, codec)),
      ),
    );
    const even = { width: frame.width + (frame.width % 2), height: frame.height + (frame.height % 2) };
    const [a, b] = await Promise.all(masked.map(({ bytes }) => decode(bytes, even)));
    expect(a).toHaveLength(12);
    for (const picture of a!) expect(exposure(picture, AWKWARD, frame)).toBeLessThanOrEqual(TOLERANCE);
    for (const picture of b!) expect(exposure(picture, AWKWARD, frame)).toBeLessThanOrEqual(TOLERANCE);
    // A lossy camera smears the inside outwards itself, beyond any mask: then only the inside can be compared.
    if (!lossy) expect(masked[0]!.bytes.equals(masked[1]!.bytes)).toBe(true);
  });

  it('are told apart when the masks are left away, so the comparison means something', async () => {
    const open = await Promise.all(
      WORLDS.map(async (world) =>
        throughMasker(sandbox, { frame: SMALL, polygons: [] }, await worldStream(world, SMALL)),
      ),
    );
    expect(open[0]!.bytes.equals(open[1]!.bytes)).toBe(false);
    const [picture] = await decode(open[0]!.bytes, SMALL);
    expect(exposure(picture!, AWKWARD)).toBeGreaterThan(50);
  });
});

describe('a camera that changes in mid-stream', () => {
  /** One elementary stream of several parts, each with parameter sets of its own, as a camera sends after a new setting. */
  async function parts(...sources: { frame: FrameSize; codec?: readonly string[] }[]): Promise<Stream> {
    const streams = await Promise.all(
      sources.map(({ frame, codec = LOSSLESS }) =>
        ffmpeg(
          [
            '-f',
            'rawvideo',
            '-pix_fmt',
            'yuv420p',
            '-s',
            `${frame.width}x${frame.height}`,
            '-r',
            '10',
            '-i',
            'pipe:0',
            ...codec,
            '-bsf:v',
            'dump_extra',
            '-f',
            'h264',
            'pipe:1',
          ],
          paintWorld('A', frame, AWKWARD, 10),
        ),
      ),
    );
    const fragmented = [
      '-c:v',
      'copy',
      '-f',
      'mp4',
      '-movflags',
      'empty_moov+default_base_moof+frag_every_frame',
      'pipe:1',
    ];
    return split(await ffmpeg(['-f', 'h264', '-r', '10', '-i', 'pipe:0', ...fragmented], Buffer.concat(streams)));
  }

  it('gives no picture from the first frame of another size on', async () => {
    const stream = await parts({ frame: SMALL }, { frame: { width: 240, height: 180 } }, { frame: SMALL });
    expect(stream.fragments).toHaveLength(30);
    const masked = await throughMasker(sandbox, { frame: SMALL, polygons: AWKWARD }, stream);
    const pictures = await decode(masked.bytes, SMALL);
    expect(pictures.length).toBeGreaterThan(0);
    expect(pictures.length).toBeLessThanOrEqual(10);
    for (const picture of pictures) expect(exposure(picture, AWKWARD)).toBeLessThanOrEqual(TOLERANCE);
  });

  it('stays covered when only the pixel format changes', async () => {
    const stream = await parts(
      { frame: SMALL },
      { frame: SMALL, codec: [...LOSSLESS, '-pix_fmt', 'yuv422p'] },
      { frame: SMALL },
    );
    const pictures = await decode(
      (await throughMasker(sandbox, { frame: SMALL, polygons: AWKWARD }, stream)).bytes,
      SMALL,
    );
    expect(pictures).toHaveLength(30);
    for (const picture of pictures) expect(exposure(picture, AWKWARD)).toBeLessThanOrEqual(TOLERANCE);
  });

  it.each([
    { name: 'smaller', frame: { width: 240, height: 180 } },
    { name: 'larger by one row of macroblocks', frame: { width: 320, height: 256 } },
    { name: 'turned', frame: { width: 240, height: 320 } },
  ])('gives no picture at all when it starts in another size: $name', async ({ frame }) => {
    const masked = await throughMasker(sandbox, { frame: SMALL, polygons: AWKWARD }, await worldStream('A', frame));
    expect(masked.fragments).toBe(0);
  });
});

describe('what comes with the pictures', () => {
  it('does not turn the picture under its mask when the stream asks for a rotation, and asks for none itself', async () => {
    const fragmented = ['-f', 'mp4', '-movflags', 'empty_moov+default_base_moof+frag_every_frame', 'pipe:1'];
    const masked = await Promise.all(
      WORLDS.map(async (world) => {
        const upright = await encode(SMALL, paintWorld(world, SMALL, AWKWARD, 6));
        // Writes a display matrix into the track header: upside down, so that the size stays the same.
        const turned = await ffmpeg(
          ['-i', 'pipe:0', '-c', 'copy', '-metadata:s:v', 'rotate=180', ...fragmented],
          upright,
        );
        return throughMasker(sandbox, { frame: SMALL, polygons: AWKWARD }, split(turned));
      }),
    );
    expect(masked[0]!.fragments).toBe(6);
    // A picture that is turned under its masks shows the inside somewhere else, and then the worlds differ.
    expect(masked[0]!.bytes.equals(masked[1]!.bytes)).toBe(true);
    for (const picture of await decode(masked[0]!.bytes, SMALL))
      expect(exposure(picture, AWKWARD)).toBeLessThanOrEqual(TOLERANCE);
  });

  it('leaves titles, comments and messages of the camera behind', async () => {
    const marked = await ffmpeg(
      [
        ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', '320x240', '-r', '10', '-i', 'pipe:0', ...LOSSLESS],
        ...[
          '-metadata',
          'title=GPS-12.68N',
          '-metadata',
          'comment=GPS-12.68N',
          '-metadata:s:v',
          'handler_name=GPS-12.68N',
        ],
        ...['-bsf:v', 'h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+GPS-12.68N'],
        ...['-f', 'mp4', '-movflags', 'empty_moov+default_base_moof+frag_every_frame', 'pipe:1'],
      ],
      paintWorld('A', SMALL, AWKWARD, 6),
    );
    expect(marked.toString('latin1').split('GPS-12.68N').length).toBeGreaterThan(3);
    const masked = await throughMasker(sandbox, { frame: SMALL, polygons: AWKWARD }, split(marked));
    expect(masked.fragments).toBe(6);
    expect(masked.bytes.includes('GPS-12.68N')).toBe(false);
  });
});

describe('input that is no video', () => {
  it.each([
    { name: 'zeros', fill: () => 0 },
    { name: 'noise', fill: (i: number) => (i * 7919 + (i >> 3) * 104_729) & 255 },
  ])('ends without a picture when the frames are $name', async ({ fill }) => {
    const stream = await worldStream('A', SMALL);
    for (const { payload } of stream.fragments) for (let i = 0; i < payload.length; i++) payload[i] = fill(i);
    const masked = await throughMasker(sandbox, { frame: SMALL, polygons: AWKWARD }, stream);
    for (const picture of await decode(masked.bytes, SMALL))
      expect(exposure(picture, AWKWARD)).toBeLessThanOrEqual(TOLERANCE);
  });

  it('stays covered when bits of the stream are flipped', async () => {
    const lossy = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0', '-g', '10'];
    const stream = await worldStream('A', SMALL, lossy, 30);
    for (const { payload } of stream.fragments.slice(1))
      for (let i = 60; i < payload.length; i += 997) payload[i]! ^= 0x40;
    const masked = await throughMasker(sandbox, { frame: SMALL, polygons: AWKWARD }, stream);
    const pictures = await decode(masked.bytes, SMALL);
    expect(pictures.length).toBeGreaterThan(10);
    for (const picture of pictures) expect(exposure(picture, AWKWARD)).toBeLessThanOrEqual(TOLERANCE);
  });
});

describe('mask files that are not what they were', () => {
  const folders = async () =>
    (await readdir(tmpdir()))
      .filter((name) => name.startsWith(`louver-masker-${process.pid}-`))
      .map((name) => join(tmpdir(), name));

  it.each([
    { name: 'missing', spoil: (file: string) => rmSync(file) },
    { name: 'truncated', spoil: (file: string) => truncateSync(file, 5000) },
    { name: 'empty', spoil: (file: string) => truncateSync(file, 0) },
    {
      name: 'of another size',
      spoil: (file: string) =>
        writeFileSync(file, 'YUV4MPEG2 W32 H32 F25:1 Ip A1:1 C420jpeg\nFRAME\n'.padEnd(1600, '\0')),
    },
  ])('give no picture: $name', async ({ spoil }) => {
    const stream = await worldStream('A', SMALL);
    let fragments = 0;
    const before = new Set(await folders());
    const masker = await Masker.start(
      sandbox,
      { frame: SMALL, polygons: AWKWARD },
      {
        onInit: () => undefined,
        onFragment: () => fragments++,
        onEnd: () => undefined,
      },
    );
    const [folder] = (await folders()).filter((name) => !before.has(name));
    // The process opens them when its input begins, which is below.
    spoil(join(folder!, 'mask.y4m'));
    masker.begin(stream.init, stream.fragments);
    masker.finish();
    await masker.closed;
    expect(fragments).toBe(0);
    expect(await folders()).toEqual([...before]);
  });
});

it('shows neither our environment nor a way out to the process that decodes', async () => {
  const masker = await Masker.start(
    sandbox,
    { frame: SMALL, polygons: AWKWARD },
    {
      onInit: () => undefined,
      onFragment: () => undefined,
      onEnd: () => undefined,
    },
  );
  await expect.poll(() => readFile(`/proc/${masker.pid}/comm`, 'utf8')).toBe('ffmpeg\n');
  const status = await readFile(`/proc/${masker.pid}/status`, 'utf8');
  expect(status).toMatch(/^Seccomp:\t2$/m);
  expect(status).toMatch(/^NoNewPrivs:\t1$/m);
  expect(status).toMatch(/^CapEff:\t0000000000000000$/m);
  expect(status).not.toMatch(/^Uid:\t0/m);
  expect(
    (await readFile(`/proc/${masker.pid}/environ`, 'utf8'))
      .split('\0')
      .filter(Boolean)
      .map((entry) => entry.split('=')[0]),
  ).toEqual(['PATH', 'LC_ALL']);
  masker.kill();
  await masker.closed;
});
