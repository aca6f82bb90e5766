// SPDX-License-Identifier: AGPL-3.0-or-later
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAX_BODY_BYTES } from './json-body.ts';

const LINGER_MS = 1_000;

/** Whether the rest of a refused request is worth reading, so that the connection can carry the next one. */
export const isShort = (request: IncomingMessage): boolean =>
  request.complete || Number(request.headers['content-length'] ?? Number.NaN) <= MAX_BODY_BYTES;

/**
 * Answers a request whose body nobody wants to read. Node would either read all of it after the answer, or close at
 * once, and a close with unread bytes resets the connection before the client has seen why. So: stop reading, answer,
 * say that no more will be written, give the client a moment to read and hang up, then close.
 */
export function lingerThenClose(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request;
  request.removeAllListeners('data');
  request.on('error', () => undefined);
  request.pause();
  // Takes what has arrived already: of a body that nobody touched Node reads and discards the rest after the answer.
  request.read();
  response.setHeader('Connection', 'close');
  // What Node calls after the last answer of a connection.
  socket.destroySoon = () => {
    socket.end();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timer));
  };
}
