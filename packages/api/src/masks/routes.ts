// SPDX-License-Identifier: AGPL-3.0-or-later
import { MaskSetId, Problem, routes } from '@louver/contract';
import { Router } from 'express';
import { z } from 'zod';
import { Microseconds, decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { approve, reject } from './decision.ts';
import { propose } from './proposal.ts';
import { renew } from './renewal.ts';
import { cameraIsVisible, findMaskSet, findMasksInForce, listMaskSets } from './queries.ts';

const Place = z.tuple([Microseconds, MaskSetId]);

export function maskRoutes(deps: Deps): Router {
  const router = Router();

  router.get(
    routes.readMasks.path,
    endpoint(deps, routes.readMasks, async ({ tx, params }) => {
      const masks = await findMasksInForce(tx, params.cameraId);
      if (masks) return masks;
      throw new Problem((await cameraIsVisible(tx, params.cameraId)) ? 'masks-unknown' : 'camera-not-found');
    }),
  );

  router.get(
    routes.listMaskSets.path,
    endpoint(deps, routes.listMaskSets, async ({ tx, query: { cursor, limit, ...filter } }) => {
      const before = cursor === undefined ? {} : { before: decodeCursor(Place, cursor) };
      const rows = await listMaskSets(tx, { ...filter, ...before, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.place, last.id]) : null };
    }),
  );

  router.get(
    routes.readMaskSet.path,
    endpoint(deps, routes.readMaskSet, async ({ tx, params }) => {
      const set = await findMaskSet(tx, params.maskSetId);
      if (!set) throw new Problem('mask-set-not-found');
      return set;
    }),
  );

  router.post(
    routes.proposeMasks.path,
    endpoint(deps, routes.proposeMasks, (context) => propose(context, context.params.aimId, context.body)),
  );

  router.post(
    routes.renewMasks.path,
    endpoint(deps, routes.renewMasks, (context) => renew(context, context.params.maskSetId, context.body)),
  );

  router.post(
    routes.approveMasks.path,
    endpoint(deps, routes.approveMasks, (context) =>
      approve(deps, { ...context, note: context.body.note }, context.params.maskSetId),
    ),
  );

  router.post(
    routes.rejectMasks.path,
    endpoint(deps, routes.rejectMasks, (context) =>
      reject({ ...context, note: context.body.note }, context.params.maskSetId),
    ),
  );

  return router;
}
