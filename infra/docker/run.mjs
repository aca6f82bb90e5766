// SPDX-License-Identifier: AGPL-3.0-or-later
// What the images start: makes or reads the secrets in the data volume, then becomes the program that was asked for.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDatabasePasswords, ensureKeys, hasLogKey } from '../start/keys.mjs';

const keyDir = join(process.env.LOUVER_DATA ?? '/data', 'keys');
/** In a volume of its own, which only PostgreSQL and whoever migrates can read. */
const ownerPasswordFile = process.env.LOUVER_OWNER_PASSWORD_FILE ?? '/database-secret/owner';
const logOrigin = process.env.LOUVER_LOG_ORIGIN ?? 'demo.louver.example/log';
const database = process.env.LOUVER_DATABASE ?? 'postgres://postgres:5432/louver';

/** @type {Record<string, () => Promise<void>>} */
const COMMANDS = {
  async keys() {
    mkdirSync(keyDir, { recursive: true, mode: 0o700 });
    ensureKeys(keyDir);
    ensureDatabasePasswords(keyDir);
    // Readable to all who mount it: PostgreSQL's own user is another one than ours.
    if (!existsSync(ownerPasswordFile))
      writeFileSync(ownerPasswordFile, randomBytes(24).toString('base64url'), { mode: 0o444 });
    if (!hasLogKey(keyDir)) await become('cli', undefined, ['log', 'key', 'new', '--name', logOrigin, '--out', keyDir]);
  },
  async migrate() {
    const { prepareExternal } = await import('../start/roles.mjs');
    await prepareExternal(ownerUrl(), keyDir);
    await become('cli', ownerUrl(), ['migrate']);
  },
  seed: () => become('cli', ownerUrl(), ['demo', 'seed']),
  sealer: () => become('sealer', roleUrl('louver_sealer')),
  api: () => become('api', roleUrl('louver_api')),
  worker: () => become('worker', roleUrl('louver_worker')),
  camsim: () => become('camsim', undefined),
};

const command = COMMANDS[process.argv[2] ?? ''];
if (!command) throw new Error(`expected one of ${Object.keys(COMMANDS).join(', ')}`);
await command();

function ownerUrl() {
  return withLogin('louver_owner', readFileSync(ownerPasswordFile, 'utf8').trim());
}

/** @param {import('../start/keys.mjs').DatabaseRole} role */
function roleUrl(role) {
  return withLogin(role, ensureDatabasePasswords(keyDir)[role]);
}

/**
 * @param {string} user
 * @param {string} password
 */
function withLogin(user, password) {
  const url = new URL(database);
  [url.username, url.password] = [user, password];
  return url.href;
}

/**
 * In this very process, so that signals reach the program without anybody in between.
 * @param {string} name of the package
 * @param {string | undefined} databaseUrl
 * @param {string[]} args
 */
async function become(name, databaseUrl, args = []) {
  const { camsim } = ensureKeys(keyDir);
  if (databaseUrl) process.env.DATABASE_URL = databaseUrl;
  process.env.CAMSIM_USER = camsim.user;
  process.env.CAMSIM_PASSWORD = camsim.password;
  const main = new URL(`../../packages/${name}/src/main.ts`, import.meta.url);
  process.argv = [process.execPath, main.pathname, ...args];
  await import(main.href);
}
