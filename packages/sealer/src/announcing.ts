// SPDX-License-Identifier: AGPL-3.0-or-later
// Redis tells when a record is waited for, and whom to tell that it is published. Best effort: without it sealing goes on by
// looking, and everybody finds the checkpoint where it is.
import { type LogHealth, redisKeys } from '@louver/contract';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';

const HEALTH_LIVES_S = 30;
const HEALTH_EVERY_MS = 5_000;

export class Announcing {
  readonly #redis: Redis;
  readonly #subscriber: Redis;
  readonly #health: () => LogHealth;
  readonly #beating: NodeJS.Timeout;

  constructor(url: string, log: Logger, onWanted: () => void, health: () => LogHealth) {
    this.#health = health;
    this.#redis = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 2_000 });
    this.#subscriber = new Redis(url, { maxRetriesPerRequest: null });
    for (const connection of [this.#redis, this.#subscriber])
      connection.on('error', (error: Error) => log.warn({ err: error }, 'Redis trouble'));
    this.#subscriber.on('message', onWanted);
    void this.#subscriber.subscribe(redisKeys.sealWanted).catch(() => undefined);
    this.#beating = setInterval(() => this.#tellHealth(), HEALTH_EVERY_MS);
  }

  published(size: number): void {
    this.#redis.publish(redisKeys.logPublished, String(size)).catch(() => undefined);
    this.#tellHealth();
  }

  stop(): void {
    clearInterval(this.#beating);
    this.#redis.disconnect();
    this.#subscriber.disconnect();
  }

  #tellHealth(): void {
    const health = JSON.stringify(this.#health());
    this.#redis.set(redisKeys.logHealth, health, 'EX', HEALTH_LIVES_S).catch(() => undefined);
  }
}
