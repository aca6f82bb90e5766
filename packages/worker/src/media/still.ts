// SPDX-License-Identifier: AGPL-3.0-or-later
// One picture instead of a moving one. Made from what the masker gave, never from the camera: the only way out stays one.
import type { Fragment, Init } from './fmp4.ts';
import { stillArgs } from './masker-args.ts';
import { type Sandbox, launchDecoder, makeFolder, removeFolder } from './sandbox.ts';

const WITHIN_MS = 5_000;

/** A JPEG of a masked key frame; undefined when none came in time, which on a busy machine says nothing. */
export async function stillOf(
  sandbox: Sandbox,
  { init, fragment }: { init: Init; fragment: Fragment },
): Promise<Buffer | undefined> {
  const folder = await makeFolder();
  try {
    const child = launchDecoder(sandbox, folder, 'ffmpeg', stillArgs());
    const out: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
    child.stderr.resume();
    child.stdin.end(Buffer.concat([init.bytes, fragment.bytes]));
    const limit = setTimeout(() => child.kill('SIGKILL'), WITHIN_MS);
    const code = await new Promise((resolve) => {
      child.once('error', resolve);
      child.once('close', resolve);
    });
    clearTimeout(limit);
    const jpeg = Buffer.concat(out);
    return code === 0 && jpeg.length > 0 ? jpeg : undefined;
  } finally {
    await removeFolder(folder);
  }
}
