// SPDX-License-Identifier: AGPL-3.0-or-later
// What the scripts of the public pages load. In the open, the same for everybody, and coarse.
import { createHash } from 'node:crypto';
import { Problem } from '@louver/contract';
import { NOBODY, inTx } from '@louver/db';
import { Router, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import type { Deps } from '../http/deps.ts';
import { parseAs } from '../http/parse.ts';
import { keptTile, requireWithinWorld } from '../map/kept-tile.ts';
import { drawHomes, homesVersion } from './tile-queries.ts';

const whole = (most: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .pipe(z.number().max(most));
/** Streets may be drawn a little finer for the map of cameras. */
const MapTile = z.object({ z: whole(15), x: whole(2 ** 15), y: whole(2 ** 15) });
/** Finer ones do not exist: asking for one would tell more than the area. Coarser ones would hold a province. */
const FINEST_AREA = 14;
const COARSEST_AREA = 11;
const HomeTile = z.object({ z: whole(FINEST_AREA), x: whole(2 ** FINEST_AREA), y: whole(2 ** FINEST_AREA) });

/** Long enough for a person who tries several wards, short enough for a new measurement to be seen the same hour. */
const CACHE = 'public, max-age=300';
const KEEP_SECONDS = 3_600;

export function publicTiles(deps: Deps): Router {
  const router = Router();
  router.get('/map/:z/:x/:y', mapTile(deps));
  router.get('/homes/:z/:x/:y', homeTile(deps));
  return router;
}

const mapTile =
  (deps: Deps): RequestHandler =>
  async (request, response) => {
    response.locals.route = '/civic/map/:z/:x/:y';
    const address = parseAs(MapTile, request.params, '/params');
    const { tile, version } = await inTx(deps.pool, NOBODY, (tx) => keptTile(deps, tx, address));
    response.set({ 'Cache-Control': CACHE, ETag: `"ground-${version}"` });
    response.type('application/vnd.mapbox-vector-tile').send(tile);
  };

const homeTile =
  (deps: Deps): RequestHandler =>
  async (request, response) => {
    response.locals.route = '/civic/homes/:z/:x/:y';
    const { body, version } = await homes(deps, request);
    response.set({ 'Cache-Control': CACHE, ETag: `"homes-${version}"` });
    response.type('application/json').send(body);
  };

async function homes(deps: Deps, request: Request): Promise<{ body: string; version: string }> {
  const address = parseAs(HomeTile, request.params, '/params');
  const { z, x, y } = address;
  requireWithinWorld(address);
  if (z < COARSEST_AREA)
    throw new Problem('request-invalid', {
      errors: [{ pointer: '/params/z', detail: `must be ${COARSEST_AREA} or more` }],
    });
  return inTx(deps.pool, NOBODY, async (tx) => {
    const version = createHash('sha256')
      .update(await homesVersion(tx))
      .digest('base64url')
      .slice(0, 16);
    const key = `louver:homes:${version}:${z}:${x}:${y}`;
    const kept = await deps.redis.get(key);
    const body = kept ?? (await drawHomes(tx, z, x, y));
    if (kept === null) await deps.redis.set(key, body, 'EX', KEEP_SECONDS);
    return { body, version };
  });
}
