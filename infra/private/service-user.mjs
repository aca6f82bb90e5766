// SPDX-License-Identifier: AGPL-3.0-or-later
// PostgreSQL refuses to run as root. Started by root, it runs as the user that its package made.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Refusal } from './refusal.mjs';

const SERVICE_USER = 'postgres';

/** @typedef {{ uid: number, gid: number, privileges: string[] }} ServiceUser */

/** @returns {ServiceUser | undefined} undefined when we are an ordinary user already */
export function serviceUser() {
  if (process.getuid?.() !== 0) return undefined;
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === SERVICE_USER);
  if (!entry) throw new Refusal(`The user ${SERVICE_USER} is missing; the package postgresql-common makes it.`);
  return {
    uid: Number(entry[2]),
    gid: Number(entry[3]),
    privileges: [`--reuid=${SERVICE_USER}`, `--regid=${SERVICE_USER}`, '--init-groups'],
  };
}

/**
 * @param {ServiceUser} user
 * @param {string} folder
 */
export function canTraverse(user, folder) {
  // `test -x` asks the kernel as that user, which no reading of mode bits (ACLs, mount options) replaces.
  return spawnSync('setpriv', [...user.privileges, '--', 'test', '-x', folder], { cwd: '/' }).status === 0;
}
