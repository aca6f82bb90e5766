// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AlteredRecord } from '@louver/contract';
import type { Logger } from 'pino';

/** A rewrite of the whole table must not fill the memory: above this the number is "at least". */
const MAX_KEPT = 10_000;
/** Told in the health, which travels. */
const MAX_TOLD = 50;
/** Lines of one pass; the metric counts on. */
const MAX_LINES = 100;

/** What is wrong now, as far as it was looked at. A finding stays until the place where it was is looked at again and right. */
export class Findings {
  readonly #kept = new Map<string, AlteredRecord>();
  readonly #log: Logger;
  #lines = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  get count(): number {
    return this.#kept.size;
  }

  get told(): AlteredRecord[] {
    return [...this.#kept.values()].slice(0, MAX_TOLD);
  }

  startPass(): void {
    this.#lines = 0;
  }

  /** What a second look at all that `covers` has found takes the place of what was known of it. */
  replace(covers: (finding: AlteredRecord) => boolean, found: readonly AlteredRecord[]): void {
    const now = new Map(found.map((finding) => [keyOf(finding), finding]));
    for (const [key, finding] of this.#kept)
      if (covers(finding) && !now.has(key)) {
        this.#kept.delete(key);
        this.#log.info(finding, 'what the record says is again what was sealed');
      }
    for (const [key, finding] of now) {
      if (this.#kept.has(key) || this.#kept.size >= MAX_KEPT) continue;
      this.#kept.set(key, finding);
      if (this.#lines++ < MAX_LINES) this.#log.error(finding, 'ALARM: what the record says is not what was sealed');
    }
  }
}

const keyOf = ({ seq, leafIndex, what, parts }: AlteredRecord): string => JSON.stringify([seq, leafIndex, what, parts]);
