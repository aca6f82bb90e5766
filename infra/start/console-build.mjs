// SPDX-License-Identifier: AGPL-3.0-or-later
// The console is built only when something it is made of has changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = [
  'package-lock.json',
  'packages/console/index.html',
  'packages/console/package.json',
  'packages/console/public',
  'packages/console/src',
  'packages/console/vite.config.ts',
  'packages/contract/src',
  'packages/sightline/src',
];

/**
 * @param {string} root
 * @param {() => Promise<void>} build
 */
export async function ensureConsole(root, build) {
  // Inside the result, so that deleting it also deletes the claim that it is there. A dot file is never served.
  const stamp = join(root, 'packages/console/dist/.built-from');
  const wanted = digestOf(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  await build();
  writeFileSync(stamp, wanted);
  return true;
}

/** @param {string} root */
function digestOf(root) {
  const digest = createHash('sha256');
  for (const source of SOURCES) {
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
