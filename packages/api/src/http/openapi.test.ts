// SPDX-License-Identifier: AGPL-3.0-or-later
import { PROBLEMS, logRoutes, routes, type Route } from '@louver/contract';
import { expect, it } from 'vitest';
import { createOpenApi } from './openapi.ts';

const document = JSON.parse(JSON.stringify(createOpenApi())) as {
  openapi: string;
  paths: Record<
    string,
    Record<
      string,
      {
        responses: Record<string, { content?: object }>;
        requestBody?: { content: object };
        parameters?: { name: string; in: string; required?: boolean }[];
      }
    >
  >;
  components: { schemas: Record<string, unknown>; securitySchemes: object };
};

const all = Object.values(routes) as Route[];
const operationOf = (route: Route) =>
  document.paths[`/api/v1${route.path.replaceAll(/:(\w+)/g, '{$1}')}`]![route.method.toLowerCase()]!;

it('describes every endpoint of the contract, the files of the log, and the live picture', () => {
  expect(document.openapi).toBe('3.1.0');
  const described = Object.values(document.paths).flatMap((path) => Object.keys(path));
  expect(described).toHaveLength(all.length + Object.keys(logRoutes).length + 1);
  for (const route of all) expect(operationOf(route), `${route.method} ${route.path}`).toBeDefined();
  expect(document.paths['/live/{cameraId}']).toBeDefined();
});

it('names every problem that an endpoint declares, under its status', () => {
  for (const route of all)
    for (const slug of route.problems) {
      const answer = operationOf(route).responses[String(PROBLEMS[slug].status)];
      expect(JSON.stringify(answer), `${route.path} ${slug}`).toContain(slug);
      expect(Object.keys(answer!.content!)).toEqual(['application/problem+json']);
    }
});

it('resolves every reference, and every path parameter is declared', () => {
  const text = JSON.stringify(document);
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
    expect(Object.keys(document.components.schemas)).toContain(name);
  for (const [path, operations] of Object.entries(document.paths))
    for (const operation of Object.values(operations)) {
      const declared = (operation.parameters ?? []).filter(({ in: place }) => place === 'path');
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(new Set(declared.map(({ name }) => name))).toEqual(new Set(named));
      for (const { required } of declared) expect(required).toBe(true);
    }
});

it('uses the schemas of the contract as components', () => {
  for (const name of ['Camera', 'MaskSet', 'OpenedViewing', 'Viewing', 'RecordEntry', 'Problem', 'Session'])
    expect(Object.keys(document.components.schemas)).toContain(name);
  expect(document.components.securitySchemes).toEqual({
    session: { type: 'apiKey', in: 'cookie', name: 'louver_session' },
    auditorToken: { type: 'http', scheme: 'bearer' },
  });
});

it('says what the files of the log are made of, and that entries need a token or a session', () => {
  const contentOf = (path: string) => Object.keys(document.paths[path]!['get']!.responses['200']!.content!);
  expect(contentOf('/log/checkpoint')).toEqual(['text/plain; charset=utf-8']);
  expect(contentOf('/log/tile/{level}/{tile}')).toEqual(['application/octet-stream']);
  expect(document.paths['/log/tile/entries/{tile}']!['get']).toMatchObject({
    security: [{ auditorToken: [] }, { session: [] }],
  });
});

it('says what stands in bodies that are not JSON', () => {
  expect(operationOf(routes.mapCameras).responses['200']!.content).toHaveProperty([
    'application/vnd.louver.camera-columns',
  ]);
  expect(Object.keys(operationOf(routes.importFile).requestBody!.content)).toEqual([...routes.importFile.accepts]);
});
