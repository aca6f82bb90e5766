// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  decodeBundle,
  decodeEntry,
  hashLeaf,
  LedgerError,
  parseReceipt,
  PlatformUnsupported,
  TILE_WIDTH,
  tilePath,
  verifyReceipt,
  type ReadFile,
  type TrustedCheckpoint,
} from '@louver/ledger/verify';
import { LogUnread } from './log-reader.ts';
import { policyOf, proveContinues } from './look.ts';
import type { Memory } from './memory.ts';
import type { LoggedEntry, ProofResult } from './messages-between.ts';

interface Claim {
  memory: Memory;
  read: ReadFile;
  /** Leaf hash of the record, in hex. */
  digest: string;
  /** The tlog-proof. */
  receipt: string;
}

/** Whether a record is in the log: in the very tree that this browser keeps, and with the words that were hashed. */
export async function proveRecord({ memory, read, digest, receipt }: Claim): Promise<ProofResult> {
  try {
    const parsed = parseReceipt(receipt);
    const leaf = fromHex(digest);
    const checkpoint = await verifyReceipt(parsed, leaf, policyOf(memory.keys));
    await requireSameLog(memory, checkpoint, read);
    const entry = await entryAt(read, parsed.index, checkpoint.size);
    if (entry !== null && toHex(hashLeaf(entry)) !== digest)
      return { kind: 'false', detail: `entry ${parsed.index} of the log is another one` };
    return { kind: 'proved', index: parsed.index, size: checkpoint.size, entry: entry && logged(entry) };
  } catch (error) {
    if (error instanceof LedgerError) return { kind: 'false', detail: error.message };
    return notAnswered(error);
  }
}

/** A receipt from a second tree, shown to one person only, would be signed just as well. */
async function requireSameLog({ kept }: Memory, shown: TrustedCheckpoint, read: ReadFile): Promise<void> {
  if (kept === null) return;
  const [older, newer] = kept.size <= shown.size ? [kept, shown] : [shown, kept];
  await proveContinues(older, newer, read);
}

/** Null where the entries are not for whoever asks. */
async function entryAt(read: ReadFile, index: number, size: number): Promise<Uint8Array | null> {
  const bundle = Math.floor(index / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, size - bundle * TILE_WIDTH);
  try {
    for (const stored of width === TILE_WIDTH ? [width] : [width, TILE_WIDTH]) {
      const bytes = await read(tilePath({ level: 'entries', index: bundle, width: stored }));
      if (bytes) return decodeBundle(bytes, stored)[index % TILE_WIDTH] ?? null;
    }
    return null;
  } catch (error) {
    if (error instanceof LogUnread && error.why === 'refused') return null;
    throw error;
  }
}

function logged(bytes: Uint8Array): LoggedEntry {
  const { at, action, actor, subject, camera, purpose, caseReference } = decodeEntry(bytes);
  const text = new TextDecoder().decode(bytes);
  return { text, at, action, actor, subject, camera, purpose, caseReference };
}

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** What says nothing about the log; anything else is a bug. */
export function notAnswered(error: unknown): { kind: 'failed'; why: 'unreachable' | 'unsupported' } {
  if (error instanceof PlatformUnsupported) return { kind: 'failed', why: 'unsupported' };
  if (error instanceof LogUnread) return { kind: 'failed', why: 'unreachable' };
  throw error;
}
