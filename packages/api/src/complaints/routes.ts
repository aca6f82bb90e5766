// SPDX-License-Identifier: AGPL-3.0-or-later
// The citizen's side: no session, no cookie, nothing kept of where somebody is.
import { CaseCode, ComplaintDraft, complaintRoutes as contract, Problem } from '@louver/contract';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Deps } from '../http/deps.ts';
import { type Context, endpoint } from '../http/endpoint.ts';
import { readJson } from '../http/json-body.ts';
import { parseAs } from '../http/parse.ts';
import { sendProblem } from '../http/problems.ts';
import { addCasePhotos, appealCase, readCase, readCaseFile, withdrawCase, writeToCase } from './by-code.ts';
import { asCitizen, citizensOf } from './citizens.ts';
import { fileComplaint, nearComplaints } from './filing.ts';
import { readForm } from './form-body.ts';
import { type CheckedPhoto, checkPhotos } from './photos.ts';
import { inTurn } from './in-turn.ts';
import { readFigures } from './queries.ts';

interface ReadFiling {
  draft: ComplaintDraft;
  photos: CheckedPhoto[];
}
const filings = new WeakMap<Response, ReadFiling>();
const photosOf = new WeakMap<Response, { code: string; photos: CheckedPhoto[] }>();

/** Bodies with files are read before a transaction begins. */
const first =
  (work: (request: Request, response: Response) => Promise<void>): RequestHandler =>
  async (request, response, next) => {
    try {
      await work(request, response);
    } catch (error) {
      sendProblem(request, response, error);
      return;
    }
    next();
  };

export function citizenRoutes(deps: Deps): Router {
  const router = Router();
  const { throttle, turns } = citizensOf(deps);
  const noStore: RequestHandler = (_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    next();
  };
  router.use(['/complaints', '/case', '/case-files'], noStore);
  router.post(
    contract.fileComplaint.path,
    first(async (request, response) => {
      // A flood is slowed down while Redis is there; without it a complaint comes in all the same.
      await throttle.attempt('file', request.ip).catch(unlessAway);
      filings.set(response, await readFiling(request));
    }),
    inTurn(turns),
    endpoint(deps, contract.fileComplaint, async ({ tx, record, response }) => {
      const { draft, photos } = filings.get(response)!;
      return fileComplaint({ deps, tx, record }, { draft, photos, source: 'page' });
    }),
  );
  router.post(
    contract.nearComplaints.path,
    endpoint(deps, contract.nearComplaints, async ({ tx, record, body, request }) => {
      await throttle.attempt('near', request.ip);
      return { items: await nearComplaints({ deps, tx, record }, body) };
    }),
  );
  router.get(
    contract.complaintFigures.path,
    endpoint(deps, contract.complaintFigures, async ({ tx, response }) => {
      response.set('Cache-Control', 'public, max-age=60');
      return { at: deps.clock.now().toISOString(), ...(await readFigures(tx)).figures };
    }),
  );
  caseRoutes(deps, router);
  return router;
}

function unlessAway(error: unknown): void {
  if (error instanceof Problem) throw error;
}

async function readFiling(request: Request): Promise<ReadFiling> {
  if (request.headers['content-type']?.startsWith('multipart/form-data') !== true)
    return { draft: parseAs(ComplaintDraft, await readJson(request), ''), photos: [] };
  const { fields, photos } = await readForm(request);
  let complaint: unknown;
  try {
    complaint = JSON.parse(fields.get('complaint') ?? '');
  } catch (cause) {
    throw new Problem('body-not-json', { detail: 'the field `complaint` holds the complaint as JSON', cause });
  }
  // The words first: a form that is refused for its words needs no look at its photos.
  const draft = parseAs(ComplaintDraft, complaint, '');
  return { draft, photos: await checkPhotos(photos) };
}

/** Whoever guesses wrong too often waits; who knows a code never does. */
export async function withCode<T>(deps: Deps, request: Request, work: () => Promise<T>): Promise<T> {
  const takeBack = await citizensOf(deps).throttle.attempt('case-code', request.ip);
  try {
    const answer = await work();
    await takeBack().catch(() => undefined);
    return answer;
  } catch (error) {
    // A known code with something that cannot be done now is no guess.
    if (!(error instanceof Problem) || error.slug !== 'case-code-unknown') await takeBack().catch(() => undefined);
    throw error;
  }
}

function caseRoutes(deps: Deps, router: Router): void {
  const happening = ({ tx, record }: Pick<Context<typeof contract.readCase>, 'tx' | 'record'>) => ({
    deps,
    tx,
    record,
  });
  router.post(
    contract.readCase.path,
    endpoint(deps, contract.readCase, (context) =>
      withCode(deps, context.request, () => readCase(happening(context), context.body.code)),
    ),
  );
  router.post(
    contract.writeToCase.path,
    endpoint(deps, contract.writeToCase, (context) =>
      withCode(deps, context.request, () => writeToCase(happening(context), context.body.code, context.body.text)),
    ),
  );
  router.post(
    contract.appealCase.path,
    endpoint(deps, contract.appealCase, (context) =>
      withCode(deps, context.request, () => appealCase(happening(context), context.body.code, context.body.reason)),
    ),
  );
  router.post(
    contract.withdrawCase.path,
    endpoint(deps, contract.withdrawCase, (context) =>
      withCode(deps, context.request, () => withdrawCase(happening(context), context.body.code, context.body.reason)),
    ),
  );
  router.post(
    contract.addCasePhotos.path,
    first(async (request, response) => {
      photosOf.set(response, await readCasePhotos(deps, request));
    }),
    endpoint(deps, contract.addCasePhotos, (context) => {
      const { code, photos } = photosOf.get(context.response)!;
      return addCasePhotos(happening(context), code, photos);
    }),
  );
  router.get(
    contract.caseFile.path,
    endpoint(deps, contract.caseFile, async ({ tx, record, params, response }) => {
      const { mediaType, bytes } = await readCaseFile({ deps, tx, record }, params.token);
      sendFile(response, mediaType, bytes);
      return undefined;
    }),
  );
}

/** The code is looked at before any photo is: decoding for strangers would be work for nothing. */
async function readCasePhotos(deps: Deps, request: Request) {
  const { fields, photos } = await readForm(request);
  const code = parseAs(CaseCode, fields.get('code') ?? '', '');
  await withCode(deps, request, () => asCitizen(deps, (happening) => readCase(happening, code)));
  return { code, photos: await checkPhotos(photos) };
}

/** A file that somebody sent opens as what it is, and as nothing else. */
export function sendFile(response: Response, mediaType: string, bytes: Buffer): void {
  const inline = mediaType === 'image/webp' || mediaType === 'application/pdf';
  response
    .set({
      'Content-Type': mediaType,
      'X-Content-Type-Options': 'nosniff',
      'Content-Disposition': inline ? 'inline' : 'attachment',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'no-store',
    })
    .status(200)
    .send(bytes);
}
