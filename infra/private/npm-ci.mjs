// SPDX-License-Identifier: AGPL-3.0-or-later
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './progress.mjs';
import { Refusal } from './refusal.mjs';

/**
 * `npm ci`, only when the lock file says something else than what is installed.
 * @param {string} root of the checkout
 */
export async function ensureNodeModules(root) {
  const lock = join(root, 'package-lock.json');
  const stamp = join(root, 'node_modules', '.louver-lock-sha256');
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (!isInstalled(root, lock, stamp, wanted)) await step('npm ci', () => npmCi(root));
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
 * @returns {Promise<void>}
 */
function npmCi(root) {
  return new Promise((resolve, reject) => {
    const [command, first] = process.env.npm_execpath?.endsWith('.js')
      ? [process.execPath, [process.env.npm_execpath]]
      : ['npm', []];
    // The build tools are dev dependencies, and a NODE_ENV of production would leave them out.
    const args = [...first, 'ci', '--include=dev', '--no-audit', '--no-fund'];
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const hear = (/** @type {Buffer} */ chunk) => {
      said = (said + chunk.toString('utf8')).slice(-4000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Refusal(`npm ci failed:\n\n${said.trim()}`))));
  });
}
