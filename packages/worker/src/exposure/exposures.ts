// SPDX-License-Identifier: AGPL-3.0-or-later
// The job family: measuring aims, handing out what waits to be measured, and saying how far a recomputation is.
import { type AimId, exposureJobId } from '@louver/contract';
import { NOBODY, emitAfterCommit, inTx, type Pool, type Tx } from '@louver/db';
import type { Logger } from 'pino';
import { Looker } from './looker.ts';
import { type Met, measureAim } from './measuring.ts';
import {
  announcePolicies,
  countRecomputation,
  finishRecomputations,
  lockRecomputation,
  placesOfCameras,
  takeUnqueued,
} from './queries.ts';

const TELL_EVERY_MS = 1_000;
const HANDED_OUT_AT_ONCE = 500;

export class Exposures {
  readonly #pool: Pool;
  readonly #log: Logger;
  readonly #looker = new Looker();
  #toldAt = 0;

  constructor(pool: Pool, log: Logger) {
    this.#pool = pool;
    this.#log = log;
  }

  async measure(aimId: AimId, cancelled: AbortSignal): Promise<void> {
    const look = this.#looker.look.bind(this.#looker);
    const met = await measureAim({ pool: this.#pool, look }, aimId, cancelled);
    // The measurement is kept; that nobody heard how far the rest is must not undo it.
    if (met?.recomputationId)
      await this.#tell(met).catch((error: unknown) => this.#log.warn({ err: error }, 'progress'));
  }

  /**
   * Handed out before the queue has them: a crash in between is made good after five minutes, when they are handed out again.
   * @param add drops what the queue has already
   */
  async sweep(add: (aimId: AimId, jobId: string) => Promise<void>): Promise<void> {
    await inTx(this.#pool, NOBODY, announcePolicies);
    for (let left = HANDED_OUT_AT_ONCE; left === HANDED_OUT_AT_ONCE;) {
      const taken = await inTx(this.#pool, NOBODY, (tx) => takeUnqueued(tx, HANDED_OUT_AT_ONCE));
      await Promise.all(taken.map(({ aimId, demand }) => add(aimId, exposureJobId(aimId, demand))));
      left = taken.length;
    }
    await inTx(this.#pool, NOBODY, (tx) => this.#tellEnds(tx));
  }

  close(): void {
    this.#looker.close();
  }

  async #tell({ jurisdiction, recomputationId }: Met): Promise<void> {
    await inTx(this.#pool, NOBODY, async (tx) => {
      await this.#tellEnds(tx);
      if (performance.now() - this.#toldAt < TELL_EVERY_MS) return;
      this.#toldAt = performance.now();
      // Who tells waits for whoever tells, or "24 of 25" could be heard after "25 of 25".
      await lockRecomputation(tx, recomputationId!);
      const counts = await countRecomputation(tx, recomputationId!);
      if (counts && counts.done < counts.total)
        await emitAfterCommit(tx, 'exposures.progress', { jurisdiction, ...counts });
    });
  }

  /** Two that finish the last two aims at once each see the other's: then the next sweep says it. */
  async #tellEnds(tx: Tx): Promise<void> {
    for (const { id } of await finishRecomputations(tx)) {
      const counts = await countRecomputation(tx, id);
      for (const { path } of counts ? await placesOfCameras(tx) : [])
        await emitAfterCommit(tx, 'exposures.progress', { jurisdiction: path, ...counts! });
    }
  }
}
