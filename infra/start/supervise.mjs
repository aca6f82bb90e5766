// SPDX-License-Identifier: AGPL-3.0-or-later
// Keeps a process running; and knows when that is pointless.

const LOOP_CRASHES = 5;
const LOOP_MS = 60_000;

/**
 * @param {object} options
 * @param {string} options.name
 * @param {() => import('../private/process.mjs').RunningProcess} options.launch
 * @param {import('../private/process.mjs').RunningProcess} [options.running] one that is up already
 * @param {(text: string) => void} options.say
 * @param {(reason: string) => void} options.giveUp
 * @param {number} [options.firstDelayMs] doubled with every crash
 * @returns {import('./unwinding.mjs').Stoppable}
 */
export function supervise({ name, launch, running = launch(), say, giveUp, firstDelayMs = 250 }) {
  let stopping = false;
  /** @type {number[]} */
  let crashes = [];
  /** @type {NodeJS.Timeout | undefined} */
  let again;

  const watch = async () => {
    const how = await running.ended;
    if (stopping) return;
    crashes = [...crashes.filter((at) => at > Date.now() - LOOP_MS), Date.now()];
    if (crashes.length >= LOOP_CRASHES) {
      giveUp(
        `${name} ended ${LOOP_CRASHES} times within a minute, at last with ${how}. What it said:\n\n${running.lastWords()}`,
      );
      return;
    }
    const delayMs = firstDelayMs * 2 ** (crashes.length - 1);
    say(`${name} ended with ${how}; it starts again in ${delayMs / 1000} s`);
    again = setTimeout(() => {
      running = launch();
      void watch();
    }, delayMs);
  };
  void watch();

  return {
    name,
    async stop() {
      stopping = true;
      clearTimeout(again);
      await running.stop();
    },
    kill() {
      stopping = true;
      clearTimeout(again);
      running.kill();
    },
  };
}
