// SPDX-License-Identifier: AGPL-3.0-or-later
// How often one network may guess, without anybody keeping where people are: addresses become a keyed hash whose key is thrown
// away every day.
import { createHmac, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from '../live/network.ts';
import { TooManyAttempts } from '../sessions/throttle.ts';

const DAY_SECONDS = 86_400;
const QUARTER_SECONDS = 15 * 60;
/** Behind one address of a mobile network are thousands of people: filing is hardly limited, guessing is. */
const LIMITS = {
  'case-code': { points: 20, duration: QUARTER_SECONDS },
  near: { points: 600, duration: QUARTER_SECONDS },
  file: { points: 5_000, duration: QUARTER_SECONDS },
} as const;
type Limited = keyof typeof LIMITS;

export interface CitizenThrottle {
  /**
   * Counts before it is looked at, so that many at once count as many.
   * @returns what takes it back
   * @throws Problem too-many-attempts
   */
  attempt(what: Limited, address: string | undefined): Promise<() => Promise<void>>;
}

export function citizenThrottle(redis: Redis, now: () => Date): CitizenThrottle {
  const limiters = new Map(
    Object.entries(LIMITS).map(([name, limit]) => [
      name,
      new RateLimiterRedis({ storeClient: redis, keyPrefix: `louver:citizens:${name}`, ...limit }),
    ]),
  );
  return {
    async attempt(what, address) {
      const limiter = limiters.get(what)!;
      const key = await pseudonym(redis, now(), address);
      await limiter.consume(key).catch(refuse);
      return async () => {
        await limiter.reward(key);
      };
    },
  };
}

async function pseudonym(redis: Redis, now: Date, address = 'unknown'): Promise<string> {
  const place = `louver:citizens:salt:${now.toISOString().slice(0, 10)}`;
  await redis.set(place, randomBytes(32).toString('base64'), 'EX', DAY_SECONDS, 'NX');
  const salt = (await redis.get(place)) ?? '';
  return createHmac('sha256', salt).update(networkOf(address)).digest('base64url').slice(0, 22);
}

/** The limiter rejects with its count, which is no error, or with what Redis said. */
function refuse(reason: unknown): never {
  if (reason instanceof RateLimiterRes) throw new TooManyAttempts(Math.ceil(reason.msBeforeNext / 1000));
  throw reason;
}
