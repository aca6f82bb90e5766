// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from 'node:crypto';
import { redisKeys, type AccountId } from '@louver/contract';
import { Redis } from 'ioredis';
import { EXIT, Failure, reasonOf } from './failure.ts';

export interface Sessions {
  /** Deletes the accounts' sessions; their sockets and pictures end. @returns how many there were */
  end(accounts: readonly AccountId[]): Promise<number>;
  close(): void;
}

/** Connects first, so that whoever cannot end sessions has not erased anything yet. @throws Failure unreachable */
export async function endSessionsOf(redisUrl: string): Promise<Sessions> {
  const redis = new Redis(redisUrl, { lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 0 });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
  } catch (error) {
    redis.disconnect();
    throw new Failure(EXIT.unreachable, `couldn't reach Redis: ${reasonOf(error)}`, error);
  }
  return {
    async end(accounts) {
      const prefix = redisKeys.session('');
      let ended = 0;
      for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 500 }) as AsyncIterable<string[]>)
        for (const key of keys) {
          if (!isOf(accounts, await redis.get(key))) continue;
          ended += await redis.del(key);
          await redis.publish(
            redisKeys.sessionEnd,
            createHash('sha256').update(key.slice(prefix.length)).digest('hex'),
          );
        }
      return ended;
    },
    close: () => redis.disconnect(),
  };
}

function isOf(accounts: readonly string[], session: string | null): boolean {
  if (session === null) return false;
  try {
    const { accountId } = JSON.parse(session) as { accountId?: unknown };
    return typeof accountId === 'string' && accounts.includes(accountId);
  } catch {
    return false;
  }
}
