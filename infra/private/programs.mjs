// SPDX-License-Identifier: AGPL-3.0-or-later
// Finds the programs Louver does not bring itself. Looks, and changes nothing.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

export const OLDEST_POSTGRES = 15;
const DEBIAN = '/usr/lib/postgresql';

/** @typedef {{ bin: string, major: number }} PostgresPrograms */

/**
 * @param {string} name
 * @returns {string | undefined} absolute path
 */
export function findProgram(name) {
  // Debian keeps system programs off the PATH of ordinary users.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The newest PostgreSQL that has PostGIS, or exactly `major` where a cluster of that version exists already.
 * LOUVER_PG_BIN names the folder of its programs, where they are somewhere unusual.
 * @param {{ major?: number }} [wanted]
 * @returns {PostgresPrograms | undefined}
 */
export function findPostgres({ major } = {}) {
  const onPath = findProgram('postgres');
  const named = process.env.LOUVER_PG_BIN;
  const folders = named
    ? [named]
    : [
        ...(existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin')) : []),
        ...(onPath ? [dirname(onPath)] : []),
      ];
  return folders
    .filter((bin) => ['initdb', 'postgres', 'pg_isready'].every((name) => isExecutable(join(bin, name))))
    .map((bin) => ({ bin, major: majorOf(join(bin, 'postgres')) }))
    .filter((found) => found.major >= OLDEST_POSTGRES && (major === undefined || found.major === major))
    .filter(hasPostgis)
    .sort((a, b) => b.major - a.major)[0];
}

/** @param {string} postgres path of the server program */
function majorOf(postgres) {
  const version = execFileSync(postgres, ['--version'], { encoding: 'utf8' });
  return Number(/\(PostgreSQL\) (\d+)/.exec(version)?.[1] ?? 0);
}

/** @param {PostgresPrograms} found */
function hasPostgis({ bin, major }) {
  const folders = [`/usr/share/postgresql/${major}`];
  const config = join(bin, 'pg_config');
  if (isExecutable(config)) folders.push(execFileSync(config, ['--sharedir'], { encoding: 'utf8' }).trim());
  return folders.some((folder) => existsSync(join(folder, 'extension', 'postgis.control')));
}

/** @returns {string | undefined} a Chromium that Playwright can drive */
export function findChromium() {
  const named = process.env.LOUVER_CHROMIUM;
  if (named) return isExecutable(named) ? named : undefined;
  return ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'].map(findProgram).find(Boolean);
}
