// SPDX-License-Identifier: AGPL-3.0-or-later
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ path: string, text: string }} SourceFile path relative to the root, with forward slashes */

const BINARY = /\.(png|jpg|ico|woff2?|ttf|mp4|h264|bin|pmtiles|gz)$/;

/**
 * What git tracks or would track: a file that was just written is checked before it is added.
 * @param {string} root
 * @returns {SourceFile[]}
 */
export function projectFiles(root) {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  return [...new Set(listed.toString('utf8').split('\0'))]
    .filter((path) => path && !BINARY.test(path) && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const isCode = (/** @type {string} */ path) => /\.(ts|tsx|mjs)$/.test(path);
/** Also what tests are made with. */
export const isTest = (/** @type {string} */ path) =>
  /\.test\.(ts|tsx|mjs)$|\.spec\.ts$|^packages\/[^/]+\/src\/testing\//.test(path);
export const codeFiles = (/** @type {SourceFile[]} */ files) => files.filter(({ path }) => isCode(path));

/**
 * 1-based line of an offset.
 * @param {string} text
 * @param {number} offset
 */
export const lineAt = (text, offset) => text.slice(0, offset).split('\n').length;

/**
 * Comments become blanks of the same length, so that offsets stay true and prose is no violation.
 * @param {string} text
 */
export const withoutComments = (text) =>
  text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|[\s;{}(),])\/\/[^\n]*/g, (comment) => comment.replaceAll(/[^\n]/g, ' '));
