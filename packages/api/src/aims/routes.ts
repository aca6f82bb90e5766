// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, routes, type AimDraft } from '@louver/contract';
import { emitAfterCommit } from '@louver/db';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { insertAim, lockAim, lockCameraOfAims, updateAim } from './queries.ts';

/** The geometry, which is what decides over masks. The name is free text and stays out of the record. */
const geometryOf = ({ position, heading, tilt, roll, hfov, image, range }: AimDraft) => ({
  position,
  heading,
  tilt,
  roll,
  hfov,
  image,
  range,
});

export function aimRoutes(deps: Deps): Router {
  const router = Router();

  router.post(
    '/cameras/:cameraId/aims',
    endpoint(deps, routes.createAim, async ({ tx, params: { cameraId }, body, record }) => {
      const camera = await lockCameraOfAims(tx, cameraId);
      if (!camera) throw new Problem('camera-not-found');
      const { isCurrent, ...aim } = await insertAim(tx, cameraId, body);
      const { jurisdiction } = camera;
      // Workers hold it against the database: on paper nobody turns a camera to another of its aims.
      const detail = { after: geometryOf(aim), current: isCurrent };
      await record({ subject: aim.id, cameraId, jurisdiction, detail });
      await emitAfterCommit(tx, 'camera.changed', { cameraId, jurisdiction });
      return aim;
    }),
  );

  router.put(
    '/aims/:aimId',
    endpoint(deps, routes.changeAim, async ({ tx, params, body, record }) => {
      const before = await lockAim(tx, params.aimId);
      if (!before) throw new Problem('aim-not-found');
      const aim = await updateAim(tx, params.aimId, body);
      const { cameraId, jurisdiction } = before;
      await record({
        subject: aim.id,
        cameraId,
        jurisdiction,
        detail: { before: geometryOf(before), after: geometryOf(aim) },
      });
      await emitAfterCommit(tx, 'camera.changed', { cameraId, jurisdiction });
      return aim;
    }),
  );

  return router;
}
