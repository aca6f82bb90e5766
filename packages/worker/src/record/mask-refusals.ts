// SPDX-License-Identifier: AGPL-3.0-or-later
// Masks that nobody approved: said to whoever runs this, counted, and once an hour on the record as long as it lasts.
import { NOBODY, inTx, type Pool } from '@louver/db';
import type { Logger } from 'pino';
import type { MaskRefusal } from '../media/masks-in-force.ts';
import { recordMaskRefusal } from './queries.ts';

const AGAIN_AFTER_MS = 3_600_000;
/** Beyond these the oldest is forgotten, and told again. */
const MAX_TOLD = 10_000;

export class MaskRefusals {
  readonly #pool: Pool;
  readonly #log: Logger;
  readonly #count: (fault: MaskRefusal['fault']) => void;
  /** When each was told. */
  readonly #told = new Map<string, number>();
  readonly #writing = new Set<Promise<void>>();

  constructor(pool: Pool, log: Logger, count: (fault: MaskRefusal['fault']) => void) {
    this.#pool = pool;
    this.#log = log;
    this.#count = count;
  }

  /** Called at every look at the masks, as long as it lasts. */
  note(refusal: MaskRefusal): void {
    const key = `${refusal.cameraId} ${refusal.maskSetId} ${refusal.fault}`;
    const now = performance.now();
    if (now - (this.#told.get(key) ?? -Infinity) < AGAIN_AFTER_MS) return;
    this.#told.delete(key);
    this.#told.set(key, now);
    if (this.#told.size > MAX_TOLD) this.#told.delete(this.#told.keys().next().value!);
    this.#count(refusal.fault);
    this.#log.error(refusal, 'these masks are not in the access record as the database has them: no picture');
    const writing = this.#write(refusal, key).finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  async close(): Promise<void> {
    await Promise.all(this.#writing);
  }

  async #write(refusal: MaskRefusal, key: string): Promise<void> {
    try {
      await inTx(this.#pool, NOBODY, (tx) => recordMaskRefusal(tx, refusal));
    } catch (error) {
      // Told again at the next look.
      this.#told.delete(key);
      this.#log.warn({ err: error }, 'a refused mask set could not be recorded yet');
    }
  }
}
