// SPDX-License-Identifier: AGPL-3.0-or-later
// A program that a signal ends in order: what runs at the moment is stopped, then everything is taken down in reverse.
import { launch } from './process.mjs';
import { Refusal, printFailure } from './refusal.mjs';

export class Interruptible {
  /** What takes down what was started; the last one first. */
  /** @type {(() => Promise<void> | void)[]} */
  cleaning = [];
  interrupted = false;
  /**
   * How to stop what runs at the moment.
   * @type {(() => void) | undefined}
   */
  stopCurrent;

  /** @param {string} [farewell] said once, at the first signal */
  constructor(farewell) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        if (this.interrupted) return;
        this.interrupted = true;
        if (farewell) console.log(`\n${farewell}`);
        this.stopCurrent?.();
      });
    }
  }

  /** @param {() => Promise<number>} main gives the exit code */
  async run(main) {
    try {
      process.exitCode = await main();
    } catch (error) {
      if (!this.interrupted) printFailure(error);
      process.exitCode = 1;
    } finally {
      for (const clean of this.cleaning.toReversed()) await clean();
    }
    if (this.interrupted) process.exitCode = 130;
  }

  /**
   * A process that is expected to end well by itself.
   * @param {import('./process.mjs').ProcessSpec} spec
   */
  async runToEnd(spec) {
    const running = launch(spec);
    this.stopCurrent = running.kill;
    const how = await running.ended;
    if (how !== 'exit 0') throw new Refusal(`${spec.name} ended with ${how}:\n\n${running.lastWords()}`);
  }
}
