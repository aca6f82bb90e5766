// SPDX-License-Identifier: AGPL-3.0-or-later
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { startPostgres } from './postgres.mjs';
import { findPostgres } from './programs.mjs';

// A new cluster is written through to the disk, and the disk may be slow.
vi.setConfig({ testTimeout: 120_000 });

// Closed to others, as `mktemp -d` makes them: the server's user has to get in all the same.
const dataDir = mkdtempSync(join(tmpdir(), 'louver-pg-'));
chmodSync(dataDir, 0o700);
afterAll(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));
const start = () => startPostgres({ dataDir, logFile: join(dataDir, 'postgres.log') });

const psql = (/** @type {string} */ url, /** @type {string} */ command) =>
  execFileSync(join(findPostgres()?.bin ?? '', 'psql'), [url, '-qAtc', command], { encoding: 'utf8' }).trim();

it('keeps what it was told through a kill -9, and leaves nothing behind when it stops', async () => {
  const first = await start();
  psql(first.url('postgres'), 'CREATE TABLE kept (id integer); INSERT INTO kept VALUES (7)');
  expect(psql(first.url('postgres'), 'SHOW fsync')).toBe('on');
  first.running.kill();
  first.removeSockets();

  // At once, while the old one's processes may still be leaving.
  const second = await start();
  expect(psql(second.url('postgres'), 'SELECT id FROM kept')).toBe('7');
  await second.running.stop();
  second.removeSockets();
  expect(existsSync(join(dataDir, 'pg/postmaster.pid'))).toBe(false);
  await vi.waitFor(() => expect(existsSync(`/proc/${second.running.pid}/cwd`)).toBe(false), { timeout: 8_000 });
  expect(existsSync(second.socketFolder)).toBe(false);
});

it('starts although its lock file names a living process, when that one is somebody else', async () => {
  const first = await start();
  const lock = readFileSync(join(dataDir, 'pg/postmaster.pid'), 'utf8');
  await first.running.stop();
  first.removeSockets();
  writeFileSync(join(dataDir, 'pg/postmaster.pid'), lock.replace(/^\d+/, String(process.pid)), { mode: 0o600 });

  const second = await start();
  expect(psql(second.url('postgres'), 'SELECT 1')).toBe('1');
  await second.running.stop();
  second.removeSockets();
});
