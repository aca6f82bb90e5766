// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, redisKeys, routes } from '@louver/contract';
import { Router, type Request } from 'express';
import type { Deps } from '../http/deps.ts';
import { OnceCommitted, endpoint } from '../http/endpoint.ts';
import { endUnstarted } from './ending.ts';
import { openViewing } from './opening.ts';
import { findOwnViewing } from './queries.ts';

export function viewingRoutes(deps: Deps): Router {
  const router = Router();
  const originOf = (request: Request) => deps.config.publicUrl ?? `${request.protocol}://${request.host}`;

  router.post(
    routes.openViewing.path,
    endpoint(deps, routes.openViewing, async ({ body, request, ...context }) => {
      const onceSealed = await openViewing(deps, { ...context, origin: originOf(request) }, body);
      return new OnceCommitted(async () => {
        const opened = await onceSealed();
        deps.metrics.viewingsOpened.inc();
        return opened;
      });
    }),
  );

  router.delete(
    routes.closeViewing.path,
    endpoint(deps, routes.closeViewing, async ({ tx, params: { viewingId }, actor, record, afterCommit }) => {
      const viewing = await findOwnViewing(tx, viewingId, actor.accountId);
      if (!viewing) throw new Problem('viewing-not-found');
      if (viewing.closed) return;
      // Heard by the worker that delivers, if one does: it stops, and it writes how much was seen.
      afterCommit(async () => void (await deps.redis.publish(redisKeys.viewingEnd, viewingId)));
      // Whoever sets this key has used the ticket: if this succeeds, no worker will begin, and the look ends here.
      const untilUseless = Math.max(1, Date.parse(viewing.startBefore) - deps.clock.now().getTime());
      const unused = await deps.redis.set(redisKeys.ticketUsed(viewingId), 'closed', 'PX', untilUseless, 'NX');
      if (unused) await endUnstarted(tx, viewingId, record);
    }),
  );

  return router;
}
