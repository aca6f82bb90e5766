// SPDX-License-Identifier: AGPL-3.0-or-later
// What a masker gives while it is not believed: kept from its last key frame on, and shown to nobody before a sample is flat.
import type { FanOut, Opening } from './fan-out.ts';
import type { Fragment } from './fmp4.ts';

/** As a fan-out keeps for the next viewer. */
const MAX_GROUP_BYTES = 16 * 1024 * 1024;

export class Trial {
  #opening: Opening | undefined;
  #group: Fragment[] = [];
  #bytes = 0;

  open(opening: Opening): void {
    this.#opening = opening;
    this.#group = [];
    this.#bytes = 0;
  }

  push(fragment: Fragment): void {
    if (fragment.key || this.#bytes > MAX_GROUP_BYTES) {
      this.#group = [];
      this.#bytes = 0;
    }
    if (!fragment.key && this.#group.length === 0) return;
    this.#group.push(fragment);
    this.#bytes += fragment.bytes.length;
  }

  get newest(): { opening: Opening; fragments: readonly Fragment[] } | undefined {
    return this.#opening && this.#group.length > 0
      ? { opening: this.#opening, fragments: [...this.#group] }
      : undefined;
  }

  /** It stood the trial. */
  release(fanOut: FanOut): void {
    if (!this.#opening) return;
    fanOut.open(this.#opening);
    for (const fragment of this.#group) fanOut.push(fragment);
  }
}
