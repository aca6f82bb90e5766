// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Receipt } from '@louver/contract';
import { appendEncoded, encodeRecord, type EncodedRecord, type NewRecord } from './records.ts';
import { inTx, type Pool, type Scope } from './transaction.ts';

/** Rows of one statement: more gain nothing, and a batch that fails takes all of them with it. */
const BATCH = 1_024;
/** Records that wait at most: while the database is away strangers could otherwise fill the memory with what they are refused. */
const MAX_WAITING = 32_768;

interface Submitted {
  readonly encoded: EncodedRecord;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Appends records that belong to no other transaction. Whoever comes while one batch is being committed shares the next:
 * nobody waits for a timer, and the more there are the larger the batches.
 */
export class RecordBatcher {
  readonly #pool: Pool;
  #waiting: Submitted[] = [];
  #running: Promise<void> | undefined;
  #closed = false;
  #open = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** How many are neither durable nor refused yet. */
  get waiting(): number {
    return this.#open;
  }

  /**
   * Resolves when the record is durable.
   * @throws EntryTooLarge above 65,535 bytes, before it could spoil the batch of others
   * @throws Error when too many wait already
   */
  async append(record: NewRecord): Promise<Receipt> {
    if (this.#closed) throw new Error('the batcher is closed');
    if (this.#open >= MAX_WAITING) throw new Error('too many records wait for the database');
    const encoded = encodeRecord(record);
    this.#open += 1;
    return new Promise<Receipt>((resolve, reject) => {
      this.#waiting.push({ encoded, resolve, reject });
      this.#running ??= this.#run();
    }).finally(() => {
      this.#open -= 1;
    });
  }

  /** Resolves when all that was submitted is durable or refused; nothing more is taken. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    // Those who submit in the same turn go together.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#append(this.#waiting.splice(0, BATCH));
    this.#running = undefined;
  }

  /** A record that the database refuses fails alone: halves are tried apart until it is. */
  async #append(batch: readonly Submitted[]): Promise<void> {
    try {
      const receipts = await inTx(this.#pool, scopeOf(batch), (tx) =>
        appendEncoded(
          tx,
          batch.map(({ encoded }) => encoded),
        ),
      );
      for (const [i, { resolve }] of batch.entries()) resolve(receipts[i]!);
    } catch (error) {
      if (batch.length === 1 || !isRefusal(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await this.#append(batch.slice(0, half));
      await this.#append(batch.slice(half));
    }
  }
}

/** The places that the batch is about: a role that sees only these is given its receipts. */
const scopeOf = (batch: readonly Submitted[]): Scope => ({
  jurisdictions: [...new Set(batch.flatMap(({ encoded }) => encoded.record.jurisdiction ?? []))],
});

/** Data that does not fit, a broken constraint, no privilege: certainly not committed. A lost connection is none of these. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(22|23|42)/.test(error.code);
