// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type Route } from '@louver/contract';
import type { Router } from 'express';
import { expect, it } from 'vitest';
import { testKeys } from '../testing/keys.ts';
import { api } from './api.ts';
import type { Deps } from './deps.ts';

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle?: { stack?: Layer[] };
}

const registered = (router: { stack?: Layer[] }): string[] =>
  (router.stack ?? []).flatMap(({ route, handle }) => {
    if (route) return Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`);
    return handle?.stack ? registered(handle) : [];
  });

it('serves every endpoint of the contract, and nothing that is not in it', () => {
  // Registering asks nothing of what is behind it, so nothing has to run.
  const redis = { defineCommand: () => undefined, options: {} };
  const deps = { keys: testKeys(), redis, config: { publicUrl: undefined } } as unknown as Deps;
  const served = registered(api(deps) as Router & { stack: Layer[] });
  const promised = (Object.values(routes) as Route[]).map(({ method, path }) => `${method} ${path}`);
  expect(new Set(served)).toEqual(new Set([...promised, 'GET /openapi.json']));
  expect(served).toHaveLength(promised.length + 1);
});
