// SPDX-License-Identifier: AGPL-3.0-or-later
// One Louver per data folder. The lock of one that was killed is recognised and taken over.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Refusal } from '../private/refusal.mjs';

/** @typedef {{ pid: number, born: string, url: string, sockets: string[] }} Lock */

/**
 * @param {string} dataDir
 * @param {string} url the address to name to whoever comes second
 * @throws {Refusal} when another one is alive
 */
export function takeLock(dataDir, url) {
  const file = join(dataDir, 'start.lock');
  /** @type {Lock} */
  const own = { pid: process.pid, born: birthOf(process.pid) ?? '', url, sockets: [] };
  const write = (flag = 'w') => writeFileSync(file, `${JSON.stringify(own)}\n`, { flag, mode: 0o600 });
  try {
    write('wx');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    clearStale(file, dataDir);
    write('wx');
  }
  return {
    release: () => rmSync(file, { force: true }),
    /** Because a `kill -9` leaves the folder behind, and only this file would know. */
    rememberSockets: (/** @type {string} */ folder) => {
      own.sockets.push(folder);
      write();
    },
  };
}

/**
 * @param {string} file
 * @param {string} dataDir
 */
function clearStale(file, dataDir) {
  const other = readLock(file);
  if (other && birthOf(other.pid) === other.born) {
    throw new Refusal(
      `Louver is already running from ${dataDir}: ${other.url} (process ${other.pid}).\n` +
        'Stop it with Ctrl-C, or start a second one beside it: LOUVER_DATA=/another/folder PORT=8081 npm start',
    );
  }
  for (const folder of other?.sockets ?? []) {
    if (basename(folder).startsWith('louver-')) rmSync(folder, { recursive: true, force: true });
  }
  rmSync(file, { force: true });
}

/**
 * @param {string} file
 * @returns {Lock | undefined} undefined when its writer was killed before it had written
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * When a process started, in the kernel's own words: a number alone may belong to somebody else after a reboot, and in
 * a container it nearly always does.
 * @param {number} pid
 */
function birthOf(pid) {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
    return `${boot}/${afterName.split(' ')[19]}`;
  } catch {
    return undefined;
  }
}
