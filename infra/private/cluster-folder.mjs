// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the files of a private cluster lie, and that the server's user can get there.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { canTraverse } from './service-user.mjs';

const ELSEWHERE = '/var/lib/louver';

/**
 * @param {string} dataDir Louver's own folder (`.louver`), which exists
 * @param {import('./service-user.mjs').ServiceUser | undefined} user
 * @returns {string} the cluster's real folder; it may not exist yet, its parent does
 */
export function clusterFolder(dataDir, user) {
  const wanted = join(dataDir, 'pg');
  if (lstatSync(wanted, { throwIfNoEntry: false })?.isSymbolicLink()) {
    const target = realTarget(wanted);
    if (target) return target;
  }
  if (!user || canTraverse(user, dataDir)) return wanted;
  // The folder is Louver's own and what it holds is closed by itself, so letting others pass through gives nothing away.
  if (canTraverse(user, dirname(dataDir))) {
    chmodSync(dataDir, statSync(dataDir).mode | 0o011);
    return wanted;
  }
  // A checkout under /root: the server's user can't get there, so its files lie elsewhere and a link leads to them.
  const own = join(ELSEWHERE, createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 12));
  mkdirSync(own, { recursive: true, mode: 0o755 });
  const target = join(own, 'pg');
  if (!lstatSync(wanted, { throwIfNoEntry: false })) symlinkSync(target, wanted);
  return target;
}

/** @param {string} link */
function realTarget(link) {
  if (!existsSync(link)) return undefined;
  return realpathSync(link);
}

/**
 * @param {string} folder
 * @param {import('./service-user.mjs').ServiceUser | undefined} user
 */
export function makeOwnFolder(folder, user) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  if (user) chownSync(folder, user.uid, user.gid);
}

/**
 * @param {string} folder
 * @returns {number | undefined} the PostgreSQL version of the cluster in `folder`
 */
export function clusterMajor(folder) {
  const file = join(folder, 'PG_VERSION');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').trim()) : undefined;
}
