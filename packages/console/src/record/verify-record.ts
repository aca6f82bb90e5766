// SPDX-License-Identifier: AGPL-3.0-or-later
import { LogWrong, verifyLog, type ReadFile } from '@louver/ledger/verify';
import { alarming, type Sight } from './look.ts';
import type { Memory, Verified } from './memory.ts';
import { verifyGrowth } from './verify-growth.ts';

export interface Verification {
  memory: Memory;
  sight: Sight;
  read: ReadFile;
  entries: boolean;
  /** Reads all of it again, also what was verified before. */
  full: boolean;
  now: () => number;
  onProgress: (progress: { verified: number; total: number }) => void;
  signal: AbortSignal;
}

/** What a verification may build on: nothing, where all shall be read again. */
export const verifiedBefore = ({ tree, entries }: Memory, withEntries: boolean, full: boolean): Verified | null =>
  full ? null : withEntries ? entries : tree;

/**
 * Verifies the log under a checkpoint that was judged already: all of it, or what is new since it was verified last.
 * @throws Alarming with the first wrong file; LogUnread
 */
export async function verifyRecord(verification: Verification): Promise<Verified> {
  const { memory, sight, entries, full, now, signal } = verification;
  const { size, root } = sight.checkpoint;
  const before = verifiedBefore(memory, entries, full);
  try {
    // The checkpoint stays the one that was judged, however the log grows meanwhile.
    const read: ReadFile = async (path) =>
      path === 'checkpoint' ? new TextEncoder().encode(sight.signed) : verification.read(path);
    if (before === null || before.size === 0) await verifyAll(verification, read);
    else await verifySince(verification, read, before);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof LogWrong)) throw error;
    const evidence = { memory, signed: sight.signed, servedKeys: sight.servedKeys, now: now() };
    throw alarming('damaged', evidence, { detail: error.what, path: error.path }, error);
  }
  return { size, root, at: now() };
}

async function verifyAll({ sight, entries, onProgress, signal }: Verification, read: ReadFile): Promise<void> {
  await verifyLog({ read, policy: sight.policy, entries, onProgress, signal });
}

async function verifySince(verification: Verification, read: ReadFile, before: Verified): Promise<void> {
  const { sight, entries, onProgress, signal } = verification;
  const { size, root } = sight.checkpoint;
  try {
    await verifyGrowth({ read, from: before, to: { size, root }, entries, onProgress, signal });
  } catch (error) {
    // What it could not pin on one file, a verification from the root down can.
    if (error instanceof LogWrong && error.path === 'checkpoint') await verifyAll(verification, read);
    throw error;
  }
}
