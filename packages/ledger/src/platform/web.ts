// SPDX-License-Identifier: AGPL-3.0-or-later
import { PlatformUnsupported } from './unsupported.ts';

export { sha256 } from './sha256.ts';

/**
 * Whether an Ed25519 signature (64 bytes) is that of the raw public key (32 bytes).
 * @throws PlatformUnsupported where WebCrypto is missing (a page neither from https nor localhost) or too old for Ed25519
 */
export async function verifyEd25519(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const subtle = globalThis.crypto?.subtle as typeof globalThis.crypto.subtle | undefined;
  if (!subtle) throw new PlatformUnsupported('WebCrypto is missing: open the page over https');
  try {
    const key = await subtle.importKey('raw', Uint8Array.from(publicKey), 'Ed25519', false, ['verify']);
    return await subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(message));
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'NotSupportedError')
      throw new PlatformUnsupported('this browser knows no Ed25519', { cause });
    // A public key that is no point of the curve: some refuse to import it, others to verify with it.
    if (cause instanceof Error && cause.name === 'DataError') return false;
    throw cause;
  }
}
