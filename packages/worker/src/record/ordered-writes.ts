// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes that nobody waits for and whose order matters. While the database is away they wait.
import { NOBODY, inTx, type Pool, type Tx } from '@louver/db';
import type { Logger } from 'pino';

const RETRY_MS = 2_000;
const MAX_WAITING = 1_000;

export class OrderedWrites {
  readonly #pool: Pool;
  readonly #log: Logger;
  /** What could not be written yet, in words for the log. */
  readonly #what: string;
  readonly #waiting: ((tx: Tx) => Promise<void>)[] = [];
  #writing: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(pool: Pool, log: Logger, what: string) {
    this.#pool = pool;
    this.#log = log;
    this.#what = what;
  }

  put(write: (tx: Tx) => Promise<void>): void {
    if (this.#waiting.length < MAX_WAITING) this.#waiting.push(write);
    this.#begin();
  }

  /** What is being written now is written. */
  async close(): Promise<void> {
    await this.#writing;
    clearTimeout(this.#retry);
  }

  #begin(): void {
    this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
  }

  async #write(): Promise<void> {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const write = next;
      try {
        await inTx(this.#pool, NOBODY, write);
        this.#waiting.shift();
      } catch (error) {
        this.#log.warn({ err: error }, this.#what);
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.#begin(), RETRY_MS);
        return;
      }
    }
  }
}
