// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, routes, type JurisdictionPath, type JurisdictionRules } from '@louver/contract';
import type { Tx } from '@louver/db';
import type { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { requireHeld } from './held.ts';
import { insertRules, placeExists, rulesInForce, rulesStated } from './rules-queries.ts';

/** What holds in a place and is not the same everywhere: said by its administrator, with the document that says so. */
export function addRulesRoutes(deps: Deps, router: Router): void {
  router.get(
    routes.readJurisdictionRules.path,
    endpoint(deps, routes.readJurisdictionRules, async ({ tx, params, actor }) => {
      requireHeld(actor, params.path);
      return rulesOf(tx, params.path);
    }),
  );
  router.put(
    routes.putJurisdictionRules.path,
    endpoint(deps, routes.putJurisdictionRules, async ({ tx, params, body, actor, record }) => {
      const { path } = params;
      requireHeld(actor, path);
      const { inForce: before } = await rulesOf(tx, path);
      await insertRules(tx, path, actor.accountId, body);
      const after = await rulesOf(tx, path);
      const { reason, ...stated } = body;
      await record({ subject: path, jurisdiction: path, detail: { stated, before, after: after.inForce, reason } });
      return after;
    }),
  );
}

async function rulesOf(tx: Tx, path: JurisdictionPath): Promise<JurisdictionRules> {
  if (!(await placeExists(tx, path))) throw new Problem('jurisdiction-not-found');
  return { path, inForce: await rulesInForce(tx, path), stated: await rulesStated(tx, path) };
}
