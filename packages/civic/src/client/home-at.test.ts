// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import type { Home } from '../my-home/home-tile.ts';
import { homeAt } from './home-at.ts';

const square = (lon: number, lat: number, size: number) =>
  [
    [lon, lat],
    [lon + size, lat],
    [lon + size, lat + size],
    [lon, lat + size],
    [lon, lat],
  ] as const;
const house: Home = [[square(108.05, 12.68, 0.0001)], [], 0];
const court: Home = [[square(108.051, 12.68, 0.0004), square(108.0511, 12.6801, 0.0002)], [], 3];

it('is the home under the thumb', () => {
  expect(homeAt([court, house], [108.05005, 12.68005], 5)).toBe(house);
});

it('is the nearest one when the thumb misses by little, and none when it misses by much', () => {
  expect(homeAt([court, house], [108.04997, 12.68005], 5)).toBe(house);
  expect(homeAt([court, house], [108.0495, 12.68005], 5)).toBeUndefined();
});

it('is not the one around a courtyard', () => {
  expect(homeAt([court], [108.0512, 12.6802], 1)).toBeUndefined();
});
