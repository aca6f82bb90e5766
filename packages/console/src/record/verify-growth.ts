// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  decodeBundle,
  growTree,
  hashesAt,
  hashLeaf,
  LedgerError,
  loadEdge,
  loadTile,
  LogWrong,
  rootOfEdge,
  TILE_WIDTH,
  tilePath,
  type ReadFile,
  type ReadTile,
  type RightEdge,
} from '@louver/ledger/verify';

interface TreeHead {
  size: number;
  root: Uint8Array;
}

export interface Growth {
  read: ReadFile;
  /** Verified before: its leaves are not read again. */
  from: TreeHead;
  to: TreeHead;
  entries: boolean;
  onProgress: (progress: { verified: number; total: number }) => void;
  signal: AbortSignal;
}

const HASH_BYTES = 32;
const AHEAD = 12;

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

/**
 * Verifies what a log has grown by: every new entry against its leaf, every new tile, and that old and new leaves together
 * have the signed root. So the old part need not be read again.
 * @throws LogWrong; the first wrong file is named where it can be, else `checkpoint`: then a full verification names it
 */
export async function verifyGrowth(growth: Growth): Promise<void> {
  const { read, from, to } = growth;
  const readTile: ReadTile = async (level, index, width) => read(tilePath({ level, index, width }));
  // The tiles of the old edge as they are now: a log may have dropped the partial ones of a size that is past.
  const readOld: ReadTile = async (level, index, width) => {
    const now = Math.min(TILE_WIDTH, hashesAt(level, to.size) - index * TILE_WIDTH);
    return (await loadTile(readTile, { level, index, width: now })).subarray(0, width * HASH_BYTES);
  };
  let edge = await judged(async () => loadEdge(from.size, readOld));
  if (!same(rootOfEdge(edge), from.root))
    throw new LogWrong('checkpoint', `the tree of ${from.size} entries that was verified is not there any more`);
  for (const leaves of readAhead(growth, readTile)) {
    growth.signal.throwIfAborted();
    const { edge: grown, tiles } = growTree(edge, await leaves);
    for (const { level, index, width, bytes } of tiles)
      if (level > 0 && width === TILE_WIDTH) await requireTile(readTile, { level, index, width, bytes });
    edge = grown;
    growth.onProgress({ verified: edge.size - from.size, total: to.size - from.size });
  }
  await requireRoot(edge, to);
}

async function requireRoot(edge: RightEdge, to: TreeHead): Promise<void> {
  if (edge.size !== to.size || !same(rootOfEdge(edge), to.root))
    throw new LogWrong('checkpoint', 'its root is not that of the log’s tiles');
}

async function requireTile(
  readTile: ReadTile,
  tile: { level: number; index: number; width: number; bytes: Uint8Array },
): Promise<void> {
  if (!same(await judged(async () => loadTile(readTile, tile)), tile.bytes))
    throw new LogWrong(tilePath(tile), 'is not what the tiles below it hash to');
}

/** The new leaves tile by tile, some of them on their way already: one round trip for each would be slow. */
function* readAhead({ read, from, to, entries }: Growth, readTile: ReadTile): Generator<Promise<Uint8Array[]>> {
  const waiting: Promise<Uint8Array[]>[] = [];
  for (let index = Math.floor(from.size / TILE_WIDTH); index * TILE_WIDTH < to.size; index++) {
    const width = Math.min(TILE_WIDTH, to.size - index * TILE_WIDTH);
    const leaves = leavesOf({ read, readTile, index, width, entries }).then((all) =>
      all.slice(Math.max(0, from.size - index * TILE_WIDTH)),
    );
    // Whoever stops at the first wrong file never looks at what was read ahead: its failures are nobody's.
    leaves.catch(() => undefined);
    waiting.push(leaves);
    if (waiting.length >= AHEAD) yield waiting.shift()!;
  }
  yield* waiting;
}

interface Leaves {
  read: ReadFile;
  readTile: ReadTile;
  index: number;
  width: number;
  entries: boolean;
}

async function leavesOf({ read, readTile, index, width, entries }: Leaves): Promise<Uint8Array[]> {
  const [tile, bundle] = await Promise.all([
    judged(async () => loadTile(readTile, { level: 0, index, width })),
    entries ? readBundle(read, index, width) : undefined,
  ]);
  const leaves = Array.from({ length: width }, (_, i) => tile.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
  const wrong = bundle?.entries.findIndex((entry, i) => !same(hashLeaf(entry), leaves[i]!)) ?? -1;
  if (bundle && wrong >= 0)
    throw new LogWrong(bundle.path, `entry ${index * TILE_WIDTH + wrong} is not the one that was logged`);
  return leaves;
}

/** As with tiles, the bundle of a partial tile may have given way to the full one. */
async function readBundle(read: ReadFile, index: number, width: number) {
  for (const stored of width === TILE_WIDTH ? [width] : [width, TILE_WIDTH]) {
    const path = tilePath({ level: 'entries', index, width: stored });
    const bytes = await read(path);
    if (bytes) return { path, entries: await judged(() => decodeBundle(bytes, stored).slice(0, width), path) };
  }
  throw new LogWrong(tilePath({ level: 'entries', index, width }), 'is missing');
}

/** Says of which file a refusal is. */
async function judged<T>(judge: () => T | Promise<T>, path = 'checkpoint'): Promise<T> {
  try {
    return await judge();
  } catch (cause) {
    if (!(cause instanceof LedgerError) || cause instanceof LogWrong) throw cause;
    throw new LogWrong('path' in cause ? String(cause.path) : path, cause.message, { cause });
  }
}
