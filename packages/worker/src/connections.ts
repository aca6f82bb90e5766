// SPDX-License-Identifier: AGPL-3.0-or-later
import { createPool, type Pool } from '@louver/db';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** What takes longer counts as a database that is gone. */
const QUERY_MS = 5_000;
const COMMAND_MS = 2_000;

export interface Connections {
  readonly pool: Pool;
  /** Fails at once instead of waiting: a ticket is not taken while nobody knows whether it was used. */
  readonly redis: Redis;
  readonly subscriber: Redis;
  /** Waits for as long as it takes, as BullMQ wants it. */
  readonly forQueues: Redis;
  close(): Promise<void>;
}

/** Resolves also while database or Redis are away: whoever uses them is told then. */
export async function connect(
  { databaseUrl, redisUrl }: { databaseUrl: string; redisUrl: string },
  log: Logger,
): Promise<Connections> {
  const pool = createPool(databaseUrl, { query_timeout: QUERY_MS, statement_timeout: QUERY_MS });
  const impatient = {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: COMMAND_MS,
    lazyConnect: true,
  };
  const redis = new Redis(redisUrl, impatient);
  const [subscriber, forQueues] = [0, 1].map(() => new Redis(redisUrl, { maxRetriesPerRequest: null })) as [
    Redis,
    Redis,
  ];
  const all = [redis, subscriber, forQueues];
  for (const connection of all) connection.on('error', (error: Error) => log.warn({ err: error }, 'Redis trouble'));
  await redis.connect().catch(() => undefined);
  return {
    pool,
    redis,
    subscriber,
    forQueues,
    async close() {
      for (const connection of all) connection.disconnect();
      await pool.end();
    },
  };
}
