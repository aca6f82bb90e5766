// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashLeaf, rootOf } from '../merkle/hash.ts';
import { base64, hex, LARGE_ROOTS } from '../published-vectors.ts';
import { numbers } from '../test-log.ts';
import { TileInvalid, type ReadTile } from './read-tile.ts';
import { EMPTY_EDGE, growTree, loadEdge, rootOfEdge } from './right-edge.ts';
import { tilePath, tilesBetween } from './tile.ts';

const leaves = numbers(70_000).map(hashLeaf);
const sha256 = (bytes: Uint8Array | undefined): string => createHash('sha256').update(bytes!).digest('hex');

describe('growing a tree', () => {
  const stored = new Map<string, Uint8Array>();
  let edge = EMPTY_EDGE;
  const roots = new Map<number, string>();
  for (const size of [255, 256, 257, 512, 65_535, 65_536, 65_537, 70_000]) {
    const growth = growTree(edge, leaves.slice(edge.size, size));
    for (const tile of growth.tiles) stored.set(tilePath(tile), tile.bytes);
    edge = growth.edge;
    roots.set(size, base64(rootOfEdge(edge)));
  }
  const readTile: ReadTile = (level, index, width) => stored.get(tilePath({ level, index, width }));

  it('reaches the published roots', () => {
    expect(roots).toEqual(LARGE_ROOTS);
  });

  it('makes the published tiles', () => {
    expect(sha256(stored.get('tile/0/000'))).toBe('b9704a8bfbee2c61185ceb38904a49f3f703c81e194b5b2ccdc254c2bdaaa62b');
    expect(sha256(stored.get('tile/0/273.p/112'))).toBe(
      '4d21244557c976993a9a89bf928a46b5a876585228df279878239fd84489e5a5',
    );
    expect(sha256(stored.get('tile/1/001.p/17'))).toBe(
      'adfaca2731630fe7944a4b98a0f98ef3e98685eafda09e6f81070218fb759ce4',
    );
    expect(hex(stored.get('tile/2/000.p/1')!)).toBe('f025d06ed804859fd274a1bdacadd6e48ea87634aa91e1edb20143f9498cd02b');
    expect(base64(stored.get('tile/2/000.p/1')!)).toBe(LARGE_ROOTS.get(65_536));
  });

  it('is taken up again from the stored tiles', async () => {
    expect(await loadEdge(70_000, readTile)).toEqual(edge);
    expect(rootOfEdge(await loadEdge(65_537, readTile))).toEqual(rootOf(leaves.slice(0, 65_537)));
  });

  it('is taken up from a full tile where the partial one was deleted', async () => {
    const without: ReadTile = (level, index, width) =>
      width < 256 && level === 0 ? undefined : readTile(level, index, width);
    expect(rootOfEdge(await loadEdge(255, without))).toEqual(rootOf(leaves.slice(0, 255)));
  });

  it('refuses a tile that is missing or cut', async () => {
    await expect(loadEdge(300, () => undefined)).rejects.toThrow(TileInvalid);
    await expect(loadEdge(300, () => new Uint8Array(33))).rejects.toThrow('tile/0/001.p/44 has 33 bytes, not 1408');
  });

  it('refuses hashes of another length, which would shift all after them', () => {
    expect(() => growTree(EMPTY_EDGE, [new Uint8Array(31)])).toThrow(TypeError);
  });

  it('gives the same tree in any steps, with exactly the tiles that are new, and leaves the old edge as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 5 }), (steps) => {
        let edge = EMPTY_EDGE;
        const files = new Map<string, string>();
        for (const step of steps) {
          const before = hex(rootOfEdge(edge));
          const growth = growTree(edge, leaves.slice(edge.size, edge.size + step));
          expect(hex(rootOfEdge(edge))).toBe(before);
          expect(growth.tiles.map(tilePath)).toEqual([...tilesBetween(edge.size, edge.size + step)].map(tilePath));
          for (const tile of growth.tiles) {
            expect(tile.bytes).toHaveLength(tile.width * 32);
            files.set(tilePath(tile), hex(tile.bytes));
          }
          edge = growth.edge;
        }
        expect(rootOfEdge(edge)).toEqual(rootOf(leaves.slice(0, edge.size)));
        // A partial tile is the beginning of the tile that it becomes.
        for (const [path, bytes] of files) {
          const full = files.get(path.replace(/\.p\/\d+$/, ''));
          expect(full === undefined || full.startsWith(bytes)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });
});
