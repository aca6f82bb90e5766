// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes } from '@louver/contract';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { keptTile } from './kept-tile.ts';
import { buildingsNear, placesNamed } from './queries.ts';

export function mapRoutes(deps: Deps): Router {
  const router = Router();
  router.get('/map/tiles/:z/:x/:y', baseTile(deps));
  router.get(
    '/buildings',
    endpoint(deps, routes.buildingsNear, async ({ tx, query: { lon, lat, metres } }) => ({
      items: await buildingsNear(tx, lon, lat, metres),
    })),
  );
  router.get(
    '/places',
    endpoint(deps, routes.searchPlaces, async ({ tx, query }) => ({ items: await placesNamed(tx, query.q) })),
  );
  return router;
}

const baseTile = (deps: Deps) =>
  endpoint(deps, routes.baseTile, async ({ tx, params, response }) => {
    const { tile, version } = await keptTile(deps, tx, params);
    response.set({ 'Cache-Control': 'private, max-age=60', ETag: `"ground-${version}"` });
    return tile;
  });
