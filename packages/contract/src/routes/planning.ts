// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { Latitude, Longitude } from '../geo.ts';
import { MOST_SURROUNDING_METRES, Surroundings } from '../planning.ts';
import { route } from '../route.ts';

export const planningRoutes = {
  readSurroundings: route({
    method: 'GET',
    path: '/planning/surroundings',
    summary: 'What a planned camera is measured with: buildings around a place, and the rule in force',
    action: 'camera.create',
    query: z.strictObject({
      lon: z.coerce.number().pipe(Longitude),
      lat: z.coerce.number().pipe(Latitude),
      range: z.coerce.number().min(1).max(MOST_SURROUNDING_METRES),
    }),
    status: 200,
    response: Surroundings,
    problems: ['request-invalid'],
  }),
};
