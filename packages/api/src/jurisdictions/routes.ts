// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes } from '@louver/contract';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { heldJurisdictions } from './queries.ts';
import { addRulesRoutes } from './rules-routes.ts';

export function jurisdictionRoutes(deps: Deps): Router {
  const router = Router();
  router.get(
    '/jurisdictions',
    endpoint(deps, routes.listJurisdictions, async ({ tx }) => ({ items: await heldJurisdictions(tx) })),
  );
  addRulesRoutes(deps, router);
  return router;
}
