// SPDX-License-Identifier: AGPL-3.0-or-later
// OGC API - Features, Part 1: Core. Read by GIS programs and by people, without an account.
import { dataPage, type DataPage, type Frame } from '@louver/civic';
import { NOBODY, inTx, type Tx } from '@louver/db';
import { Router, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import type { Deps } from '../http/deps.ts';
import { originOf } from '../register/origin.ts';
import { createPages, publicHeaders } from '../register/pages.ts';
import {
  COLLECTIONS,
  CONFORMS_TO,
  GEOJSON_TYPE,
  JSON_TYPE,
  OPENAPI_TYPE,
  bothEncodings,
  collection,
  isCollection,
  itemsAddress,
  landing,
  nextQuery,
  type CollectionId,
  type Link,
} from './documents.ts';
import { openApi } from './openapi.ts';
import { BadParameter, readItemFilter, requireKnown, type Query } from './parameters.ts';
import { SOURCES, extents, type Feature } from './queries.ts';

const ROOT = '/ogc';
const ITEM_PARAMETERS = ['f', 'bbox', 'datetime', 'limit', 'after'];

/** What a resource is, in both encodings. */
interface Resource {
  type: string;
  body: object;
  page: DataPage;
}
interface Asked {
  root: string;
  html: boolean;
  query: Query;
  request: Request;
}

export function ogcRoutes(deps: Deps): Router {
  const router = Router();
  const { frameOf } = createPages(deps);
  const get = (path: string, known: string[], work: (asked: Asked) => Promise<Resource | undefined>): void => {
    router.get(`${ROOT}${path}`, respond(deps, frameOf, `${ROOT}${path}`, known, work));
  };
  const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTx(deps.pool, NOBODY, work);
  router.use(ROOT, publicHeaders, openToAll);
  get('', ['f'], async ({ root, html }) => jsonResource(landing(root, html)));
  get('/conformance', ['f'], async ({ root, html }) =>
    jsonResource({
      title: 'Conformance',
      conformsTo: CONFORMS_TO,
      links: bothEncodings(`${root}/conformance`, html, JSON_TYPE, 'Conformance'),
    }),
  );
  get('/api', ['f'], async ({ root, html }) => {
    const links = bothEncodings(`${root}/api`, html, OPENAPI_TYPE, 'OpenAPI 3.0');
    const body = openApi(root);
    const lines = Object.entries(body.paths).map(
      ([
        path,
        {
          get: { summary },
        },
      ]) => `GET ${path} · ${summary}`,
    );
    return { type: OPENAPI_TYPE, body, page: { title: body.info.title, lines, links } };
  });
  get('/collections', ['f'], ({ root, html }) =>
    read(async (tx) => {
      const known = await extents(tx);
      const ids = Object.keys(COLLECTIONS) as CollectionId[];
      const collections = ids.map((id) => collection(root, id, known[id], false));
      const links = bothEncodings(`${root}/collections`, html, JSON_TYPE, 'Collections');
      const toPages = ids.map((id) => collection(root, id, known[id], true).links[0]!);
      return {
        type: JSON_TYPE,
        body: { links, collections },
        page: { title: 'Collections', links: [...toPages, ...links] },
      };
    }),
  );
  get('/collections/:collectionId', ['f'], async ({ root, html, request }) => {
    const id = request.params['collectionId'];
    if (!isCollection(id)) return undefined;
    return read(async (tx) => jsonResource(collection(root, id, (await extents(tx))[id], html)));
  });
  get('/collections/:collectionId/items', ITEM_PARAMETERS, async (asked) => {
    const id = asked.request.params['collectionId'];
    return isCollection(id) ? read((tx) => items(tx, id, asked, deps.clock.now())) : undefined;
  });
  get('/collections/:collectionId/items/:featureId', ['f'], async (asked) => {
    const { collectionId: id, featureId } = asked.request.params;
    if (!isCollection(id) || typeof featureId !== 'string' || featureId.includes('\0')) return undefined;
    const feature = await read((tx) => SOURCES[id].one(tx, featureId));
    return feature && oneItem(asked, id, feature);
  });
  router.use(ROOT, refusal);
  return router;
}

/** Programs of other sites may read this: it is the same for everybody, and nobody's. */
const openToAll: RequestHandler = (_request, response, next) => {
  response.set({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
  next();
};

const respond =
  (
    deps: Deps,
    frameOf: (language: 'vi' | 'en') => Frame,
    route: string,
    known: string[],
    work: (asked: Asked) => Promise<Resource | undefined>,
  ): RequestHandler =>
  async (request, response) => {
    response.locals.route = route;
    const query = requireKnown(request.query, known);
    const html = wantsHtml(request, query['f']);
    const root = `${originOf(deps, request)}${ROOT}`;
    const found = await work({ root, html, query, request });
    if (!found) {
      refuse(response, 404, { code: 'NotFound', description: 'There is no such resource' });
      return;
    }
    response.set('Cache-Control', 'public, max-age=60').vary('Accept').vary('Accept-Language');
    if (!html) response.type(found.type).send(JSON.stringify(found.body));
    else {
      const language = request.acceptsLanguages(['vi', 'en']) === 'vi' ? 'vi' : 'en';
      response.type('html').send(dataPage(frameOf(language), found.page));
    }
  };

/** `f` goes before what the browser says; whoever says nothing is a program. */
function wantsHtml(request: Request, f: string | undefined): boolean {
  if (f === undefined)
    return request.accepts(['application/json', 'application/geo+json', 'text/html']) === 'text/html';
  if (f !== 'json' && f !== 'html') throw new BadParameter('f', 'expected json or html');
  return f === 'html';
}

const jsonResource = (body: {
  title: string;
  description?: string;
  conformsTo?: string[];
  links: Link[];
}): Resource => ({
  type: JSON_TYPE,
  body,
  page: {
    title: body.title,
    ...(body.description === undefined ? {} : { lead: body.description }),
    ...(body.conformsTo ? { lines: body.conformsTo } : {}),
    links: body.links,
  },
});

async function items(tx: Tx, id: CollectionId, { root, html, query }: Asked, now: Date): Promise<Resource> {
  const filter = readItemFilter(query);
  const source = SOURCES[id];
  const found = await source.find(tx, { ...filter, limit: filter.limit + 1 });
  const shown = found.slice(0, filter.limit);
  const last = shown.at(-1);
  const next = found.length > shown.length && last ? nextQuery(query, filter, last.id) : undefined;
  const { title } = COLLECTIONS[id];
  const at = (asked: Query, f: string) => {
    const address = itemsAddress(root, id, asked);
    return `${address}${address.includes('?') ? '&' : '?'}f=${f}`;
  };
  const nextLink = (f: 'json' | 'html', type: string): Link[] =>
    next ? [{ href: at(next, f), rel: 'next', type, title: 'Next page' }] : [];
  const body = {
    type: 'FeatureCollection',
    timeStamp: now.toISOString(),
    numberMatched: await source.count(tx, filter),
    numberReturned: shown.length,
    links: [
      ...bothEncodings(itemsAddress(root, id, query), html, GEOJSON_TYPE, title),
      ...nextLink('json', GEOJSON_TYPE),
    ],
    features: shown.map((feature) => ({ type: 'Feature', ...feature })),
  };
  const links = [
    ...nextLink('html', 'text/html'),
    ...bothEncodings(itemsAddress(root, id, query), html, GEOJSON_TYPE, title),
  ];
  const rows = shown.map((feature) => ({
    href: `${root}/collections/${id}/items/${encodeURIComponent(feature.id)}?f=html`,
    label: labelOf(feature),
  }));
  return { type: GEOJSON_TYPE, body, page: { title, rows, links } };
}

function oneItem({ root, html }: Asked, id: CollectionId, feature: Feature): Resource {
  const { title } = COLLECTIONS[id];
  const at = `${root}/collections/${id}/items/${encodeURIComponent(feature.id)}`;
  const links: Link[] = [
    ...bothEncodings(at, html, GEOJSON_TYPE, feature.id),
    { href: `${root}/collections/${id}`, rel: 'collection', type: JSON_TYPE, title },
  ];
  const facts = Object.entries(feature.properties).map(([name, value]): [string, string] => [
    name,
    value === null ? '' : String(value as string | number | boolean),
  ]);
  if (feature.geometry) facts.push(['lon, lat', feature.geometry.coordinates.join(', ')]);
  return {
    type: GEOJSON_TYPE,
    body: { type: 'Feature', ...feature, links },
    page: { title: feature.id, facts, links },
  };
}

const labelOf = ({ id, properties: { name, kind, ward } }: Feature): string =>
  [id, name ?? kind, ward].filter((part) => typeof part === 'string').join(' · ');

interface Refusal {
  code: string;
  description: string;
  parameter?: string;
}

const refuse = (response: Response, status: 400 | 404, refusal: Refusal): void => {
  response.status(status).set('Cache-Control', 'no-store').type('application/problem+json');
  response.send(JSON.stringify({ title: refusal.description, status, ...refusal }));
};

const refusal: ErrorRequestHandler = (error, _request, response, next) => {
  if (!(error instanceof BadParameter)) {
    next(error);
    return;
  }
  const { parameter, message } = error;
  refuse(response, 400, { code: 'InvalidParameterValue', description: `${parameter}: ${message}`, parameter });
};
