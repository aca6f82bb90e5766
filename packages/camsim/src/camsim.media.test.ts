// SPDX-License-Identifier: AGPL-3.0-or-later
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Aim, localFrame, projector } from '@louver/sightline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCamsim } from './camsim.ts';
import { demoCity } from './city/demo-city.ts';
import { loadClip } from './clip.ts';
import { ffmpeg } from './ffmpeg.ts';
import { readAnnexB } from './rtsp/annexb.ts';
import { Mount } from './rtsp/mount.ts';
import { type RtspServer, startRtspServer } from './rtsp/server.ts';
import { renderLoop } from './scene/loop.ts';
import { readBarcode } from './scene/overlay.ts';
import type { Surroundings } from './scene/still.ts';

const credentials = { user: 'camera', password: 'secret' };
const position = { lon: 108.05, lat: 12.68, height: 6 };
const aim: Aim = { position, heading: 40, tilt: -4, roll: 0, hfov: 70, image: { width: 640, height: 360 }, range: 80 };
const at = (east: number, north: number) => localFrame(position).fromLocal([east, north]);

/** One block of offices alone in the open, so that its edges are the only ones. */
const CORNERS: readonly (readonly [number, number])[] = [
  [14, 30],
  [34, 26],
  [38, 46],
  [18, 50],
];
const HEIGHT = 9;
const alone: Surroundings = {
  streets: [],
  areas: [],
  buildings: [
    {
      id: 'office',
      use: 'office',
      height: HEIGHT,
      minHeight: 0,
      footprint: { type: 'Polygon', coordinates: [CORNERS.map((c) => at(...c))] },
    },
  ],
};

async function lumas(input: readonly string[], frames: number, width: number, height: number): Promise<Buffer[]> {
  const raw = await ffmpeg([...input, '-frames:v', String(frames), '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1']);
  expect(raw.length).toBe(frames * width * height);
  return Array.from({ length: frames }, (_, i) => raw.subarray(i * width * height, (i + 1) * width * height));
}

describe('a rendered loop', () => {
  let dir: string;
  let server: RtspServer;
  const url = (name: string): string =>
    `rtsp://${credentials.user}:${credentials.password}@127.0.0.1:${server.port}/${name}`;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'camsim-'));
    server = await startRtspServer({ credentials });
    const { stream, fps } = await renderLoop(aim, alone, { seconds: 4, barcode: true, label: 'Đường Hoa Sữa' });
    server.mount(new Mount('loop', readAnnexB(stream, 'h264', fps)));
    await ffmpeg([
      '-y',
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=321x241:r=10:d=3',
      '-c:v',
      'libx264',
      '-pix_fmt',
      'yuv444p',
      join(dir, 'odd.mp4'),
    ]);
  }, 60_000);

  afterAll(async () => {
    await server.close();
    await rm(dir, { recursive: true });
  });

  it.each(['tcp', 'udp'])(
    'plays over %s with the numbers burned in, in order and without a hole',
    async (transport) => {
      const frames = await lumas(['-rtsp_transport', transport, '-i', url('loop')], 30, 640, 360);
      const numbers = frames.map((luma) => readBarcode(luma, 640, 360));
      numbers.slice(1).forEach((n, i) => expect(n).toBe(((numbers[i] ?? 0) + 1) % 50));
    },
  );

  it('is refused by ffprobe with a wrong password', async () => {
    const probe = promisify(execFile)('ffprobe', ['-v', 'error', url('loop').replace('secret', 'wrong')]);
    await expect(probe).rejects.toThrow('401');
  });

  it('serves a file of odd size and 4:4:4 as H.264 and as H.265 of even size', async () => {
    for (const codec of ['h264', 'h265'] as const) {
      server.mount(new Mount(codec, await loadClip(join(dir, 'odd.mp4'), { codec })));
      const { stdout } = await promisify(execFile)('ffprobe', [
        '-v',
        'error',
        '-show_streams',
        '-of',
        'json',
        url(codec),
      ]);
      const { streams } = JSON.parse(stdout) as {
        streams: { codec_name: string; width: number; height: number; has_b_frames: number }[];
      };
      expect(streams[0]).toMatchObject({
        codec_name: codec === 'h265' ? 'hevc' : codec,
        width: 320,
        height: 240,
        has_b_frames: 0,
      });
      await lumas(['-rtsp_transport', 'tcp', '-i', url(codec)], 15, 320, 240);
    }
  });

  it('goes on over a change of resolution in mid-stream', async () => {
    const { stream, fps } = await renderLoop({ ...aim, image: { width: 320, height: 180 } }, alone, { seconds: 2 });
    const mount = server.find('loop');
    const sizes = ffmpeg([
      '-rtsp_transport',
      'tcp',
      '-i',
      url('loop'),
      '-t',
      '4',
      '-autoscale',
      '0',
      '-vf',
      'showinfo',
      '-f',
      'framehash',
      'pipe:1',
    ]);
    const stop = mount?.onFrame(({ frame }) => {
      if (frame < 10 || frame > 40) return;
      stop?.();
      mount.switchTo(readAnnexB(stream, 'h264', fps));
    });
    const lines = (await sizes).toString();
    expect(lines).toContain(String((640 * 360 * 3) / 2));
    expect(lines).toContain(String((320 * 180 * 3) / 2));
  });
});

