// SPDX-License-Identifier: AGPL-3.0-or-later
// /healthz and /metrics for machines, on loopback. It answers also when sealing has stopped: then it is asked most.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServerDeps {
  readonly port: number;
  healthy(): boolean;
  metrics(): Promise<{ contentType: string; text: string }>;
}

export interface SealerServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Resolves when it listens. */
export async function startServer(deps: ServerDeps): Promise<SealerServer> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) => {
    response.on('error', () => undefined);
    answer(deps, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(deps.port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(deps: ServerDeps, { method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
  if (method !== 'GET') {
    response.writeHead(405, { allow: 'GET' }).end();
  } else if (url === '/healthz') {
    const healthy = deps.healthy();
    response.writeHead(healthy ? 200 : 503, { 'content-type': 'text/plain' }).end(healthy ? 'ok\n' : 'not sealing\n');
  } else if (url === '/metrics') {
    const { contentType, text } = await deps.metrics();
    response.writeHead(200, { 'content-type': contentType }).end(text);
  } else {
    response.writeHead(404).end();
  }
}
