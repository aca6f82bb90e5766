// SPDX-License-Identifier: AGPL-3.0-or-later
import { join } from 'node:path';
import express, { Router } from 'express';
import type { Config } from '../config.ts';

/** Addresses of programs: what is unknown below them is a problem, never a page. */
const NOT_PAGES = /^\/(api|civic|live|log|ogc|open311|healthz|readyz|metrics)(\/|$)/;

/** The built console. Every other address is a page of it, and the console's own router decides which. */
export function consolePages(config: Config): Router {
  const router = Router();
  const index = join(config.consoleDir, 'index.html');
  router.use(
    '/assets',
    // Named after their content by the bundler, so a name never means something else.
    express.static(join(config.consoleDir, 'assets'), {
      immutable: true,
      maxAge: '1y',
      index: false,
      fallthrough: true,
    }),
  );
  router.use(
    express.static(config.consoleDir, {
      index: false,
      setHeaders: (response) => response.set('Cache-Control', 'no-cache'),
    }),
  );
  router.get('/{*path}', (request, response, next) => {
    const page = !NOT_PAGES.test(request.path) && !request.path.startsWith('/assets/') && request.accepts('html');
    if (!page) {
      next();
      return;
    }
    response.locals.route = 'page';
    response.set('Cache-Control', 'no-cache');
    response.sendFile(index, (error) => {
      // Not built, or the reader went away: nothing to show either way.
      if (error && !response.headersSent) next();
    });
  });
  return router;
}
