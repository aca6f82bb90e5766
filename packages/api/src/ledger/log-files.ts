// SPDX-License-Identifier: AGPL-3.0-or-later
// The files of the log as the sealer publishes them: written under another name, synced and renamed, never changed afterwards
// (but for the checkpoint). Whoever reads one never sees half of it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTilePath, tilePath, TilePathInvalid, type ReadFile, type ReadTile, type Tile } from '@louver/ledger';

/** Tiles of hashes that are kept in memory, of 8 KiB at most each: enough for the right edge and every path to it. */
const KEPT_TILES = 1_024;

export interface LogFiles {
  readonly dir: string;
  /** `checkpoint` or a tile's path, from the disk; undefined for what is not there, and for what is no path of the log. */
  read: ReadFile;
  /** Hashes for proofs, from memory where they were wanted before: a tile never changes. */
  readTile: ReadTile;
  /** Forgets what was read, for whoever found it wrong: the file may have been repaired. */
  forget(): void;
}

export function createLogFiles(dir: string): LogFiles {
  const kept = new Map<string, Uint8Array>();
  const keep = (path: string, bytes: Uint8Array): Uint8Array => {
    kept.delete(path);
    kept.set(path, bytes);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_TILES && oldest !== undefined) kept.delete(oldest);
    return bytes;
  };
  return {
    dir,
    async read(path) {
      return path === 'checkpoint' || findTile(path) ? readIfThere(join(dir, path)) : undefined;
    },
    async readTile(level, index, width) {
      const path = tilePath({ level, index, width });
      const bytes = kept.get(path) ?? (await readIfThere(join(dir, path)));
      return bytes && keep(path, bytes);
    },
    forget: () => kept.clear(),
  };
}

/** The tile that a path names, if it names one. What passes here has no `..`, no empty part and nothing encoded in it. */
export function findTile(path: string): Tile | undefined {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (error instanceof TilePathInvalid) return undefined;
    throw error;
  }
}

export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
