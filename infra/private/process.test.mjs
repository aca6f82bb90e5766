// SPDX-License-Identifier: AGPL-3.0-or-later
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { launch, rotateLog, untilReady } from './process.mjs';

const folder = mkdtempSync(join(tmpdir(), 'louver-process-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (/** @type {string} */ name) => join(folder, name);

/** Not a zombie either: in a container nobody may be there to bury it. */
const runs = (/** @type {number} */ pid) =>
  existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

/** A busy machine takes its time. */
const SOON = { timeout: 8_000 };
const pidIn = (/** @type {string} */ name) =>
  vi.waitFor(() => {
    const pid = Number(readFileSync(file(name), 'utf8'));
    expect(pid).toBeGreaterThan(0);
    return pid;
  }, SOON);

it('takes along what it had started when it is stopped', async () => {
  const script = `sleep 60 & echo $! > ${file('child')}; wait`;
  const running = launch({ name: 'parent', command: 'sh', args: ['-c', script], logFile: file('log') });
  const child = await pidIn('child');
  await running.stop();
  expect(running.isAlive()).toBe(false);
  await vi.waitFor(() => expect(runs(child)).toBe(false), SOON);
});

it('is killed when it does not stop in time', async () => {
  const script = `trap '' TERM; echo $$ > ${file('stubborn')}; while :; do sleep 0.05; done`;
  const running = launch({ name: 'stubborn', command: 'sh', args: ['-c', script], logFile: file('log'), graceMs: 100 });
  await pidIn('stubborn');
  await running.stop();
  expect(await running.ended).toBe('signal SIGKILL');
});

it('does not outlive a start script that is killed with -9', async () => {
  const program = `
    import { launch } from ${JSON.stringify(new URL('process.mjs', import.meta.url).href)};
    launch({ name: 'x', command: 'sh', args: ['-c', 'echo $$ > ${file('orphan')}; exec sleep 60'], logFile: ${JSON.stringify(file('log'))} });
    setInterval(() => undefined, 1000);`;
  const script = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' });
  const orphan = await pidIn('orphan');
  expect(runs(orphan)).toBe(true);
  script.kill('SIGKILL');
  await vi.waitFor(() => expect(runs(orphan)).toBe(false), SOON);
});

it('that ends before it is ready is reported with its own words', async () => {
  const running = launch({
    name: 'server',
    command: 'sh',
    args: ['-c', 'echo bad option; exit 2'],
    logFile: file('log'),
  });
  await expect(untilReady(running, () => false, 5000)).rejects.toThrow(
    /couldn't start server: exit 2[\s\S]*bad option/,
  );
});

it('moves a log that has grown large out of the way, and keeps three of them', () => {
  const log = file('big.log');
  for (const generation of [1, 2, 3, 4, 5]) {
    writeFileSync(log, `generation ${generation}`);
    truncateSync(log, 6 * 1024 * 1024);
    rotateLog(log);
  }
  expect(existsSync(log)).toBe(false);
  expect(readFileSync(`${log}.1`, 'utf8')).toMatch(/^generation 5/);
  expect(readFileSync(`${log}.3`, 'utf8')).toMatch(/^generation 3/);
  expect(existsSync(`${log}.4`)).toBe(false);

  writeFileSync(log, 'small');
  rotateLog(log);
  expect(readFileSync(log, 'utf8')).toBe('small');
});
