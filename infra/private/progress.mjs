// SPDX-License-Identifier: AGPL-3.0-or-later
const SHOW_AFTER_MS = 1000;
const REPEAT_MS = process.stdout.isTTY ? 1000 : 10_000;

/** @param {number} began milliseconds since the epoch */
const seconds = (began) => `${((Date.now() - began) / 1000).toFixed(1)} s`;

/**
 * Runs `work` under a title: nothing is silent for longer than a second, and the time it took stays on the screen.
 * @template T
 * @param {string} title
 * @param {(note: (text: string) => void) => Promise<T> | T} work `note` replaces what is being said meanwhile
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const began = Date.now();
  let doing = '';
  const show = () => {
    const line = `  … ${title}${doing && `: ${doing}`} (${seconds(began)})`;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line.slice(0, (process.stdout.columns || 80) - 1)}`);
    else console.log(line);
  };
  /** @type {NodeJS.Timeout | undefined} */
  let repeat;
  const first = setTimeout(() => {
    show();
    repeat = setInterval(show, REPEAT_MS);
  }, SHOW_AFTER_MS);
  const clear = () => {
    clearTimeout(first);
    clearInterval(repeat);
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
  };
  try {
    const result = await work((text) => {
      doing = text;
    });
    clear();
    console.log(`  ✓ ${title.padEnd(44)} ${seconds(began)}`);
    return result;
  } catch (error) {
    clear();
    console.log(`  ✗ ${title.padEnd(44)} ${seconds(began)}`);
    throw error;
  }
}
