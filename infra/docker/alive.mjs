// SPDX-License-Identifier: AGPL-3.0-or-later
// The images' health check: does http://… answer 200, does tcp://… accept? No curl needed in the image.
import { connect } from 'node:net';

const target = new URL(process.argv[2] ?? '');

async function alive() {
  if (target.protocol === 'http:') return (await fetch(target)).ok;
  return new Promise((resolve) => {
    const socket = connect(Number(target.port), target.hostname, () => resolve(true));
    socket.once('error', () => resolve(false));
  });
}

process.exit((await alive().catch(() => false)) ? 0 : 1);
