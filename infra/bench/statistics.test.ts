// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { median, percentile, shuffled, spread } from './statistics.ts';

const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

it('names values that were measured, the 95th of a hundred for p95', () => {
  expect(percentile(hundred, 95)).toBe(95);
  expect(percentile(hundred, 99)).toBe(99);
  expect(percentile([7], 95)).toBe(7);
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 9])).toBe(3);
  expect(spread([3, 1, 2])).toBe('p50 2, max 3');
});

it('refuses to make a number out of nothing', () => {
  expect(() => percentile([], 95)).toThrow(RangeError);
});

it('shuffles without losing anything', () => {
  expect(shuffled(hundred).toSorted((a, b) => b - a)).toEqual(hundred);
});
