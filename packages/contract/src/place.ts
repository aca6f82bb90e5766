// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { JurisdictionPath } from './ids.ts';

export const Jurisdiction = z
  .object({
    path: JurisdictionPath,
    name: z.string(),
    nameEn: z.string().nullable(),
    kind: z.enum(['country', 'province', 'commune']),
    /** west, south, east, north; null while the boundary is not known. */
    bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
    cameras: z.number().int(),
  })
  .meta({ id: 'Jurisdiction' });
export type Jurisdiction = z.infer<typeof Jurisdiction>;

/** Uses that the map tells apart; whether a use counts as a home is decided by the table in `homes.ts`. */
export const BuildingUse = z.enum([
  'house',
  'apartments',
  'shop-house',
  'dormitory',
  'hotel',
  'office',
  'retail',
  'industrial',
  'school',
  'hospital',
  'worship',
  'public',
  'police',
  'transport',
  'outbuilding',
  'unknown',
]);
export type BuildingUse = z.infer<typeof BuildingUse>;

/** A place that the command palette can fly to. */
export const Place = z
  .object({ kind: z.enum(['street', 'jurisdiction']), name: z.string(), location: z.tuple([z.number(), z.number()]) })
  .meta({ id: 'Place' });
export type Place = z.infer<typeof Place>;
