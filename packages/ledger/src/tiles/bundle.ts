// SPDX-License-Identifier: AGPL-3.0-or-later
import { LedgerError } from '../ledger-error.ts';
import { EntryTooLarge, MAX_ENTRY_BYTES } from '../max-entry.ts';
import { TILE_WIDTH } from './tile.ts';

/** The bytes are no entry bundle of the number of entries asked for. */
export class BundleMalformed extends LedgerError {
  override readonly name = 'BundleMalformed';
}

/**
 * An entry bundle: 1 to 256 entries, each behind its length as a big-endian uint16.
 * @throws BundleMalformed for another number; EntryTooLarge above 65,535 bytes
 */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > TILE_WIDTH)
    throw new BundleMalformed(`a bundle holds 1 to 256 entries, not ${entries.length}`);
  const bytes = new Uint8Array(entries.reduce((length, entry) => length + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) throw new EntryTooLarge(entry.length);
    bytes.set([entry.length >> 8, entry.length & 255], at);
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bytes;
}

/**
 * The entries of a bundle, as views of its bytes.
 * @throws BundleMalformed unless it holds exactly `width` entries and nothing after them
 */
export function decodeBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (entries.length === width) throw new BundleMalformed(`bytes stand after the ${width} entries of the bundle`);
    const end = at + 2 + ((bytes[at]! << 8) | (bytes[at + 1] ?? 0));
    if (at + 1 >= bytes.length || end > bytes.length)
      throw new BundleMalformed(`entry ${entries.length} of the bundle is cut off`);
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (entries.length < width) throw new BundleMalformed(`the bundle has ${entries.length} entries, not ${width}`);
  return entries;
}
