// SPDX-License-Identifier: AGPL-3.0-or-later
// Published tiles, believed only as far as the tree in memory vouches for them: whoever changes a row could change a file too.
import {
  equalBytes,
  HASH_BYTES,
  hashAt,
  hashesAt,
  type ReadFile,
  type RightEdge,
  rootOfPacked,
  TILE_WIDTH,
  tilePath,
} from '@louver/ledger';

/** A published file is not what was signed, or is gone. */
export class FileAltered extends Error {
  override readonly name = 'FileAltered';
  readonly path: string;
  constructor(path: string) {
    super(`${path} is not what was signed`);
    this.path = path;
  }
}

export class SignedTiles {
  readonly #read: ReadFile;
  /** The last one of each level above the leaves: full tiles never change. */
  readonly #kept = new Map<number, { index: number; bytes: Uint8Array }>();

  constructor(read: ReadFile) {
    this.#read = read;
  }

  /**
   * The hashes of a tile of the tree with this edge. All full tiles of it must be published.
   * @throws FileAltered naming the file that is wrong, which may be one above
   */
  async load(edge: RightEdge, level: number, index: number): Promise<Uint8Array> {
    if (index === Math.floor(hashesAt(level, edge.size) / TILE_WIDTH)) return edge.tiles[level]!;
    const kept = this.#kept.get(level);
    if (kept?.index === index) return kept.bytes;
    const above = await this.load(edge, level + 1, Math.floor(index / TILE_WIDTH));
    const path = tilePath({ level, index, width: TILE_WIDTH });
    const bytes = await this.#read(path);
    if (bytes?.length !== TILE_WIDTH * HASH_BYTES) throw new FileAltered(path);
    if (!equalBytes(rootOfPacked(bytes), hashAt(above, index % TILE_WIDTH))) throw new FileAltered(path);
    // Those of level 0 are looked at once a pass: read again, they are compared again.
    if (level > 0) this.#kept.set(level, { index, bytes });
    return bytes;
  }

  /** Forgets what was read, so that a new pass looks at every file. */
  forget(): void {
    this.#kept.clear();
  }
}
