// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { AREA_ZOOM, MOST_AREAS, tilesOver } from './home-tile.ts';

it('covers a ward with whole areas', () => {
  const tiles = tilesOver([108.04, 12.67, 108.06, 12.69]);
  expect(tiles.length).toBeGreaterThan(0);
  expect(new Set(tiles.map(([z]) => z))).toEqual(new Set([AREA_ZOOM]));
  const side = 360 / 2 ** AREA_ZOOM;
  const xs = tiles.map(([, x]) => x * side - 180);
  expect(Math.min(...xs)).toBeLessThanOrEqual(108.04);
  expect(Math.max(...xs) + side).toBeGreaterThanOrEqual(108.06);
});

it('takes coarser areas for a large one, never many fine ones', () => {
  const tiles = tilesOver([107, 12, 109, 14]);
  expect(tiles.length).toBeLessThanOrEqual(MOST_AREAS);
  expect(tiles[0]![0]).toBeLessThan(AREA_ZOOM);
});
