// SPDX-License-Identifier: AGPL-3.0-or-later
import compression from 'compression';
import express, { type Express } from 'express';
import type { Deps } from './deps.ts';
import { liveRoutes } from '../live/ingress.ts';
import { LOG_ROOT, isBundle, logFileRoutes } from '../ledger/file-routes.ts';
import { api } from './api.ts';
import { consolePages } from './console.ts';
import { requestLog } from './log.ts';
import { observeRequests } from './metrics.ts';
import { OPEN311_ROOT, open311Routes } from '../open311/routes.ts';
import { problems, unknownRoute } from './problems.ts';
import { ogcRoutes } from '../ogc/routes.ts';
import { registerRoutes } from '../register/routes.ts';
import { healthRoutes } from './readiness.ts';
import { permissionsPolicy, refuseForeign, securityHeaders } from './security.ts';

/** Columns and tiles are numbers side by side, which no list of media types knows to shrink well. */
const isWorthCompressing: compression.CompressionFilter = (request, response) =>
  isBundle(request) ||
  /^application\/vnd\.(louver|mapbox)/.test(String(response.getHeader('Content-Type'))) ||
  compression.filter(request, response);

/** The whole of HTTP, without listening. */
export function createApp(deps: Deps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.config.trustProxy);
  app.use(requestLog(deps.log));
  app.use(observeRequests(deps.metrics));
  app.use(securityHeaders(deps.config));
  app.use(permissionsPolicy);
  app.use(refuseForeign(deps.config));
  app.use(healthRoutes(deps));
  // Before compression: a picture is compressed already, and must not wait in a buffer.
  app.use(liveRoutes(deps));
  app.use(compression({ filter: isWorthCompressing }));
  app.use(LOG_ROOT, logFileRoutes(deps));
  app.use('/api/v1', api(deps));
  app.use(ogcRoutes(deps));
  app.use(OPEN311_ROOT, open311Routes(deps));
  app.use(registerRoutes(deps));
  app.use(consolePages(deps.config));
  app.use(unknownRoute);
  app.use(problems);
  return app;
}
