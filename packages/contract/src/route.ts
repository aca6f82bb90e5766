// SPDX-License-Identifier: AGPL-3.0-or-later
import type { z } from 'zod';
import type { ProblemSlug } from './problems.ts';
import type { Action } from './roles.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One endpoint of the API: the server registers it, the client calls it, OpenAPI describes it, from this one value. */
export interface Route {
  method: Method;
  /** Below `/api/v1` (the log's are whole), with `:name` for parameters. */
  path: `/${string}`;
  summary: string;
  /** The permission asked for and the entry written; `anybody` needs no session, `signed-in` any session. */
  action: Action | 'anybody' | 'signed-in';
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** What stands in the body when it is not JSON. */
  accepts?: readonly string[];
  status: 200 | 201 | 202 | 204;
  response?: z.ZodType;
  /** What stands in the answer when it is not JSON: a media type. */
  produces?: string;
  problems: readonly ProblemSlug[];
}

export const route = <const R extends Route>(definition: R): R => definition;

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Given<S> = S extends z.ZodType ? z.input<S> : undefined;
export type RouteParams<R extends Route> = Parsed<R['params']>;
export type RouteQuery<R extends Route> = Parsed<R['query']>;
export type RouteBody<R extends Route> = Parsed<R['body']>;
export type RouteResponse<R extends Route> = Parsed<R['response']>;
export type RouteRequest<R extends Route> = (R['params'] extends z.ZodType ? { params: Given<R['params']> } : unknown) &
  (R['query'] extends z.ZodType ? { query?: Given<R['query']> } : unknown) &
  (R['body'] extends z.ZodType ? { body: Given<R['body']> } : unknown);
