// SPDX-License-Identifier: AGPL-3.0-or-later
// A private Redis on a unix socket. It holds sessions and queued jobs, so what it acknowledged is on disk a second later.
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { launch, untilReady } from './process.mjs';
import { findProgram } from './programs.mjs';
import { Refusal } from './refusal.mjs';
import { makeSocketFolder } from './socket-folder.mjs';

/** One database per test file, and a run has more files than Redis has databases by default. */
const TEST_DATABASES = 4096;

/**
 * @typedef {object} PrivateRedis
 * @property {string} url
 * @property {() => import('./process.mjs').RunningProcess} launch starts the server again after a crash
 * @property {import('./process.mjs').RunningProcess} running
 * @property {string} socketFolder
 * @property {() => void} removeSockets after the stop
 */

/**
 * @param {{ dataDir: string, logFile: string, forgetful?: boolean }} options
 * @returns {Promise<PrivateRedis>}
 */
export async function startRedis({ dataDir, logFile, forgetful = false }) {
  const program = findProgram('redis-server');
  if (!program) throw new Refusal('redis-server is missing');
  const folder = join(dataDir, 'redis');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const sockets = makeSocketFolder();
  const socket = join(sockets.folder, 'redis.sock');
  const keeping = forgetful
    ? ['--appendonly', 'no', '--save', '', '--databases', String(TEST_DATABASES)]
    : ['--appendonly', 'yes', '--appendfsync', 'everysec'];
  const start = () =>
    launch({
      name: 'redis',
      command: program,
      args: ['--port', '0', '--unixsocket', socket, '--unixsocketperm', '700', '--dir', folder, ...keeping],
      logFile,
    });
  const running = start();
  try {
    await untilReady(running, () => answersPing(socket), 60_000);
  } catch (error) {
    await running.stop();
    sockets.remove();
    throw error;
  }
  return {
    url: `unix://${socket}`,
    launch: start,
    running,
    socketFolder: sockets.folder,
    removeSockets: sockets.remove,
  };
}

/**
 * A socket that accepts isn't enough: while Redis reads its file it answers -LOADING.
 * @param {string} socket
 * @returns {Promise<boolean>}
 */
function answersPing(socket) {
  return new Promise((resolve) => {
    const client = connect(socket, () => client.write('PING\r\n'));
    client.setTimeout(1000, () => client.destroy());
    client.once('data', (reply) => {
      client.destroy();
      resolve(reply.toString('latin1').startsWith('+PONG'));
    });
    client.once('error', () => resolve(false));
    client.once('close', () => resolve(false));
  });
}
