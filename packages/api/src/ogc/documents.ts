// SPDX-License-Identifier: AGPL-3.0-or-later
// The resources of OGC API - Features Part 1: Core that are not features.
import type { ItemFilter } from './queries.ts';

export interface Link {
  href: string;
  rel: string;
  type: string;
  title: string;
}

export const JSON_TYPE = 'application/json';
export const GEOJSON_TYPE = 'application/geo+json';
export const HTML_TYPE = 'text/html';
export const OPENAPI_TYPE = 'application/vnd.oai.openapi+json;version=3.0';
const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

/** What is true of this interface: a class stands here only because a test holds it to that. */
export const CONFORMS_TO = ['core', 'geojson', 'html', 'oas30'].map(
  (name) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`,
);

export const COLLECTIONS = {
  cameras: {
    title: 'Camera trong sổ đăng ký công khai · Cameras of the public register',
    description:
      'Cameras whose place is shown, with who runs them, what for, on which legal basis and how long footage is kept. Cameras ' +
      'of which only the number is told are not here.',
  },
  notices: {
    title: 'Thông báo · Notices',
    description:
      'What the public is told: planned and new cameras, changed purposes, homes that a camera begins to see, legal dates ' +
      'that have passed.',
  },
} as const;
export type CollectionId = keyof typeof COLLECTIONS;
export const isCollection = (id: unknown): id is CollectionId =>
  typeof id === 'string' && Object.hasOwn(COLLECTIONS, id);

/** The same address in both encodings, the asked one as `self`. */
export function bothEncodings(base: string, html: boolean, type: string, title: string): Link[] {
  const join = base.includes('?') ? '&' : '?';
  const link = (f: 'json' | 'html', rel: string): Link => ({
    href: `${base}${join}f=${f}`,
    rel,
    type: f === 'html' ? HTML_TYPE : type,
    title: f === 'html' ? `${title} (HTML)` : title,
  });
  return html ? [link('html', 'self'), link('json', 'alternate')] : [link('json', 'self'), link('html', 'alternate')];
}

/** @param root address of the landing page, e.g. `https://city.example/ogc` */
export function landing(root: string, html: boolean) {
  const at = (path: string, rel: string, type: string, title: string): Link => ({
    href: `${root}${path}`,
    rel,
    type,
    title,
  });
  return {
    title: 'Louver',
    description: 'The public register of cameras: which there are, who answers for them, and what the public is told.',
    links: [
      ...bothEncodings(root, html, JSON_TYPE, 'This page'),
      at('/api', 'service-desc', OPENAPI_TYPE, 'Definition of the interface (OpenAPI 3.0)'),
      at('/api?f=html', 'service-doc', HTML_TYPE, 'Description of the interface'),
      at('/conformance', 'conformance', JSON_TYPE, 'What this interface conforms to'),
      at('/collections', 'data', JSON_TYPE, 'Collections'),
    ],
  };
}

export interface Extent {
  box: readonly number[] | null;
  since: string | null;
}

export function collection(root: string, id: CollectionId, { box, since }: Extent, html: boolean) {
  const at = `${root}/collections/${id}`;
  const { title, description } = COLLECTIONS[id];
  return {
    id,
    title,
    description,
    itemType: 'feature',
    crs: [CRS84],
    extent: {
      ...(box === null ? {} : { spatial: { bbox: [box], crs: CRS84 } }),
      temporal: { interval: [[since, null]] },
    },
    links: [
      ...bothEncodings(at, html, JSON_TYPE, title),
      { href: `${at}/items?f=json`, rel: 'items', type: GEOJSON_TYPE, title },
      { href: `${at}/items?f=html`, rel: 'items', type: HTML_TYPE, title: `${title} (HTML)` },
      ...(id === 'cameras'
        ? [
            {
              href: `${root.replace(/\/ogc$/, '')}/civic/cameras.csv`,
              rel: 'enclosure',
              type: 'text/csv',
              title: 'All of it as CSV',
            },
          ]
        : []),
    ],
  };
}

/** The address of a page of items with everything that was asked for but the encoding. */
export function itemsAddress(root: string, id: CollectionId, query: Readonly<Record<string, string>>): string {
  const kept = Object.entries(query).filter(([name]) => name !== 'f');
  const text = new URLSearchParams(kept).toString();
  return `${root}/collections/${id}/items${text === '' ? '' : `?${text}`}`;
}

export const nextQuery = (query: Readonly<Record<string, string>>, filter: ItemFilter, after: string) => ({
  ...query,
  limit: String(filter.limit),
  after,
});
