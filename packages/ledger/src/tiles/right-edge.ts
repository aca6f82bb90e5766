// SPDX-License-Identifier: AGPL-3.0-or-later
import { concatBytes } from '../bytes.ts';
import { HASH_BYTES, rootOfPacked } from '../merkle/hash.ts';
import { requireSize } from '../size.ts';
import { loadTile, type ReadTile } from './read-tile.ts';
import { edgeTile, hashesAt, levelsOf, TILE_WIDTH, type HashTile } from './tile.ts';

/**
 * All of a tree that its growth needs: the partial tile of every level (empty where its width is zero). Never changed in
 * place, so whoever fails to store a growth still holds the tree as it was.
 */
export interface RightEdge {
  readonly size: number;
  readonly tiles: readonly Uint8Array[];
}

export const EMPTY_EDGE: RightEdge = { size: 0, tiles: [] };

export interface Growth {
  readonly edge: RightEdge;
  /** The new full tiles and the partial ones of the new size. */
  readonly tiles: readonly (HashTile & { readonly bytes: Uint8Array })[];
}

/**
 * Appends leaf hashes: about one hash per leaf, whatever the size of the tree.
 * @throws TypeError for a hash that has not 32 bytes
 */
export function growTree(edge: RightEdge, leafHashes: readonly Uint8Array[]): Growth {
  if (leafHashes.some((hash) => hash.length !== HASH_BYTES)) throw new TypeError('a leaf hash has not 32 bytes');
  const size = edge.size + leafHashes.length;
  requireSize(size, 'tree size');
  const grown: (HashTile & { bytes: Uint8Array })[] = [];
  const tiles: Uint8Array[] = [];
  let added: readonly Uint8Array[] = leafHashes;
  for (let level = 0; level < levelsOf(size); level++) {
    const hashes = concatBytes(edge.tiles[level] ?? new Uint8Array(0), ...added);
    const partial = edgeTile(level, size);
    const first = Math.floor(hashesAt(level, edge.size) / TILE_WIDTH);
    const roots: Uint8Array[] = [];
    const fullBytes = TILE_WIDTH * HASH_BYTES;
    for (let at = 0; at + fullBytes <= hashes.length; at += fullBytes) {
      const bytes = hashes.slice(at, at + fullBytes);
      grown.push({ level, index: first + roots.length, width: TILE_WIDTH, bytes });
      roots.push(rootOfPacked(bytes));
    }
    const rest = hashes.slice(roots.length * fullBytes);
    tiles.push(rest);
    if (partial && added.length > 0) grown.push({ ...partial, bytes: rest });
    added = roots;
  }
  return { edge: { size, tiles }, tiles: grown };
}

/** The root of the tree that ends with this edge. */
export function rootOfEdge({ tiles }: RightEdge): Uint8Array {
  // What the lower levels leave over is less than one hash of the level above, and comes after all of them.
  let below = new Uint8Array(0);
  for (const hashes of tiles)
    if (hashes.length + below.length > 0) below = Uint8Array.from(rootOfPacked(concatBytes(hashes, below)));
  return rootOfPacked(below);
}

/**
 * The edge of a stored tree, as its tiles say; compare `rootOfEdge` with the root that was signed.
 * @throws TileInvalid for a missing tile or one of the wrong length
 */
export async function loadEdge(size: number, readTile: ReadTile): Promise<RightEdge> {
  const tiles = Array.from({ length: levelsOf(size) }, (_, level) => edgeTile(level, size));
  const loads = tiles.map(async (tile) => (tile ? loadTile(readTile, tile) : new Uint8Array(0)));
  return { size, tiles: await Promise.all(loads) };
}
