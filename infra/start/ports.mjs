// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Refusal } from '../private/refusal.mjs';

/**
 * @param {number} port the one people type, so another one can't be taken in its place
 */
export async function requireFreePort(port) {
  const problem = await tryPort(port, undefined);
  if (problem === 'EADDRINUSE') {
    throw new Refusal(`Port ${port} is in use by another program. Choose another one: PORT=${port + 1} npm start`);
  }
  if (problem === 'EACCES')
    throw new Refusal(`Port ${port} is not for ordinary users. Choose one above 1023: PORT=8080 npm start`);
  if (problem) throw new Refusal(`Port ${port} can't be used: ${problem}`);
}

/**
 * Loopback ports that stay the same from start to start while nobody else takes them: the database remembers the
 * cameras' addresses.
 * @template {string} Name
 * @param {string} dataDir
 * @param {Name[]} names
 * @returns {Promise<Record<Name, number>>}
 */
export async function choosePorts(dataDir, names) {
  const file = join(dataDir, 'ports.json');
  const remembered = readRemembered(file);
  const chosen = /** @type {Record<Name, number>} */ ({});
  for (const name of names) {
    const before = remembered[name];
    chosen[name] = before && !(await tryPort(before, '127.0.0.1')) ? before : await anyFreePort();
  }
  writeFileSync(file, `${JSON.stringify(chosen)}\n`);
  return chosen;
}

/** @param {string} file */
function readRemembered(file) {
  try {
    return /** @type {Record<string, number>} */ (JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

/**
 * @param {number} port
 * @param {string | undefined} host
 * @returns {Promise<string | undefined>} the system's error code, or undefined when the port is free
 */
function tryPort(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code ?? error.message));
    server.listen({ port, host }, () => server.close(() => resolve(undefined)));
  });
}

/** @returns {Promise<number>} */
function anyFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
