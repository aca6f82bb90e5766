// SPDX-License-Identifier: AGPL-3.0-or-later
import { isHome } from '@louver/contract';
import { type Point2, contains, isSimple } from '@louver/sightline';
import { describe, expect, it } from 'vitest';
import { demoCity } from '../city/demo-city.ts';
import { homeMasks } from './home-masks.ts';
import { visibleBuildings } from './still.ts';

const city = demoCity();
const homes = city.cameras.filter((c) => c.streaming === 'homes').slice(0, 3);

describe('homeMasks', () => {
  it.each(homes)(
    'covers every home that $code shows, with simple polygons inside the frame',
    { timeout: 60_000 },
    ({ aim }) => {
      const masks = homeMasks(aim, city);
      expect(masks.length).toBeGreaterThan(4);
      for (const mask of masks) {
        expect(mask.length).toBeGreaterThanOrEqual(3);
        expect(mask.length).toBeLessThanOrEqual(16);
        expect(isSimple(mask)).toBe(true);
        expect(mask.flat().every((x) => x >= 0 && x <= 1)).toBe(true);
      }
      const { ids, buildingIds } = visibleBuildings(aim, city);
      const isHomeId = new Set(city.buildings.filter(({ use }) => isHome(use)).map((b) => b.id));
      const pixels = new Map<number, number>();
      for (const id of ids) pixels.set(id, (pixels.get(id) ?? 0) + 1);
      let bare = 0;
      for (let i = 0; i < ids.length; i += 37) {
        const id = ids[i] ?? -1;
        if (id < 0 || (pixels.get(id) ?? 0) < 60 || !isHomeId.has(buildingIds[id] ?? '')) continue;
        const at: Point2 = [((i % 1280) + 0.5) / 1280, (Math.floor(i / 1280) + 0.5) / 720];
        if (!masks.some((mask) => contains(mask, at))) bare++;
      }
      expect(bare).toBe(0);
    },
  );
});
