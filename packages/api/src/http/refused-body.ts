// SPDX-License-Identifier: AGPL-3.0-or-later
import type { IncomingMessage, ServerResponse } from 'node:http';

const LINGER_MS = 1_000;

/**
 * Answers a request whose body nobody wants to read. Node would either read all of it after the answer, or close at
 * once, and a close with unread bytes resets the connection before the client has seen why. So: stop reading, answer,
 * give the client a moment to read the answer and hang up, then close.
 */
export function lingerThenClose(request: IncomingMessage, response: ServerResponse): void {
  request.removeAllListeners('data');
  request.on('error', () => undefined);
  request.pause();
  // Marks the body as taken; otherwise Node resumes and discards it after the answer.
  request.read(0);
  response.once('finish', () => {
    const { socket } = request;
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timer));
  });
}
