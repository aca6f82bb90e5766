// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proveConsistency, verifyConsistency } from '../merkle/consistency.ts';
import { hashLeaf, rootOf } from '../merkle/hash.ts';
import { proveInclusion, verifyInclusion } from '../merkle/inclusion.ts';
import { SizeInvalid } from '../size.ts';
import { filesOf, numbers, readerOf } from '../test-log.ts';
import { proveConsistencyFromTiles, proveInclusionFromTiles } from './proofs.ts';
import { TileInvalid, type ReadTile } from './read-tile.ts';

const leaves = numbers(70_000).map(hashLeaf);
const files = filesOf(numbers(70_000));
const readTile = readerOf(files);

/** Proofs for an older size need its tiles: what is not stored is cut from the later tile, as a server would. */
const readAny: ReadTile = async (level, index, width) =>
  [256, 112, 17, 1]
    .map((longer) => readTile(level, index, longer) as Uint8Array | undefined)
    .find((bytes) => bytes !== undefined && bytes.length >= width * 32)
    ?.subarray(0, width * 32);

describe('proofs from tiles', () => {
  it('of inclusion have 17 hashes in 70,000 leaves, and verify', async () => {
    const proof = await proveInclusionFromTiles(readTile, 12_345, 70_000);
    expect(proof).toHaveLength(17);
    const claim = { leaf: leaves[12_345]!, index: 12_345, size: 70_000, root: rootOf(leaves), proof };
    expect(() => verifyInclusion(claim)).not.toThrow();
    expect(() => verifyInclusion({ ...claim, index: 12_346 })).toThrow('does not lead from leaf 12346');
  });

  it('of consistency from 65,537 to 70,000 leaves have 15 hashes, and verify', async () => {
    const proof = await proveConsistencyFromTiles(readTile, 65_537, 70_000);
    expect(proof).toHaveLength(15);
    const oldRoot = rootOf(leaves.slice(0, 65_537));
    const claim = { oldSize: 65_537, oldRoot, size: 70_000, root: rootOf(leaves), proof };
    expect(() => verifyConsistency(claim)).not.toThrow();
    expect(() => verifyConsistency({ ...claim, oldSize: 65_538 })).toThrow('the proof');
  });

  it('are those made from all leaves, between any sizes', async () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 1500 }), fc.nat(), fc.nat());
    await fc.assert(
      fc.asyncProperty(sizes, async ([size, a, b]) => {
        const some = leaves.slice(0, size);
        expect(await proveInclusionFromTiles(readAny, a % size, size)).toEqual(proveInclusion(some, a % size));
        expect(await proveConsistencyFromTiles(readAny, b % size, size)).toEqual(proveConsistency(some, b % size));
      }),
      { numRuns: 60 },
    );
  });

  it('read each tile once', async () => {
    const asked: string[] = [];
    const counting: ReadTile = (level, index, width) => {
      asked.push(`${level}/${index}/${width}`);
      return readTile(level, index, width);
    };
    await proveInclusionFromTiles(counting, 12_345, 70_000);
    expect(asked.toSorted()).toEqual(['0/273/112', '0/48/256', '1/0/256', '1/1/17']);
  });

  it('fail by name when a tile is missing, and for what is not in the tree', async () => {
    await expect(proveInclusionFromTiles(() => undefined, 0, 2)).rejects.toThrow(TileInvalid);
    await expect(proveInclusionFromTiles(readTile, 70_000, 70_000)).rejects.toThrow(SizeInvalid);
    await expect(proveConsistencyFromTiles(readTile, 70_001, 70_000)).rejects.toThrow(SizeInvalid);
  });
});
