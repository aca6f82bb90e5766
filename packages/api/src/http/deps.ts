// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Pool } from '@louver/db';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config, Keys } from '../config.ts';
import type { JobQueues } from '../outbox/queues.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Metrics } from './metrics.ts';

/** Made once in main.ts, and once per test file. */
export interface Deps {
  pool: Pool;
  redis: Redis;
  config: Config;
  keys: Keys;
  log: Logger;
  queues: JobQueues;
  metrics: Metrics;
  ledger: Ledger;
  clock: { now(): Date };
}
