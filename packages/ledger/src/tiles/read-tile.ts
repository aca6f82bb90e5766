// SPDX-License-Identifier: AGPL-3.0-or-later
import { LedgerError } from '../ledger-error.ts';
import { HASH_BYTES } from '../merkle/hash.ts';
import { TILE_WIDTH, tilePath, type HashTile } from './tile.ts';

/** A stored tile is missing or has the wrong length. */
export class TileInvalid extends LedgerError {
  override readonly name = 'TileInvalid';
  readonly path: string;
  readonly what: string;
  constructor(path: string, what: string) {
    super(`${path} ${what}`);
    this.path = path;
    this.what = what;
  }
}

/** Bytes of a tile of hashes, or undefined if there is none; wherever it may be kept. */
export type ReadTile = (
  level: number,
  index: number,
  width: number,
) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

/**
 * A tile's hashes. A partial tile may be gone once the full one is there, of which it is the beginning.
 * @throws TileInvalid for a missing tile or one of the wrong length
 */
export async function loadTile(readTile: ReadTile, tile: HashTile): Promise<Uint8Array> {
  const { level, index, width } = tile;
  const bytes = await readTile(level, index, width);
  if (bytes) return requireLength(bytes, tile);
  const full = width < TILE_WIDTH ? await readTile(level, index, TILE_WIDTH) : undefined;
  if (!full) throw new TileInvalid(tilePath(tile), 'is missing');
  return requireLength(full, { ...tile, width: TILE_WIDTH }).subarray(0, width * HASH_BYTES);
}

function requireLength(bytes: Uint8Array, tile: HashTile): Uint8Array {
  if (bytes.length !== tile.width * HASH_BYTES)
    throw new TileInvalid(tilePath(tile), `has ${bytes.length} bytes, not ${tile.width * HASH_BYTES}`);
  return bytes;
}
