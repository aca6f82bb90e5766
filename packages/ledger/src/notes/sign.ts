// SPDX-License-Identifier: AGPL-3.0-or-later
import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { formatCheckpoint, type Checkpoint } from './checkpoint.ts';
import { cosignedBytes, joinCosignature } from './cosignature.ts';
import { KeyMalformed, verifierKey, type KeyKind, type VerifierKey } from './key.ts';
import { formatNote, formatSignature, requireText, signedBytes, type NoteSignature } from './note.ts';

/** A private key and the name it signs under. */
export interface Signer {
  readonly key: VerifierKey;
  readonly privateKey: KeyObject;
}

/**
 * A signer from an Ed25519 private key (PKCS8 PEM, or a KeyObject).
 * @throws KeyMalformed for another algorithm or a name that no key may have
 */
export function signerOf(name: string, kind: KeyKind, key: KeyObject | string): Signer {
  const privateKey = typeof key === 'string' ? createPrivateKey(key) : key;
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new KeyMalformed(`the private key of ${name} is not Ed25519`);
  const { x } = createPublicKey(privateKey.export({ type: 'pkcs8', format: 'pem' })).export({ format: 'jwk' });
  return { key: verifierKey(name, kind, Buffer.from(x!, 'base64url')), privateKey };
}

/** @throws KeyMalformed for a witness's key: what it signs has a time; NoteMalformed for a text that does not end in LF */
export function signNote(text: string, signers: readonly Signer[]): string {
  requireText(text);
  const signatures = signers.map(({ key, privateKey }): NoteSignature => {
    if (key.kind !== 'ed25519') throw new KeyMalformed(`${key.name} signs cosignatures only`);
    return { name: key.name, keyId: key.keyId, signature: sign(null, signedBytes({ text }), privateKey) };
  });
  return formatNote({ text, signatures });
}

/** A signed checkpoint; several signers while keys rotate. */
export const signCheckpoint = (checkpoint: Omit<Checkpoint, 'extensions'>, signers: readonly Signer[]): string =>
  signNote(formatCheckpoint(checkpoint), signers);

/**
 * The signature line with which a witness answers for the text of a checkpoint.
 * @throws KeyMalformed for a log's key
 */
export function cosign(text: string, { key, privateKey }: Signer, timeSeconds: number): string {
  requireText(text);
  if (key.kind !== 'cosignature/v1') throw new KeyMalformed(`${key.name} does not sign cosignatures`);
  const ed25519 = sign(null, cosignedBytes(text, timeSeconds), privateKey);
  return formatSignature({ name: key.name, keyId: key.keyId, signature: joinCosignature(timeSeconds, ed25519) });
}
