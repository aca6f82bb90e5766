// SPDX-License-Identifier: AGPL-3.0-or-later
// A log held in memory, built as a sealer would build it. Imported by tests only.
import { hashLeaf } from './merkle/hash.ts';
import { signCheckpoint, signerOf } from './notes/sign.ts';
import { LOG_NAME, privateKeyOf } from './published-vectors.ts';
import { encodeBundle } from './tiles/bundle.ts';
import type { ReadTile } from './tiles/read-tile.ts';
import { EMPTY_EDGE, growTree, rootOfEdge } from './tiles/right-edge.ts';
import { tilePath } from './tiles/tile.ts';

const signer = signerOf(LOG_NAME, 'ed25519', privateKeyOf(0x11));

export type Files = Map<string, Uint8Array>;

/** The files of a log, with the partial tiles of its last size only, as after the older ones were deleted. */
export function filesOf(entries: readonly Uint8Array[]): Files {
  const { edge, tiles } = growTree(EMPTY_EDGE, entries.map(hashLeaf));
  const files: Files = new Map(tiles.map((tile) => [tilePath(tile), tile.bytes]));
  for (const { level, index, width } of tiles)
    if (level === 0)
      files.set(
        tilePath({ level: 'entries', index, width }),
        encodeBundle(entries.slice(index * 256, index * 256 + width)),
      );
  const text = signCheckpoint({ origin: LOG_NAME, size: edge.size, root: rootOfEdge(edge) }, [signer]);
  return files.set('checkpoint', Buffer.from(text));
}

/** The entries "0", "1", "2", … */
export const numbers = (count: number): Uint8Array[] => Array.from({ length: count }, (_, i) => Buffer.from(String(i)));

export const readerOf =
  (files: Files): ReadTile =>
  (level, index, width) =>
    files.get(tilePath({ level, index, width }));
