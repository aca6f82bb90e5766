// SPDX-License-Identifier: AGPL-3.0-or-later
import { BuildingUse, OSM_BUILDING_USE, isHome } from '@louver/contract';
import { isHome as isHomeInSight } from '@louver/sightline';
import { expect, it } from 'vitest';

// Geometry imports nothing, so it has a list of its own: a building must not be a home to one and none to the other.
it.each(BuildingUse.options)('the inventory and geometry agree on whether a building of use "%s" is a home', (use) => {
  expect(isHomeInSight({ use })).toBe(isHome(use));
});

it.each(Object.entries(OSM_BUILDING_USE))('they agree on OSM building=%s', (tag, use) => {
  expect(isHomeInSight({ use: tag })).toBe(isHome(use));
});
