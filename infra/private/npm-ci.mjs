// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './progress.mjs';

/**
 * `npm ci`, only when the lock file says something else than what is installed.
 * @param {string} root of the checkout
 * @param {(spec: import('./process.mjs').ProcessSpec) => Promise<void>} run rejects when the process fails
 * @param {string} logDir
 */
export async function ensureNodeModules(root, run, logDir) {
  const lock = join(root, 'package-lock.json');
  const stamp = join(root, 'node_modules', '.louver-lock-sha256');
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (isInstalled(root, lock, stamp, wanted)) return;
  await step('Packages (npm ci)', () => run(npmCi(root, join(logDir, 'npm-ci.log'))));
  writeFileSync(stamp, `${wanted}\n`);
}

/**
 * @param {string} root
 * @param {string} lock
 * @param {string} stamp
 * @param {string} wanted
 */
function isInstalled(root, lock, stamp, wanted) {
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8').trim() === wanted;
  // Installed by hand: npm writes its own lock last, so one that is newer than ours belongs to a finished install.
  const hidden = join(root, 'node_modules', '.package-lock.json');
  return existsSync(hidden) && statSync(hidden).mtimeMs >= statSync(lock).mtimeMs;
}

/**
 * @param {string} root
 * @param {string} logFile
 * @returns {import('./process.mjs').ProcessSpec}
 */
function npmCi(root, logFile) {
  const ownScript = process.env.npm_execpath;
  const [command, first] = ownScript?.endsWith('.js') ? [process.execPath, [ownScript]] : ['npm', []];
  // The build tools are dev dependencies, and a NODE_ENV of production would leave them out.
  return {
    name: 'npm ci',
    command,
    args: [...first, 'ci', '--include=dev', '--no-audit', '--no-fund'],
    cwd: root,
    logFile,
  };
}
