// SPDX-License-Identifier: AGPL-3.0-or-later
import { JurisdictionPath } from '@louver/contract';
import { expect, it } from 'vitest';
import { areaAt } from './area-at.ts';

const area = (path: string, bbox: [number, number, number, number] | null) => ({
  path: JurisdictionPath.parse(path),
  bbox,
});

it('is the smallest area around a place, and none where no area is', () => {
  const areas = [area('vn', null), area('vn.p66', [0, 0, 10, 10]), area('vn.p66.a', [1, 1, 3, 3])];
  expect(areaAt(areas, { lon: 2, lat: 2 })).toBe('vn.p66.a');
  expect(areaAt(areas, { lon: 5, lat: 5 })).toBe('vn.p66');
  expect(areaAt(areas, { lon: 50, lat: 5 })).toBeUndefined();
});
