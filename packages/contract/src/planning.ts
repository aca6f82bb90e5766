// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { ExposureRules } from './exposure.ts';

/** How far around a planned camera is looked, at most, in metres. */
export const MOST_SURROUNDING_METRES = 1500;

/** A building as geometry needs it: nothing of who lives there, and no name. */
export const SurroundingBuilding = z.object({
  id: z.uuid(),
  /** What the map's source calls it. */
  sourceId: z.string(),
  home: z.boolean(),
  /** Metres above the ground, as is minHeight. */
  height: z.number(),
  minHeight: z.number(),
  footprint: z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.unknown()) }),
});
export type SurroundingBuilding = z.infer<typeof SurroundingBuilding>;

/** What a plan is measured with: the buildings around a place, nearest first, and the rule by which it will be judged. */
export const Surroundings = z
  .object({
    buildings: z.array(SurroundingBuilding),
    /** Metres around the asked place within which every building is in the list; less than the asked range where there are too many. */
    coveredMetres: z.number(),
    policyVersion: z.number().int(),
    rules: ExposureRules,
  })
  .meta({ id: 'Surroundings' });
export type Surroundings = z.infer<typeof Surroundings>;
