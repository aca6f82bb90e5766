// SPDX-License-Identifier: AGPL-3.0-or-later
// Passes a picture through: bytes as they come, no buffer but the sockets' own, and whoever hangs up hangs up both ends.
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';
import { Problem } from '@louver/contract';
import type { Request, Response } from 'express';

/** The worker answers with headers once it has a picture or knows that there is none. */
const ANSWER_WITHIN_MS = 30_000;
const PASSED_ON = ['accept', 'authorization', 'cookie', 'origin', 'range', 'user-agent'];
const SOCKET_HEADERS = [
  'sec-websocket-extensions',
  'sec-websocket-key',
  'sec-websocket-protocol',
  'sec-websocket-version',
];
const OF_ONE_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'trailer', 'te', 'set-cookie']);

export interface Forwarded {
  request: Request;
  address: string;
  protocol: string;
  worker: URL;
}

const requestIdOf = ({ id }: Request): string => (typeof id === 'string' ? id : '');

function ask({ request, address, protocol, worker }: Forwarded, more: Record<string, string> = {}): ClientRequest {
  const headers: Record<string, string> = { ...more };
  const named = 'upgrade' in more ? [...PASSED_ON, ...SOCKET_HEADERS] : PASSED_ON;
  for (const name of named) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const { host } = request.headers;
  const upstream = httpRequest({
    host: worker.hostname.replace(/^\[|\]$/g, ''),
    port: worker.port,
    path: request.url,
    // A connection per picture: it lives as long as the look does.
    agent: false,
    headers: {
      ...headers,
      ...(host === undefined ? {} : { host, 'x-forwarded-host': host }),
      'x-forwarded-for': address,
      'x-forwarded-proto': protocol,
      'x-request-id': requestIdOf(request),
    },
  });
  upstream.setNoDelay(true);
  const late = setTimeout(
    () => upstream.destroy(new Error('the media worker did not answer in time')),
    ANSWER_WITHIN_MS,
  );
  for (const event of ['response', 'upgrade', 'close']) upstream.once(event, () => clearTimeout(late));
  return upstream;
}

/** @returns when the last byte has gone, or either end hung up */
export function forward(to: Forwarded, response: Response): Promise<void> {
  // Log, metrics, session and the pipe all wait for the same end.
  response.setMaxListeners(20);
  return new Promise((resolve, reject) => {
    const upstream = ask(to);
    response.once('close', () => upstream.destroy());
    upstream.once('error', (cause) => {
      if (response.destroyed || response.headersSent) resolve();
      else reject(new Problem('stream-not-here', { cause }));
    });
    upstream.once('response', (answer) => {
      response.status(answer.statusCode ?? 502);
      for (const [name, value] of Object.entries(answer.headers))
        if (value !== undefined && !OF_ONE_HOP.has(name)) response.setHeader(name, value);
      response.flushHeaders();
      pipeline(answer, response, () => resolve());
    });
    upstream.end();
  });
}

/** The same for a WebSocket: after the handshake two sockets are joined. */
export function forwardUpgrade(to: Forwarded, socket: Duplex, head: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const upstream = ask(to, { connection: 'Upgrade', upgrade: 'websocket' });
    socket.once('close', () => upstream.destroy());
    upstream.once('error', (cause) => {
      if (socket.destroyed) resolve();
      else reject(new Problem('stream-not-here', { cause }));
    });
    upstream.once('upgrade', (answer, joined, early) => {
      socket.write(headOf(answer));
      if (early.length > 0) joined.unshift(early);
      if (head.length > 0) socket.unshift(head);
      pipeline(joined, socket, () => joined.destroy());
      pipeline(socket, joined, () => {
        socket.destroy();
        resolve();
      });
    });
    // Refused by the worker: its answer is the answer.
    upstream.once('response', (answer) => {
      socket.write(headOf(answer, 'Connection: close'));
      pipeline(answer, socket, () => resolve());
    });
    upstream.end();
  });
}

/** Status line and headers as they came. Of a refused handshake the hop's own are left out; its body ends with the connection. */
function headOf(answer: IncomingMessage, ...more: string[]): string {
  const refused = answer.statusCode !== 101;
  const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`];
  for (let i = 0; i + 1 < answer.rawHeaders.length; i += 2) {
    const [name, value] = [answer.rawHeaders[i]!, answer.rawHeaders[i + 1]!];
    if (!refused || !OF_ONE_HOP.has(name.toLowerCase())) lines.push(`${name}: ${value}`);
  }
  return `${[...lines, ...more].join('\r\n')}\r\n\r\n`;
}
