// SPDX-License-Identifier: AGPL-3.0-or-later
import { join } from 'node:path';
import { ASSET_ROOT } from '@louver/civic';
import express, { Router } from 'express';
import { casePages } from '../complaints/case-pages.ts';
import { complainPages } from '../complaints/complain-pages.ts';
import { figuresPages } from '../figures/figures-pages.ts';
import type { Deps } from '../http/deps.ts';
import { downloads } from './downloads.ts';
import { noticeFeeds } from './notice-feeds.ts';
import { PUBLIC_ROOTS, createPages, failingPage, publicHeaders, unknownPage } from './pages.ts';
import { registerPages } from './register-pages.ts';
import { signPages } from './sign-pages.ts';
import { publicTiles } from './tiles.ts';

/** The public pages, and what their scripts ask for. Outside /api/v1: no account, no cookie. */
export function registerRoutes(deps: Deps): Router {
  const router = Router();
  const pages = createPages(deps);
  router.use(
    `${ASSET_ROOT}assets`,
    // Named after their content by the bundler, so a name never means something else.
    express.static(join(deps.config.civicDir, 'assets'), { immutable: true, maxAge: '1y', index: false }),
  );
  router.use(ASSET_ROOT, publicTiles(deps), downloads(deps));
  router.use(PUBLIC_ROOTS, publicHeaders);
  router.use(signPages(deps, pages));
  router.use(registerPages(deps, pages), noticeFeeds(deps));
  router.use(figuresPages(deps, pages));
  router.use(complainPages(deps, pages), casePages(deps, pages));
  router.use(PUBLIC_ROOTS, unknownPage(pages));
  router.use(PUBLIC_ROOTS, failingPage(pages));
  return router;
}
