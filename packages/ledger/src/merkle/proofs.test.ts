// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRIES, fromHex, hex, LEAVES, NODE_2_3, NODE_4_5, ROOT_4_6, ROOTS } from '../published-vectors.ts';
import { SizeInvalid } from '../size.ts';
import { proveConsistency, verifyConsistency } from './consistency.ts';
import { hashLeaf, rootOf } from './hash.ts';
import { proveInclusion, verifyInclusion } from './inclusion.ts';
import { ProofInvalid } from './proof-invalid.ts';
import { consistencySpans, inclusionSpans } from './span.ts';

const sha256 = (...parts: Uint8Array[]): Uint8Array =>
  new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());
const leaves = Array.from({ length: 600 }, (_, i) => sha256(Buffer.from(`leaf ${i}`)));

/** The definitions of RFC 6962 section 2.1, word by word over the leaves from start to end, sharing nothing with the code under test. */
const naive = {
  roots: new Map<string, Uint8Array>(),
  split: (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1),
  root(start: number, end: number): Uint8Array {
    if (start === end) return sha256();
    if (end - start === 1) return leaves[start]!;
    const known = naive.roots.get(`${start}-${end}`);
    if (known) return known;
    const k = start + naive.split(end - start);
    const root = sha256(Uint8Array.of(1), naive.root(start, k), naive.root(k, end));
    naive.roots.set(`${start}-${end}`, root);
    return root;
  },
  path(m: number, start: number, end: number): Uint8Array[] {
    if (end - start === 1) return [];
    const k = naive.split(end - start);
    return m < k
      ? [...naive.path(m, start, start + k), naive.root(start + k, end)]
      : [...naive.path(m - k, start + k, end), naive.root(start, start + k)];
  },
  subproof(m: number, start: number, end: number, known: boolean): Uint8Array[] {
    if (m === end - start) return known ? [] : [naive.root(start, end)];
    const k = naive.split(end - start);
    return m <= k
      ? [...naive.subproof(m, start, start + k, known), naive.root(start + k, end)]
      : [...naive.subproof(m - k, start + k, end, false), naive.root(start, start + k)];
  },
};

const published = ENTRIES.map(hashLeaf);
const rootAt = (size: number): Uint8Array => fromHex(ROOTS[size - 1]!);
const hexes = (hashes: readonly Uint8Array[]): string[] => hashes.map(hex);

const anyTwo = fc
  .tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 600 }))
  .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);
const anyLeaf = fc
  .integer({ min: 1, max: 600 })
  .chain((size) => fc.tuple(fc.integer({ min: 0, max: size - 1 }), fc.constant(size)));

describe('inclusion proofs', () => {
  it.each([
    [2, 3, [ROOTS[1]]],
    [4, 7, [LEAVES[5], LEAVES[6], ROOTS[3]]],
    [6, 7, [NODE_4_5, ROOTS[3]]],
    [0, 7, [LEAVES[1], NODE_2_3, ROOT_4_6]],
    [0, 1, []],
  ])('of leaf %i in %i entries is the published one and verifies', (index, size, expected) => {
    const proof = proveInclusion(published.slice(0, size), index);
    expect(hexes(proof)).toEqual(expected);
    expect(() => verifyInclusion({ leaf: published[index]!, index, size, root: rootAt(size), proof })).not.toThrow();
  });

  it('equal those of the definition, and verify, in random trees of up to 600 leaves', () => {
    fc.assert(
      fc.property(anyLeaf, ([index, size]) => {
        const some = leaves.slice(0, size);
        const proof = proveInclusion(some, index);
        expect(hexes(proof)).toEqual(hexes(naive.path(index, 0, size)));
        verifyInclusion({ leaf: leaves[index]!, index, size, root: rootOf(some), proof });
      }),
    );
  });

  it('are refused when anything about them is changed', () => {
    fc.assert(
      fc.property(anyLeaf, fc.nat(), fc.integer({ min: 1, max: 255 }), ([index, size], where, flip) => {
        const some = leaves.slice(0, size);
        const claim = { leaf: leaves[index]!, index, size, root: rootOf(some), proof: proveInclusion(some, index) };
        const flipped = (hash: Uint8Array): Uint8Array =>
          hash.map((byte, i) => (i === where % hash.length ? byte ^ flip : byte));
        const at = where % Math.max(1, claim.proof.length);
        const wrong = [
          { ...claim, leaf: flipped(claim.leaf) },
          { ...claim, root: flipped(claim.root) },
          { ...claim, proof: [...claim.proof, claim.leaf] },
          { ...claim, leaf: claim.leaf.subarray(1) },
          { ...claim, root: claim.root.subarray(1) },
        ];
        if (claim.proof.length > 0)
          wrong.push(
            { ...claim, proof: claim.proof.with(at, flipped(claim.proof[at]!)) },
            { ...claim, proof: claim.proof.with(at, claim.proof[at]!.subarray(1)) },
            { ...claim, proof: claim.proof.slice(1) },
            { ...claim, index: index === 0 ? 1 : index - 1 },
          );
        for (const claim of wrong) expect(() => verifyInclusion(claim)).toThrow(ProofInvalid);
      }),
    );
  });

  it('do not exist for an index outside the tree', () => {
    for (const [index, size] of [
      [7, 7],
      [0, 0],
      [-1, 7],
      [0.5, 7],
      [Number.NaN, 7],
      [0, 2 ** 53],
    ] as const)
      expect(() => inclusionSpans(index, size)).toThrow(SizeInvalid);
  });
});

