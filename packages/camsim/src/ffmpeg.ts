// SPDX-License-Identifier: AGPL-3.0-or-later
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Largest part of ffmpeg's complaints that is kept. */
const MAX_STDERR = 4000;

/**
 * Runs ffmpeg and gives its standard output. `feed` writes frames to its standard input.
 * Throws "couldn't run ffmpeg: …" with its own last words when it is missing or fails.
 */
export async function ffmpeg(
  args: readonly string[],
  feed?: (stdin: Writable) => Promise<void>,
  signal?: AbortSignal,
): Promise<Buffer> {
  const child: ChildProcess = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-nostdin', ...args], {
    stdio: [feed ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    ...(signal ? { signal, killSignal: 'SIGKILL' as const } : {}),
  });
  const out: Buffer[] = [];
  let complaints = '';
  child.stdout?.on('data', (bytes: Buffer) => out.push(bytes));
  child.stderr?.on('data', (bytes: Buffer) => {
    complaints = (complaints + bytes.toString()).slice(-MAX_STDERR);
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  try {
    if (feed && child.stdin) {
      // A write after ffmpeg died fails here; its exit below says why.
      child.stdin.on('error', () => undefined);
      await Promise.race([feed(child.stdin), closed]);
      child.stdin.end();
    }
    const [code] = await closed;
    if (code !== 0) throw new Error(complaints.trim() || `exit ${code}`);
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`couldn't run ffmpeg: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  return Buffer.concat(out);
}
