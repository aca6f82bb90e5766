// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem } from '@louver/contract';
import { appendRecord, type NewRecord, type Tx } from '@louver/db';
import { EntryTooLarge, MAX_ENTRY_BYTES } from '@louver/ledger';

/**
 * What does not fit an entry of the log is refused before a statement is sent, and with it all that it was to record.
 * Every body is bounded far below that; what adds up here is detail that grows with what is in the database.
 * @throws Problem request-invalid, naming the largest field
 */
export async function appendBounded(tx: Tx, record: NewRecord): ReturnType<typeof appendRecord> {
  try {
    return await appendRecord(tx, record);
  } catch (cause) {
    if (!(cause instanceof EntryTooLarge)) throw cause;
    const detail = `makes the entry of the record larger than ${MAX_ENTRY_BYTES} bytes`;
    throw new Problem('request-invalid', { errors: [{ pointer: `/${largestOf(record)}`, detail }], cause });
  }
}

function largestOf({ subject, purpose, caseReference, detail = {} }: NewRecord): string {
  const sizes = Object.entries({ subject, purpose, caseReference, ...detail }).map(
    ([name, value]) => [name, JSON.stringify(value ?? null).length] as const,
  );
  return sizes.reduce((most, next) => (next[1] > most[1] ? next : most))[0];
}
