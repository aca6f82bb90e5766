// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SizeInvalid } from '../size.ts';
import { parseTilePath, TilePathInvalid, tilePath, tilesBetween } from './tile.ts';

const paths = (from: number, size: number): string[] => [...tilesBetween(from, size)].map(tilePath);

describe('tile paths', () => {
  it.each([
    [0, '000'],
    [67, '067'],
    [999, '999'],
    [1000, 'x001/000'],
    [1067, 'x001/067'],
    [999_999, 'x999/999'],
    [1_000_000, 'x001/x000/000'],
    [1_234_067, 'x001/x234/067'],
    [Number.MAX_SAFE_INTEGER, 'x009/x007/x199/x254/x740/991'],
  ])('of index %i are grouped as %s', (index, expected) => {
    expect(tilePath({ level: 0, index, width: 256 })).toBe(`tile/0/${expected}`);
    expect(tilePath({ level: 'entries', index, width: 112 })).toBe(`tile/entries/${expected}.p/112`);
    expect(parseTilePath(`tile/63/${expected}`)).toEqual({ level: 63, index, width: 256 });
  });

  it('survive formatting and parsing', () => {
    const level = fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 }));
    const tiles = fc.record({ level, index: fc.maxSafeNat(), width: fc.integer({ min: 1, max: 256 }) });
    fc.assert(
      fc.property(tiles, (tile) => {
        expect(parseTilePath(tilePath(tile))).toEqual(tile);
      }),
    );
  });

  it.each([
    'tile/8/0/000',
    'tile/00/000',
    'tile/64/000',
    'tile/0/0',
    'tile/0/1000',
    'tile/0/001/000',
    'tile/0/x000/001',
    'tile/0/x001/x000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/07',
    'tile/0/000.p/',
    'tile/0/x009/x007/x199/x254/x740/992',
    '/tile/0/000',
    'tile/0/000/',
    'tile/0/000\n',
    'tile/entry/000',
    'tile/0/../0/000',
    'tile/0/٠٠٠',
    '',
  ])('are refused when they are %j', (path) => {
    expect(() => parseTilePath(path)).toThrow(TilePathInvalid);
  });

  it('are not made of coordinates that no tile has', () => {
    expect(() => tilePath({ level: 64, index: 0, width: 1 })).toThrow(TilePathInvalid);
    expect(() => tilePath({ level: 0, index: 0, width: 0 })).toThrow(TilePathInvalid);
    expect(() => tilePath({ level: 0, index: 0, width: 257 })).toThrow(TilePathInvalid);
    expect(() => tilePath({ level: 0, index: -1, width: 1 })).toThrow(SizeInvalid);
  });
});

describe('the tiles of a tree', () => {
  it('of 70,000 leaves are 273 full ones and four others', () => {
    const all = paths(0, 70_000);
    expect(all).toHaveLength(273 + 5 - 1);
    expect(all.slice(272)).toEqual([
      'tile/0/272',
      'tile/0/273.p/112',
      'tile/1/000',
      'tile/1/001.p/17',
      'tile/2/000.p/1',
    ]);
  });

  it('of 256 leaves include a level that holds one hash, and never an empty tile', () => {
    expect(paths(0, 256)).toEqual(['tile/0/000', 'tile/1/000.p/1']);
    expect(paths(0, 0)).toEqual([]);
  });

  it('that growth adds leave out what stays the same', () => {
    expect(paths(70_000, 70_001)).toEqual(['tile/0/273.p/113']);
    expect(paths(255, 257)).toEqual(['tile/0/000', 'tile/0/001.p/1', 'tile/1/000.p/1']);
    expect(paths(70_000, 70_000)).toEqual([]);
  });
});
