// SPDX-License-Identifier: AGPL-3.0-or-later
import { redisKeys, type AccountId } from '@louver/contract';
import { RedisStore } from 'connect-redis';
import type { RequestHandler } from 'express';
import session from 'express-session';
import type { Deps } from '../http/deps.ts';

export const SESSION_COOKIE = 'louver_session';
const IDLE_MS = 30 * 60_000;
/** However busy a session is, after a working day somebody signs in again. */
export const MAX_SESSION_MS = 12 * 60 * 60_000;

declare module 'express-session' {
  interface SessionData {
    accountId: AccountId;
    /** Milliseconds since 1970. */
    openedAt: number;
  }
}

export const sessionKey = redisKeys.session;

/** `listenOnly` reads the session and does not prolong it: an open page alone is nobody at work. */
export function sessions(deps: Deps, { listenOnly = false } = {}): RequestHandler {
  const https = deps.config.publicUrl?.startsWith('https:') ?? false;
  return session({
    name: SESSION_COOKIE,
    secret: deps.keys.session,
    store: new RedisStore({
      client: deps.redis,
      prefix: sessionKey(''),
      ttl: IDLE_MS / 1000,
      disableTouch: listenOnly,
    }),
    cookie: { httpOnly: true, sameSite: 'lax', secure: https, maxAge: IDLE_MS, path: '/' },
    // Behind the proxy that ends TLS the connection itself is plain: its word decides whether the cookie may be sent.
    ...(https ? { proxy: true } : {}),
    resave: false,
    saveUninitialized: false,
    rolling: !listenOnly,
  });
}
