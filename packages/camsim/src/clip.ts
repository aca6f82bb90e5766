// SPDX-License-Identifier: AGPL-3.0-or-later
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { encoderArgs } from './encoder.ts';
import { ffmpeg } from './ffmpeg.ts';
import { type Clip, type Codec, readAnnexB } from './rtsp/annexb.ts';

const Probe = z.object({
  streams: z.array(z.object({ avg_frame_rate: z.string().regex(/^\d+\/\d+$/) })).min(1),
});

async function frameRateOf(path: string): Promise<number> {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=avg_frame_rate', '-of', 'json', path];
  const { stdout } = await promisify(execFile)('ffprobe', args);
  const [over = 0, under = 1] = Probe.parse(JSON.parse(stdout)).streams[0]?.avg_frame_rate.split('/').map(Number) ?? [];
  return under > 0 && over > 0 ? over / under : 25;
}

export interface ClipOptions {
  readonly codec?: Codec;
  /** Length of the loop in seconds; default the whole file, at most 120. */
  readonly seconds?: number;
  readonly kbitPerSecond?: number;
}

/** Turns any video file into an Annex-B stream of its own size and rate that loops without B-frames. Sound is dropped. */
export async function encodeClip(
  path: string,
  options: ClipOptions = {},
): Promise<{ stream: Buffer; fps: number; codec: Codec }> {
  const { codec = 'h264', seconds = 120, kbitPerSecond = 2000 } = options;
  const fps = await frameRateOf(path);
  const input = [
    '-noautorotate',
    '-t',
    String(seconds),
    '-i',
    path,
    '-map',
    '0:v:0',
    '-an',
    '-sn',
    '-dn',
    '-map_metadata',
    '-1',
  ];
  // Odd sizes have no 4:2:0; one column or row is cut, never scaled, so that pixels stay square.
  const even = ['-vf', 'crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0', '-threads', '1'];
  const stream = await ffmpeg([...input, ...even, ...encoderArgs(codec, fps, kbitPerSecond), 'pipe:1']);
  return { stream, fps, codec };
}

/** `encodeClip` ready to mount. */
export async function loadClip(path: string, options: ClipOptions = {}): Promise<Clip> {
  const { stream, fps, codec } = await encodeClip(path, options);
  return readAnnexB(stream, codec, fps);
}
