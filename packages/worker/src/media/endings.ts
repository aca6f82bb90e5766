// SPDX-License-Identifier: AGPL-3.0-or-later

/** Processes that still have to end. */
export class Endings {
  readonly #open = new Set<Promise<unknown>>();

  track(ending: Promise<unknown>): void {
    this.#open.add(ending);
    void ending.finally(() => this.#open.delete(ending));
  }

  /** Resolves when those that are open now are over. */
  async all(): Promise<void> {
    await Promise.all(this.#open);
  }
}
