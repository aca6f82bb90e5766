// SPDX-License-Identifier: AGPL-3.0-or-later
import { Router } from 'express';
import { sessions } from '../sessions/session-store.ts';
import type { Deps } from './deps.ts';

/** Every capability, one line each. */
export function api(deps: Deps): Router {
  const router = Router();
  router.use(sessions(deps));
  return router;
}
