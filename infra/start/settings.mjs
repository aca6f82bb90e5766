// SPDX-License-Identifier: AGPL-3.0-or-later
// What the environment may say about a local run, read once.
import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from '../private/refusal.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const DEFAULT_PORT = 8080;
/** Belongs to nobody: whoever runs more than a demo names a log of his own before its key is made. */
const DEMO_LOG_ORIGIN = 'demo.louver.example/log';

/**
 * @typedef {object} Settings
 * @property {string} root of the checkout
 * @property {string} dataDir
 * @property {string} logDir
 * @property {string} keyDir
 * @property {number} port
 * @property {string} publicUrl
 * @property {string} logOrigin name of the access record's log, fixed once its key is made
 * @property {boolean} demo
 * @property {string | undefined} databaseUrl somebody else's server, instead of a private one
 * @property {string | undefined} redisUrl likewise
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Settings}
 */
export function readSettings(env) {
  const port = Number(env.PORT || DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Refusal(`PORT=${env.PORT} isn't a port number.`);
  const dataDir = resolve(ROOT, env.LOUVER_DATA || '.louver');
  return {
    root: ROOT,
    dataDir,
    logDir: join(dataDir, 'logs'),
    keyDir: join(dataDir, 'keys'),
    port,
    publicUrl: env.LOUVER_PUBLIC_URL || `http://localhost:${port}`,
    logOrigin: env.LOUVER_LOG_ORIGIN || DEMO_LOG_ORIGIN,
    demo: env.LOUVER_DEMO !== '0',
    databaseUrl: env.DATABASE_URL || undefined,
    redisUrl: env.REDIS_URL || undefined,
  };
}

/** @param {Settings} settings */
export function makeFolders({ dataDir, logDir, keyDir }) {
  try {
    for (const folder of [dataDir, logDir, keyDir]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      accessSync(folder, constants.W_OK);
    }
  } catch (error) {
    throw new Refusal(
      `Louver can't write in ${dataDir} (${error.code}). Did another user start it first? Name a folder of your own:\n` +
        'LOUVER_DATA=/a/folder npm start',
    );
  }
}
