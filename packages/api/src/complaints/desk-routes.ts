// SPDX-License-Identifier: AGPL-3.0-or-later
import { complaintRoutes as contract, Problem, type Route } from '@louver/contract';
import type { Sql } from '@louver/db';
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { Deps } from '../http/deps.ts';
import { type Context, endpoint } from '../http/endpoint.ts';
import { timelineOf } from './citizens.ts';
import { answerCase, type Deed, doAct, forwardCase, identify, openOriginal } from './desk-acts.ts';
import { deskCase, deskRow, openForDesk } from './desk-view.ts';
import { deskConditions, findFile, listCases } from './file-queries.ts';
import { sendFile } from './routes.ts';

const Place = z.object({ late: z.string().nullable(), due: z.string().nullable(), id: z.uuid() });

export function deskRoutes(deps: Deps): Router {
  const router = Router();
  router.get(
    contract.listComplaints.path,
    endpoint(deps, contract.listComplaints, async ({ tx, query }) => {
      const { limit, cursor } = query;
      const after = cursor === undefined ? undefined : decodeCursor(Place, cursor);
      const rows = await listCases(tx, { where: conditionsOf(query), after, limit: limit + 1 });
      const now = deps.clock.now();
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        items: rows.slice(0, limit).map((row) => deskRow(row, timelineOf(row, now))),
        nextCursor: last ? encodeCursor({ late: last.lateSince, due: last.nextDue, id: last.complaintId }) : null,
      };
    }),
  );
  router.get(
    contract.readComplaint.path,
    endpoint(deps, contract.readComplaint, async ({ tx, record, actor, params }) => {
      const happening = { deps, tx, record };
      return deskCase(happening, actor, await openForDesk(happening, params.complaintId));
    }),
  );
  router.get(
    contract.complaintFile.path,
    endpoint(deps, contract.complaintFile, async ({ tx, params, response }) => {
      const file = await findFile(tx, params.complaintId, params.fileId);
      if (!file) throw new Problem('complaint-not-found');
      sendFile(response, file.mediaType, file.bytes);
      return undefined;
    }),
  );
  router.post(
    contract.openEvidence.path,
    endpoint(deps, contract.openEvidence, async ({ tx, record, actor, params, body, afterCommit, response }) => {
      const { mediaType, bytes } = await openOriginal({ deps, tx, record }, actor, { ...params, ...body });
      // Only once it is on the record.
      afterCommit(() => sendFile(response, mediaType, bytes));
      return undefined;
    }),
  );
  router.post(
    contract.identifyComplainant.path,
    endpoint(deps, contract.identifyComplainant, ({ tx, record, actor, params, body }) =>
      identify({ deps, tx, record }, actor, params.complaintId, body),
    ),
  );
  router.post(
    contract.forwardComplaint.path,
    endpoint(deps, contract.forwardComplaint, ({ tx, record, actor, params, body }) =>
      forwardCase({ deps, tx, record }, actor, params.complaintId, body),
    ),
  );
  router.post(
    contract.answerComplaint.path,
    endpoint(deps, contract.answerComplaint, ({ tx, record, actor, params, body }) =>
      answerCase({ deps, tx, record }, actor, params.complaintId, body),
    ),
  );
  deedRoutes(deps, router);
  return router;
}

type Query = Context<typeof contract.listComplaints>['query'];

function conditionsOf(query: Query): Sql[] {
  const { stage, kind, level, jurisdiction, open, late, cameraId, q } = query;
  return [
    ...(stage ? [deskConditions.stage(stage)] : []),
    ...(kind ? [deskConditions.kind(kind)] : []),
    ...(level ? [deskConditions.level(level)] : []),
    ...(jurisdiction === undefined ? [] : [deskConditions.jurisdiction(jurisdiction)]),
    ...(open === undefined ? [] : [deskConditions.open(open)]),
    ...(late === undefined ? [] : [deskConditions.late(late)]),
    ...(cameraId === undefined ? [] : [deskConditions.cameraId(cameraId)]),
    ...(q === undefined ? [] : [deskConditions.q(q)]),
  ];
}

function deedRoutes(deps: Deps, router: Router): void {
  const deed = <R extends Route>(route: R, of: (body: Context<R>['body']) => Deed): void => {
    const handle: RequestHandler = endpoint(deps, route, (async (context: Context<typeof contract.acceptComplaint>) => {
      const { tx, record, actor, params, body } = context;
      return doAct({ deps, tx, record }, actor, params.complaintId, of(body as Context<R>['body']));
    }) as never);
    router.post(route.path, handle);
  };
  deed(contract.acknowledgeComplaint, () => ({ act: 'acknowledge' }));
  deed(contract.acceptComplaint, () => ({ act: 'accept' }));
  deed(contract.refuseComplaint, (body) => ({ act: 'refuse', ...body }));
  deed(contract.extendComplaint, (body) => ({ act: 'extend', ...body }));
  deed(contract.suspendComplaint, (body) => ({ act: 'suspend', ...body }));
  deed(contract.resumeComplaint, (body) => ({ act: 'resume', ...body }));
  deed(contract.decideComplaint, (body) => ({ act: 'decide', ...body }));
  deed(contract.deliverComplaint, ({ how, reason }) => ({ act: 'deliver', reason, detail: { how } }));
  deed(contract.closeComplaint, (body) => ({ act: 'close', ...body }));
  deed(contract.takeOverComplaint, (body) => ({ act: 'take-over', ...body }));
}
