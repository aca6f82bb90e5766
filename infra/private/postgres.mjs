// SPDX-License-Identifier: AGPL-3.0-or-later
// A private PostgreSQL on a unix socket: nothing listens on the network, and the machine's own cluster is left alone.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clusterFolder, clusterMajor, makeOwnFolder } from './cluster-folder.mjs';
import { launch, untilReady } from './process.mjs';
import { findPostgres } from './programs.mjs';
import { Refusal } from './refusal.mjs';
import { serviceUser } from './service-user.mjs';
import { makeSocketFolder } from './socket-folder.mjs';

const OWNER = 'louver_owner';
const PORT = 5432;
const CRASH_RECOVERY_MS = 10 * 60_000;
/** Only where losing everything is the plan: a record has to survive a power cut. */
const FORGETFUL = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

/**
 * @typedef {object} PrivatePostgres
 * @property {(database: string, role?: string) => string} url
 * @property {() => import('./process.mjs').RunningProcess} launch starts the server again after a crash
 * @property {import('./process.mjs').RunningProcess} running
 * @property {string} folder
 * @property {string} socketFolder
 * @property {() => void} removeSockets after the stop
 */

/**
 * @param {{ dataDir: string, logFile: string, forgetful?: boolean }} options
 * @returns {Promise<PrivatePostgres>}
 */
export async function startPostgres({ dataDir, logFile, forgetful = false }) {
  const user = serviceUser();
  const folder = clusterFolder(dataDir, user);
  const programs = programsFor(folder);
  if (clusterMajor(folder) === undefined) await initialise(programs.bin, folder, user, forgetful);
  await clearStaleLock(folder);

  const sockets = makeSocketFolder(user);
  const start = () =>
    launch({
      name: 'postgres',
      command: join(programs.bin, 'postgres'),
      args: serverArguments(folder, sockets.folder, forgetful),
      privileges: user?.privileges ?? [],
      logFile,
      // SIGINT rolls back what is open and writes the checkpoint; SIGQUIT writes nothing, yet frees its shared memory.
      stopSignal: forgetful ? 'SIGQUIT' : 'SIGINT',
      graceMs: 60_000,
    });
  const running = start();
  const ready = () =>
    spawnSync(join(programs.bin, 'pg_isready'), [
      '-q',
      '-h',
      sockets.folder,
      '-p',
      String(PORT),
      '-U',
      OWNER,
      '-d',
      'postgres',
    ]).status === 0;
  try {
    await untilReady(running, ready, CRASH_RECOVERY_MS);
  } catch (error) {
    await running.stop();
    sockets.remove();
    throw error;
  }
  const url = (/** @type {string} */ database, role = OWNER) =>
    `postgres://${role}@localhost/${database}?host=${encodeURIComponent(sockets.folder)}`;
  return { url, launch: start, running, folder, socketFolder: sockets.folder, removeSockets: sockets.remove };
}

/** @param {string} folder */
function programsFor(folder) {
  const major = clusterMajor(folder);
  const programs = findPostgres(major === undefined ? {} : { major });
  if (programs) return programs;
  throw new Refusal(
    `The database in ${folder} was made by PostgreSQL ${major}, which is no longer installed with PostGIS.\n` +
      `Install postgresql-${major} and postgresql-${major}-postgis-3, or move it over with pg_upgrade.`,
  );
}

/**
 * @param {string} bin
 * @param {string} folder
 * @param {import('./service-user.mjs').ServiceUser | undefined} user
 * @param {boolean} forgetful
 */
async function initialise(bin, folder, user, forgetful) {
  // Made beside its place and renamed: an interrupted initdb leaves nothing that looks like a cluster.
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  makeOwnFolder(making, user);
  const options = ['-D', making, '-U', OWNER, '-E', 'UTF8', '--locale=C.UTF-8', '--no-instructions'];
  const access = ['--auth-local=trust', '--auth-host=reject'];
  const command = [join(bin, 'initdb'), ...options, ...access, ...(forgetful ? ['--no-sync'] : [])];
  const run = promisify(execFile)('setpriv', [...(user?.privileges ?? []), '--', ...command], { cwd: '/' });
  await run.catch((error) => {
    throw new Refusal(`couldn't make a database in ${making}:\n\n${error.stderr}${error.stdout}`);
  });
  renameSync(making, folder);
}

/**
 * @param {string} folder
 * @param {string} socketFolder
 * @param {boolean} forgetful
 */
function serverArguments(folder, socketFolder, forgetful) {
  const settings = [
    'listen_addresses=',
    `port=${PORT}`,
    `unix_socket_directories=${socketFolder}`,
    'jit=off',
    'timezone=UTC',
    'log_timezone=UTC',
  ];
  return ['-D', folder, ...settings.flatMap((setting) => ['-c', setting]), ...(forgetful ? FORGETFUL : [])];
}

/**
 * After a `kill -9` the old server may still be on its way out, or its number may belong to somebody else by now (in
 * containers it usually does), and PostgreSQL would refuse to start for ever.
 * @param {string} folder
 */
async function clearStaleLock(folder) {
  const file = join(folder, 'postmaster.pid');
  const deadline = Date.now() + 10_000;
  while (existsSync(file) && runsIn(Number(readFileSync(file, 'utf8').split('\n')[0]), folder)) {
    if (Date.now() > deadline) throw new Refusal(`A PostgreSQL that nobody supervises is still running in ${folder}.`);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  rmSync(file, { force: true });
}

/**
 * @param {number} pid
 * @param {string} folder
 */
function runsIn(pid, folder) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch (error) {
    // EACCES: a living process of another user, which can't be a server of ours.
    if (['ENOENT', 'EACCES', 'ESRCH'].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? '')) return false;
    throw error;
  }
}
