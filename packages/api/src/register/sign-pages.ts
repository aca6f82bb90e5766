// SPDX-License-Identifier: AGPL-3.0-or-later
import { pathTo } from '@louver/civic';
import { NOBODY, inTx } from '@louver/db';
import { Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { originOf } from './origin.ts';
import type { Pages } from './pages.ts';
import { findCamera } from './register-queries.ts';
import { storable } from './register-pages.ts';
import { drawSign } from './sign.ts';

/** One sign for both languages, so it is the same from either page. */
export function signPages(deps: Deps, pages: Pages): Router {
  const router = Router();
  pages.get(router, 'sign', async ({ request, response }) => {
    const code = storable(request.params['code']);
    const camera = await inTx(deps.pool, NOBODY, (tx) => findCamera(tx, code));
    if (!camera) return undefined;
    const page = pathTo({ page: 'camera', params: { code: camera.code } }, 'vi');
    const name = `bien-bao-${camera.code.replaceAll(/[^\w.-]/g, '_')}.pdf`;
    response.set({ 'Cache-Control': 'public, max-age=60', 'Content-Disposition': `inline; filename="${name}"` });
    response.type('application/pdf').send(await drawSign(camera, `${originOf(deps, request)}${page}`));
    return undefined;
  });
  return router;
}