describe('consistency proofs', () => {
  it.each([
    [1, 2, [LEAVES[1]]],
    [4, 7, [ROOT_4_6]],
    [3, 7, [LEAVES[2], LEAVES[3], ROOTS[1], ROOT_4_6]],
    [6, 7, [NODE_4_5, LEAVES[6], ROOTS[3]]],
    [7, 7, []],
  ])('from %i to %i entries is the published one and verifies', (oldSize, size, expected) => {
    const proof = proveConsistency(published.slice(0, size), oldSize);
    expect(hexes(proof)).toEqual(expected);
    const claim = { oldSize, oldRoot: rootAt(oldSize), size, root: rootAt(size), proof };
    expect(() => verifyConsistency(claim)).not.toThrow();
  });

  it('equal those of the definition, and verify, between random trees of up to 600 leaves', () => {
    fc.assert(
      fc.property(anyTwo, ([oldSize, size]) => {
        const some = leaves.slice(0, size);
        const proof = proveConsistency(some, oldSize);
        expect(hexes(proof)).toEqual(oldSize === 0 ? [] : hexes(naive.subproof(oldSize, 0, size, true)));
        verifyConsistency({ oldSize, oldRoot: rootOf(leaves.slice(0, oldSize)), size, root: rootOf(some), proof });
      }),
    );
  });

  it('are refused when anything about them is changed', () => {
    fc.assert(
      fc.property(anyTwo, fc.nat(), fc.integer({ min: 1, max: 255 }), ([oldSize, size], where, flip) => {
        const [oldRoot, root] = [rootOf(leaves.slice(0, oldSize)), rootOf(leaves.slice(0, size))];
        const claim = { oldSize, oldRoot, size, root, proof: proveConsistency(leaves.slice(0, size), oldSize) };
        const flipped = (hash: Uint8Array): Uint8Array =>
          hash.map((byte, i) => (i === where % hash.length ? byte ^ flip : byte));
        const at = where % Math.max(1, claim.proof.length);
        const wrong = [
          { ...claim, oldRoot: flipped(oldRoot) },
          { ...claim, proof: [...claim.proof, oldRoot] },
          { ...claim, oldRoot: oldRoot.subarray(1) },
          { ...claim, root: root.subarray(1) },
        ];
        // Any tree continues an empty one.
        if (oldSize > 0) wrong.push({ ...claim, root: flipped(root) });
        if (claim.proof.length > 0)
          wrong.push(
            { ...claim, proof: claim.proof.with(at, flipped(claim.proof[at]!)) },
            { ...claim, proof: claim.proof.with(at, claim.proof[at]!.subarray(1)) },
            { ...claim, proof: claim.proof.slice(1) },
          );
        for (const claim of wrong) expect(() => verifyConsistency(claim)).toThrow(ProofInvalid);
      }),
    );
  });

  it('name a fork of one size and a tree that shrank', () => {
    const [a, b] = [rootAt(6), rootAt(7)];
    const fork = { oldSize: 7, oldRoot: a, size: 7, root: b, proof: [] };
    expect(() => verifyConsistency(fork)).toThrow('two different trees of size 7');
    const shrunk = { oldSize: 7, oldRoot: b, size: 6, root: a, proof: [] };
    expect(() => verifyConsistency(shrunk)).toThrow(SizeInvalid);
    const empty = { oldSize: 0, oldRoot: a, size: 7, root: b, proof: [] };
    expect(() => verifyConsistency(empty)).toThrow('not that of an empty tree');
  });
});

describe('the trees', () => {
  it('have the roots of the definition at every size from 0 to 600', () => {
    for (let size = 0; size <= 600; size++)
      expect(hex(rootOf(leaves.slice(0, size))), `size ${size}`).toBe(hex(naive.root(0, size)));
  });

  it('are split without 32-bit arithmetic', () => {
    const size = 2 ** 40 + 3;
    expect(inclusionSpans(2 ** 40 + 1, size)).toEqual([
      { start: 2 ** 40, end: 2 ** 40 + 1 },
      { start: 2 ** 40 + 2, end: size },
      { start: 0, end: 2 ** 40 },
    ]);
    expect(consistencySpans(2 ** 40, size)).toEqual([{ start: 2 ** 40, end: size }]);
    expect(inclusionSpans(0, Number.MAX_SAFE_INTEGER)).toHaveLength(53);
  });
});
