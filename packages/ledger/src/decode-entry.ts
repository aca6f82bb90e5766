// SPDX-License-Identifier: AGPL-3.0-or-later
import { decodeUtf8 } from './bytes.ts';
import { canonicalJson, type Json } from './canonical-json.ts';
import { LedgerError } from './ledger-error.ts';

/** One fact of the record. The actor is a pseudonym: names live apart from it, so that a person can be erased and the tree stays valid. */
export interface EntryFacts {
  /** RFC 3339, UTC. */
  at: string;
  action: string;
  actor: string | null;
  role: string | null;
  subject: string;
  camera: string | null;
  jurisdiction: string | null;
  purpose: string | null;
  caseReference: string | null;
  detail: { readonly [key: string]: Json };
}

/** The bytes of a leaf are no entry that this system writes. */
export class EntryMalformed extends LedgerError {
  override readonly name = 'EntryMalformed';
}

const TEXTS = ['at', 'action', 'subject', 'salt'] as const;
const NULLABLE = ['actor', 'role', 'camera', 'jurisdiction', 'purpose', 'caseReference'] as const;
const MEMBERS = TEXTS.length + NULLABLE.length + 2;

/**
 * What the bytes of a leaf say. They must be the one canonical text of it: a doubled key would say two things to two readers.
 * @throws EntryMalformed
 */
export function decodeEntry(bytes: Uint8Array): EntryFacts & { salt: string } {
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new EntryMalformed('the entry is not UTF-8');
  const entry = parseCanonical(text);
  const wrong =
    TEXTS.find((key) => typeof entry[key] !== 'string') ??
    NULLABLE.find((key) => entry[key] !== null && typeof entry[key] !== 'string') ??
    (isObject(entry['detail']) ? undefined : 'detail');
  if (entry['v'] !== 1) throw new EntryMalformed('the entry is not of version 1');
  if (wrong !== undefined) throw new EntryMalformed(`${wrong} of the entry is missing or of the wrong kind`);
  if (Object.keys(entry).length !== MEMBERS) throw new EntryMalformed('the entry has members that version 1 has not');
  const { v: _version, ...facts } = entry;
  return facts as unknown as EntryFacts & { salt: string };
}

const isObject = (value: unknown): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseCanonical(text: string): { [key: string]: Json } {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value) && canonicalJson(value) === text) return value;
  } catch (cause) {
    throw new EntryMalformed('the entry is not JSON', { cause });
  }
  throw new EntryMalformed('the entry is no object in canonical JSON');
}
