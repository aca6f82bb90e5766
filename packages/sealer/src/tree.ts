// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  growTree,
  hashLeaf,
  levelsOf,
  loadEdge,
  MAX_ENTRY_BYTES,
  type ReadFile,
  type RightEdge,
  rootOfEdge,
  TILE_WIDTH,
  TileInvalid,
  tilePath,
} from '@louver/ledger';
import type { Connection } from './connection.ts';
import type { Mark } from './marks.ts';
import { MayNotSeal } from './may-not-seal.ts';
import { findLeaves, type LogState, type StoredRecord } from './queries.ts';

/** Records of one round, and of one page when sealed ones are read again. */
export const BATCH = 4_096;

export const rootHex = (edge: RightEdge): string => Buffer.from(rootOfEdge(edge)).toString('hex');

/** Where the first entry of the bundle stands that entry `size` goes into. */
export const bundleStart = (size: number): number => size - (size % TILE_WIDTH);

/**
 * The leaf hashes of records, from their bytes and not from what is said of them.
 * @throws MayNotSeal at the first that is not what was appended
 */
export function hashRecords(records: readonly StoredRecord[]): Uint8Array[] {
  return records.map(({ seq, entry, digest }) => {
    // Once it is signed nothing could be published any more: no bundle can hold it.
    if (entry.length > MAX_ENTRY_BYTES)
      throw new MayNotSeal('record-altered', `record ${seq} is larger than any entry: ${entry.length} bytes`);
    const hash = hashLeaf(entry);
    if (Buffer.from(hash.buffer, hash.byteOffset, hash.length).toString('hex') !== digest)
      throw new MayNotSeal(
        'record-altered',
        `record ${seq} is not what was appended: its entry hashes to another digest`,
      );
    return hash;
  });
}

/** The tree that the published files hold, cut back to whole bundles; undefined when they do not lead to that root. */
export async function loadPublished(read: ReadFile, { size, root }: Mark): Promise<RightEdge | undefined> {
  try {
    const edge = await loadEdge(size, (level, index, width) => read(tilePath({ level, index, width })));
    if (rootHex(edge) !== root) return undefined;
    const whole = bundleStart(size);
    return {
      size: whole,
      tiles: edge.tiles.slice(0, levelsOf(whole)).map((tile, i) => (i > 0 ? tile : new Uint8Array(0))),
    };
  } catch (error) {
    if (error instanceof TileInvalid) return undefined;
    throw error;
  }
}

export interface Page {
  readonly growth: ReturnType<typeof growTree>;
  readonly entries: readonly Uint8Array[];
}

/**
 * Grows a tree by what the database says was sealed, up to its state and past every mark on the way. The one way back to work:
 * after a start, after a crash, after a COMMIT that nobody answered.
 * @throws MayNotSeal when it does not lead to those roots
 */
export async function regrow(
  connection: Connection,
  from: RightEdge,
  state: LogState,
  marks: readonly Mark[],
  onPage: (page: Page) => Promise<void> | void = () => undefined,
): Promise<RightEdge> {
  const goals = [...marks, { file: 'log_state', size: state.size, root: state.root }].filter(
    ({ size }) => size >= from.size,
  );
  let edge = from;
  requireRoots(edge, goals);
  while (edge.size < state.size) {
    const next = Math.min(...goals.map(({ size }) => size).filter((size) => size > edge.size), edge.size + BATCH);
    const leaves = await connection.use((client) => findLeaves(client, edge.size, next));
    requireAll(leaves, edge.size, next);
    const growth = growTree(edge, hashRecords(leaves));
    edge = growth.edge;
    requireRoots(edge, goals);
    await onPage({ growth, entries: leaves.map(({ entry }) => entry) });
  }
  return edge;
}

function requireAll(leaves: readonly { leafIndex: number }[], from: number, to: number): void {
  const missing = Array.from({ length: to - from }, (_, i) => from + i).find(
    (index, i) => leaves[i]?.leafIndex !== index,
  );
  if (missing !== undefined)
    throw new MayNotSeal('record-altered', `the record of leaf ${missing} is missing from the database`);
}

function requireRoots(edge: RightEdge, goals: readonly Mark[]): void {
  const wrong = goals.find(({ size, root }) => size === edge.size && root !== rootHex(edge));
  if (wrong)
    throw new MayNotSeal(
      'forked',
      `the first ${wrong.size} sealed records of the database are not those that were signed (${wrong.file})`,
    );
}
