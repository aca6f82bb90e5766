// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AlteredRecord } from '@louver/contract';
import {
  BundleMalformed,
  decodeBundle,
  edgeTile,
  equalBytes,
  hashAt,
  hashLeaf,
  type ReadFile,
  type RightEdge,
  TILE_WIDTH,
  tilePath,
} from '@louver/ledger';
import { compare, type SweptRow } from './compare.ts';
import { FileAltered, type SignedTiles } from './signed-tiles.ts';

/** How far sealing is. */
export interface Tree {
  readonly edge: RightEdge;
  readonly published: number;
  /** How often all that was committed has been sealed. */
  readonly turns: number;
}

interface Compared {
  readonly from: number;
  readonly to: number;
  readonly altered: readonly AlteredRecord[];
}

interface Place {
  readonly index: number;
  readonly width: number;
  readonly from: number;
  readonly tree: Tree;
  /** It still grows, and its hashes are in memory. */
  readonly isEdge: boolean;
}

/** Compares rows, tile and bundle of up to 256 leaves. Undefined when its files are not there to compare with yet. */
export async function compareTile(
  index: number,
  tree: Tree,
  { tiles, read }: { tiles: SignedTiles; read: ReadFile },
  findRows: (from: number, to: number) => Promise<SweptRow[]>,
): Promise<Compared | undefined> {
  const from = index * TILE_WIDTH;
  const isEdge = index === Math.floor(tree.edge.size / TILE_WIDTH);
  const width = isEdge ? tree.edge.size % TILE_WIDTH : TILE_WIDTH;
  if (!isEdge && from + width > tree.published) return undefined;
  const place: Place = { index, width, from, tree, isEdge };
  const rows = await findRows(from, from + width);
  const { leaves, path } = await findLeaves(place, tiles);
  const wrongFile = path ?? (leaves && (await findWrongFile(place, leaves, read)));
  const altered: AlteredRecord[] = compareRows(place, rows, leaves);
  if (wrongFile !== undefined) altered.push({ seq: null, leafIndex: from, what: 'file', parts: [wrongFile] });
  return { from, to: from + width, altered };
}

async function findLeaves({ index, tree }: Place, tiles: SignedTiles): Promise<{ leaves?: Uint8Array; path?: string }> {
  try {
    return { leaves: await tiles.load(tree.edge, 0, index) };
  } catch (error) {
    if (error instanceof FileAltered) return { path: error.path };
    throw error;
  }
}

function compareRows({ from, width }: Place, rows: readonly SweptRow[], leaves?: Uint8Array): AlteredRecord[] {
  const there = new Set(rows.map(({ leafIndex }) => leafIndex));
  const gone = Array.from({ length: width }, (_, i) => from + i).filter((leafIndex) => !there.has(leafIndex));
  return [
    ...gone.map((leafIndex) => ({ seq: null, leafIndex, what: 'missing' as const, parts: [] })),
    ...rows.flatMap((row) => {
      const { seq, leafIndex } = row;
      const leaf = leaves && hashAt(leaves, leafIndex - from);
      return compare(row, leaf).map((difference) => ({ seq, leafIndex, ...difference }));
    }),
  ];
}

/** Auditors are given the bundle, strangers the tile: both must be what was signed. */
async function findWrongFile(place: Place, leaves: Uint8Array, read: ReadFile): Promise<string | undefined> {
  const { index, width, isEdge, tree } = place;
  // The files of a growing tile are there in the widths that were published only.
  if (width === 0 || (isEdge && tree.published !== tree.edge.size)) return undefined;
  const path = tilePath({ level: 'entries', index, width });
  const bundle = (await read(path)) ?? (await read(tilePath({ level: 'entries', index, width: TILE_WIDTH })));
  if (!bundle || !holds(bundle, leaves, width)) return path;
  // Full ones were compared when they were loaded, with all above them.
  return isEdge ? findWrongEdge(tree.edge, read) : undefined;
}

/** The partial tiles that the tree ends with, on every level. */
async function findWrongEdge({ size, tiles }: RightEdge, read: ReadFile): Promise<string | undefined> {
  for (const [level, hashes] of tiles.entries()) {
    const partial = edgeTile(level, size);
    if (!partial) continue;
    const path = tilePath(partial);
    // It may have given way to the full one meanwhile.
    const bytes = (await read(path)) ?? (await read(tilePath({ ...partial, width: TILE_WIDTH })));
    if (!bytes || !equalBytes(bytes.subarray(0, hashes.length), hashes)) return path;
  }
  return undefined;
}

function holds(bundle: Uint8Array, leaves: Uint8Array, width: number): boolean {
  const entries = entriesOf(bundle, width) ?? entriesOf(bundle, TILE_WIDTH)?.slice(0, width);
  return entries?.every((entry, i) => equalBytes(hashLeaf(entry), hashAt(leaves, i))) ?? false;
}

function entriesOf(bundle: Uint8Array, width: number): Uint8Array[] | undefined {
  try {
    return decodeBundle(bundle, width);
  } catch (error) {
    if (error instanceof BundleMalformed) return undefined;
    throw error;
  }
}
