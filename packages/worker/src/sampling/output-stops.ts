// SPDX-License-Identifier: AGPL-3.0-or-later
// Stops of an output, written down in their order. While the database is away they wait: the picture stopped before.
import type { CameraId } from '@louver/contract';
import { NOBODY, inTx, type Pool, type Tx } from '@louver/db';
import type { Logger } from 'pino';
import type { OutputStop } from './inspect.ts';
import { closeStops, recordStop } from './queries.ts';

const RETRY_MS = 2_000;
const MAX_WAITING = 1_000;

export class OutputStops {
  readonly #pool: Pool;
  readonly #log: Logger;
  readonly #waiting: ((tx: Tx) => Promise<void>)[] = [];
  #writing: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(pool: Pool, log: Logger) {
    this.#pool = pool;
    this.#log = log;
  }

  stopped(stop: OutputStop): void {
    this.#put((tx) => recordStop(tx, stop));
  }

  flatAgain(cameraId: CameraId): void {
    this.#put((tx) => closeStops(tx, cameraId));
  }

  /** What is being written now is written. */
  async close(): Promise<void> {
    await this.#writing;
    clearTimeout(this.#retry);
  }

  #put(write: (tx: Tx) => Promise<void>): void {
    if (this.#waiting.length < MAX_WAITING) this.#waiting.push(write);
    this.#begin();
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
        this.#log.warn({ err: error }, 'the stop of an output could not be recorded yet');
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.#begin(), RETRY_MS);
        return;
      }
    }
  }
}
