// SPDX-License-Identifier: AGPL-3.0-or-later
import { ATOM_TYPE, LANGUAGES, type Language, noticeFeed, pathPattern } from '@louver/civic';
import { NOBODY, inTx } from '@louver/db';
import { Router, type RequestHandler } from 'express';
import type { Deps } from '../http/deps.ts';
import { originOf } from './origin.ts';
import { storable } from './register-pages.ts';
import { findNotices, findWards } from './register-queries.ts';

const NEWEST = 100;

/** The notices for programs that look for new ones: of every ward, and of one. */
export function noticeFeeds(deps: Deps): Router {
  const router = Router();
  for (const language of LANGUAGES)
    for (const page of ['noticeFeed', 'noticeFeedIn'] as const)
      router.get(pathPattern(page, language), feed(deps, language, pathPattern(page, language)));
  return router;
}

const feed =
  (deps: Deps, language: Language, route: string): RequestHandler =>
  async (request, response, next) => {
    response.locals.route = route;
    const asked = request.params['ward'];
    const found = await inTx(deps.pool, NOBODY, async (tx) => {
      const [ward] = asked === undefined ? [] : await findWards(tx, storable(asked));
      if (asked !== undefined && !ward) return undefined;
      return { ward, notices: await findNotices(tx, NEWEST, 0, { ward: ward?.path }) };
    });
    if (!found) {
      next();
      return;
    }
    response.set('Cache-Control', 'public, max-age=300').type(ATOM_TYPE);
    response.send(noticeFeed(language, { origin: originOf(deps, request), ...found }));
  };
