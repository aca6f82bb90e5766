// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, routes } from '@louver/contract';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { buildingsNear, drawTile, groundVersion, placesNamed, type TileAddress } from './queries.ts';

/** A tile nobody asked for in a day is drawn again. */
const KEEP_SECONDS = 86_400;

const tileKey = (version: string, { z, x, y }: TileAddress): string => `louver:tile:${version}:${z}:${x}:${y}`;

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

/** The ground is the same for everybody, so one drawing serves all; its version changes with every import. */
const baseTile = (deps: Deps) =>
  endpoint(deps, routes.baseTile, async ({ tx, params, response }) => {
    requireWithinWorld(params);
    const version = await groundVersion(tx);
    const key = tileKey(version, params);
    const kept = await deps.redis.getBuffer(key);
    const tile = kept ?? (await drawTile(tx, params));
    if (kept === null) await deps.redis.set(key, tile, 'EX', KEEP_SECONDS);
    response.set({ 'Cache-Control': 'private, max-age=60', ETag: `"ground-${version}"` });
    return tile;
  });

function requireWithinWorld({ z, x, y }: TileAddress): void {
  const size = 2 ** z;
  const outside = (['x', 'y'] as const).filter((axis) => ({ x, y })[axis] >= size);
  if (outside.length === 0) return;
  const errors = outside.map((axis) => ({ pointer: `/params/${axis}`, detail: `must be below ${size} at zoom ${z}` }));
  throw new Problem('request-invalid', { errors });
}
