// SPDX-License-Identifier: AGPL-3.0-or-later
import { equalBytes } from './bytes.ts';
import { LedgerError } from './ledger-error.ts';
import { hashLeaf, HASH_BYTES } from './merkle/hash.ts';
import { decodeBundle } from './tiles/bundle.ts';
import { TileInvalid, type ReadTile } from './tiles/read-tile.ts';
import { TILE_WIDTH, tilePath, type HashTile } from './tiles/tile.ts';

/** Bytes of a file of the log by its path below the log's prefix; undefined where there is none. What it throws passes through. */
export type ReadFile = (path: string) => Promise<Uint8Array | undefined>;

/** A file of the log is wrong or missing. `path` names it; it is `since` for the checkpoint kept from before. */
export class LogWrong extends LedgerError {
  override readonly name: string = 'LogWrong';
  readonly path: string;
  readonly what: string;
  constructor(path: string, what: string, options?: ErrorOptions) {
    super(`${path}: ${what}`, options);
    this.path = path;
    this.what = what;
  }
}

/**
 * The log's own key signed a tree that does not continue the one that was kept. Both signed checkpoints together are the
 * proof: keep them, for the log may go back to telling the first story.
 */
export class LogRewritten extends LogWrong {
  override readonly name: string = 'LogRewritten';
  readonly keptSize: number;
  readonly size: number;
  constructor(what: string, sizes: { kept: number; shown: number }, options?: ErrorOptions) {
    super('checkpoint', what, options);
    this.keptSize = sizes.kept;
    this.size = sizes.shown;
  }
}

/** Says of which file a refusal is; failures of `read` and bugs stay what they are. */
export async function naming<T>(path: string, judge: () => T | Promise<T>): Promise<T> {
  try {
    return await judge();
  } catch (cause) {
    if (cause instanceof TileInvalid) throw new LogWrong(cause.path, cause.what, { cause });
    if (cause instanceof LedgerError && !(cause instanceof LogWrong))
      throw new LogWrong(path, cause.message, { cause });
    throw cause;
  }
}

export const tilesFrom =
  (read: ReadFile): ReadTile =>
  async (level, index, width) =>
    read(tilePath({ level, index, width }));

/** The entries beside a tile of leaf hashes. */
export interface Bundle {
  readonly path: string;
  readonly entries: readonly Uint8Array[];
}

/**
 * As with tiles, the bundle of a partial tile may have given way to the full one.
 * @throws LogWrong if both are missing or what there is has another number of entries
 */
export async function readBundle(read: ReadFile, { index, width }: HashTile): Promise<Bundle> {
  const path = tilePath({ level: 'entries', index, width });
  const bytes = await read(path);
  if (bytes) return { path, entries: await naming(path, () => decodeBundle(bytes, width)) };
  const fullPath = tilePath({ level: 'entries', index, width: TILE_WIDTH });
  const full = width < TILE_WIDTH ? await read(fullPath) : undefined;
  if (!full) throw new LogWrong(path, 'is missing');
  const entries = await naming(fullPath, () => decodeBundle(full, TILE_WIDTH));
  return { path: fullPath, entries: entries.slice(0, width) };
}

/** The first entry, by its place in the bundle, that does not hash to its leaf; -1 if there is none. */
export const firstMismatch = ({ entries }: Bundle, leaves: Uint8Array): number =>
  entries.findIndex((entry, i) => !equalBytes(hashLeaf(entry), hashAt(leaves, i)));

/** One of the hashes of a tile. */
export const hashAt = (tile: Uint8Array, i: number): Uint8Array => tile.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES);
