// SPDX-License-Identifier: AGPL-3.0-or-later
// What was started, so that it can be stopped in the opposite order, whenever that has to happen.

/**
 * @typedef {object} Stoppable
 * @property {string} [name] said while it stops; what is instant has none
 * @property {() => Promise<void> | void} stop
 * @property {() => void} [kill]
 */

export class Unwinding {
  /** @type {Stoppable[]} */
  #started = [];

  /**
   * @template {Stoppable} T
   * @param {T} item
   */
  add(item) {
    this.#started.push(item);
    return item;
  }

  /** @param {Stoppable} item that ended by itself */
  remove(item) {
    this.#started = this.#started.filter((other) => other !== item);
  }

  /** @param {(name: string) => void} say */
  async stop(say) {
    for (let item = this.#started.at(-1); item; item = this.#started.at(-1)) {
      if (item.name) say(item.name);
      await item.stop();
      this.remove(item);
    }
  }

  /** No farewells: for the second Ctrl-C. */
  kill() {
    for (const item of this.#started) item.kill?.();
  }
}
