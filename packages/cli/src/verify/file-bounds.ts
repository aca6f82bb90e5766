// SPDX-License-Identifier: AGPL-3.0-or-later
import { HASH_BYTES, LogWrong, MAX_ENTRY_BYTES, MAX_NOTE_BYTES, TILE_WIDTH } from '@louver/ledger/verify';

/** The most bytes that a file of a log can have: whoever serves more wants to fill our memory. */
export function maxBytesOf(path: string): number {
  if (!path.startsWith('tile/')) return MAX_NOTE_BYTES;
  return path.startsWith('tile/entries/') ? TILE_WIDTH * (2 + MAX_ENTRY_BYTES) : TILE_WIDTH * HASH_BYTES;
}

export const tooLong = (path: string): LogWrong =>
  new LogWrong(path, `has more bytes than the ${maxBytesOf(path)} that such a file can have`);
