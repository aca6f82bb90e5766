// SPDX-License-Identifier: AGPL-3.0-or-later
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { launch } from '../private/process.mjs';
import { supervise } from './supervise.mjs';

const folder = mkdtempSync(join(tmpdir(), 'louver-supervise-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process that appends a line to `trace` each time it starts, and then does what `script` says. */
const shell = (/** @type {string} */ name, /** @type {string} */ script) => () =>
  launch({
    name,
    command: 'sh',
    args: ['-c', `echo started >> ${join(folder, `${name}.trace`)}; ${script}`],
    logFile: join(folder, `${name}.log`),
  });
const starts = (/** @type {string} */ name) =>
  readFileSync(join(folder, `${name}.trace`), 'utf8')
    .trim()
    .split('\n').length;

describe('a supervised process', () => {
  it('is started again after a crash, and stays down once it is stopped', async () => {
    /** @type {import('../private/process.mjs').RunningProcess | undefined} */
    let newest;
    const start = () => (newest = shell('again', 'sleep 60')());
    const supervised = supervise({
      name: 'again',
      launch: start,
      say: () => undefined,
      giveUp: () => undefined,
      firstDelayMs: 5,
    });
    await vi.waitFor(() => expect(starts('again')).toBe(1));
    process.kill(newest?.pid ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(starts('again')).toBe(2));

    await supervised.stop();
    expect(newest?.isAlive()).toBe(false);
    expect(starts('again')).toBe(2);
  });

  it('that crashes five times within a minute ends with what it said last', async () => {
    /** @type {string} */
    const reason = await new Promise((giveUp) => {
      const broken = shell('broken', 'echo no disk left; exit 7');
      supervise({ name: 'broken', launch: broken, say: () => undefined, giveUp, firstDelayMs: 1 });
    });
    expect(reason).toMatch(/broken ended 5 times within a minute, at last with exit 7/);
    expect(reason).toMatch(/no disk left/);
    expect(starts('broken')).toBe(5);
  });
});
