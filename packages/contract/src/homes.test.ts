// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { OSM_BUILDING_USE, isHome, useOfText } from './homes.ts';
import { BuildingUse } from './place.ts';

it('says of every use on the map whether somebody lives there', () => {
  const homes = BuildingUse.options.filter(isHome);
  expect(homes).toEqual(['house', 'apartments', 'shop-house', 'dormitory', 'unknown']);
});

it('reads uses of its own and of OSM, and takes for a home what it does not know', () => {
  expect([useOfText('villa'), useOfText('office'), useOfText('supermarket')]).toEqual(['house', 'office', 'retail']);
  for (const text of ['yes', 'hut', 'constructor', '']) expect(isHome(useOfText(text))).toBe(true);
  expect(Object.keys(OSM_BUILDING_USE).length).toBeGreaterThan(40);
});
