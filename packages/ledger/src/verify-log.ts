// SPDX-License-Identifier: AGPL-3.0-or-later
import { equalBytes } from './bytes.ts';
import {
  firstMismatch,
  hashAt,
  LogRewritten,
  LogWrong,
  naming,
  readBundle,
  tilesFrom,
  type Bundle,
  type ReadFile,
} from './log-files.ts';
import { verifyConsistency } from './merkle/consistency.ts';
import { rootOfPacked } from './merkle/hash.ts';
import { ProofInvalid } from './merkle/proof-invalid.ts';
import type { Policy } from './policy.ts';
import { proveConsistencyFromTiles } from './tiles/proofs.ts';
import { loadTile } from './tiles/read-tile.ts';
import { loadEdge, rootOfEdge, type RightEdge } from './tiles/right-edge.ts';
import { edgeTile, levelsOf, TILE_WIDTH, tilePath, type HashTile } from './tiles/tile.ts';
import { openCheckpoint, type TrustedCheckpoint } from './trusted-checkpoint.ts';

export interface LogVerification {
  readonly read: ReadFile;
  readonly policy: Policy;
  /** A signed checkpoint kept from before: the log must continue its tree. Needs the log's signature only. */
  readonly since?: Uint8Array | string;
  /** False leaves the entries out, for whoever may read the tree but not what it holds. */
  readonly entries?: boolean;
  /** Called about once per 256 entries. */
  readonly onProgress?: (progress: { readonly verified: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
}

/** How many tiles are asked for before they are needed: hides the latency of a network, and bounds the memory. */
const AHEAD = 16;

/**
 * Verifies a whole log from its files: the checkpoint's signatures, every tile up to the root, every entry against its leaf.
 * From the root down, so that each file is judged by one already proved, and the one named is the one that is wrong.
 * @returns the checkpoint that all of it was verified against
 * @throws LogWrong for the first wrong file, or whatever `read` throws
 */
export async function verifyLog(verification: LogVerification): Promise<TrustedCheckpoint> {
  const { read, policy, since } = verification;
  const signed = await read('checkpoint');
  if (!signed) throw new LogWrong('checkpoint', 'is missing');
  const checkpoint = await naming('checkpoint', async () => openCheckpoint(signed, policy));
  const older = since === undefined ? undefined : await openSince(since, policy, checkpoint);
  const edge = await naming('checkpoint', async () => loadEdge(checkpoint.size, tilesFrom(read)));
  if (!equalBytes(rootOfEdge(edge), checkpoint.root)) await blameEdge(verification, edge);
  await verifyTiles(verification, edge);
  // After the tiles: what fails now is no damaged file, the log was rewritten.
  if (older) await verifySince(older, checkpoint, read);
  return checkpoint;
}

async function openSince(
  since: Uint8Array | string,
  policy: Policy,
  checkpoint: TrustedCheckpoint,
): Promise<TrustedCheckpoint> {
  const older = await naming('since', async () => openCheckpoint(since, { ...policy, quorum: null }));
  if (older.origin !== checkpoint.origin)
    throw new LogWrong('since', `is of the log ${older.origin}, not ${checkpoint.origin}`);
  if (older.size > checkpoint.size)
    throw new LogRewritten(`the log shrank from ${older.size} entries to ${checkpoint.size}`, {
      kept: older.size,
      shown: checkpoint.size,
    });
  return older;
}

/** The proof is made from the log's own tiles: wrong tiles cannot make one that verifies. */
async function verifySince(older: TrustedCheckpoint, newer: TrustedCheckpoint, read: ReadFile): Promise<void> {
  const { size, root } = newer;
  const proof = await naming('checkpoint', async () => proveConsistencyFromTiles(tilesFrom(read), older.size, size));
  try {
    verifyConsistency({ oldSize: older.size, oldRoot: older.root, size, root, proof });
  } catch (cause) {
    if (!(cause instanceof ProofInvalid)) throw cause;
    const what = `the log was rewritten: it does not continue the tree of ${older.size} entries that was kept`;
    throw new LogRewritten(what, { kept: older.size, shown: size }, { cause });
  }
}

/**
 * The edge tiles prove one another only together. If they do not lead to the root, the one that disagrees with what lies
 * below it is wrong; if none does, the log is a whole tree, but not the one that was signed.
 */
async function blameEdge({ read, entries = true }: LogVerification, edge: RightEdge): Promise<never> {
  for (const tile of edgeTiles(edge.size)) {
    const bytes = edge.tiles[tile.level]!;
    const path = tilePath(tile);
    if (tile.level === 0 && entries && firstMismatch(await readBundle(read, tile), bytes) >= 0)
      throw new LogWrong(path, 'is not of the entries that lie beside it, and does not lead to the signed root');
    for (const child of childrenOf(tile)) {
      const below = await naming(path, async () => loadTile(tilesFrom(read), child));
      if (!equalBytes(rootOfPacked(below), hashAt(bytes, child.index % TILE_WIDTH)))
        throw new LogWrong(path, `disagrees with ${tilePath(child)}, and does not lead to the signed root`);
    }
  }
  throw new LogWrong('checkpoint', 'its root is not that of the log’s tiles');
}

async function verifyTiles(verification: LogVerification, edge: RightEdge): Promise<void> {
  const { signal, onProgress } = verification;
  /** The proved tile of each level that is being descended from. */
  const proved: Uint8Array[] = [];
  let verified = 0;
  for (const step of readAhead(verification, edge)) {
    signal?.throwIfAborted();
    const { level, index, width } = step.tile;
    const path = tilePath(step.tile);
    const bytes = await naming(path, async () => step.hashes);
    // An edge tile is proved by the root; any other hangs below one hash of a tile that is proved.
    if (width === TILE_WIDTH && !equalBytes(rootOfPacked(bytes), hashAt(proved[level + 1]!, index % TILE_WIDTH)))
      throw new LogWrong(path, 'does not hash to what the tile above it says');
    proved[level] = bytes;
    if (level > 0) continue;
    if (step.bundle) verifyBundle(await step.bundle, step.tile, bytes);
    verified += width;
    onProgress?.({ verified, total: edge.size });
  }
}

function verifyBundle(bundle: Bundle, tile: HashTile, leaves: Uint8Array): void {
  const wrong = firstMismatch(bundle, leaves);
  if (wrong >= 0)
    throw new LogWrong(bundle.path, `entry ${tile.index * TILE_WIDTH + wrong} is not the one that was logged`);
}

interface Step {
  readonly tile: HashTile;
  readonly hashes: Promise<Uint8Array>;
  readonly bundle: Promise<Bundle> | undefined;
}

/** All tiles of the tree with the files that belong to them, some of them on their way already. */
function* readAhead({ read, entries = true }: LogVerification, edge: RightEdge): Generator<Step> {
  const waiting: Step[] = [];
  for (const tile of stepsOf(edge.size)) {
    const isEdge = tile.width < TILE_WIDTH;
    const hashes = isEdge ? Promise.resolve(edge.tiles[tile.level]!) : loadTile(tilesFrom(read), tile);
    const bundle = entries && tile.level === 0 ? readBundle(read, tile) : undefined;
    // Whoever stops at the first wrong file never looks at what was read ahead: its failures are nobody's.
    for (const promise of [hashes, bundle]) promise?.catch(() => undefined);
    waiting.push({ tile, hashes, bundle });
    if (waiting.length >= AHEAD) yield waiting.shift()!;
  }
  yield* waiting;
}

/** All tiles of a tree, each one after that which proves it, and leaves from left to right. */
function* stepsOf(size: number): Generator<HashTile> {
  for (const edge of edgeTiles(size)) yield* stepsBelow(edge);
}

function* stepsBelow(tile: HashTile): Generator<HashTile> {
  yield tile;
  for (const child of childrenOf(tile)) yield* stepsBelow(child);
}

/** The full tiles whose roots a tile holds. */
function* childrenOf({ level, index, width }: HashTile): Generator<HashTile> {
  if (level === 0) return;
  for (let i = 0; i < width; i++) yield { level: level - 1, index: index * TILE_WIDTH + i, width: TILE_WIDTH };
}

/** From the top, which is from left to right. */
function* edgeTiles(size: number): Generator<HashTile> {
  for (let level = levelsOf(size) - 1; level >= 0; level--) {
    const tile = edgeTile(level, size);
    if (tile) yield tile;
  }
}
