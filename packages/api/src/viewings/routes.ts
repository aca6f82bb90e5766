// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, redisKeys, routes } from '@louver/contract';
import { emitAfterCommit } from '@louver/db';
import { Router, type Request } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { openViewing } from './opening.ts';
import { closeUnstarted, findOwnViewing } from './queries.ts';

export function viewingRoutes(deps: Deps): Router {
  const router = Router();
  const originOf = (request: Request) => deps.config.publicUrl ?? `${request.protocol}://${request.host}`;

  router.post(
    routes.openViewing.path,
    endpoint(deps, routes.openViewing, async ({ body, request, afterCommit, ...context }) => {
      const opened = await openViewing(deps, { ...context, origin: originOf(request) }, body);
      afterCommit(() => deps.metrics.viewingsOpened.inc());
      return opened;
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
      const closed = unused ? await closeUnstarted(tx, viewingId) : undefined;
      if (!closed) return;
      const detail = { end: 'never-started', seconds: 0, frames: 0 };
      await record({ subject: viewingId, ...closed, detail });
      await emitAfterCommit(tx, 'viewing.changed', { viewingId, jurisdiction: closed.jurisdiction });
    }),
  );

  return router;
}
