// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, encodeCameraColumns, routes, type Camera, type CameraId } from '@louver/contract';
import { addressMac, emitAfterCommit, sealCredentials, type Tx } from '@louver/db';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { requireHeld } from '../jurisdictions/held.ts';
import { changesBetween } from './changes.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import {
  cameraColumns,
  countMasksInForce,
  deleteStream,
  findCamera,
  insertCamera,
  lockCamera,
  moveAims,
  pageOfCameras,
  putSealedStream,
  updateCamera,
} from './queries.ts';
import { sayFromWhen } from './window.ts';

async function requireCamera(tx: Tx, id: CameraId): Promise<Camera> {
  const camera = await findCamera(tx, id);
  if (!camera) throw new Problem('camera-not-found');
  return camera;
}

async function requireLocked(tx: Tx, id: CameraId) {
  const camera = await lockCamera(tx, id);
  if (!camera) throw new Problem('camera-not-found');
  return camera;
}

export function cameraRoutes(deps: Deps): Router {
  const router = Router();
  router.get('/cameras', listCameras(deps));
  router.get('/map/cameras', mapCameras(deps));
  router.post('/cameras', createCamera(deps));
  router.get(
    '/cameras/:cameraId',
    endpoint(deps, routes.readCamera, ({ tx, params }) => requireCamera(tx, params.cameraId)),
  );
  router.patch('/cameras/:cameraId', changeCamera(deps));
  router.put('/cameras/:cameraId/stream', putStream(deps));
  router.delete('/cameras/:cameraId/stream', forgetStream(deps));
  return router;
}

const listCameras = (deps: Deps) =>
  endpoint(deps, routes.listCameras, async ({ tx, query: { limit, cursor, ...filter } }) => {
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const found = await pageOfCameras(tx, filter, limit + 1, after);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? encodeCursor(last.code) : null };
  });

const mapCameras = (deps: Deps) =>
  endpoint(deps, routes.mapCameras, async ({ tx, query, response }) => {
    const columns = await cameraColumns(tx, query);
    // Asked again after every change, and answered with 304 when nothing is different.
    response.set('Cache-Control', 'private, no-cache');
    return encodeCameraColumns(columns);
  });

const createCamera = (deps: Deps) =>
  endpoint(deps, routes.createCamera, async ({ tx, body, actor, record, response }) => {
    requireHeld(actor, body.jurisdiction);
    const { id } = await insertCamera(tx, body);
    const { jurisdiction } = body;
    const [lon, lat] = body.location.coordinates;
    const detail = { code: body.code, status: body.status, location: [lon, lat] };
    await record({ subject: id, cameraId: id, jurisdiction, detail });
    await emitAfterCommit(tx, 'camera.changed', { cameraId: id, jurisdiction });
    response.location(`/api/v1/cameras/${id}`);
    return requireCamera(tx, id);
  });

const changeCamera = (deps: Deps) =>
  endpoint(deps, routes.updateCamera, async ({ tx, params, body, actor, record }) => {
    const { id, ...before } = await requireLocked(tx, params.cameraId);
    const after = { ...before, ...body };
    requireHeld(actor, after.jurisdiction);
    const changes = changesBetween(before, after);
    if (changes.changed.length > 0) {
      await updateCamera(tx, id, after).catch(sayFromWhen);
      if (changes.changed.includes('location')) await moveAims(tx, id, before.location, after.location);
      await emitAfterCommit(tx, 'camera.changed', { cameraId: id, jurisdiction: after.jurisdiction });
    }
    await record({ subject: id, cameraId: id, jurisdiction: after.jurisdiction, detail: changes });
    return requireCamera(tx, id);
  });

const putStream = (deps: Deps) =>
  endpoint(deps, routes.putStream, async ({ tx, params, body, record }) => {
    const { id, jurisdiction } = await requireLocked(tx, params.cameraId);
    const key = deps.keys.credentials;
    const before = await countMasksInForce(tx, id);
    const replaced = await putSealedStream(tx, id, sealCredentials(key, id, body), addressMac(key, id, body));
    const after = await countMasksInForce(tx, id);
    // That it changed is all that is said: an address in the record would be one for ever. `moved` cost masks their force.
    const stream = !replaced ? 'set' : after.count < before.count ? 'moved' : 'replaced';
    await record({ subject: id, cameraId: id, jurisdiction, detail: { stream } });
    await emitAfterCommit(tx, 'camera.changed', { cameraId: id, jurisdiction });
  });

const forgetStream = (deps: Deps) =>
  endpoint(deps, routes.deleteStream, async ({ tx, params, record }) => {
    const { id, jurisdiction } = await requireLocked(tx, params.cameraId);
    const removed = await deleteStream(tx, id);
    await record({ subject: id, cameraId: id, jurisdiction, detail: { stream: removed ? 'removed' : 'was-none' } });
    await emitAfterCommit(tx, 'camera.changed', { cameraId: id, jurisdiction });
  });
