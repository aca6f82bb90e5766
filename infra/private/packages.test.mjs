// SPDX-License-Identifier: AGPL-3.0-or-later
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

it('tells somebody who may not install which packages are missing, with the one command', () => {
  // A copy, because the user nobody may not be able to enter the checkout.
  const copy = mkdtempSync(join(tmpdir(), 'louver-packages-'));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(dirname(fileURLToPath(import.meta.url)), copy, { recursive: true });
  chmodSync(copy, 0o755);
  const program = `
    const { ensurePrograms } = await import(${JSON.stringify(join(copy, 'packages.mjs'))});
    const { printFailure } = await import(${JSON.stringify(join(copy, 'refusal.mjs'))});
    try { await ensurePrograms(['postgres', 'perl']); } catch (error) { printFailure(error); process.exit(1); }`;
  const node = [process.execPath, '--input-type=module', '-e', program];
  const asNobody = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : ['env'];
  const [command = '', ...args] = [...asNobody, ...node];
  const { status, stderr, stdout } = spawnSync(command, args, {
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LOUVER_PG_BIN: '/nowhere' },
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/PostgreSQL 15 or later with PostGIS/);
  expect(stderr).toMatch(
    /sudo apt-get update && sudo apt-get install -y --no-install-recommends postgresql-\d+ postgresql-\d+-postgis-3$/m,
  );
  expect(stderr).not.toMatch(/perl|\.mjs:\d+/);
  expect(stdout).toBe('');
}, 30_000);
