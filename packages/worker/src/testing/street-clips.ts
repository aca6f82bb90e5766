// SPDX-License-Identifier: AGPL-3.0-or-later
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { loadClip } from '@louver/camsim';
import type { FrameSize } from '@louver/contract';
import { ffmpeg } from './pictures.ts';
import { type Box, type Taken, photograph } from './streets.ts';

/** Four seconds of a street in which nothing happens. */
export async function aStreetClip(street: readonly Box[], frame: FrameSize, taken: Taken = {}) {
  const folder = await mkdtemp(`${tmpdir()}/louver-street-`);
  try {
    const size = `${frame.width}x${frame.height}`;
    await writeFile(`${folder}/street.gray`, photograph(street, frame, taken));
    const still = ['-stream_loop', '-1', '-f', 'rawvideo', '-pix_fmt', 'gray', '-s', size, '-r', '15', '-t', '4'];
    const picture = ['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-qp', '18'];
    const file = `${folder}/clip.mp4`;
    const container = ['-f', 'mp4', '-movflags', 'empty_moov', 'pipe:1'];
    await writeFile(file, await ffmpeg([...still, '-i', `${folder}/street.gray`, ...picture, ...container]));
    return await loadClip(file, { codec: 'h264' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
