// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFile, stat } from 'node:fs/promises';
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
      // Also keeps off pipes and devices, which a folder from strangers may hold and which would never end.
      const found = await stat(file);
      if (!found.isFile()) return undefined;
      if (found.size > maxBytesOf(path)) throw tooLong(path);
      return await readFile(file);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      if (error instanceof Error && 'syscall' in error)
        throw new Failure(EXIT.unreachable, `couldn't read ${file}: ${reasonOf(error)}`, error);
      throw error;
    }
  };
}

const folderReason = (error: unknown): string => (isAbsent(error) ? 'there is no such folder' : reasonOf(error));
