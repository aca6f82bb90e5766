// SPDX-License-Identifier: AGPL-3.0-or-later
// A Redis database of its own per test file. Databases keep keys apart, not pub/sub channels.
import { Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';
import { requireServer } from './servers.ts';

/** A run that was killed gives its databases back after this long. */
const CLAIM_SECONDS = 3600;

export interface TestRedis {
  readonly url: string;
}

/** An empty Redis database for the tests of one file. */
export function useRedis(): TestRedis {
  let claimed: (TestRedis & { release: () => Promise<void> }) | undefined;
  beforeAll(async () => {
    claimed = await claimRedis();
  });
  afterAll(async () => {
    await claimed?.release();
  });
  return {
    get url() {
      if (!claimed) throw new Error('Redis is there only inside tests and hooks');
      return claimed.url;
    },
  };
}

/** Number 0 holds who claimed which; tests get the others. */
export async function claimRedis(): Promise<TestRedis & { release: () => Promise<void> }> {
  const server = requireServer('LOUVER_TEST_REDIS_URL');
  const registry = new Redis(server);
  try {
    const number = await claimNumber(registry);
    const url = urlOf(server, number);
    await emptyDatabase(url);
    return { url, release: () => release(server, number) };
  } finally {
    registry.disconnect();
  }
}

async function claimNumber(registry: Redis): Promise<number> {
  const [, configured] = (await registry.config('GET', 'databases')) as [string, string];
  const usable = Number(configured) - 1;
  for (let tries = 0; tries < usable; tries += 1) {
    const number = 1 + ((await registry.incr('testkit:turn')) % usable);
    if (await registry.set(claimKey(number), process.pid, 'EX', CLAIM_SECONDS, 'NX')) return number;
  }
  throw new Error(`all ${usable} databases of this Redis are claimed by tests`);
}

async function release(server: string, number: number): Promise<void> {
  await emptyDatabase(urlOf(server, number));
  const registry = new Redis(server);
  await registry.del(claimKey(number));
  registry.disconnect();
}

async function emptyDatabase(url: string): Promise<void> {
  const client = new Redis(url);
  await client.flushdb();
  client.disconnect();
}

const claimKey = (number: number): string => `testkit:claim:${number}`;

function urlOf(server: string, number: number): string {
  const url = new URL(server);
  if (url.protocol === 'unix:') url.searchParams.set('db', String(number));
  else url.pathname = `/${number}`;
  return url.href;
}
