// SPDX-License-Identifier: AGPL-3.0-or-later
// What is served below /log, read. A checkpoint promises all files of its tree, so it is always written after them.
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type HashTile, type ReadFile, TILE_WIDTH, tilePath, tilesBetween } from '@louver/ledger';
import { readIfThere } from './claimed-folder.ts';

const TILE_BYTES = TILE_WIDTH * 32;
/** Files looked at side by side; the thread pool has four threads. */
const AT_ONCE = 64;

export const readFrom =
  (folder: string): ReadFile =>
  (path) =>
    readIfThere(join(folder, path));

/** Paths that the tiles of a tree have, with the bundles of entries beside those of level 0. */
const pathsOf = (tile: HashTile): string[] =>
  tile.level === 0 ? [tilePath(tile), tilePath({ ...tile, level: 'entries' })] : [tilePath(tile)];

/** Whether all files of a tree are there, in their size. What is in them only a verifier knows. */
export async function isComplete(folder: string, size: number): Promise<boolean> {
  let looking: Promise<boolean>[] = [];
  for (const tile of tilesBetween(0, size)) {
    looking.push(hasFiles(folder, tile));
    if (looking.length < AT_ONCE) continue;
    if ((await Promise.all(looking)).includes(false)) return false;
    looking = [];
  }
  return !(await Promise.all(looking)).includes(false);
}

async function hasFiles(folder: string, tile: HashTile): Promise<boolean> {
  const [tileBytes, bundleBytes] = await Promise.all(pathsOf(tile).map((path) => lengthOf(join(folder, path))));
  // A partial tile may have given way to the full one.
  if (tileBytes === undefined && tile.width < TILE_WIDTH) return hasFiles(folder, { ...tile, width: TILE_WIDTH });
  return tileBytes === (TILE_BYTES / TILE_WIDTH) * tile.width && (tile.level > 0 || (bundleBytes ?? 0) > 0);
}

const lengthOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    () => undefined,
  );

/** The partial tiles that full ones have taken the place of. Only once those are served. */
export async function removePartials(folder: string, from: number, to: number): Promise<void> {
  for (const tile of tilesBetween(from, to))
    if (tile.width === TILE_WIDTH)
      for (const path of pathsOf(tile)) await rm(join(folder, `${path}.p`), { recursive: true, force: true });
}
