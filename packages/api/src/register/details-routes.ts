// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, routes, type PublicDetails } from '@louver/contract';
import { emitAfterCommit } from '@louver/db';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { findDetails, lockDetails, updateDetails } from './details-queries.ts';

/** What a supervisor states for the public beside the inventory. */
export function publicDetailsRoutes(deps: Deps): Router {
  const router = Router();
  router.get(
    '/cameras/:cameraId/public-details',
    endpoint(deps, routes.readPublicDetails, async ({ tx, params }) => {
      const found = await findDetails(tx, params.cameraId);
      if (!found) throw new Problem('camera-not-found');
      return shown(found);
    }),
  );
  router.put(
    '/cameras/:cameraId/public-details',
    endpoint(deps, routes.putPublicDetails, async ({ tx, params, body, record }) => {
      const before = await lockDetails(tx, params.cameraId);
      if (!before) throw new Problem('camera-not-found');
      const after = { ...body, capabilities: [...new Set(body.capabilities)].sort() };
      await updateDetails(tx, params.cameraId, after);
      const { jurisdiction } = before;
      // A contact may hold somebody's name, and the record is kept for ever: of it is said that it changed, not to what.
      const detail = {
        capabilities: after.capabilities,
        storageCountry: after.storageCountry,
        changed: (['capabilities', 'contact', 'storageCountry'] as const).filter(
          (field) => String(before[field]) !== String(after[field]),
        ),
      };
      await record({ subject: params.cameraId, cameraId: params.cameraId, jurisdiction, detail });
      await emitAfterCommit(tx, 'camera.changed', { cameraId: params.cameraId, jurisdiction });
      return after;
    }),
  );
  return router;
}

const shown = ({ capabilities, contact, storageCountry }: PublicDetails): PublicDetails => ({
  capabilities,
  contact,
  storageCountry,
});
