// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson, type Json } from './canonical-json.ts';

/** What tlog-tiles can carry: a uint16 length stands before every entry of a bundle. */
export const MAX_ENTRY_BYTES = 65_535;

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

export class EntryTooLarge extends Error {
  constructor(bytes: number) {
    super(`a record entry of ${bytes} bytes exceeds ${MAX_ENTRY_BYTES}`);
    this.name = 'EntryTooLarge';
  }
}

/**
 * The bytes of an entry. A random salt makes the hash of a short text unguessable to whoever sees hashes only.
 * @throws EntryTooLarge above 65,535 bytes
 */
export function encodeEntry(facts: EntryFacts, salt: string = randomBytes(16).toString('base64')): Buffer {
  const bytes = Buffer.from(canonicalJson({ v: 1, salt, ...facts }), 'utf8');
  if (bytes.length > MAX_ENTRY_BYTES) throw new EntryTooLarge(bytes.length);
  return bytes;
}

/** RFC 6962 section 2.1: SHA-256 over 0x00 and the entry. */
export const leafHash = (entry: Uint8Array): Buffer =>
  createHash('sha256').update(Uint8Array.of(0)).update(entry).digest();

/** SHA-256 (hex) of a value's canonical JSON: stands in the record for something that is kept elsewhere. */
export const digestOf = (value: Json): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