describe('the renderer', () => {
  /** Strongest step of brightness within 12 pixels of a place, across it. */
  function edgeNear(luma: Uint8Array, width: number, x: number, y: number, vertical: boolean): number {
    const step = vertical ? 1 : width;
    const value = (off: number): number => {
      let sum = 0;
      for (let k = -2; k <= 2; k++)
        sum += luma[Math.floor(y) * width + Math.floor(x) + off * step + k * (vertical ? width : 1)] ?? 0;
      return sum / 5;
    };
    let [best, most] = [0, 0];
    for (let off = -12; off < 12; off++) {
      const change = Math.abs(value(off + 1) - value(off));
      if (change > most) [best, most] = [off + 1, change];
    }
    return (vertical ? x - Math.floor(x) : y - Math.floor(y)) === 0
      ? best
      : best - (vertical ? x - Math.floor(x) : y - Math.floor(y));
  }

  it.each([
    { heading: 40, roll: 0 },
    { heading: 28, roll: 6 },
    { heading: 52, roll: -4 },
  ])('draws a building where sightline projects it (%o)', async (turned) => {
    const view: Aim = { ...aim, ...turned, image: { width: 1280, height: 720 } };
    const { stream, fps } = await renderLoop(view, alone, { seconds: 2 });
    const dir = await mkdtemp(join(tmpdir(), 'camsim-'));
    const server = await startRtspServer();
    try {
      server.mount(new Mount('a', readAnnexB(stream, 'h264', fps)));
      const [luma] = await lumas(['-rtsp_transport', 'tcp', '-i', `rtsp://127.0.0.1:${server.port}/a`], 1, 1280, 720);
      const camera = projector(view);
      // The roof's front edge against the sky, at a quarter, the middle and three quarters.
      for (const s of [0.25, 0.5, 0.75]) {
        const [a, b] = [CORNERS[0] ?? [0, 0], CORNERS[1] ?? [0, 0]];
        const on = camera.project([a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s, HEIGHT]);
        expect(on).toBeDefined();
        expect(Math.abs(edgeNear(luma as Buffer, 1280, on?.x ?? 0, on?.y ?? 0, false))).toBeLessThanOrEqual(2);
      }
    } finally {
      await server.close();
      await rm(dir, { recursive: true });
    }
  });
});

describe('startCamsim', () => {
  it(
    'renders a missing loop once, serves it, and starts without rendering the next time',
    { timeout: 120_000 },
    async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'camsim-'));
      const code = demoCity().cameras.find((c) => c.streaming === 'roundabout')?.code ?? '';
      try {
        for (const rendered of [1, 0]) {
          const lines: string[] = [];
          const camsim = await startCamsim({
            dataDir,
            credentials,
            codes: [code],
            copies: 1,
            log: (line) => lines.push(line),
          });
          try {
            await camsim.ready;
            expect(lines.filter((l) => l.startsWith('camsim: rendering'))).toHaveLength(rendered);
            expect(lines.at(-1)).toBe(`camsim: serving 2 cameras on 127.0.0.1:${camsim.port}`);
            await lumas(
              ['-rtsp_transport', 'tcp', '-i', `rtsp://camera:secret@127.0.0.1:${camsim.port}/${code}.2`],
              5,
              1280,
              720,
            );
          } finally {
            await camsim.close();
          }
        }
      } finally {
        await rm(dataDir, { recursive: true });
      }
    },
  );
});
