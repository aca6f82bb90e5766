// SPDX-License-Identifier: AGPL-3.0-or-later
// Made once. What is there is never overwritten: a new credentials key would lock every camera's password away.
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who logs in at the database beside its owner: one role for each program, with its rights and no more. */
export const DATABASE_ROLES = /** @type {const} */ (['louver_api', 'louver_worker', 'louver_sealer']);
/** @typedef {typeof DATABASE_ROLES[number]} DatabaseRole */

/**
 * @param {string} keyDir
 * @returns {{ camsim: { user: string, password: string } }}
 */
export function ensureKeys(keyDir) {
  const base64 = () => `${randomBytes(32).toString('base64')}\n`;
  once(join(keyDir, 'credentials.key'), base64);
  once(join(keyDir, 'session.key'), base64);
  // Case codes, names and original photos of complaints: lost, no case opens by its code any more.
  once(join(keyDir, 'citizens.key'), base64);
  const ticketKey = once(join(keyDir, 'ticket.key'), () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  once(join(keyDir, 'ticket.pub'), () =>
    createPublicKey(createPrivateKey(ticketKey)).export({ type: 'spki', format: 'pem' }).toString(),
  );
  const camsim = once(join(keyDir, 'camsim.json'), () => json({ user: 'louver', password: newPassword() }));
  return { camsim: JSON.parse(camsim) };
}

/**
 * Passwords of the two roles on a database server of somebody else.
 * @param {string} keyDir
 * @returns {Record<DatabaseRole, string>}
 */
export function ensureDatabasePasswords(keyDir) {
  return JSON.parse(
    once(databasePasswordFile(keyDir), () =>
      json(Object.fromEntries(DATABASE_ROLES.map((role) => [role, newPassword()]))),
    ),
  );
}

export const databasePasswordFile = (/** @type {string} */ keyDir) => join(keyDir, 'database.json');

/** The key that signs the access record, which only the sealer reads, and the one that everybody may know. */
export const hasLogKey = (/** @type {string} */ keyDir) =>
  ['log.key', 'log.vkey'].every((file) => existsSync(join(keyDir, file)));

/**
 * @param {string} file
 * @param {() => string} make
 */
function once(file, make) {
  if (!existsSync(file)) {
    // Written beside and renamed, so that a crash can't leave half a key which later starts would then trust.
    writeFileSync(`${file}.new`, make(), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, 'utf8');
}

const json = (/** @type {unknown} */ value) => `${JSON.stringify(value, undefined, 2)}\n`;
const newPassword = () => randomBytes(24).toString('base64url');
