// SPDX-License-Identifier: AGPL-3.0-or-later
import { createServer, type Server } from 'node:http';
import { createPool } from '@louver/db';
import { Redis } from 'ioredis';
import { readConfig, readKeys } from './config.ts';
import { attachEvents, type Events } from './events/socket.ts';
import { createApp } from './http/app.ts';
import type { Deps } from './http/deps.ts';
import { createLog } from './http/log.ts';
import { createMetrics } from './http/metrics.ts';
import { attachLive } from './live/ingress.ts';
import { createLedger } from './ledger/ledger.ts';
import { createQueues } from './outbox/queues.ts';
import { startRelay, type Relay } from './outbox/relay.ts';

const STOP_WITHIN_MS = 5_000;
const log = createLog(process.env.LOG_LEVEL || 'info');

function createDeps(): Deps {
  const config = readConfig(process.env);
  const keys = readKeys(config.dataDir);
  // A request waits for Redis a few seconds and is then told; it does not hang until Redis is back.
  const redis = new Redis(config.redisUrl, { maxRetriesPerRequest: 2, commandTimeout: 3_000 });
  redis.on('error', (error) => log.warn({ err: error }, 'redis'));
  const pool = createPool(config.databaseUrl, { max: 20, application_name: 'louver-api', statement_timeout: 30_000 });
  const clock = { now: () => new Date() };
  const ledger = createLedger({ config, pool, redis, log });
  return { pool, redis, config, keys, log, queues: createQueues(redis), metrics: createMetrics(), ledger, clock };
}

async function stop(deps: Deps, server: Server, events: Events, relay: Relay): Promise<void> {
  // Whatever hangs, hangs no longer than this.
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await Promise.all([events.close(), relay.stop()]);
  // Pictures never end by themselves; their viewers come again and find another process.
  setTimeout(() => server.closeAllConnections(), 1_000).unref();
  await closed;
  await deps.ledger.close();
  await deps.queues.close();
  deps.redis.disconnect();
  await deps.pool.end();
}

function main(): void {
  const deps = createDeps();
  const app = createApp(deps);
  const server = createServer(app);
  // A picture is one request that lasts; what must not last is the sending of a request.
  server.requestTimeout = 120_000;
  server.headersTimeout = 15_000;
  // Longer than a reverse proxy keeps its own end, so that it never writes into a connection that closes here.
  server.keepAliveTimeout = 65_000;
  attachLive(server, app, deps);
  const events = attachEvents(server, deps);
  const relay = startRelay(deps, events.emit);
  server.listen(deps.config.port, () => log.info({ port: deps.config.port }, 'listening'));
  server.on('error', (error) => {
    log.fatal({ err: error }, "couldn't listen");
    process.exit(1);
  });

  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      void stop(deps, server, events, relay).then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, "couldn't stop cleanly");
          process.exit(1);
        },
      );
    });
  }
}

process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection that nobody handled'));
process.on('uncaughtException', (error) => {
  log.fatal({ err: error }, 'an error that nobody caught');
  process.exit(1);
});

try {
  main();
} catch (error) {
  log.fatal({ err: error }, error instanceof Error ? error.message : "couldn't start");
  process.exit(1);
}
