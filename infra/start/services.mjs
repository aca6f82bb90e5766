// SPDX-License-Identifier: AGPL-3.0-or-later
// The programs of a local run: which file, and what of the environment each may know.
import { join } from 'node:path';

/**
 * @param {import('./settings.mjs').Settings} settings
 * @param {object} found
 * @param {import('./roles.mjs').DatabaseUrls} found.urls
 * @param {string} found.redisUrl
 * @param {Record<'camsim' | 'worker' | 'sealer', number>} found.ports
 * @param {{ user: string, password: string }} found.camsim
 */
export function services(settings, { urls, redisUrl, ports, camsim }) {
  const { root, dataDir, keyDir, logDir, port, publicUrl, logOrigin, demo } = settings;
  // Their output goes to files, whatever the terminal can show.
  const { FORCE_COLOR: _ignored, ...inherited } = process.env;
  const plain = { ...inherited, NO_COLOR: '1' };
  const common = {
    ...plain,
    REDIS_URL: redisUrl,
    PORT: String(port),
    LOUVER_DATA: dataDir,
    LOUVER_PUBLIC_URL: publicUrl,
    LOUVER_DEMO: demo ? '1' : '0',
    WORKER_PORT: String(ports.worker),
  };
  const cameras = {
    CAMSIM_PORT: String(ports.camsim),
    CAMSIM_USER: camsim.user,
    CAMSIM_PASSWORD: camsim.password,
    CAMSIM_DATA: join(dataDir, 'camsim'),
  };
  const program = (
    /** @type {string} */ name,
    /** @type {string} */ file,
    /** @type {NodeJS.ProcessEnv} */ env,
    /** @type {string[]} */ args = [],
  ) => ({
    name,
    command: process.execPath,
    args: ['--import', 'tsx', '--conditions=source', file, ...args],
    cwd: root,
    env: { ...common, ...env },
    logFile: join(logDir, `${name}.log`),
  });
  const build = (/** @type {string} */ name) => ({
    name,
    command: process.execPath,
    args: [join(root, 'node_modules/vite/bin/vite.js'), 'build'],
    cwd: join(root, 'packages', name),
    env: plain,
    logFile: join(logDir, `${name}.log`),
  });
  const cli = (/** @type {string} */ name, /** @type {string[]} */ args) =>
    program(name, 'packages/cli/src/main.ts', { DATABASE_URL: urls.owner, ...cameras }, args);

  return {
    migrate: cli('migrate', ['migrate']),
    seed: cli('seed', ['demo', 'seed']),
    camsim: program('camsim', 'packages/camsim/src/main.ts', { DATABASE_URL: '', ...cameras }),
    logKey: cli('log-key', ['log', 'key', 'new', '--name', logOrigin, '--out', keyDir]),
    sealer: program('sealer', 'packages/sealer/src/main.ts', {
      DATABASE_URL: urls.sealer,
      SEALER_PORT: String(ports.sealer),
    }),
    worker: program('worker', 'packages/worker/src/main.ts', { DATABASE_URL: urls.worker }),
    api: program('api', 'packages/api/src/main.ts', { DATABASE_URL: urls.api }),
    buildConsole: build('console'),
    buildCivic: build('civic'),
  };
}
