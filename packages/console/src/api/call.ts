// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Route, RouteRequest, RouteResponse } from '@louver/contract';
import { ApiProblem, problemOf } from './api-problem.ts';
import { sessionEnded } from './session-ended.ts';

type Answer<R extends Route> = R['response'] extends object
  ? RouteResponse<R>
  : R['produces'] extends string
    ? ArrayBuffer
    : undefined;

/** What may stand beside the request: `raw` is a body that is not JSON and its type; `keepalive` outlives the page. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  keepalive?: boolean;
  raw?: { body: BodyInit; type: string };
}

interface Loose {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

export const API = '/api/v1';

export function addressOf(route: Route, { params = {}, query = {} }: Loose): string {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) search.append(key, String(item));
  }
  return `${API}${path}${search.size === 0 ? '' : `?${search.toString()}`}`;
}

/**
 * Calls an endpoint of the contract and parses the answer with the contract's own schema.
 * @throws ApiProblem for every refusal, and for no answer at all (`unreachable`)
 */
export async function call<R extends Route>(
  route: R,
  request: RouteRequest<R>,
  options: CallOptions = {},
): Promise<Answer<R>> {
  const { body } = request as Loose;
  const json = body === undefined ? undefined : JSON.stringify(body);
  const type = options.raw?.type ?? (json === undefined ? undefined : 'application/json');
  const answer = await fetch(addressOf(route, request as Loose), {
    method: route.method,
    headers: { accept: route.produces ?? 'application/json', ...(type === undefined ? {} : { 'content-type': type }) },
    body: options.raw?.body ?? json ?? null,
    credentials: 'same-origin',
    signal: options.signal ?? null,
    keepalive: options.keepalive ?? false,
  }).catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    throw new ApiProblem('unreachable', undefined, undefined, error);
  });
  if (!answer.ok) {
    const problem = await problemOf(answer);
    if (problem.slug === 'not-signed-in') sessionEnded.announce();
    throw problem;
  }
  if (route.response !== undefined) return route.response.parse(await answer.json()) as Answer<R>;
  return (route.produces === undefined ? undefined : await answer.arrayBuffer()) as Answer<R>;
}
