// SPDX-License-Identifier: AGPL-3.0-or-later
import { join } from 'node:path';
import { ASSET_ROOT, homePage } from '@louver/civic';
import { NOBODY, inTx } from '@louver/db';
import express, { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { PUBLIC_ROOTS, createPages, failingPage, publicHeaders, unknownPage } from './pages.ts';
import { countCameras, findNotices } from './queries.ts';

const NEWEST = 3;

/** The public pages, and what their scripts ask for. Outside /api/v1: no account, no cookie. */
export function registerRoutes(deps: Deps): Router {
  const router = Router();
  const pages = createPages(deps);
  router.use(
    `${ASSET_ROOT}assets`,
    // Named after their content by the bundler, so a name never means something else.
    express.static(join(deps.config.civicDir, 'assets'), { immutable: true, maxAge: '1y', index: false }),
  );
  router.use(PUBLIC_ROOTS, publicHeaders);
  pages.get(router, 'home', async ({ frame }) =>
    inTx(deps.pool, NOBODY, async (tx) =>
      homePage(frame, { numbers: await countCameras(tx), notices: await findNotices(tx, NEWEST) }),
    ),
  );
  router.use(PUBLIC_ROOTS, unknownPage(pages));
  router.use(PUBLIC_ROOTS, failingPage(pages));
  return router;
}
