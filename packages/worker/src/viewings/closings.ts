// SPDX-License-Identifier: AGPL-3.0-or-later
// Viewings that are over and whose end must reach the record, also when the database is away just then. What is known of a
// running viewing lies in Redis meanwhile, so that another worker can close it if this one dies first.
import { redisKeys } from '@louver/contract';
import { NOBODY, inTx, type Pool } from '@louver/db';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type Closing, closeViewing } from './queries.ts';

const RETRY_MS = 1_000;
/** Beyond this the sweep closes them from their last progress. */
const MAX_WAITING = 10_000;

export class Closings {
  readonly #pool: Pool;
  readonly #redis: Redis;
  readonly #log: Logger;
  readonly #waiting: Closing[] = [];
  #writing: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(pool: Pool, redis: Redis, log: Logger) {
    this.#pool = pool;
    this.#redis = redis;
    this.#log = log;
  }

  add(closing: Closing): void {
    if (this.#waiting.length >= MAX_WAITING) this.#waiting.shift();
    this.#waiting.push(closing);
    this.#start();
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Writes what can be written now; the sweep of another worker does the rest. */
  async close(): Promise<void> {
    clearTimeout(this.#retry);
    this.#start();
    await this.#writing;
    clearTimeout(this.#retry);
  }

  #start(): void {
    this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
  }

  async #write(): Promise<void> {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const closing = next;
      try {
        await inTx(this.#pool, NOBODY, (tx) => closeViewing(tx, closing));
      } catch (error) {
        this.#log.warn({ err: error, waiting: this.#waiting.length }, 'the end of a viewing could not be recorded yet');
        this.#retry = setTimeout(() => this.#start(), RETRY_MS);
        return;
      }
      this.#waiting.shift();
      await this.#redis.del(redisKeys.viewingProgress(closing.viewingId)).catch(() => undefined);
    }
  }
}
