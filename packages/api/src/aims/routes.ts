// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, lensFolds, routes, type AimCalibration, type AimDraft, type AimStatement } from '@louver/contract';
import { emitAfterCommit } from '@louver/db';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { findPtz, insertAim, lockAim, lockCameraOfAims, retireAim, updateAim } from './queries.ts';

/** What decides over masks: where it looks, and where the head stands then. The name is free text and stays out of the record. */
const geometryOf = ({
  position,
  heading,
  tilt,
  roll,
  hfov,
  image,
  range,
  preset = null,
  k1 = 0,
  k2 = 0,
}: AimDraft) => ({
  position,
  heading,
  tilt,
  roll,
  hfov,
  image,
  range,
  k1,
  k2,
  preset,
});

/**
 * Who says nothing of it confirms nothing: what was assumed stays assumed, and what points had measured is now somebody's
 * word where the numbers are others.
 */
function calibrationOf(before: AimDraft & { calibration: AimCalibration }, after: AimStatement): AimCalibration {
  if (after.calibration !== undefined) return after.calibration;
  const same = JSON.stringify(geometryOf(before)) === JSON.stringify(geometryOf(after));
  return before.calibration === 'measured' && !same ? 'stated' : before.calibration;
}

/** @throws Problem request-invalid */
function requireLens(aim: AimDraft): void {
  if (!lensFolds(aim)) return;
  const detail = 'with this k1 and k2 the picture would fold over itself';
  throw new Problem('request-invalid', { errors: [{ pointer: '/k1', detail }] });
}

export function aimRoutes(deps: Deps): Router {
  const router = Router();

  router.post(
    '/cameras/:cameraId/aims',
    endpoint(deps, routes.createAim, async ({ tx, params: { cameraId }, body, record }) => {
      const camera = await lockCameraOfAims(tx, cameraId);
      if (!camera) throw new Problem('camera-not-found');
      requireLens(body);
      const stated = { ...body, calibration: body.calibration ?? 'stated' };
      const { isCurrent, ...aim } = await insertAim(tx, cameraId, stated);
      const { jurisdiction } = camera;
      // Workers hold it against the database: on paper nobody turns a camera to another of its aims.
      const detail = { after: geometryOf(aim), current: isCurrent, calibration: aim.calibration };
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
      requireLens(body);
      // A page that knows nothing of presets leaves them alone.
      const stated = { ...body, preset: body.preset === undefined ? before.preset : body.preset };
      const aim = await updateAim(tx, params.aimId, { ...stated, calibration: calibrationOf(before, stated) });
      const { cameraId, jurisdiction } = before;
      await record({
        subject: aim.id,
        cameraId,
        jurisdiction,
        detail: {
          before: geometryOf(before),
          after: geometryOf(aim),
          // Beside the geometry: whoever reads whether the camera was turned compares that.
          calibration: { before: before.calibration, after: aim.calibration },
        },
      });
      await emitAfterCommit(tx, 'camera.changed', { cameraId, jurisdiction });
      return aim;
    }),
  );

  router.delete(
    '/aims/:aimId',
    endpoint(deps, routes.retireAim, async ({ tx, params, record }) => {
      const before = await lockAim(tx, params.aimId);
      if (!before) throw new Problem('aim-not-found');
      if (before.isCurrent) throw new Problem('aim-is-current');
      await retireAim(tx, params.aimId);
      const { cameraId, jurisdiction } = before;
      await record({ subject: before.id, cameraId, jurisdiction, detail: { before: geometryOf(before) } });
      await emitAfterCommit(tx, 'camera.changed', { cameraId, jurisdiction });
    }),
  );

  router.get(
    '/cameras/:cameraId/ptz',
    endpoint(deps, routes.readPtz, async ({ tx, params }) => {
      const standing = await findPtz(tx, params.cameraId);
      if (!standing) throw new Problem('camera-not-found');
      return standing;
    }),
  );

  return router;
}
