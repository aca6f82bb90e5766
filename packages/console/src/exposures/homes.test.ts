// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimExposures, FlaggedHome } from '@louver/contract';
import { expect, it } from 'vitest';
import { countedHomes, nearestOf } from './homes.ts';

const home = (buildingId: string, distanceMetres: number): FlaggedHome => ({
  ...{ buildingId, distanceMetres, frameShare: 0.1, pixelsPerMetre: 130, dori: 'recognise' },
  ...{ facadeMetres: distanceMetres, breaches: ['dori'], coveredShare: 0 },
});
const seen = (buildingId: string, distanceMetres: number) => ({
  ...home(buildingId, distanceMetres),
  ...{ sourceId: `s-${buildingId}`, name: null, use: 'house' },
});
const run = { exposures: [seen('a', 30), seen('b', 5), seen('c', 9)] } as unknown as NonNullable<AimExposures['run']>;

it('counts flagged homes first, and names all of them by the measurement', () => {
  const counted = countedHomes({ flagged: [home('b', 5), home('gone', 4)] }, run);
  expect(counted.map(({ number, buildingId, sourceId, flagged }) => [number, buildingId, sourceId, !!flagged])).toEqual(
    [
      [1, 'b', 's-b', true],
      [2, 'gone', null, true],
      [3, 'a', 's-a', false],
      [4, 'c', 's-c', false],
    ],
  );
});

it('the nearest is nearest whatever the order, and nothing is nowhere near', () => {
  expect(nearestOf(run.exposures)).toBe(5);
  expect(nearestOf([])).toBe(Number.POSITIVE_INFINITY);
});
