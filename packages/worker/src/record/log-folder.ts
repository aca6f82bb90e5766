// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadFile } from '@louver/ledger';

/** The log's files as the sealer publishes them. Paths are made by the ledger, never by whoever asks. */
export const logFolder =
  (folder: string): ReadFile =>
  async (path) => {
    try {
      return await readFile(join(folder, path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };
