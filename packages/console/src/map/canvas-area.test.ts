// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { uncovered, viewFirst, type Area } from './canvas-area.ts';

const WIDTH = 30;
const HEIGHT = 20;

/** How often each pixel is drawn. */
function drawn(areas: readonly Area[]): number[] {
  const counts = Array.from({ length: WIDTH * HEIGHT }, () => 0);
  for (const { x, y, width, height } of areas)
    for (let row = y; row < y + height; row++)
      for (let column = x; column < x + width; column++) counts[row * WIDTH + column]!++;
  return counts;
}

describe('what a moved picture leaves empty', () => {
  it.each([
    [4, 3],
    [-4, 3],
    [4, -3],
    [-4, -3],
    [0, 5],
    [-6, 0],
  ])('is drawn once, and nothing that is still there, when it was moved by %i and %i', (x, y) => {
    const counts = drawn(uncovered({ x, y }, WIDTH, HEIGHT));
    for (let row = 0; row < HEIGHT; row++)
      for (let column = 0; column < WIDTH; column++) {
        const kept = column - x >= 0 && column - x < WIDTH && row - y >= 0 && row - y < HEIGHT;
        expect(counts[row * WIDTH + column]).toBe(kept ? 0 : 1);
      }
  });
});

describe('what is drawn anew', () => {
  const whole = { x: 0, y: 0, width: WIDTH, height: HEIGHT };

  it('is drawn everywhere exactly once, what is in view first', () => {
    const parts = viewFirst(whole, { x: 5, y: 4 });
    expect(parts[0]).toEqual({ x: 5, y: 4, width: 20, height: 12 });
    expect(new Set(drawn(parts))).toEqual(new Set([1]));
  });

  it('is drawn in one go where there is no margin or nothing but margin', () => {
    expect(viewFirst(whole, { x: 0, y: 0 })).toEqual([whole]);
    expect(viewFirst(whole, { x: 15, y: 4 })).toEqual([whole]);
  });
});
