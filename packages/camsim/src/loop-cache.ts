// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DemoCamera, DemoCity } from './city/demo-city.ts';
import { ffmpeg } from './ffmpeg.ts';
import { renderLoop } from './scene/loop.ts';

export const LOOP_FPS = 12.5;

/** Digest of what every loop is made of: the town and the code that draws it. A changed renderer draws anew. */
export function sceneDigest(city: DemoCity): string {
  const folder = fileURLToPath(new URL('scene/', import.meta.url));
  const hash = createHash('sha256').update(JSON.stringify([city.buildings, city.streets, city.areas]));
  for (const name of readdirSync(folder).toSorted()) {
    if (/\.[jt]s$/.test(name) && !name.includes('.test.')) hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}

/** File of a camera's loop below a folder. */
export function loopFile(folder: string, digest: string, { code, name, aim }: DemoCamera): string {
  const key = createHash('sha256')
    .update(JSON.stringify([digest, code, name, aim]))
    .digest('hex');
  return join(folder, `${code}-${key.slice(0, 16)}.h264`);
}

/** Undefined when the loop has not been rendered. */
export async function readLoop(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** Renamed into place at the end, so that a crash leaves no half loop under the name. */
async function keep(file: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.part`;
  await writeFile(partial, bytes);
  await rename(partial, file);
}

/** Renders a camera's loop into its file. */
export async function renderToFile(file: string, camera: DemoCamera, city: DemoCity): Promise<void> {
  const { stream } = await renderLoop(camera.aim, city, { label: `${camera.code} ${camera.name}`, fps: LOOP_FPS });
  await keep(file, stream);
}

/** Throws early, in words that say what to install. */
export async function requireFfmpeg(): Promise<void> {
  await ffmpeg(['-version']);
}
