// SPDX-License-Identifier: AGPL-3.0-or-later
import { JurisdictionPath } from '@louver/contract';
import { expect, it } from 'vitest';
import { boxOfArea } from './area-box.ts';

const area = (path: string, bbox: [number, number, number, number] | null) => ({
  path: JurisdictionPath.parse(path),
  bbox,
});
const areas = [
  area('vn', null),
  area('vn.p66', null),
  area('vn.p66.a', [1, 2, 3, 4]),
  area('vn.p66.b', [2, 1, 5, 3]),
  area('vn.p67.c', [8, 8, 9, 9]),
];

it('is the area itself', () => {
  expect(boxOfArea(areas, 'vn.p66.b')).toEqual([2, 1, 5, 3]);
});

it('holds all that lies below an area without an outline, and nothing else', () => {
  expect(boxOfArea(areas, 'vn.p66')).toEqual([1, 1, 5, 4]);
  expect(boxOfArea(areas, 'vn.p6')).toBeUndefined();
});

it('holds every area that the account holds before one is chosen', () => {
  expect(boxOfArea(areas, '')).toEqual([1, 1, 9, 9]);
  expect(boxOfArea([], '')).toBeUndefined();
});
