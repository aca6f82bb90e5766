// SPDX-License-Identifier: AGPL-3.0-or-later
// OpenAPI 3.1, made from the contract: what is not in the contract is not here, and the reverse.
import { PROBLEMS, ProblemDocument, livePath, logRoutes, routes, type ProblemSlug, type Route } from '@louver/contract';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { SESSION_COOKIE } from '../sessions/session-store.ts';

const API_ROOT = '/api/v1';

const problemResponse = (slugs: readonly ProblemSlug[]) => ({
  description: slugs.map((slug) => `${slug}: ${PROBLEMS[slug].title}`).join('; '),
  content: { 'application/problem+json': { schema: ProblemDocument } },
});

/** What any endpoint of that shape may answer, beside what the contract names for this one. */
function problemsOf(route: Route): ProblemSlug[] {
  const slugs = new Set<ProblemSlug>([...route.problems, 'unexpected', 'unavailable']);
  if (route.action !== 'anybody') slugs.add('not-signed-in');
  if (route.action !== 'anybody' && route.action !== 'signed-in') slugs.add('not-permitted');
  if (route.params || route.query || route.body) slugs.add('request-invalid');
  if (route.body)
    for (const slug of ['body-not-json', 'body-too-large', 'media-type-unknown'] as const) slugs.add(slug);
  if (route.method !== 'GET') slugs.add('origin-foreign');
  return [...slugs];
}

function responsesOf(slugs: readonly ProblemSlug[]): Record<string, ReturnType<typeof problemResponse>> {
  const byStatus = new Map<string, ProblemSlug[]>();
  for (const slug of slugs) {
    const status = String(PROBLEMS[slug].status);
    byStatus.set(status, [...(byStatus.get(status) ?? []), slug]);
  }
  return Object.fromEntries([...byStatus].map(([status, named]) => [status, problemResponse(named)]));
}

/** A program has no session: for the entries of the log it has a token. */
function securityOf({ action }: Route): Record<string, never[]>[] {
  if (action === 'anybody') return [];
  return action === 'log.read' ? [{ auditorToken: [] }, { session: [] }] : [{ session: [] }];
}

const binary = { schema: { type: 'string', format: 'binary' } } as const;

function success(route: Route) {
  const description = route.summary;
  if (route.response) return { description, content: { 'application/json': { schema: route.response } } };
  return route.produces ? { description, content: { [route.produces]: binary } } : { description };
}

function bodyOf(route: Route) {
  if (route.body) return { required: true, content: { 'application/json': { schema: route.body } } };
  if (!route.accepts) return undefined;
  return { required: true, content: Object.fromEntries(route.accepts.map((type) => [type, binary])) };
}

function operationOf(name: string, route: Route): ZodOpenApiOperationObject {
  const requestBody = bodyOf(route);
  const path = route.params as z.ZodObject | undefined;
  const query = route.query as z.ZodObject | undefined;
  return {
    operationId: name,
    summary: route.summary,
    tags: [route.path.split('/')[1]!],
    security: securityOf(route),
    requestParams: { ...(path ? { path } : {}), ...(query ? { query } : {}) },
    ...(requestBody ? { requestBody } : {}),
    responses: { [String(route.status)]: success(route), ...responsesOf(problemsOf(route)) },
    'x-louver-action': route.action,
  };
}

const live: ZodOpenApiOperationObject = {
  operationId: 'live',
  summary: 'The masked picture, as fragmented MP4; the same address answers a WebSocket',
  tags: ['live'],
  security: [],
  requestParams: { path: z.object({ cameraId: z.uuid() }), query: z.object({ ticket: z.string() }) },
  responses: {
    '200': { description: 'Moving picture, until the viewing ends', content: { 'video/mp4': binary } },
    ...responsesOf([
      'camera-not-found',
      'ticket-missing',
      'ticket-forged',
      'ticket-expired',
      'ticket-replayed',
      'ticket-of-another-camera',
      'ticket-of-another-person',
      'stream-not-here',
      'picture-withheld',
      'unavailable',
      'unexpected',
    ]),
  },
};

const templated = (path: string) => path.replaceAll(/:(\w+)/g, '{$1}');

export function createOpenApi(): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const path = API_ROOT + templated(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(name, route) };
  }
  for (const [name, route] of Object.entries(logRoutes) as [string, Route][])
    paths[templated(route.path)] = { get: operationOf(name, route) };
  paths[livePath('{cameraId}' as never)] = { get: live };
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Louver',
      version: '1',
      description: 'A camera operations centre in which nobody sees a home that they have no right to see.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
        auditorToken: { type: 'http', scheme: 'bearer' },
      },
    },
  });
}
