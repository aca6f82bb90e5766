// SPDX-License-Identifier: AGPL-3.0-or-later
import { type CameraId, type DeviceStanding, Problem, routes } from '@louver/contract';
import { emitAfterCommit, sealDeviceAccess, type Tx } from '@louver/db';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { deleteDevice, findDevice, lockCameraOfDevice, putSealedDevice, setMasksWanted } from './queries.ts';

async function requireDevice(tx: Tx, cameraId: CameraId): Promise<DeviceStanding> {
  const device = await findDevice(tx, cameraId);
  if (!device) throw new Problem('camera-not-found');
  return device;
}

async function requireLocked(tx: Tx, cameraId: CameraId) {
  const camera = await lockCameraOfDevice(tx, cameraId);
  if (!camera) throw new Problem('camera-not-found');
  return camera;
}

export function deviceRoutes(deps: Deps): Router {
  const router = Router();
  router.get(
    '/cameras/:cameraId/device',
    endpoint(deps, routes.readDevice, ({ tx, params }) => requireDevice(tx, params.cameraId)),
  );
  router.put('/cameras/:cameraId/device', putDevice(deps));
  router.delete('/cameras/:cameraId/device', forgetDevice(deps));
  router.put('/cameras/:cameraId/on-device-masks', chooseMasks(deps));
  return router;
}

const putDevice = (deps: Deps) =>
  endpoint(deps, routes.putDevice, async ({ tx, params: { cameraId }, body, record }) => {
    const { jurisdiction } = await requireLocked(tx, cameraId);
    const replaced = await putSealedDevice(tx, cameraId, sealDeviceAccess(deps.keys.credentials, cameraId, body));
    // That it changed is all that is said: an address in the record would be one for ever.
    await record({ subject: cameraId, cameraId, jurisdiction, detail: { device: replaced ? 'replaced' : 'set' } });
    await emitAfterCommit(tx, 'camera.changed', { cameraId, jurisdiction });
  });

const forgetDevice = (deps: Deps) =>
  endpoint(deps, routes.deleteDevice, async ({ tx, params: { cameraId }, record }) => {
    const { jurisdiction } = await requireLocked(tx, cameraId);
    const removed = await deleteDevice(tx, cameraId);
    await record({ subject: cameraId, cameraId, jurisdiction, detail: { device: removed ? 'removed' : 'was-none' } });
    await emitAfterCommit(tx, 'camera.changed', { cameraId, jurisdiction });
  });

const chooseMasks = (deps: Deps) =>
  endpoint(deps, routes.chooseOnDeviceMasks, async ({ tx, params: { cameraId }, body: { wanted }, record }) => {
    const { jurisdiction } = await requireLocked(tx, cameraId);
    if (!(await setMasksWanted(tx, cameraId, wanted))) throw new Problem('camera-without-device');
    await record({ subject: cameraId, cameraId, jurisdiction, detail: { wanted } });
    await emitAfterCommit(tx, 'camera.changed', { cameraId, jurisdiction });
    return requireDevice(tx, cameraId);
  });
