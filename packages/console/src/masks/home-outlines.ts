// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimGeometry } from '@louver/contract';
import { coveredShares, masksOver, sightOf, type Building, type Sight } from '@louver/sightline';
import type { Ring, XY } from './ring.ts';
import type { NearBuilding } from './wireframe.ts';

/** What shows of one home in the frame, hidden parts left out. */
export interface HomeOutline {
  id: string;
  /** As the page counts homes. */
  number: number;
  rings: readonly Ring[];
  /** Where its number stands: in the middle of its largest part, fractions of the frame. */
  at: XY;
}

/** A home's silhouette falls into few parts; more would be railings and leaves that no map knows. */
const MOST_PARTS = 12;
/** Beyond so many homes a frame shows numbers and nothing else. */
const MOST_HOMES = 40;

export const seeAim = (aim: AimGeometry, near: readonly NearBuilding[]): Sight =>
  sightOf(
    aim,
    near.map((one): Building => ({ ...one, footprint: one.footprint as Building['footprint'] })),
  );

/** @param ids of the homes to outline, in the order in which they are counted from 1 */
export function homeOutlines(sight: Sight, ids: readonly string[]): HomeOutline[] {
  return ids.slice(0, MOST_HOMES).flatMap((id, index) => {
    const rings = masksOver(sight, 0, { homes: new Set([id]), most: MOST_PARTS });
    const [largest] = rings;
    return largest === undefined ? [] : [{ id, number: index + 1, rings, at: middleOf(largest) }];
  });
}

const middleOf = (ring: Ring): XY => {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
};

export interface BareHome {
  id: string;
  number: number;
  /** How much of what shows of it nothing covers, 0…1. */
  bare: number;
}

/** Edges of masks and of maps differ by a pixel: so much may be bare of a home that counts as covered. */
const HAIR = 0.02;

/** Homes that masks leave bare, wholly or in part, the barest first. */
export function bareHomes(sight: Sight, outlines: readonly HomeOutline[], rings: readonly Ring[]): BareHome[] {
  const shares = coveredShares(sight, rings);
  return outlines
    .map(({ id, number }) => ({ id, number, bare: 1 - (shares.get(id) ?? 0) }))
    .filter(({ bare }) => bare > HAIR)
    .toSorted((a, b) => b.bare - a.bare);
}
