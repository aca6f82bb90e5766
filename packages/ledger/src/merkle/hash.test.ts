// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { EMPTY_ROOT, ENTRIES, hex, LEAVES, ROOTS, base64, LARGE_ROOTS } from '../published-vectors.ts';
import { numbers } from '../test-log.ts';
import { emptyRoot, hashLeaf, hashNode, rootOf } from './hash.ts';

describe('hashing (RFC 6962)', () => {
  it('gives the published leaf hashes', () => {
    expect(ENTRIES.map(hashLeaf).map(hex)).toEqual(LEAVES);
  });

  it('gives the published roots of the first entries, and of none', () => {
    const leaves = ENTRIES.map(hashLeaf);
    expect(ROOTS.map((_, i) => hex(rootOf(leaves.slice(0, i + 1))))).toEqual(ROOTS);
    expect(hex(rootOf([]))).toBe(EMPTY_ROOT);
    expect(hex(emptyRoot())).toBe(EMPTY_ROOT);
  });

  it('gives the published roots of 255, 256, 257 and 512 numbered entries', () => {
    const leaves = numbers(512).map(hashLeaf);
    for (const size of [255, 256, 257, 512])
      expect(base64(rootOf(leaves.slice(0, size))), `size ${size}`).toBe(LARGE_ROOTS.get(size));
  });

  it('keeps leaves and nodes apart, so that no entry can pass for a subtree', () => {
    const [a, b] = ENTRIES.slice(1, 3).map(hashLeaf) as [Uint8Array, Uint8Array];
    expect(hashLeaf(Buffer.concat([a, b]))).not.toEqual(hashNode(a, b));
  });
});
