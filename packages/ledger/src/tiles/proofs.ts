// SPDX-License-Identifier: AGPL-3.0-or-later
import { HASH_BYTES, hashNode, rootOfPacked } from '../merkle/hash.ts';
import { consistencySpans, inclusionSpans, subtreesOf, type Span, type Subtree } from '../merkle/span.ts';
import { loadTile, type ReadTile } from './read-tile.ts';
import { hashesAt, TILE_WIDTH, tilePath, type HashTile } from './tile.ts';

/** Where a subtree's hash comes from: some neighbouring hashes of one tile. */
function placeOf({ level, index }: Subtree, size: number): { tile: HashTile; from: number; count: number } {
  const tileLevel = Math.floor(level / 8);
  const count = 2 ** (level % 8);
  const first = index * count;
  const from = first % TILE_WIDTH;
  const tileIndex = (first - from) / TILE_WIDTH;
  const width = Math.min(TILE_WIDTH, hashesAt(tileLevel, size) - tileIndex * TILE_WIDTH);
  return { tile: { level: tileLevel, index: tileIndex, width }, from, count };
}

/** The hashes of spans of the tree of this size. Each tile is read once, all of them at the same time. */
async function hashSpans(readTile: ReadTile, spans: readonly Span[], size: number): Promise<Uint8Array[]> {
  const loading = new Map<string, Promise<Uint8Array>>();
  const hashOf = async (subtree: Subtree): Promise<Uint8Array> => {
    const { tile, from, count } = placeOf(subtree, size);
    const path = tilePath(tile);
    const load = loading.get(path) ?? loadTile(readTile, tile);
    loading.set(path, load);
    const bytes = await load;
    return rootOfPacked(bytes.subarray(from * HASH_BYTES, (from + count) * HASH_BYTES));
  };
  return Promise.all(
    spans.map(async (span) => {
      const hashes = await Promise.all(subtreesOf(span).map(hashOf));
      return hashes.reduceRight((right, left) => hashNode(left, right));
    }),
  );
}

/**
 * The inclusion proof of a leaf in the tree of this size.
 * @throws SizeInvalid for an index outside the tree; TileInvalid for a missing or cut tile
 */
export const proveInclusionFromTiles = async (readTile: ReadTile, index: number, size: number): Promise<Uint8Array[]> =>
  hashSpans(readTile, inclusionSpans(index, size), size);

/**
 * The proof that the tree of this size continues the older one.
 * @throws SizeInvalid if it is smaller; TileInvalid for a missing or cut tile
 */
export const proveConsistencyFromTiles = async (
  readTile: ReadTile,
  oldSize: number,
  size: number,
): Promise<Uint8Array[]> => hashSpans(readTile, consistencySpans(oldSize, size), size);
