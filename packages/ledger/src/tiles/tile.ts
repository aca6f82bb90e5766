// SPDX-License-Identifier: AGPL-3.0-or-later
import { LedgerError } from '../ledger-error.ts';
import { requireSize } from '../size.ts';

/** Hashes, or entries, of one file: the height 8 of tlog-tiles is fixed. */
export const TILE_WIDTH = 256;

/** One file of a log. A width below 256 is a partial tile, at the right edge of a tree of one size. */
export interface Tile {
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
}

/** A tile of hashes: level 0 holds leaf hashes, each higher one the roots of full tiles below. */
export interface HashTile extends Tile {
  readonly level: number;
}

/** No path of a tile, or coordinates that none can have. */
export class TilePathInvalid extends LedgerError {
  override readonly name = 'TilePathInvalid';
}

/** Groups of three digits, all but the last with an x: a directory never gets more than a thousand names. */
function indexPath(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!;
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
}

/**
 * Path of a tile below the log's prefix: `tile/<L>/<N>[.p/<W>]`.
 * @throws TilePathInvalid for a level outside 0 to 63 or a width outside 1 to 256; SizeInvalid for the index
 */
export function tilePath({ level, index, width }: Tile): string {
  requireSize(index, 'tile index');
  if (level !== 'entries' && !(Number.isInteger(level) && level >= 0 && level <= 63))
    throw new TilePathInvalid(`tile level ${level} is not in 0 to 63`);
  if (!(Number.isInteger(width) && width >= 1 && width <= TILE_WIDTH))
    throw new TilePathInvalid(`tile width ${width} is not in 1 to 256`);
  return `tile/${level}/${indexPath(index)}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

/**
 * The tile that a path names. Strict: one tile has one path.
 * @throws TilePathInvalid
 */
export function parseTilePath(path: string): Tile {
  const match = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path);
  const invalid = new TilePathInvalid(`${JSON.stringify(path.slice(0, 100))} is no tile path`);
  if (!match) throw invalid;
  const tile: Tile = {
    level: match[1] === 'entries' ? 'entries' : Number(match[1]),
    index: Number(match[2]!.replace(/[x/]/g, '')),
    width: match[3] === undefined ? TILE_WIDTH : Number(match[3]),
  };
  try {
    if (tilePath(tile) === path) return tile;
  } catch (cause) {
    throw new TilePathInvalid(invalid.message, { cause });
  }
  throw invalid;
}

/** How many whole tiles-of-the-level-below (for level 0: leaves) a tree has: the number of hashes of a level. */
export const hashesAt = (level: number, size: number): number => Math.floor(size / TILE_WIDTH ** level);

/** The partial tile that the tree of this size ends with at a level; none when its width would be zero. */
export function edgeTile(level: number, size: number): HashTile | undefined {
  const hashes = hashesAt(level, size);
  const width = hashes % TILE_WIDTH;
  return width === 0 ? undefined : { level, index: (hashes - width) / TILE_WIDTH, width };
}

/** How many levels of tiles a tree has. */
export function levelsOf(size: number): number {
  requireSize(size, 'tree size');
  let levels = 0;
  while (hashesAt(levels, size) > 0) levels++;
  return levels;
}

/**
 * The tiles of hashes that a tree has and the older one of `from` leaves had not: what must be published before its
 * checkpoint. Bundles of entries have the coordinates of level 0.
 */
export function* tilesBetween(from: number, size: number): Generator<HashTile> {
  for (let level = 0; level < levelsOf(size); level++) {
    const [before, after] = [hashesAt(level, from), hashesAt(level, size)];
    const full = Math.floor(after / TILE_WIDTH);
    for (let index = Math.floor(before / TILE_WIDTH); index < full; index++) yield { level, index, width: TILE_WIDTH };
    const edge = edgeTile(level, size);
    if (edge && after > before) yield edge;
  }
}
