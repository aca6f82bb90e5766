// SPDX-License-Identifier: AGPL-3.0-or-later

export interface BackoffLimits {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** Growing pauses with jitter, so that a street of cameras that lost power is not asked again all at once. */
export class Backoff {
  readonly #limits: BackoffLimits;
  #failures = 0;

  constructor(limits: BackoffLimits = { firstMs: 500, maxMs: 30_000 }) {
    this.#limits = limits;
  }

  /** Milliseconds until the next try: between half and all of first × 2ⁿ. */
  next(random: number = Math.random()): number {
    const { firstMs, maxMs } = this.#limits;
    const whole = Math.min(maxMs, firstMs * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 30);
    return whole * (0.5 + random / 2);
  }

  reset(): void {
    this.#failures = 0;
  }
}
