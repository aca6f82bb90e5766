// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, routes, type FindingId } from '@louver/contract';
import type { Tx } from '@louver/db';
import { Router } from 'express';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { commonAncestor } from '../jurisdictions/held.ts';
import { listFindings } from './all-findings.ts';
import { decideFinding } from './decision.ts';
import {
  QueuePlace,
  findAimOfExposures,
  findCurrentRun,
  findFinding,
  findLastRecomputation,
  insertRecomputation,
  listExposures,
  pageOfQueue,
} from './queries.ts';

async function requireFinding(tx: Tx, id: FindingId) {
  const finding = await findFinding(tx, id);
  if (!finding) throw new Problem('finding-not-found');
  return finding;
}

export function exposureRoutes(deps: Deps): Router {
  const router = Router();
  router.get(routes.exposureQueue.path, queue(deps));
  router.get(
    routes.exposureProgress.path,
    endpoint(deps, routes.exposureProgress, async ({ tx }) => ({
      recomputation: (await findLastRecomputation(tx)) ?? null,
    })),
  );
  router.post(routes.recomputeExposures.path, recompute(deps));
  router.get(routes.aimExposures.path, ofAim(deps));
  router.get(routes.listFindings.path, listFindings(deps));
  router.get(
    routes.readFinding.path,
    endpoint(deps, routes.readFinding, ({ tx, params }) => requireFinding(tx, params.findingId)),
  );
  router.post(
    routes.decideFinding.path,
    endpoint(deps, routes.decideFinding, async (context) => {
      const { tx, params, body } = context;
      await decideFinding(deps, context, params.findingId, body);
      return requireFinding(tx, params.findingId);
    }),
  );
  return router;
}

const queue = (deps: Deps) =>
  endpoint(deps, routes.exposureQueue, async ({ tx, query: { limit, cursor, ...filter } }) => {
    const after = cursor === undefined ? undefined : decodeCursor(QueuePlace, cursor);
    const rows = await pageOfQueue(tx, filter, limit + 1, after);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const place: QueuePlace | undefined = last && [last.worstDori, last.worstShare, last.findingId];
    return { items, nextCursor: rows.length > limit && place ? encodeCursor(place) : null };
  });

const recompute = (deps: Deps) =>
  endpoint(deps, routes.recomputeExposures, async ({ tx, actor, record }) => {
    const { id } = await insertRecomputation(tx, actor.accountId, actor.jurisdictions);
    const recomputation = (await findLastRecomputation(tx)) ?? null;
    const detail = { aims: recomputation?.total ?? 0, jurisdictions: [...actor.jurisdictions] };
    await record({ subject: `exposures:${id}`, jurisdiction: commonAncestor(actor.jurisdictions), detail });
    return { recomputation };
  });

const ofAim = (deps: Deps) =>
  endpoint(deps, routes.aimExposures, async ({ tx, params }) => {
    const aim = await findAimOfExposures(tx, params.aimId);
    if (!aim) throw new Problem('aim-not-found');
    const run = await findCurrentRun(tx, params.aimId);
    return { ...aim, run: run ? { ...run, exposures: await listExposures(tx, run.id) } : null };
  });
