// SPDX-License-Identifier: AGPL-3.0-or-later
// Pictures carry the camera's own time. Held against ours it tells a picture that was taken long ago, and waited in some
// buffer on the way, from one that was taken just now.

/** Clocks run apart by less than this; what is left over would be taken for a delay that grows by the hour. */
const DRIFT = 0.0005;
/** The camera's time went back: it was set anew, and nothing that was known of it holds. */
const BACK_MS = 500;

export class PictureClock {
  /** Our time less the camera's, of the picture that came soonest after it was taken. */
  #offset = Infinity;
  #sinceAt = 0;
  #last = -Infinity;

  /** @param stampMs the camera's; `arrivedAt` ours, performance.now() */
  see(stampMs: number, arrivedAt: number): void {
    if (stampMs < this.#last - BACK_MS) this.#offset = Infinity;
    this.#last = stampMs;
    const drifted = this.#offset + (arrivedAt - this.#sinceAt) * DRIFT;
    this.#offset = Math.min(drifted, arrivedAt - stampMs);
    this.#sinceAt = arrivedAt;
  }

  /** When a picture of that stamp would have come that was under way no longer than the soonest one: never later than it did. */
  expectedAt(stampMs: number): number {
    return stampMs + this.#offset;
  }

  reset(): void {
    this.#offset = Infinity;
    this.#last = -Infinity;
  }
}
