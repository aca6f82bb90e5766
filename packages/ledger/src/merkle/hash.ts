// SPDX-License-Identifier: AGPL-3.0-or-later
import { sha256 } from '#platform';
import { concatBytes } from '../bytes.ts';
import { MAX_ENTRY_BYTES } from '../max-entry.ts';

/** Bytes of one hash. */
export const HASH_BYTES = 32;

/** Reused: a fresh one per node would be a million small allocations in a verification. */
const scratch = new Uint8Array(1 + 2 * HASH_BYTES);
scratch[0] = 1;

/** Reused for the same reason; whatever a log can hold has room. */
const leafScratch = new Uint8Array(1 + MAX_ENTRY_BYTES);

/** RFC 6962 section 2.1: SHA-256 over 0x00 and the entry. */
export function hashLeaf(entry: Uint8Array): Uint8Array {
  const length = 1 + entry.length;
  const prefixed = length <= leafScratch.length ? leafScratch.subarray(0, length) : new Uint8Array(length);
  prefixed.set(entry, 1);
  return sha256(prefixed);
}

/**
 * RFC 6962 section 2.1: SHA-256 over 0x01 and the two children.
 * @throws TypeError unless both have 32 bytes
 */
export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES) throw new TypeError('a hash has not 32 bytes');
  scratch.set(left, 1);
  scratch.set(right, 1 + HASH_BYTES);
  return sha256(scratch);
}

/** The root of a tree without leaves: SHA-256 of nothing. */
export const emptyRoot = (): Uint8Array => sha256(new Uint8Array(0));

/**
 * The root over hashes that lie end to end, as in a tile. The last one may stand for a smaller subtree than the others.
 * Pairing neighbours and carrying a lone last one up unchanged is RFC 6962's split at the largest power of two.
 */
export function rootOfPacked(hashes: Uint8Array): Uint8Array {
  if (hashes.length % HASH_BYTES !== 0) throw new TypeError(`${hashes.length} bytes are no hashes`);
  let count = hashes.length / HASH_BYTES;
  if (count === 0) return emptyRoot();
  const level = Uint8Array.from(hashes);
  while (count > 1) {
    const pairs = Math.floor(count / 2);
    for (let i = 0; i < pairs; i++) {
      scratch.set(level.subarray(i * 2 * HASH_BYTES, (i * 2 + 2) * HASH_BYTES), 1);
      level.set(sha256(scratch), i * HASH_BYTES);
    }
    if (count % 2 === 1) level.copyWithin(pairs * HASH_BYTES, (count - 1) * HASH_BYTES, count * HASH_BYTES);
    count = pairs + (count % 2);
  }
  return level.slice(0, HASH_BYTES);
}

/** The Merkle tree hash of leaf hashes held in memory. */
export const rootOf = (leafHashes: readonly Uint8Array[]): Uint8Array => rootOfPacked(concatBytes(...leafHashes));
