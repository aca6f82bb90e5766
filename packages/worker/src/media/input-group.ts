// SPDX-License-Identifier: AGPL-3.0-or-later
// The camera's own, unmasked pictures since its last key frame: in memory only, never sent to anybody but a masker, so
// that a new one can begin at once instead of at the next key frame.
import type { Fragment } from './fmp4.ts';

/** A camera that sends no key frame within this much gets none cached: memory is bounded whatever it does. */
const MAX_BYTES = 32 * 1024 * 1024;

export class InputGroup {
  #fragments: Fragment[] = [];
  #bytes = 0;

  push(fragment: Fragment): void {
    if (fragment.key) this.clear();
    else if (this.#fragments.length === 0) return;
    this.#fragments.push(fragment);
    this.#bytes += fragment.bytes.length;
    if (this.#bytes > MAX_BYTES) this.clear();
  }

  clear(): void {
    this.#fragments = [];
    this.#bytes = 0;
  }

  get fragments(): readonly Fragment[] {
    return this.#fragments;
  }
}
