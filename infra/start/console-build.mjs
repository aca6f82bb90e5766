// SPDX-License-Identifier: AGPL-3.0-or-later
// The console and what the public pages load are built only when something they are made of has changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ stamp: string, sources: string[] }} Built */

/** The stamp lies inside the result, so that deleting it also deletes the claim that it is there. A dot file is never served. */
const CONSOLE = {
  stamp: 'packages/console/dist/.built-from',
  sources: [
    'package-lock.json',
    'packages/console/index.html',
    'packages/console/package.json',
    'packages/console/public',
    'packages/console/src',
    'packages/console/vite.config.ts',
    'packages/contract/src',
    'packages/sightline/src',
  ],
};
const CIVIC = {
  stamp: 'packages/civic/dist/site/.built-from',
  sources: [
    'package-lock.json',
    'packages/civic/package.json',
    'packages/civic/src',
    'packages/civic/vite.config.ts',
    'packages/contract/src',
  ],
};

/**
 * @param {string} root
 * @param {() => Promise<void>} build
 */
export const ensureConsole = (root, build) => ensureBuilt(root, CONSOLE, build);

/**
 * @param {string} root
 * @param {() => Promise<void>} build
 */
export const ensureCivic = (root, build) => ensureBuilt(root, CIVIC, build);

/**
 * @param {string} root
 * @param {Built} what
 * @param {() => Promise<void>} build
 */
async function ensureBuilt(root, what, build) {
  const stamp = join(root, what.stamp);
  const wanted = digestOf(root, what.sources);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  await build();
  writeFileSync(stamp, wanted);
  return true;
}

/**
 * @param {string} root
 * @param {string[]} sources
 */
function digestOf(root, sources) {
  const digest = createHash('sha256');
  for (const source of sources) {
    for (const file of filesUnder(join(root, source)))
      digest.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  }
  return digest.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile() && !/\.test\.tsx?$/.test(file))
    .sort();
}
