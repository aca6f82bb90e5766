// SPDX-License-Identifier: AGPL-3.0-or-later
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { publishNotice, Tx } from '@louver/db';
import { aCamera, aJurisdiction } from '@louver/testkit';
import type { PoolClient } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
const run = promisify(execFile);
const WARD = 'vn.p66.hoa_sua';
const CAMERAS = 25;

interface Link {
  href: string;
  rel: string;
  type: string;
}
interface Items {
  type: string;
  numberMatched: number;
  numberReturned: number;
  features: {
    type: string;
    id: string;
    geometry: { coordinates: number[] } | null;
    properties: Record<string, unknown>;
  }[];
  links: Link[];
}

const get = async (path: string) => (await api.anybody.get(path).expect(200)).body as Items;
const json = async (path: string) => JSON.parse((await api.anybody.get(path).buffer(true).expect(200)).text) as Items;
const ids = (items: Items) => items.features.map(({ id }) => id);
const linked = ({ links }: { links: Link[] }, rel: string) => links.find((link) => link.rel === rel);

beforeAll(async () => {
  await aJurisdiction(api.owner, WARD);
  for (let i = 0; i < CAMERAS; i += 1)
    await aCamera(api.owner, {
      code: `C-${String(i).padStart(3, '0')}`,
      name: `Camera số ${i}`,
      lon: 108 + i / 100,
      lat: 12.68,
    });
  const { cameraId } = await aCamera(api.owner, { code: 'C/date line', lon: -179.5, lat: 0, jurisdiction: WARD });
  await api.owner.query("UPDATE cameras SET publication = 'shown'");
  await aCamera(api.owner, { code: 'X-SECRET', lon: 108.05, lat: 12.68 });
  await api.owner.query("UPDATE cameras SET created_at = '2026-02-01T00:00:00Z' WHERE code < 'C-010'");
  // What the register told by itself while it was filled.
  await api.owner.query('DELETE FROM notices');
  const tx = new Tx(api.owner as unknown as PoolClient);
  await publishNotice(tx, { key: 'a', kind: 'camera-new', jurisdiction: WARD, cameraId });
  await publishNotice(tx, { key: 'b', kind: 'clock-passed', jurisdiction: WARD, detail: { stage: 1 } });
});

describe('whoever begins at the landing page', () => {
  it('is led to everything', async () => {
    const landing = (await get('/ogc')) as unknown as { links: Link[] };
    for (const rel of ['self', 'alternate', 'service-desc', 'service-doc', 'conformance', 'data'])
      expect((await api.anybody.get(linked(landing, rel)!.href.replace(api.url, ''))).status, rel).toBe(200);
  });

  it('learns what is conformed to, and finds the definition', async () => {
    const { conformsTo } = (await get('/ogc/conformance')) as unknown as { conformsTo: string[] };
    expect(conformsTo.map((uri) => uri.split('/').at(-1))).toEqual(['core', 'geojson', 'html', 'oas30']);
    const { headers, text } = await api.anybody.get('/ogc/api').buffer(true).expect(200);
    expect(headers['content-type']).toMatch(/^application\/vnd\.oai\.openapi\+json; ?version=3\.0/);
    const { openapi, paths } = JSON.parse(text) as { openapi: string; paths: object };
    expect(openapi).toBe('3.0.3');
    expect(Object.keys(paths)).toContain('/collections/cameras/items');
  });

  it('sees where and since when there is something', async () => {
    const { collections } = (await get('/ogc/collections')) as unknown as {
      collections: { id: string; extent: unknown }[];
    };
    expect(collections.map(({ id }) => id)).toEqual(['cameras', 'notices']);
    expect(collections[0]!.extent).toMatchObject({
      spatial: { bbox: [[-179.5, 0, 108.24, 12.68]] },
      temporal: { interval: [['2026-02-01T00:00:00Z', null]] },
    });
  });

  it('reads every resource as a page too, and asks for it by f or by Accept', async () => {
    for (const path of [
      '/ogc',
      '/ogc/conformance',
      '/ogc/api',
      '/ogc/collections',
      '/ogc/collections/cameras',
      '/ogc/collections/cameras/items',
      '/ogc/collections/cameras/items/C-001',
    ]) {
      const page = await api.anybody.get(`${path}?f=html`).set('Accept', 'application/json').expect(200);
      expect(page.text).toMatch(/^<!doctype html>/);
      expect((await api.anybody.get(path).set('Accept', 'text/html,*/*;q=0.8')).type).toBe('text/html');
      expect((await api.anybody.get(path).set('Accept', '*/*')).type).toContain('json');
    }
  });
});

