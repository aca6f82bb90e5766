// SPDX-License-Identifier: AGPL-3.0-or-later
import { verifyEd25519 } from '#platform';
import { LedgerError } from '../ledger-error.ts';
import { cosignedBytes, splitCosignature } from './cosignature.ts';
import { sameKey, type VerifierKey } from './key.ts';
import { signedBytes, type Note, type NoteSignature } from './note.ts';

/** No signature is by a trusted key, or one that claims to be is wrong. */
export class SignatureInvalid extends LedgerError {
  override readonly name = 'SignatureInvalid';
}

/** A signature line that a trusted key has verifiably made. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  readonly signature: NoteSignature;
  /** POSIX seconds, of a cosignature only. */
  readonly time?: number;
}

/**
 * The signatures that the keys have made. Lines of unknown keys are ignored: so keys rotate and witnesses are added.
 * @throws SignatureInvalid if a known key's signature is wrong, or there is none of a known key
 */
export async function verifySignatures(note: Note, keys: readonly VerifierKey[]): Promise<VerifiedSignature[]> {
  const verified: VerifiedSignature[] = [];
  for (const signature of note.signatures) {
    const known = keys.filter((key) => sameKey(key, signature));
    if (known.length > 1) throw new SignatureInvalid(`two trusted keys are ${known[0]!.name}+${known[0]!.keyId}`);
    for (const key of known) verified.push(await verifyOne(note, key, signature));
  }
  if (verified.length === 0) throw new SignatureInvalid('no signature is by a trusted key');
  return verified;
}

async function verifyOne(note: Note, key: VerifierKey, signature: NoteSignature): Promise<VerifiedSignature> {
  const wrong = new SignatureInvalid(`the signature of ${key.name}+${key.keyId} is wrong`);
  const timed = key.kind === 'cosignature/v1' ? splitCosignature(signature.signature) : undefined;
  if (key.kind === 'cosignature/v1' && !timed) throw wrong;
  const message = timed ? cosignedBytes(note.text, timed.time) : signedBytes(note);
  const bytes = timed ? timed.ed25519 : signature.signature;
  if (bytes.length !== 64 || !(await verifyEd25519(key.publicKey, message, bytes))) throw wrong;
  return timed ? { key, signature, time: timed.time } : { key, signature };
}
