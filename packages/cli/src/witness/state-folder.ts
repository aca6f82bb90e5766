// SPDX-License-Identifier: AGPL-3.0-or-later
// Files of a witness. What it has cosigned must outlive every crash: a witness that forgets cosigns a second tree.
import { spawnSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EXIT, Failure } from '../failure.ts';

/** The file may or may not be there after a crash: whoever asked must neither go on as before nor as if it were. */
export class StateUncertain extends Error {
  override readonly name = 'StateUncertain';
}

/**
 * Replaces a file so that a crash leaves either the old or the new one, and the new one for good once this returns.
 * @throws StateUncertain when it failed too late to know; any other error leaves the old file in place
 */
export async function writeDurably(path: string, content: string, mode = 0o644): Promise<void> {
  const folder = dirname(path);
  const made = await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(path)}.tmp`);
  const file = await open(temporary, 'w', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await rename(temporary, path);
    await syncFolder(folder);
    // A new folder is itself an entry of the one above it.
    const top = made === undefined ? folder : dirname(made);
    for (let at = folder; at !== top; at = dirname(at)) await syncFolder(dirname(at));
  } catch (cause) {
    throw new StateUncertain(`couldn't make sure of ${path}`, { cause });
  }
}

export function syncFolderNow(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * Takes the folder for this process, until it ends in whatever way: two witnesses on one folder would cosign two trees. The
 * lock hangs on the open file, which flock(1) shares with us and the kernel closes when we die.
 * @throws Failure refused when another process has it
 */
export function lockFolder(path: string): () => void {
  mkdirSync(path, { recursive: true, mode: 0o755 });
  const file = openSync(join(path, 'lock'), 'a');
  const { status, error } = spawnSync('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', file] });
  if (status === 0) return () => closeSync(file);
  closeSync(file);
  if (error)
    throw new Failure(EXIT.refused, 'the program flock (package util-linux) is needed to lock the state', error);
  throw new Failure(EXIT.refused, `another witness works on ${path} already`);
}
