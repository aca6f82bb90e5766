// SPDX-License-Identifier: AGPL-3.0-or-later
// A program that is started again whenever it ends, and can be killed at any moment.
import type { RunningProcess } from '../private/process.mjs';

const AGAIN_MS = 100;

export class Kept {
  readonly name: string;
  readonly #start: () => RunningProcess | Promise<RunningProcess>;
  #running: RunningProcess | undefined;
  #stopping = false;
  #watching: Promise<void> = Promise.resolve();
  kills = 0;

  constructor(name: string, running: RunningProcess, start: () => RunningProcess | Promise<RunningProcess>) {
    this.name = name;
    this.#start = start;
    this.#running = running;
    this.#watching = this.#watch();
  }

  /** False while it is on its way up again: nobody is there to be killed. */
  kill(): boolean {
    if (!this.#running?.isAlive()) return false;
    this.#running.kill();
    this.kills++;
    return true;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running?.stop();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    for (;;) {
      await this.#running?.ended;
      this.#running = undefined;
      if (this.#stopping) return;
      try {
        this.#running = await this.#start();
      } catch {
        // What it needs may have been killed as well: again, until it stands.
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  }
}
