// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole API on a database, a Redis and a sealer of its own, for tests. Nothing here replaces code of ours.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { Writable } from 'node:stream';
import type { Role } from '@louver/contract';
import { createPool, type Pool } from '@louver/db';
import { anAccount, useDatabase, useRedis, useSealer, type GivenAccount, type TestSealer } from '@louver/testkit';
import { Redis } from 'ioredis';
import request from 'supertest';
import { afterAll, beforeAll } from 'vitest';
import type { Config } from '../config.ts';
import { createApp } from '../http/app.ts';
import type { Deps } from '../http/deps.ts';
import { createLog } from '../http/log.ts';
import { createMetrics } from '../http/metrics.ts';
import { createLedger } from '../ledger/ledger.ts';
import { createQueues } from '../outbox/queues.ts';
import { testKeys } from './keys.ts';

interface Running {
  deps: Deps;
  owner: Pool;
  server: Server;
  url: string;
  /** Lines of the log, as text. */
  log: string[];
}

export interface Api extends Running {
  readonly sealer: TestSealer;
  /** Nobody: no cookie. */
  readonly anybody: ReturnType<typeof request.agent>;
  /** A new account of that role, signed in. */
  as(role: Role, given?: Omit<GivenAccount, 'role'>): Promise<SignedIn>;
  signIn(account: { email: string; password: string }): Promise<ReturnType<typeof request.agent>>;
  /** What stands in the record of a subject, oldest first. */
  recordsOf(subject: string): Promise<Record<string, unknown>[]>;
}

export type SignedIn = Awaited<ReturnType<typeof anAccount>> & { agent: ReturnType<typeof request.agent> };

export function useApi(given: Partial<Config> = {}, attach?: (running: Running) => Promise<() => Promise<void>>): Api {
  const database = useDatabase();
  const redis = useRedis();
  const sealer = useSealer(database, redis);
  const held: { running?: Running & { stop: () => Promise<void> } } = {};
  beforeAll(async () => {
    held.running = await start({ dataDir: sealer.dataDir, ...given }, database, redis.url, attach);
  });
  afterAll(async () => {
    await held.running?.stop();
  });
  const there = () => {
    if (!held.running) throw new Error('the API is there only inside tests and hooks');
    return held.running;
  };
  const signIn = async ({ email, password }: { email: string; password: string }) => {
    const agent = request.agent(there().url);
    await agent.post('/api/v1/session').send({ email, password }).expect(200);
    return agent;
  };
  const api = {
    sealer,
    signIn,
    async as(role: Role, account: Omit<GivenAccount, 'role'> = {}) {
      const made = await anAccount(there().owner, { ...account, role });
      return { ...made, agent: await signIn(made) };
    },
    async recordsOf(subject: string) {
      const text = 'SELECT *, jurisdiction::text AS jurisdiction FROM records WHERE subject = $1 ORDER BY seq';
      return (await there().owner.query<Record<string, unknown>>(text, [subject])).rows;
    },
    get anybody() {
      return request.agent(there().url);
    },
  };
  for (const name of ['deps', 'owner', 'server', 'url', 'log'] as const)
    Object.defineProperty(api, name, { get: () => there()[name] });
  return api as Api;
}

async function start(
  given: Partial<Config>,
  database: { apiUrl: string; ownerUrl: string },
  redisUrl: string,
  attach?: (running: Running) => Promise<() => Promise<void>>,
) {
  const config: Config = {
    databaseUrl: database.apiUrl,
    redisUrl,
    port: 0,
    dataDir: tmpdir(),
    publicUrl: undefined,
    trustProxy: false,
    witnessPolicy: undefined,
    demo: false,
    logLevel: 'trace',
    consoleDir: `${tmpdir()}/louver-no-console`,
    civicDir: `${tmpdir()}/louver-no-pages`,
    ...given,
  };
  const log: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(chunk.toString('utf8'));
      done();
    },
  });
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const queues = createQueues(redis);
  const pool = createPool(config.databaseUrl);
  const logger = createLog(config.logLevel, sink);
  const deps: Deps = {
    pool,
    redis,
    config,
    keys: testKeys(),
    log: logger,
    queues,
    metrics: createMetrics(),
    ledger: createLedger({ config, pool, redis, log: logger }),
    clock: { now: () => new Date() },
  };
  const owner = createPool(database.ownerUrl, { max: 3 });
  const server = createServer(createApp(deps));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const running = { deps, owner, server, url, log };
  const detach = await attach?.(running);
  const stop = async () => {
    await detach?.();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await deps.ledger.close();
    await queues.close();
    redis.disconnect();
    await Promise.all([deps.pool.end(), owner.end()]);
  };
  return { ...running, stop };
}
