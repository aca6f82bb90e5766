// SPDX-License-Identifier: AGPL-3.0-or-later
import type { MaskPolygons } from '@louver/contract';
import type { EnforcedSet, MaskSetInForce, Standing } from './queries.ts';

/** Masks whose polygons were read and found to be what they claim. */
export interface Drawn {
  readonly masks: MaskSetInForce | EnforcedSet;
  readonly polygons: MaskPolygons;
}

/** What is to lie over the picture. */
export const shownOf = (standing: Standing | null | undefined) => standing?.enforced ?? standing?.masks ?? undefined;
export const isSame = (a: Drawn['masks'] | undefined, b: Drawn['masks'] | undefined): boolean =>
  a?.id === b?.id && a?.digest === b?.digest;
