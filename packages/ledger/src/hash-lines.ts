// SPDX-License-Identifier: AGPL-3.0-or-later
import { decodeHash, decodeUtf8, encodeBase64 } from './bytes.ts';
import { MAX_NOTE_BYTES } from './notes/note.ts';

/** No tree has a proof with more hashes. */
const MAX_PROOF_HASHES = 63;

export const formatHashLines = (hashes: readonly Uint8Array[]): string =>
  hashes.map((hash) => `${encodeBase64(hash)}\n`).join('');

/** One base64 hash a line; undefined if a line is anything else or there are more than 63. */
export function parseHashLines(lines: readonly string[]): Uint8Array[] | undefined {
  if (lines.length > MAX_PROOF_HASHES) return undefined;
  const hashes = lines.map(decodeHash).filter((hash) => hash !== undefined);
  return hashes.length === lines.length ? hashes : undefined;
}

/**
 * Lines of our own, a blank line, a signed checkpoint: the form of receipts and of what witnesses are sent. The first
 * blank line separates, for the checkpoint has one of its own. Undefined if there is none, or for what is not UTF-8.
 */
export function splitBeforeCheckpoint(input: Uint8Array | string): { lines: string[]; checkpoint: string } | undefined {
  const text = input.length > 2 * MAX_NOTE_BYTES ? undefined : decodeUtf8(input);
  const blank = text?.indexOf('\n\n') ?? -1;
  if (text === undefined || blank < 0) return undefined;
  return { lines: text.slice(0, blank).split('\n'), checkpoint: text.slice(blank + 2) };
}
