// SPDX-License-Identifier: AGPL-3.0-or-later
import { Router } from 'express';
import { aimRoutes } from '../aims/routes.ts';
import { auditorTokenRoutes } from '../auditor-tokens/routes.ts';
import { cameraRoutes } from '../cameras/routes.ts';
import { deviceRoutes } from '../devices/routes.ts';
import { exposureRoutes } from '../exposures/routes.ts';
import { importRoutes } from '../imports/routes.ts';
import { jurisdictionRoutes } from '../jurisdictions/routes.ts';
import { ledgerRoutes } from '../ledger/routes.ts';
import { deskRoutes } from '../complaints/desk-routes.ts';
import { citizenRoutes } from '../complaints/routes.ts';
import { open311KeyRoutes } from '../open311/key-routes.ts';
import { mapRoutes } from '../map/routes.ts';
import { maskRoutes } from '../masks/routes.ts';
import { publicDetailsRoutes } from '../register/details-routes.ts';
import { oversightRoutes } from '../oversight/routes.ts';
import { planningRoutes } from '../planning/routes.ts';
import { sceneRoutes } from '../scenes/routes.ts';
import { viewingRoutes } from '../viewings/routes.ts';
import { sessionRoutes } from '../sessions/routes.ts';
import { sessions } from '../sessions/session-store.ts';
import type { Deps } from './deps.ts';
import { createOpenApi } from './openapi.ts';

/** Every capability, one line each. */
export function api(deps: Deps): Router {
  const router = Router();
  const document = JSON.stringify(createOpenApi());
  router.get('/openapi.json', (_request, response) => {
    response.locals.route = '/openapi.json';
    response.type('application/json').send(document);
  });
  router.use(sessions(deps));
  router.use(cameraRoutes(deps));
  router.use(publicDetailsRoutes(deps));
  router.use(aimRoutes(deps));
  router.use(deviceRoutes(deps));
  router.use(exposureRoutes(deps));
  router.use(importRoutes(deps));
  router.use(jurisdictionRoutes(deps));
  router.use(mapRoutes(deps));
  router.use(planningRoutes(deps));
  router.use(sceneRoutes(deps));
  router.use(sessionRoutes(deps));
  router.use(maskRoutes(deps));
  router.use(viewingRoutes(deps));
  router.use(oversightRoutes(deps));
  router.use(citizenRoutes(deps));
  router.use(deskRoutes(deps));
  router.use(open311KeyRoutes(deps));
  router.use(ledgerRoutes(deps));
  router.use(auditorTokenRoutes(deps));
  return router;
}
