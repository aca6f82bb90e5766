// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { JurisdictionPath } from './ids.ts';
import { Actor } from './mask.ts';

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

const ruleFields = {
  /** Remote area of the law on complaints, with its longer periods. */
  remote: z.boolean().nullable(),
  /** Days from the announcement of a planned camera to the first on which it may be live. */
  noticeDays: z.number().int().min(5).max(365).nullable(),
  /** Days of these on which anybody may say something about it. */
  commentDays: z.number().int().min(5).max(365).nullable(),
};

/** Null: as the place above has it. */
export const JurisdictionRulesDraft = z.strictObject({
  ...ruleFields,
  /** The document that says so. */
  reason: z.string().trim().min(3).max(500),
});
export type JurisdictionRulesDraft = z.infer<typeof JurisdictionRulesDraft>;

export const JurisdictionRules = z
  .object({
    path: JurisdictionPath,
    /** What holds for whatever is filed or announced now. */
    inForce: z.object({ remote: z.boolean(), noticeDays: z.number().int(), commentDays: z.number().int() }),
    /** What was stated for this place itself, newest first. */
    stated: z.array(
      z.object({ ...ruleFields, reason: z.string(), since: z.iso.datetime({ offset: true }), by: Actor.nullable() }),
    ),
  })
  .meta({ id: 'JurisdictionRules' });
export type JurisdictionRules = z.infer<typeof JurisdictionRules>;

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
