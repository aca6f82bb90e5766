// SPDX-License-Identifier: AGPL-3.0-or-later
import { Problem, mayDo } from '@louver/contract';
import type { Request, Response } from 'express';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { holderOf } from '../auditor-tokens/tokens.ts';
import type { Deps } from '../http/deps.ts';
import { networkOf } from '../live/network.ts';
import { authenticate } from '../sessions/authenticate.ts';
import type { Reader } from './read-batches.ts';

/** Wrong tokens from one network. A right one is never refused for what its neighbours try. */
const WRONG_PER_MINUTE = 20;

/**
 * Who asks for entries: an auditor's program by its token, or an auditor's browser by its session.
 * @throws Problem not-signed-in, not-permitted, auditor-token-unknown, too-many-attempts
 */
export function createReaderCheck(deps: Deps): (request: Request, response: Response) => Promise<Reader> {
  const wrong = new RateLimiterRedis({
    storeClient: deps.redis,
    keyPrefix: 'louver:log-token-wrong',
    points: WRONG_PER_MINUTE,
    duration: 60,
  });
  return async (request, response) => {
    const { authorization } = request.headers;
    if (authorization === undefined) return signedIn(deps, request, response);
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    const holder = token === undefined ? undefined : await holderOf(deps, token, 'log:entries');
    if (holder) return { ...holder, jurisdiction: holder.jurisdictions[0] ?? null };
    await wrong.consume(networkOf(request.ip ?? 'unknown')).catch((reason: unknown) => {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      response.set('Retry-After', String(Math.ceil(reason.msBeforeNext / 1000)));
      throw new Problem('too-many-attempts');
    });
    response.set('WWW-Authenticate', 'Bearer realm="louver log", error="invalid_token"');
    throw new Problem('auditor-token-unknown');
  };
}

async function signedIn(deps: Deps, request: Request, response: Response): Promise<Reader> {
  const actor = await authenticate(deps, request);
  if (!actor) {
    response.set('WWW-Authenticate', 'Bearer realm="louver log"');
    throw new Problem('not-signed-in');
  }
  if (!mayDo(actor.role, 'log.read')) throw new Problem('not-permitted');
  const { accountId, role, jurisdictions } = actor;
  return { accountId, role, jurisdiction: jurisdictions[0] ?? null, tokenId: null };
}
