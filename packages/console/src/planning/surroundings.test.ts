// SPDX-License-Identifier: AGPL-3.0-or-later
import { MOST_SURROUNDING_METRES } from '@louver/contract';
import { localFrame } from '@louver/sightline';
import { expect, it } from 'vitest';
import { MOST_RANGE_METRES, askedFor } from './surroundings.ts';

it('asks for the same while a camera is dragged some metres, and for enough', () => {
  expect(askedFor({ lon: 108.0501, lat: 12.6801 }, 50)).toEqual(askedFor({ lon: 108.0498, lat: 12.6799 }, 50));
  for (const [lon, lat] of [
    [108.0505, 12.6805],
    [106.70049, 10.77951],
    [0.0004999, 0.0004999],
  ] as const) {
    for (const range of [10, 170, 200, MOST_RANGE_METRES]) {
      const asked = askedFor({ lon, lat }, range);
      const off = Math.hypot(...localFrame({ lon, lat }).toLocal([asked.lon, asked.lat]));
      expect(asked.range).toBeGreaterThanOrEqual(range + off);
      expect(asked.range).toBeLessThanOrEqual(MOST_SURROUNDING_METRES);
    }
  }
});
