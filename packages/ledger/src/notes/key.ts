// SPDX-License-Identifier: AGPL-3.0-or-later
import { concatBytes, decodeBase64, encodeBase64, encodeUtf8, toHex } from '../bytes.ts';
import { LedgerError } from '../ledger-error.ts';
import { sha256 } from '#platform';

/** Plain note signatures, made by logs, and timestamped cosignatures, made by witnesses. */
export type KeyKind = 'ed25519' | 'cosignature/v1';

const TYPE_BYTES = { ed25519: 0x01, 'cosignature/v1': 0x04 } as const satisfies Record<KeyKind, number>;

/** Whose signatures are believed. Identified by name and ID together: either alone is anybody's to choose. */
export interface VerifierKey {
  readonly name: string;
  /** 8 lower-case hex digits. */
  readonly keyId: string;
  readonly kind: KeyKind;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** A verifier key that is not written as signed-note demands, or of a kind that is not supported. */
export class KeyMalformed extends LedgerError {
  override readonly name = 'KeyMalformed';
}

/** Names stand between spaces in a signature line and between plus signs in a vkey. */
export const isKeyName = (name: string): boolean => /^[^+\p{White_Space}]+$/u.test(name);

/** The first four bytes of SHA-256 over name, LF, type and public key, as 8 hex digits. */
function keyIdOf(name: string, kind: KeyKind, publicKey: Uint8Array): string {
  const hashed = sha256(concatBytes(encodeUtf8(name), Uint8Array.of(0x0a, TYPE_BYTES[kind]), publicKey));
  return toHex(hashed.subarray(0, 4));
}

/** @throws KeyMalformed for a name with a space or plus, or a key that has not 32 bytes */
export function verifierKey(name: string, kind: KeyKind, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new KeyMalformed(`${JSON.stringify(name.slice(0, 100))} is no name of a key`);
  if (publicKey.length !== 32) throw new KeyMalformed(`the public key has ${publicKey.length} bytes, not 32`);
  return { name, kind, publicKey, keyId: keyIdOf(name, kind, publicKey) };
}

/** `<name>+<key ID>+<base64 of type and public key>`. */
export const formatVkey = ({ name, keyId, kind, publicKey }: VerifierKey): string =>
  `${name}+${keyId}+${encodeBase64(concatBytes(Uint8Array.of(TYPE_BYTES[kind]), publicKey))}`;

/**
 * A key from its vkey text, without surrounding white space.
 * @throws KeyMalformed also when the ID is not that of name, type and key
 */
export function parseVkey(vkey: string): VerifierKey {
  const shown = JSON.stringify(vkey.slice(0, 100));
  // Base64 has plus signs of its own, so only the first two separate.
  const [, name, keyId, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(vkey) ?? [];
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (name === undefined || bytes === undefined || bytes.length === 0) throw new KeyMalformed(`${shown} is no vkey`);
  const kind = (Object.keys(TYPE_BYTES) as KeyKind[]).find((kind) => TYPE_BYTES[kind] === bytes[0]);
  if (kind === undefined) throw new KeyMalformed(`${shown} is of type ${bytes[0]}, which is not supported`);
  const key = verifierKey(name, kind, bytes.slice(1));
  if (key.keyId !== keyId) throw new KeyMalformed(`the ID of ${shown} should be ${key.keyId}`);
  return key;
}

export const sameKey = (
  a: { readonly name: string; readonly keyId: string },
  b: { readonly name: string; readonly keyId: string },
): boolean => a.name === b.name && a.keyId === b.keyId;

/**
 * The keys of a file of vkeys, one a line; several while a log changes its key. Empty lines and what follows a # at the
 * beginning of a line are for people. A key that stands there twice counts once.
 * @throws KeyMalformed, naming the line; also for a text without a key
 */
export function parseVkeys(text: string): VerifierKey[] {
  const keys: VerifierKey[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    try {
      const key = parseVkey(line.trim());
      if (!keys.some((other) => sameKey(other, key))) keys.push(key);
    } catch (cause) {
      if (!(cause instanceof KeyMalformed)) throw cause;
      throw new KeyMalformed(`line ${i + 1}: ${cause.message}`, { cause });
    }
  }
  if (keys.length === 0) throw new KeyMalformed('there is no vkey');
  return keys;
}
