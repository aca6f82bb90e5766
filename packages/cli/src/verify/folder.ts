// SPDX-License-Identifier: AGPL-3.0-or-later
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadFile } from '@louver/ledger/verify';
import { EXIT, Failure, reasonOf } from '../failure.ts';
import { maxBytesOf, tooLong } from './file-bounds.ts';

const ABSENT = new Set(['ENOENT', 'ENOTDIR']);
const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ABSENT.has(String(error.code));

/**
 * Reads a log that lies in a folder.
 * @throws Failure unreachable if there is no such folder
 */
export async function logInFolder(folder: string): Promise<ReadFile> {
  const there = await stat(folder).catch((error: unknown) => {
    throw new Failure(EXIT.unreachable, `couldn't read the log in ${folder}: ${folderReason(error)}`, error);
  });
  if (!there.isDirectory()) throw new Failure(EXIT.unreachable, `couldn't read the log in ${folder}: it is no folder`);
  return async (path) => {
    const file = join(folder, path);
    try {
      return await readBounded(file, path);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      if (error instanceof Error && 'syscall' in error)
        throw new Failure(EXIT.unreachable, `couldn't read ${file}: ${reasonOf(error)}`, error);
      throw error;
    }
  };
}

/** A folder from strangers may hold pipes and devices: opening one must not wait, and reading one would never end. */
async function readBounded(file: string, path: string): Promise<Uint8Array | undefined> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (!found.isFile()) return undefined;
    if (found.size > maxBytesOf(path)) throw tooLong(path);
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(found.size));
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

const folderReason = (error: unknown): string => (isAbsent(error) ? 'there is no such folder' : reasonOf(error));
