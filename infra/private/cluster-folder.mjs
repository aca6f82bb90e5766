// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the files of a private cluster lie, and that the server's user can get there.
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from './refusal.mjs';
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
  return elsewhere(wanted);
}

/**
 * For a checkout under /root: the server's user can't get there, so its files lie elsewhere and a link leads to them.
 * @param {string} wanted
 */
function elsewhere(wanted) {
  mkdirSync(ELSEWHERE, { recursive: true, mode: 0o755 });
  // A new folder for a new link: old files would belong to a data folder, and to keys, that somebody deleted.
  const own = mkdtempSync(join(ELSEWHERE, 'data-'));
  chmodSync(own, 0o755);
  const target = join(own, 'pg');
  // A dangling link may go; a folder is somebody's database.
  if (existsSync(wanted))
    throw new Refusal(`PostgreSQL's user can't enter ${dirname(wanted)}. Move it to where it can.`);
  rmSync(wanted, { force: true });
  symlinkSync(target, wanted);
  console.log(`  the database's files lie in ${target}, because PostgreSQL's user can't enter ${dirname(wanted)}`);
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
