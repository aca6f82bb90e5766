// SPDX-License-Identifier: AGPL-3.0-or-later
// The one place where an error becomes an answer (RFC 9457).
import { Problem, isProblemSlug } from '@louver/contract';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import pg from 'pg';
import { isShort, lingerThenClose } from './refused-body.ts';

/** SQLSTATE classes and driver codes that say "ask again later", not "this is a bug". */
const UNAVAILABLE = /^(08|53|57P0|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND)/;
const UNAVAILABLE_MESSAGES = /^(Command timed out|Connection is closed|timeout exceeded when trying to connect)/;

/** Constraints are named after the problem they raise: camera_code_taken. */
function fromConstraint(error: unknown): Problem | undefined {
  const slug = error instanceof pg.DatabaseError ? error.constraint?.replaceAll('_', '-') : undefined;
  return slug !== undefined && isProblemSlug(slug) ? new Problem(slug, { cause: error }) : undefined;
}

function fromOutage(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as Error & { code?: unknown };
  const away =
    error.name === 'MaxRetriesPerRequestError' ||
    UNAVAILABLE_MESSAGES.test(error.message) ||
    (typeof code === 'string' && UNAVAILABLE.test(code) && !('path' in error));
  return away ? new Problem('unavailable', { cause: error }) : undefined;
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return fromConstraint(error) ?? fromOutage(error) ?? new Problem('unexpected', { cause: error });
}

/** For whoever answers outside Express: the live ingress writes to a bare socket. */
export const problemBody = (problem: Problem, requestId: unknown): string =>
  JSON.stringify(problem.toDocument(typeof requestId === 'string' ? requestId : undefined));

export function sendProblem(request: Request, response: Response, error: unknown): void {
  const problem = problemOf(error);
  // The request's own log line carries it: once, with the request that met it.
  if (problem.slug === 'unexpected' || problem.slug === 'unavailable') response.err = asError(problem.cause ?? problem);
  if (response.headersSent) {
    endBrokenAnswer(request, response, problem);
    return;
  }
  if (!isShort(request)) lingerThenClose(request, response);
  response
    .status(problem.status)
    .set('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(problemBody(problem, request.id));
}

/** A long answer that had begun: lines can still say what went wrong, anything else is cut so that nobody takes it for whole. */
function endBrokenAnswer(request: Request, response: Response, problem: Problem): void {
  const document = problem.toDocument(typeof request.id === 'string' ? request.id : undefined);
  if (String(response.getHeader('Content-Type')).startsWith('application/x-ndjson'))
    response.end(`${JSON.stringify({ type: 'problem', problem: document })}\n`);
  else response.destroy();
}

const asError = (value: unknown): Error => (value instanceof Error ? value : new Error(String(value)));

export const problems: ErrorRequestHandler = (error, request, response, _next) =>
  sendProblem(request, response, fromExpress(error));

/** Express refuses a malformed percent-encoding by itself. */
const fromExpress = (error: unknown): unknown =>
  error instanceof URIError ? new Problem('route-unknown', { cause: error }) : error;

export const unknownRoute: RequestHandler = () => {
  throw new Problem('route-unknown');
};
