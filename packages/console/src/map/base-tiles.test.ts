// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { keyOf, LastUsed, PIECE, piecesOver, standIns, wrapped } from './base-tiles.ts';

const keys = (pieces: readonly { zoom: number; x: number; y: number }[]) => pieces.map(keyOf);

describe('the pieces of a view', () => {
  it('cover it, and nothing beside it', () => {
    const view = { x: 3 * PIECE - 1, y: 7 * PIECE, width: PIECE + 2, height: PIECE };
    expect(keys(piecesOver(view, 10)).toSorted()).toEqual(['10/2/7', '10/3/7', '10/4/7']);
  });

  it('begin in the middle, where somebody looks', () => {
    const view = { x: 0.4 * PIECE, y: 10 * PIECE, width: 4.2 * PIECE, height: 3 * PIECE };
    expect(keyOf(piecesOver(view, 12)[0]!)).toBe('12/2/11');
  });

  it('end at the poles', () => {
    const world = piecesOver({ x: 0, y: -PIECE, width: 10, height: 20 * PIECE }, 4);
    expect(world.map(({ y }) => y)).toEqual(expect.arrayContaining([0, 7]));
    expect(world).toHaveLength(8);
  });

  it('are the same once around the world', () => {
    expect(wrapped({ zoom: 4, x: -1, y: 2 })).toEqual({ zoom: 4, x: 7, y: 2 });
    expect(wrapped({ zoom: 4, x: 8, y: 2 })).toEqual({ zoom: 4, x: 0, y: 2 });
  });
});

describe('what stands in for a piece', () => {
  it('lies over exactly that piece when it is a quarter of it, and around it when it is larger', () => {
    const [quarters, ...wholes] = standIns({ zoom: 14, x: 101, y: 60 });
    expect(keys(quarters!)).toEqual(['15/202/120', '15/203/120', '15/202/121', '15/203/121']);
    expect(wholes.map((each) => keys(each))).toEqual([['13/50/30'], ['12/25/15'], ['11/12/7']]);
  });

  it('is never larger than the world', () => {
    expect(
      standIns({ zoom: 2, x: 1, y: 1 })
        .flat()
        .map(({ zoom }) => zoom),
    ).not.toContain(0);
  });
});

describe('LastUsed', () => {
  it('lets go of what was not used for the longest time, once', () => {
    const gone: number[] = [];
    const kept = new LastUsed<number>(2, (value) => gone.push(value));
    kept.set('a', 1);
    kept.set('b', 2);
    kept.get('a');
    kept.set('c', 3);
    expect(gone).toEqual([2]);
    expect(['a', 'b', 'c'].filter((key) => kept.has(key))).toEqual(['a', 'c']);
  });

  it('lets go of what is replaced, and of everything at the end', () => {
    const gone: number[] = [];
    const kept = new LastUsed<number>(5, (value) => gone.push(value));
    kept.set('a', 1);
    kept.set('a', 2);
    kept.set('b', 3);
    kept.clear();
    expect(gone).toEqual([1, 2, 3]);
    expect(kept.get('a')).toBeUndefined();
  });
});
