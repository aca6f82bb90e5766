// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  decodeEntry,
  EntryMalformed,
  hashLeaf,
  LedgerError,
  LogWrong,
  parseReceipt,
  ProofInvalid,
  verifyReceipt,
  type EntryFacts,
  type LogReceipt,
  type Policy,
  type TrustedCheckpoint,
} from '@louver/ledger/verify';
import { signed, type Outcome } from './outcome.ts';
import { namedFile } from './trust.ts';

/**
 * Whether the log holds this entry, from two files and without a network.
 * @throws LogWrong that names the receipt's file; Failure usage for files that can't be read
 */
export async function verifyReceiptFiles(
  receiptFile: string,
  entryFile: string,
  policy: Policy,
): Promise<Extract<Outcome, { what: 'receipt' }>> {
  const text = await namedFile('receipt', receiptFile);
  const entry = await namedFile('entry', entryFile);
  try {
    const receipt = parseReceipt(text);
    const { checkpoint, bytes } = await verifyEither(receipt, spellingsOf(entry), policy);
    return { outcome: 'verified', what: 'receipt', index: receipt.index, entry: factsOf(bytes), ...signed(checkpoint) };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new LogWrong(receiptFile, error.message, { cause: error });
  }
}

/** Editors put a line feed at the end of a file, and no entry of ours ends in one. */
function spellingsOf(entry: Uint8Array): Uint8Array[] {
  const end = entry.at(-1) === 0x0a ? (entry.at(-2) === 0x0d ? -2 : -1) : undefined;
  return end === undefined ? [entry] : [entry, entry.subarray(0, end)];
}

async function verifyEither(
  receipt: LogReceipt,
  [bytes, ...others]: readonly Uint8Array[],
  policy: Policy,
): Promise<{ checkpoint: TrustedCheckpoint; bytes: Uint8Array }> {
  try {
    return { checkpoint: await verifyReceipt(receipt, hashLeaf(bytes!), policy), bytes: bytes! };
  } catch (error) {
    if (!(error instanceof ProofInvalid) || others.length === 0) throw error;
    return verifyEither(receipt, others, policy);
  }
}

/** Null for an entry that another version has written: it is proved to be in the log all the same. */
function factsOf(bytes: Uint8Array): EntryFacts | null {
  try {
    return decodeEntry(bytes);
  } catch (error) {
    if (error instanceof EntryMalformed) return null;
    throw error;
  }
}
