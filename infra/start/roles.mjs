// SPDX-License-Identifier: AGPL-3.0-or-later
// The database, and the two roles that the API and the worker log in as. Needs node_modules.
import { createRequire } from 'node:module';
import { Refusal } from '../private/refusal.mjs';
import { DATABASE_ROLES, databasePasswordFile, ensureDatabasePasswords } from './keys.mjs';

// The driver is a dependency of packages/db, and this is not a package of its own.
/** @type {typeof import('pg')} */
const { Client } = createRequire(new URL('../../packages/db/package.json', import.meta.url))('pg');
const DATABASE = 'louver';

/**
 * @typedef {import('./keys.mjs').DatabaseRole} DatabaseRole
 * @typedef {Record<'owner' | 'api' | 'worker' | 'sealer', string>} DatabaseUrls
 * @typedef {import('pg').Client} Connection
 */

/**
 * On a private server whoever reaches the socket is trusted, so there are no passwords.
 * @param {(database: string, role?: string) => string} url
 * @returns {Promise<DatabaseUrls>}
 */
export async function preparePrivate(url) {
  await onServer(url('postgres'), async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (!found.rowCount) await client.query(`CREATE DATABASE ${DATABASE}`);
    for (const role of DATABASE_ROLES) {
      const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      await client.query(`${known.rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN`);
    }
  });
  return urlsOf(url(DATABASE), (role) => url(DATABASE, role));
}

/**
 * @param {string} ownerUrl
 * @param {string} keyDir
 * @returns {Promise<DatabaseUrls>}
 */
export async function prepareExternal(ownerUrl, keyDir) {
  await ensureDatabase(ownerUrl);
  const passwords = ensureDatabasePasswords(keyDir);
  const urlFor = (/** @type {DatabaseRole} */ role) => {
    const url = new URL(ownerUrl);
    [url.username, url.password] = [role, passwords[role]];
    return url.href;
  };
  await onServer(ownerUrl, async (client) => {
    await requireSuitable(client);
    for (const role of DATABASE_ROLES)
      await ensureRole(client, { role, password: passwords[role], url: urlFor(role), keyDir });
  });
  return urlsOf(ownerUrl, urlFor);
}

/**
 * @param {string} owner
 * @param {(role: DatabaseRole) => string} urlFor
 * @returns {DatabaseUrls}
 */
const urlsOf = (owner, urlFor) => ({
  owner,
  api: urlFor('louver_api'),
  worker: urlFor('louver_worker'),
  sealer: urlFor('louver_sealer'),
});

/** @param {string} ownerUrl */
async function ensureDatabase(ownerUrl) {
  const NO_SUCH_DATABASE = '3D000';
  try {
    await onServer(ownerUrl, async () => undefined);
  } catch (error) {
    if (error.code !== NO_SUCH_DATABASE)
      throw new Refusal(`couldn't reach the server in DATABASE_URL: ${error.message}`);
    const url = new URL(ownerUrl);
    const name = decodeURIComponent(url.pathname.slice(1));
    url.pathname = '/postgres';
    await onServer(url.href, (client) => client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)).catch(
      (cause) => {
        throw new Refusal(`The database ${name} doesn't exist, and making it failed: ${cause.message}`);
      },
    );
  }
}

/** @param {Connection} client */
async function requireSuitable(client) {
  const { rows } = await client.query(
    `SELECT current_setting('server_version_num')::int / 10000 AS major,
            EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis') AS postgis`,
  );
  if (rows[0].major < 15)
    throw new Refusal(`The server in DATABASE_URL is PostgreSQL ${rows[0].major}; Louver needs 15 or later.`);
  if (!rows[0].postgis)
    throw new Refusal('The server in DATABASE_URL has no PostGIS; install its postgis package there.');
}

/**
 * @param {Connection} client
 * @param {{ role: string, password: string, url: string, keyDir: string }} wanted
 */
async function ensureRole(client, { role, password, url, keyDir }) {
  const literal = client.escapeLiteral(password);
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  try {
    if (!rowCount) await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${literal}`);
    else if (!(await canConnect(url))) {
      if (await isUsedElsewhere(client, role)) throw new Refusal(usedElsewhere(role, keyDir));
      await client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${literal}`);
    }
  } catch (error) {
    if (error.code !== '42501') throw error;
    throw new Refusal(
      `The user in DATABASE_URL may not create or change roles. Let somebody who may run, with the password that stands\n` +
        `in ${databasePasswordFile(keyDir)}, and start again:\n\n` +
        `  ${rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN PASSWORD '…';`,
    );
  }
  if (!(await canConnect(url))) {
    throw new Refusal(
      `The role ${role} exists, but the server in DATABASE_URL doesn't let it in. Look at its pg_hba.conf.`,
    );
  }
}

/**
 * Roles belong to the whole server: a new password would lock out another Louver on it.
 * @param {Connection} client
 * @param {string} role
 * @returns {Promise<boolean>}
 */
async function isUsedElsewhere(client, role) {
  const { rows } = await client.query(
    `SELECT EXISTS (
       SELECT FROM pg_shdepend
       WHERE refclassid = 'pg_authid'::regclass AND refobjid = $1::regrole
         AND dbid <> 0 AND dbid <> (SELECT oid FROM pg_database WHERE datname = current_database())
     ) AS used`,
    [role],
  );
  return rows[0].used;
}

const usedElsewhere = (/** @type {string} */ role, /** @type {string} */ keyDir) =>
  `Another database on the server in DATABASE_URL uses the role ${role} already, and the password in\n` +
  `${databasePasswordFile(keyDir)} isn't its password. Write that one there, or use a server of its own.`;

/** @param {string} url */
async function canConnect(url) {
  try {
    await onServer(url, async () => undefined);
    return true;
  } catch {
    return false;
  }
}

/**
 * @template T
 * @param {string} connectionString
 * @param {(client: Connection) => Promise<T>} work
 */
async function onServer(connectionString, work) {
  const client = new Client({ connectionString, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
