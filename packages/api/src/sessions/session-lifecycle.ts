// SPDX-License-Identifier: AGPL-3.0-or-later
import { redisKeys, type AccountId } from '@louver/contract';
import type { Request, Response } from 'express';
import type { Deps } from '../http/deps.ts';
import { sessionHashOf } from './authenticate.ts';
import { SESSION_COOKIE } from './session-store.ts';

/** A new id at every sign-in: whoever planted an id in this browser before holds nothing now. */
export async function beginSession(deps: Deps, request: Request, accountId: AccountId): Promise<void> {
  await settled((done) => request.session.regenerate(done));
  request.session.accountId = accountId;
  request.session.openedAt = deps.clock.now().getTime();
  await settled((done) => request.session.save(done));
}

export async function endSession(deps: Deps, request: Request, response: Response): Promise<void> {
  const hash = sessionHashOf(request.sessionID);
  await settled((done) => request.session.destroy(done));
  response.clearCookie(SESSION_COOKIE, { path: '/' });
  await deps.redis.publish(redisKeys.sessionEnd, hash);
}

const settled = (start: (done: (error?: unknown) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    start((error) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error('the session store failed', { cause: error }));
    });
  });
