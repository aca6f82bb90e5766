// SPDX-License-Identifier: AGPL-3.0-or-later
import { LedgerError } from './ledger-error.ts';

/** What tlog-tiles can carry: a uint16 length stands before every entry of a bundle. */
export const MAX_ENTRY_BYTES = 65_535;

export class EntryTooLarge extends LedgerError {
  override readonly name = 'EntryTooLarge';
  constructor(bytes: number) {
    super(`a record entry of ${bytes} bytes exceeds ${MAX_ENTRY_BYTES}`);
  }
}
