// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from 'node:crypto';
import { Problem } from '@louver/contract';
import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

const WINDOW_SECONDS = 15 * 60;

export interface SignInThrottle {
  /** Counts an attempt before it is looked at, so that many at once count as many. */
  attempt(email: string, network: string): Promise<void>;
  /** Takes the attempt back: only wrong ones count. */
  succeeded(email: string, network: string): Promise<void>;
}

/**
 * Three limits: guesses from one network at one account, guesses at one account from everywhere (wide, because it also
 * locks its owner out), and guesses from one network at many accounts.
 */
export function signInThrottle(redis: Redis): SignInThrottle {
  const limiter = (name: string, points: number) =>
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `louver:sign-in:${name}`,
      points,
      duration: WINDOW_SECONDS,
    });
  const [pair, account, source] = [limiter('pair', 8), limiter('account', 100), limiter('network', 60)];
  const keysOf = (email: string, network: string) => {
    const id = createHash('sha256').update(email.toLowerCase()).digest('hex');
    return [
      [pair, `${id}:${network}`],
      [account, id],
      [source, network],
    ] as const;
  };
  return {
    async attempt(email, network) {
      for (const [limit, key] of keysOf(email, network)) await limit.consume(key).catch(refuse);
    },
    async succeeded(email, network) {
      for (const [limit, key] of keysOf(email, network)) await limit.reward(key);
    },
  };
}

export class TooManyAttempts extends Problem {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('too-many-attempts', { detail: `try again in ${retryAfterSeconds} seconds` });
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The limiter rejects with its count, which is no error, or with what Redis said. */
function refuse(reason: unknown): never {
  if (reason instanceof RateLimiterRes) throw new TooManyAttempts(Math.ceil(reason.msBeforeNext / 1000));
  throw reason;
}