describe('items', () => {
  it('come in pages that neither repeat nor leave out one', async () => {
    const seen: string[] = [];
    let next: string | undefined = '/ogc/collections/cameras/items?limit=10';
    for (let pages = 0; next !== undefined && pages < 10; pages += 1) {
      const page: Items = await json(next);
      expect(page.numberMatched).toBe(CAMERAS + 1);
      expect(page.numberReturned).toBe(page.features.length);
      seen.push(...ids(page));
      next = linked(page, 'next')?.href.replace(api.url, '');
    }
    expect(new Set(seen).size).toBe(CAMERAS + 1);
    expect(seen).toHaveLength(CAMERAS + 1);
    expect(seen).not.toContain('X-SECRET');
  });

  it('lie in the box, also in one across the date line and in one with heights', async () => {
    expect(ids(await json('/ogc/collections/cameras/items?bbox=107.995,12,108.025,13'))).toEqual([
      'C-000',
      'C-001',
      'C-002',
    ]);
    expect(ids(await json('/ogc/collections/cameras/items?bbox=107.995,12,0,108.005,13,10'))).toEqual(['C-000']);
    expect(ids(await json('/ogc/collections/cameras/items?bbox=170,-10,-170,10'))).toEqual(['C/date line']);
    expect((await json('/ogc/collections/cameras/items?bbox=0,0,1,1')).numberMatched).toBe(0);
  });

  it('are there at the time: a camera since it was registered, a notice when it was told', async () => {
    expect((await json('/ogc/collections/cameras/items?datetime=../2026-02-02T00:00:00Z')).numberMatched).toBe(10);
    expect((await json('/ogc/collections/cameras/items?datetime=2026-01-01/2026-01-31')).numberMatched).toBe(0);
    expect((await json('/ogc/collections/notices/items?datetime=2026-01-01/..')).numberMatched).toBe(2);
    expect((await json('/ogc/collections/notices/items?datetime=../2020-01-01')).numberMatched).toBe(0);
  });

  it('are GeoJSON, each with an address of its own, whatever its code is made of', async () => {
    const page = await api.anybody.get('/ogc/collections/cameras/items?limit=1').buffer(true);
    expect(page.headers['content-type']).toBe('application/geo+json; charset=utf-8');
    const one = await json(`/ogc/collections/cameras/items/${encodeURIComponent('C/date line')}`);
    expect(one).toMatchObject({
      type: 'Feature',
      id: 'C/date line',
      geometry: { type: 'Point', coordinates: [-179.5, 0] },
    });
    await api.anybody.get(linked(one, 'self')!.href.replace(api.url, '')).expect(200);
    expect(linked(one, 'collection')).toBeDefined();
  });

  it('of notices without a camera have no place, and none says more than it may', async () => {
    const { features } = await json('/ogc/collections/notices/items');
    expect(features.map(({ geometry, properties: { kind } }) => [kind, geometry === null])).toEqual([
      ['camera-new', false],
      ['clock-passed', true],
    ]);
  });

  it('are refused with the name of the parameter that is wrong', async () => {
    for (const [query, parameter] of [
      ['bbox=1,2,3', 'bbox'],
      ['limit=0', 'limit'],
      ['datetime=yesterday', 'datetime'],
      ['f=xml', 'f'],
      ['where=1', 'where'],
      ['limit=1&limit=2', 'limit'],
      ['after=%00', 'after'],
    ]) {
      const { body, type } = await api.anybody.get(`/ogc/collections/cameras/items?${query}`).expect(400);
      expect([type, (body as { parameter: string }).parameter]).toEqual(['application/problem+json', parameter]);
    }
    for (const path of [
      'cameras/items/X-SECRET',
      'cameras/items/none',
      'notices/items/abc',
      'persons',
      'persons/items',
      '__proto__',
    ])
      await api.anybody.get(`/ogc/collections/${path}`).expect(404);
  });

  it('may be read by programs of other sites, and carry no cookie', async () => {
    const { headers } = await api.anybody.get('/ogc/collections/cameras/items');
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['set-cookie']).toBeUndefined();
  });
});

/** GDAL is no program of ours: where nobody installed it, the run says so. */
const gdal = await run('ogrinfo', ['--version']).then(
  ({ stdout }) => stdout,
  () => undefined,
);

describe.skipIf(gdal === undefined)('GDAL, as QGIS uses it (needs ogrinfo of gdal-bin)', () => {
  const ogrinfo = async (...args: string[]) => (await run('ogrinfo', ['-ro', ...args], { timeout: 60_000 })).stdout;

  it('finds the collections and reads all features page by page', async () => {
    const layers = await ogrinfo(`OAPIF:${api.url}/ogc`);
    expect(layers).toMatch(/1: cameras/);
    expect(layers).toMatch(/2: notices/);
    const all = await ogrinfo('-al', '-oo', 'PAGE_SIZE=10', `OAPIF:${api.url}/ogc`, 'cameras');
    expect(all).toContain(`Feature Count: ${CAMERAS + 1}`);
    expect(all.match(/^OGRFeature/gm)).toHaveLength(CAMERAS + 1);
    expect(all).toContain('name (String) = Camera số 7');
  });

  it('asks for what lies in a box', async () => {
    const some = await ogrinfo('-spat', '107.995', '12', '108.025', '13', '-al', `OAPIF:${api.url}/ogc`, 'cameras');
    expect(some.match(/^OGRFeature/gm)).toHaveLength(3);
  });
});
