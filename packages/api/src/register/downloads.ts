// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole public register as a file, written piece by piece: fifty thousand cameras are not held in memory.
import { Router, type Response } from 'express';
import { csvCell } from '../http/csv.ts';
import type { Deps } from '../http/deps.ts';
import { allCameras, type CameraFeature } from '../ogc/all-cameras.ts';

const COLUMNS = [
  'code',
  'name',
  'ward',
  'jurisdiction',
  'status',
  'lon',
  'lat',
  'operator',
  'owner',
  'contact',
  'hostPremises',
  'purpose',
  'legalBasis',
  'retentionDays',
  'storageCountry',
  'mobility',
  'manufacturer',
  'model',
  'capabilities',
  'audio',
  'biometricCapable',
  'registered',
] as const;

export function downloads(deps: Deps): Router {
  const router = Router();
  router.get('/cameras.csv', async (_request, response) => {
    begin(response, 'text/csv; charset=utf-8', 'cameras.csv');
    // So that spreadsheets read Vietnamese as what it is.
    response.write(`\uFEFF${COLUMNS.join(',')}\r\n`);
    await eachPage(deps, response, (page) => page.map((feature) => `${csvRow(feature)}\r\n`).join(''));
    response.end();
  });
  router.get('/cameras.geojson', async (_request, response) => {
    begin(response, 'application/geo+json', 'cameras.geojson');
    response.write('{"type":"FeatureCollection","features":[');
    let first = true;
    await eachPage(deps, response, (page) => {
      const text = page.map((feature) => JSON.stringify({ type: 'Feature', ...feature })).join(',\n');
      const joined = first || text === '' ? text : `,\n${text}`;
      first &&= text === '';
      return joined;
    });
    response.end(']}\n');
  });
  return router;
}

function begin(response: Response, type: string, name: string): void {
  response.locals.route = `/civic/${name}`;
  response.set({ 'Content-Type': type, 'Cache-Control': 'public, max-age=300' });
  response.set('Content-Disposition', `attachment; filename="${name}"`);
}

/** Whoever reads slowly is waited for without a transaction being open, and whoever went away is not. */
async function eachPage(deps: Deps, response: Response, write: (page: CameraFeature[]) => string): Promise<void> {
  for await (const page of allCameras(deps)) {
    if (response.destroyed) return;
    if (!response.write(write(page)))
      await new Promise<void>((resolve) => {
        response.once('drain', resolve);
        response.once('close', resolve);
      });
  }
}

function csvRow({ geometry, properties }: CameraFeature): string {
  const [lon, lat] = geometry?.coordinates ?? ['', ''];
  const values: Record<string, unknown> = { ...properties, lon, lat };
  return COLUMNS.map((column) => csvCell(values[column])).join(',');
}
