// SPDX-License-Identifier: AGPL-3.0-or-later
// Refused looks on the record. Somebody who knocks a thousand times gets one entry that says so: otherwise a flood of forged
// tickets would fill the record, and the database with it.
import type { CameraId, ProblemSlug, TicketClaims } from '@louver/contract';
import { NOBODY, inTx, type Pool } from '@louver/db';
import type { Logger } from 'pino';
import { type Refusal, recordRefusal } from './queries.ts';

const WINDOW_MS = 60_000;
/** Different knocks that are told apart within one window; what comes beyond is counted together. */
const MAX_KINDS = 200;
const MAX_WAITING = 500;
const RETRY_MS = 2_000;

interface Kind {
  readonly refusal: Omit<Refusal, 'count'>;
  more: number;
}

export class Refusals {
  readonly #pool: Pool;
  readonly #log: Logger;
  #kinds = new Map<string, Kind>();
  #waiting: Refusal[] = [];
  #writing: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  readonly #window: NodeJS.Timeout;

  constructor(pool: Pool, log: Logger, windowMs: number = WINDOW_MS) {
    this.#pool = pool;
    this.#log = log;
    this.#window = setInterval(() => this.#endWindow(), windowMs);
  }

  note(slug: ProblemSlug, cameraId: CameraId | null, claims: TicketClaims | undefined): void {
    const name = `${slug} ${cameraId ?? ''} ${claims?.viewingId ?? ''}`;
    const known = this.#kinds.get(name);
    if (known) {
      known.more++;
      return;
    }
    if (this.#kinds.size >= MAX_KINDS) {
      const rest = `${slug} beyond`;
      const kind = this.#kinds.get(rest) ?? { refusal: { slug, cameraId: null, claims: undefined }, more: 0 };
      kind.more++;
      this.#kinds.set(rest, kind);
      return;
    }
    const refusal = { slug, cameraId, claims };
    this.#kinds.set(name, { refusal, more: 0 });
    this.#put({ ...refusal, count: 1 });
  }

  /** Writes what is counted so far, as well as it can. */
  async close(): Promise<void> {
    clearInterval(this.#window);
    this.#endWindow();
    await this.#writing;
    clearTimeout(this.#retry);
  }

  #endWindow(): void {
    const kinds = this.#kinds;
    this.#kinds = new Map();
    for (const { refusal, more } of kinds.values()) if (more > 0) this.#put({ ...refusal, count: more });
  }

  #put(refusal: Refusal): void {
    if (this.#waiting.length >= MAX_WAITING) return;
    this.#waiting.push(refusal);
    this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
  }

  async #write(): Promise<void> {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const refusal = next;
      try {
        await inTx(this.#pool, NOBODY, (tx) => recordRefusal(tx, refusal));
        this.#waiting.shift();
      } catch (error) {
        this.#log.warn({ err: error }, 'a refusal could not be recorded yet');
        this.#retry = setTimeout(() => {
          this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
        }, RETRY_MS);
        return;
      }
    }
  }
}
