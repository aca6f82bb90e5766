// SPDX-License-Identifier: AGPL-3.0-or-later
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canTraverse } from './service-user.mjs';

// The kernel takes 107 bytes for the path of a socket; `/.s.PGSQL.5432.lock` and the random part need 40 of them.
const LONGEST_PARENT = 67;

/**
 * A new folder for sockets that only their owner can enter: whoever can enter is trusted without a password.
 * @param {import('./service-user.mjs').ServiceUser} [owner]
 */
export function makeSocketFolder(owner) {
  const parent = [tmpdir(), '/tmp', '/var/tmp'].find(
    (folder) => folder.length <= LONGEST_PARENT && existsSync(folder) && (!owner || canTraverse(owner, folder)),
  );
  if (!parent) throw new Error('no temporary folder is short enough for a socket');
  const folder = mkdtempSync(join(parent, 'louver-'));
  chmodSync(folder, 0o700);
  if (owner) chownSync(folder, owner.uid, owner.gid);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
