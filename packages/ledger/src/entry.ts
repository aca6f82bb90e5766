// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson, type Json } from './canonical-json.ts';
import type { EntryFacts } from './decode-entry.ts';
import { EntryTooLarge, MAX_ENTRY_BYTES } from './max-entry.ts';
import { hashLeaf } from './merkle/hash.ts';

/**
 * The bytes of an entry. A random salt makes the hash of a short text unguessable to whoever sees hashes only.
 * @throws EntryTooLarge above 65,535 bytes
 */
export function encodeEntry(facts: EntryFacts, salt: string = randomBytes(16).toString('base64')): Buffer {
  const { action, actor, at, camera, caseReference, detail, jurisdiction, purpose, role, subject } = facts;
  // In the order in which they are written, which spares sorting them.
  const members = {
    action,
    actor,
    at,
    camera,
    caseReference,
    detail,
    jurisdiction,
    purpose,
    role,
    salt,
    subject,
    v: 1,
  };
  const bytes = Buffer.from(canonicalJson(members), 'utf8');
  if (bytes.length > MAX_ENTRY_BYTES) throw new EntryTooLarge(bytes.length);
  return bytes;
}

/** `hashLeaf` as a Buffer, for whoever stores it. */
export const leafHash = (entry: Uint8Array): Buffer => Buffer.from(hashLeaf(entry));

/** SHA-256 (hex) of a value's canonical JSON: stands in the record for something that is kept elsewhere. */
export const digestOf = (value: Json): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
