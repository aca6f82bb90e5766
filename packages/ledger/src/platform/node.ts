// SPDX-License-Identifier: AGPL-3.0-or-later
import { createPublicKey, hash, verify } from 'node:crypto';

/** SHA-256 of bytes, 32 bytes. No Buffer, whose slice() and toString() differ from what the other platform gives. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset, length } = hash('sha256', bytes, 'buffer');
  return new Uint8Array(buffer, byteOffset, length);
}

/** Whether an Ed25519 signature (64 bytes) is that of the raw public key (32 bytes). */
export async function verifyEd25519(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const x = Buffer.from(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, message, key, signature);
}
