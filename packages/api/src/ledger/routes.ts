// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, routes } from '@louver/contract';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { findLeaves, findRecord } from './queries.ts';
import { readLogStatus } from './status.ts';

/** What is said about the log, beside the log itself. */
export function ledgerRoutes(deps: Deps): Router {
  const router = Router();

  router.get(
    routes.readLog.path,
    endpoint(deps, routes.readLog, () => readLogStatus(deps)),
  );

  router.get(
    routes.readReceipt.path,
    endpoint(deps, routes.readReceipt, async ({ tx, params: { seq }, query, record, response }) => {
      const found = await findRecord(tx, seq);
      if (!found) throw new Problem('record-not-found');
      const [leaf] = await findLeaves(tx, [seq]);
      const tlogProof = leaf && (await deps.ledger.prove(leaf.leafIndex, found.digest));
      if (tlogProof === undefined) throw new Problem('record-not-sealed');
      await record({ subject: `record:${seq}`, jurisdiction: found.jurisdiction });
      if (query.download) response.attachment(`louver-record-${seq}.tlog-proof`);
      return Buffer.from(tlogProof, 'utf8');
    }),
  );

  return router;
}
