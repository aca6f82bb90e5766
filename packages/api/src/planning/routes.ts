// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes } from '@louver/contract';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { buildingsAround, ruleInForce } from './queries.ts';

/** As many as a browser measures while a camera is dragged. The densest square kilometre of Hà Nội has some 8,000. */
const MOST_BUILDINGS = 8000;

export function planningRoutes(deps: Deps): Router {
  const router = Router();
  router.get(
    routes.readSurroundings.path,
    endpoint(deps, routes.readSurroundings, async ({ tx, query }) => {
      const found = await buildingsAround(tx, query, MOST_BUILDINGS);
      const left = found[MOST_BUILDINGS];
      const { policyVersion, rules } = await ruleInForce(tx);
      return {
        buildings: found.slice(0, MOST_BUILDINGS).map(({ metres: _metres, ...building }) => building),
        coveredMetres: left === undefined ? query.range : left.metres,
        policyVersion,
        rules,
      };
    }),
  );
  return router;
}
