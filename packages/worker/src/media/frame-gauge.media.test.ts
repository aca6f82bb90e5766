// SPDX-License-Identifier: AGPL-3.0-or-later
// Against real encoders: what we read from parameter sets is what ffmpeg would decode.
import { expect, it } from 'vitest';
import { encode, ffmpeg, split } from '../testing/pictures.ts';
import { FrameGauge } from './frame-gauge.ts';

const gray = (width: number, height: number) =>
  Buffer.alloc(width * height + 2 * ((width + 1) >> 1) * ((height + 1) >> 1), 128);
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];
const H265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none'];

it.each([
  ['H.264 full HD, which is coded as 1088 rows', 1920, 1080, H264],
  ['H.264 with cropping to the right', 322, 178, H264],
  ['H.264 4:2:2', 320, 180, [...H264, '-pix_fmt', 'yuv422p']],
  ['H.264 4:4:4 of an odd size', 321, 181, [...H264, '-pix_fmt', 'yuv444p']],
  ['H.264 interlaced', 320, 272, [...H264, '-flags', '+ildct', '-x264opts', 'tff=1']],
  ['H.264 baseline', 176, 144, [...H264, '-profile:v', 'baseline']],
  ['H.265', 1280, 720, H265],
  ['H.265 with a conformance window', 322, 178, H265],
  ['H.265 10 bit', 320, 184, [...H265, '-pix_fmt', 'yuv420p10le']],
])('reads the size of %s', async (_name, width, height, codec) => {
  const { init } = split(await encode({ width, height }, gray(width, height), codec));
  // The container's own statement is taken away: only the parameter sets can tell.
  const gauge = new FrameGauge({ ...init, size: { width: 1, height: 1 } });
  expect(gauge.size).toEqual({ width, height });
  expect(gauge.fits({ width, height })).toBe(true);
  expect(gauge.fits({ width: width + 2, height })).toBe(false);
});

it('notices a new size in mid-stream before its first frame is decoded, and the old size again', async () => {
  const elementary = (width: number, height: number) =>
    ffmpeg(
      [
        '-f',
        'rawvideo',
        '-pix_fmt',
        'yuv420p',
        '-s',
        `${width}x${height}`,
        '-i',
        'pipe:0',
        ...H264,
        '-bsf:v',
        'dump_extra',
        '-f',
        'h264',
        'pipe:1',
      ],
      gray(width, height),
    );
  const joined = Buffer.concat([await elementary(320, 240), await elementary(640, 480), await elementary(320, 240)]);
  const { init, fragments } = split(
    await ffmpeg(
      [
        '-f',
        'h264',
        '-i',
        'pipe:0',
        '-c',
        'copy',
        '-f',
        'mp4',
        '-movflags',
        'empty_moov+default_base_moof+frag_every_frame',
        'pipe:1',
      ],
      joined,
    ),
  );
  const gauge = new FrameGauge(init);
  const sizes = fragments.map((fragment) => {
    gauge.observe(fragment);
    return gauge.size?.width;
  });
  expect(sizes).toEqual([320, 640, 320]);
});

it('knows no size after a parameter set that makes no sense, so there is no picture', async () => {
  const { init, fragments } = split(
    await encode({ width: 320, height: 240 }, gray(320, 240), [...H264, '-bsf:v', 'dump_extra']),
  );
  const gauge = new FrameGauge(init);
  const nonsense = Buffer.from([0, 0, 0, 2, 0x67, 0xff]);
  gauge.observe({ ...fragments[0]!, payload: nonsense });
  expect(gauge.size).toBeUndefined();
  expect(gauge.fits({ width: 320, height: 240 })).toBe(false);
});
