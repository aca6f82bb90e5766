// SPDX-License-Identifier: AGPL-3.0-or-later
import { MOST_SURROUNDING_METRES, routes } from '@louver/contract';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { Place } from '../cameras/edit/camera-mark.ts';

/** A place in steps of about a hundred metres, so that a camera that is dragged asks once and not at every metre. */
const STEP_DEG = 0.001;
/** From the middle of a step to its corner it is less than this, wherever on earth. */
const WITHIN_STEP_M = 80;
const RADIUS_STEP_M = 250;

export const MOST_RANGE_METRES = MOST_SURROUNDING_METRES - WITHIN_STEP_M;

const stepped = (degrees: number): number => Number((Math.round(degrees / STEP_DEG) * STEP_DEG).toFixed(3));

export interface Asked {
  readonly lon: number;
  readonly lat: number;
  readonly range: number;
}

/** What to ask for so that everything within `range` metres of the place is in the answer. */
export const askedFor = ({ lon, lat }: Place, range: number): Asked => ({
  lon: stepped(lon),
  lat: stepped(lat),
  range: Math.min(MOST_SURROUNDING_METRES, Math.ceil((range + WITHIN_STEP_M) / RADIUS_STEP_M) * RADIUS_STEP_M),
});

export const surroundingsQuery = (asked: Asked | undefined) =>
  queryOptions({
    queryKey: ['surroundings', asked],
    queryFn: async ({ signal }) => ({
      asked: asked!,
      ...(await call(routes.readSurroundings, { query: { ...asked! } }, { signal })),
    }),
    enabled: asked !== undefined,
    staleTime: 5 * 60_000,
    // Comparing thousands of footprints with the last ones would cost more than measuring.
    structuralSharing: false,
    placeholderData: (previous) => previous,
  });
