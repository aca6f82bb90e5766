// SPDX-License-Identifier: AGPL-3.0-or-later
// What is readable of a record beside the bytes that were sealed. People read the columns; the log vouches for the entry.
import type { AlteredRecord } from '@louver/contract';
import {
  canonicalJson,
  decodeEntry,
  EntryMalformed,
  type EntryFacts,
  equalBytes,
  hashLeaf,
  type Json,
  toHex,
} from '@louver/ledger';

/** A leaf with its record, every column as text. Without a record all of it is null. */
export interface SweptRow {
  readonly leafIndex: number;
  readonly seq: string;
  readonly isThere: boolean;
  /** Null also when it is larger than any entry. */
  readonly entry: Buffer | null;
  readonly digest: string | null;
  /** Seconds since 1970, with six decimals. */
  readonly at: string | null;
  readonly action: string | null;
  readonly account_id: string | null;
  readonly role: string | null;
  readonly subject: string | null;
  readonly camera_id: string | null;
  readonly jurisdiction: string | null;
  readonly purpose: string | null;
  readonly case_reference: string | null;
  readonly detail: string | null;
}

type Difference = Pick<AlteredRecord, 'what' | 'parts'>;
const differing = (what: AlteredRecord['what'], parts: string[] = []): Difference => ({ what, parts });

/** @param leaf what was sealed there; undefined where the files can't tell */
export function compare(row: SweptRow, leaf: Uint8Array | undefined): Difference[] {
  if (!row.isThere) return [differing('missing')];
  const hash = row.entry && hashLeaf(row.entry);
  if (!row.entry || !hash || (leaf && !equalBytes(hash, leaf))) return [differing('entry')];
  const found: Difference[] = [];
  if (row.digest !== toHex(hash)) found.push(differing('digest'));
  const facts = factsOf(row.entry);
  if (!facts) return [...found, differing('unreadable')];
  const parts = differingColumns(row, facts);
  return parts.length > 0 ? [...found, differing('columns', parts)] : found;
}

function factsOf(entry: Uint8Array): EntryFacts | undefined {
  try {
    return decodeEntry(entry);
  } catch (error) {
    if (error instanceof EntryMalformed) return undefined;
    throw error;
  }
}

function differingColumns(row: SweptRow, facts: EntryFacts): string[] {
  const said: { [column in keyof Omit<SweptRow, 'leafIndex' | 'seq' | 'isThere' | 'entry' | 'digest'>]: boolean } = {
    at: row.at === secondsOf(facts.at),
    action: row.action === facts.action,
    // The type uuid has one spelling, whoever asked may have used another.
    account_id: row.account_id === (facts.actor?.toLowerCase() ?? null),
    role: row.role === facts.role,
    subject: row.subject === facts.subject,
    camera_id: row.camera_id === (facts.camera?.toLowerCase() ?? null),
    jurisdiction: row.jurisdiction === facts.jurisdiction,
    purpose: row.purpose === facts.purpose,
    case_reference: row.case_reference === facts.caseReference,
    detail: isSameJson(row.detail, facts.detail),
  };
  return Object.entries(said).flatMap(([column, isSame]) => (isSame ? [] : [column]));
}

/** As the database writes the instant, to the microsecond: an entry has milliseconds. */
function secondsOf(at: string): string {
  const milliseconds = Date.parse(at);
  return `${Math.floor(milliseconds / 1000)}.${String(milliseconds % 1000).padStart(3, '0')}000`;
}

function isSameJson(text: string | null, value: Json): boolean {
  try {
    return canonicalJson(JSON.parse(text ?? '') as Json) === canonicalJson(value);
  } catch {
    // Cut off because it is too long, or a number that no entry can hold.
    return false;
  }
}
