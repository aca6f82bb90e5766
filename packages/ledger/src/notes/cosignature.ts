// SPDX-License-Identifier: AGPL-3.0-or-later
import { concatBytes, encodeUtf8 } from '../bytes.ts';
import { requireSize } from '../size.ts';

/** Bytes that a witness signs: a header of its own, so that no log key's signature can pass for a cosignature. */
export const cosignedBytes = (text: string, time: number): Uint8Array =>
  encodeUtf8(`cosignature/v1\ntime ${time}\n${text}`);

/** The timestamped signature as it follows the key ID: seconds as a big-endian uint64, then 64 bytes. */
export function joinCosignature(time: number, ed25519: Uint8Array): Uint8Array {
  requireSize(time, 'time');
  const seconds = new Uint8Array(8);
  new DataView(seconds.buffer).setBigUint64(0, BigInt(time));
  return concatBytes(seconds, ed25519);
}

/** Undefined for another length, and for times beyond 2^53 - 1, which no clock will show. */
export function splitCosignature(bytes: Uint8Array): { time: number; ed25519: Uint8Array } | undefined {
  if (bytes.length !== 72) return undefined;
  const time = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
  return Number.isSafeInteger(time) ? { time, ed25519: bytes.subarray(8) } : undefined;
}
