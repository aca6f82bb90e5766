// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  Problem,
  mayDo,
  routes,
  type Action,
  type ImportEvent,
  type ImportKind,
  type ImportReport,
} from '@louver/contract';
import { NOBODY, emitAfterCommit, inTx } from '@louver/db';
import { Router, type Response } from 'express';
import { createHash } from 'node:crypto';
import type { Deps } from '../http/deps.ts';
import { endpoint, type Context } from '../http/endpoint.ts';
import { commonAncestor, covers } from '../jurisdictions/held.ts';
import type { Progress } from './fates.ts';
import { fileOf, readFileFirst } from './file-body.ts';
import { bumpGroundVersion } from './ground-queries.ts';
import { runImport } from './run-import.ts';

const ACTIONS: Record<ImportKind, Action> = {
  cameras: 'camera.import',
  buildings: 'building.import',
  streets: 'street.import',
  areas: 'area.import',
  jurisdictions: 'jurisdiction.import',
};

type ImportContext = Context<typeof routes.importFile>;

export function importRoutes(deps: Deps): Router {
  const router = Router();
  router.post(
    '/imports',
    readFileFirst(deps),
    endpoint(deps, routes.importFile, (context) => importFile(deps, context)),
  );
  return router;
}

async function importFile(deps: Deps, context: ImportContext): Promise<ImportReport> {
  const { tx, query, actor, request, response, afterCommit } = context;
  if (!mayDo(actor.role, ACTIONS[query.kind])) throw new Problem('not-permitted');
  const file = fileOf(response);
  const inLines = request.get('accept')?.includes('application/x-ndjson') ?? false;
  const { report, jurisdictions } = await runImport(
    tx,
    file,
    query,
    actor,
    inLines ? tellProgress(response) : () => undefined,
  );
  await recordImport(
    context,
    report,
    commonAncestor(jurisdictions),
    createHash('sha256').update(file.bytes).digest('hex'),
  );
  if (report.committed && query.kind === 'cameras') await tellOpenPages(context, report, jurisdictions);
  if (report.committed && query.kind !== 'cameras') await outdateTiles(deps, context);
  // The report is the last line, and a line once sent can't be taken back: so only when everything is kept.
  if (inLines) afterCommit(() => void response.end(line({ type: 'report', report })));
  return report;
}

async function recordImport(
  { record, query, actor }: ImportContext,
  { kind, mode, committed, total, counts }: ImportReport,
  ancestor: string | null,
  sha256: string,
): Promise<void> {
  const jurisdiction =
    ancestor ?? query.jurisdiction ?? (actor.jurisdictions.length === 1 ? actor.jurisdictions[0]! : null);
  const detail = { kind, mode, committed, partial: query.partial, total, counts, sha256 };
  await record({ action: ACTIONS[kind], subject: `file:${sha256}`, jurisdiction, detail });
}

/** Before the commit, so that a crash loses no change; and after it, because a tile may be drawn from the old ground in between. */
async function outdateTiles(deps: Deps, { tx, afterCommit }: ImportContext): Promise<void> {
  await bumpGroundVersion(tx);
  afterCommit(async () => void (await inTx(deps.pool, NOBODY, bumpGroundVersion)));
}

async function tellOpenPages(
  { tx, actor }: ImportContext,
  { counts }: ImportReport,
  jurisdictions: string[],
): Promise<void> {
  const count = (counts.create ?? 0) + (counts.update ?? 0);
  for (const root of actor.jurisdictions) {
    const below = jurisdictions.filter((path) => covers(root, path));
    const jurisdiction = commonAncestor(below);
    if (jurisdiction !== null) await emitAfterCommit(tx, 'cameras.imported', { jurisdiction, count });
  }
}

const line = (event: ImportEvent): string => `${JSON.stringify(event)}\n`;

function tellProgress(response: Response): Progress {
  response.status(200).set({ 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' });
  return (phase, done, total) => void response.write(line({ type: 'progress', phase, done, total }));
}
