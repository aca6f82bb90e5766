// SPDX-License-Identifier: AGPL-3.0-or-later
// What a figure means nothing without: the machine, its programs, and what else it was doing.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, version } from 'node:os';
import { join } from 'node:path';
import { findPostgres, findProgram } from '../private/programs.mjs';

/**
 * @param {string} root of the checkout
 * @param {string | undefined} chromium
 * @returns {[name: string, value: string][]}
 */
export function machineFacts(root, chromium) {
  const postgres = findPostgres();
  return [
    ['CPU', `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores, seen from here`],
    ['Memory', `${(totalmem() / 2 ** 30).toFixed(1)} GiB`],
    ['Kernel', `${release()} ${version()}`],
    ['Node', process.versions.node],
    ['ffmpeg', firstLine(findProgram('ffmpeg'), ['-version'])],
    ['PostgreSQL', firstLine(postgres && join(postgres.bin, 'postgres'), ['--version'])],
    ['Redis', firstLine(findProgram('redis-server'), ['--version'])],
    ['Chromium', firstLine(chromium, ['--version'])],
    ['Commit', commitOf(root)],
    ['Load before (1, 5, 15 minutes)', loadText()],
  ];
}

export const loadText = () =>
  loadavg()
    .map((load) => load.toFixed(2))
    .join(', ');

/**
 * Shares of all CPU time since boot, to be subtracted: `stolen` went to other machines on the same host.
 * @returns {{ total: number, stolen: number }}
 */
export function cpuTimes() {
  const fields = readFileSync('/proc/stat', 'utf8').split('\n')[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? [];
  return { total: fields.reduce((sum, ticks) => sum + ticks, 0), stolen: fields[7] ?? 0 };
}

/**
 * @param {string | undefined} program
 * @param {string[]} args
 */
function firstLine(program, args) {
  if (!program) return 'not there';
  try {
    const said = execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return said.split('\n')[0]?.trim().slice(0, 100) ?? '';
  } catch {
    return 'does not start';
  }
}

/** @param {string} root */
function commitOf(root) {
  try {
    const git = (/** @type {string[]} */ args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
    const changed = git(['status', '--porcelain', '--', 'packages', 'infra']) === '' ? '' : ', with changes';
    return `${git(['rev-parse', '--short=12', 'HEAD'])}${changed}`;
  } catch {
    return 'unknown';
  }
}
