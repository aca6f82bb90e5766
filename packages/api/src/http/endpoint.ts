// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem } from '@louver/contract';
import type { Action, Receipt, Route, RouteBody, RouteParams, RouteQuery } from '@louver/contract';
import { inTx, type NewRecord, type Tx } from '@louver/db';
import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { authorise, type Actor } from '../sessions/authenticate.ts';
import type { Deps } from './deps.ts';
import { appendBounded as append } from './bounded-record.ts';
import { readJson } from './json-body.ts';
import { parseAs } from './parse.ts';
import { sendProblem } from './problems.ts';
import { hasWritten } from './queries.ts';

/** Action and actor are the route's own unless said otherwise. */
export type Facts = Omit<NewRecord, 'action' | 'actor'> & {
  action?: Action;
  actor?: NewRecord['actor'];
};

export interface Context<R extends Route> {
  tx: Tx;
  params: RouteParams<R>;
  query: RouteQuery<R>;
  body: RouteBody<R>;
  actor: R['action'] extends 'anybody' ? Actor | undefined : Actor;
  /** Appends to the access record, in this transaction. */
  record(facts: Facts): Promise<Receipt>;
  /** Runs after COMMIT and before the answer. */
  afterCommit(work: () => Promise<void> | void): void;
  request: Request;
  /** For headers, and for answers too long to be held in memory; whatever began to answer is left to end it. */
  response: Response;
}

type Result<R extends Route> = R['response'] extends z.ZodType
  ? z.input<R['response']>
  : R['produces'] extends string
    ? Uint8Array | undefined
    : void;

/** The answer is made after COMMIT: it says what came of what was written, e.g. that the record was sealed. */
export class OnceCommitted<T> {
  readonly answer: () => Promise<T>;

  constructor(answer: () => Promise<T>) {
    this.answer = answer;
  }
}

/** A problem that is thrown undoes the transaction; one that is returned keeps what was written, e.g. the record of a refusal. */
export type Handle<R extends Route> = (context: Context<R>) => Promise<Result<R> | OnceCommitted<Result<R>> | Problem>;

/**
 * Authenticate → authorise → parse → BEGIN → handle → check the answer → COMMIT → answer: one promise, whose fate
 * decides over all of it, but for an answer that waits for the commit. Strangers are refused before their body is read.
 */
export function endpoint<R extends Route>(deps: Deps, route: R, handle: Handle<R>): RequestHandler {
  return async (request, response) => {
    response.locals.route = route.path;
    try {
      const actor = await authorise(deps, route, request);
      const params = route.params && parseAs(route.params, request.params, '/params');
      const query = route.query && parseAs(route.query, request.query, '/query');
      const body = route.body && parseAs(route.body, await readJson(request), '');
      const later: (() => Promise<void> | void)[] = [];
      const result = await inTx(deps.pool, { jurisdictions: actor?.jurisdictions ?? [] }, async (tx) => {
        let recorded = 0;
        const record = (facts: Facts) => {
          recorded += 1;
          return append(tx, { action: route.action as Action, actor: actor ?? null, ...facts });
        };
        const afterCommit = (work: () => Promise<void> | void) => void later.push(work);
        const context = { tx, params, query, body, actor, record, afterCommit, request, response };
        const answer = await handle(context as unknown as Context<R>);
        if (recorded === 0 && (await hasWritten(tx))) throw new Error(`${route.path} wrote and recorded nothing`);
        return answer instanceof Problem || answer instanceof OnceCommitted ? answer : checked(route, answer);
      });
      if (result instanceof Problem) throw result;
      for (const work of later) await work();
      const answer = result instanceof OnceCommitted ? checked(route, await result.answer()) : result;
      if (!response.headersSent) send(response, route, answer);
    } catch (error) {
      sendProblem(request, response, error);
    }
  };
}

/** Parsed on its way out, so that no column leaks. */
const checked = (route: Route, answer: unknown): unknown => (route.response ? route.response.parse(answer) : answer);

function send(response: Response, route: Route, result: unknown): void {
  // What a person may see is nothing for a shared cache, unless the handler knows better.
  if (!response.get('Cache-Control')) response.set('Cache-Control', 'no-store');
  response.status(route.status);
  if (route.response) response.json(result);
  else if (route.produces && result instanceof Uint8Array)
    response.type(route.produces).send(Buffer.from(result.buffer, result.byteOffset, result.byteLength));
  else response.end();
}
