// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker's own HTTP server: /live/:cameraId for people with a ticket, /healthz and /metrics for machines. Listens on
// loopback unless told otherwise; the API leads people here.
import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Problem } from '@louver/contract';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import { type GateDeps, addressOf, admit } from './gate.ts';
import { type LiveDeps, securityHeaders, serveHttp, serveStill, serveWebSocket } from './live.ts';

export interface ServerDeps extends GateDeps, LiveDeps {
  readonly log: Logger;
  readonly host: string;
  readonly port: number;
  metrics(): Promise<{ contentType: string; text: string }>;
  healthy(): boolean;
}

export interface WorkerServer {
  readonly port: number;
  /** Takes nobody new. Those who are here are ended by whoever owns their viewings. */
  stopAccepting(): void;
  close(): Promise<void>;
}

/** Viewers say nothing that we need to hear. */
const MAX_MESSAGE = 1024;

interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function answerTo(deps: ServerDeps, error: unknown): ProblemAnswer {
  const requestId = randomUUID();
  if (!(error instanceof Problem)) deps.log.error({ err: error, requestId }, 'a request failed');
  const problem = error instanceof Problem ? error : new Problem('unexpected');
  const body = JSON.stringify(problem.toDocument(requestId));
  return {
    status: problem.status,
    headers: {
      ...securityHeaders,
      'content-type': 'application/problem+json',
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  };
}

function refuse(deps: ServerDeps, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, headers, body } = answerTo(deps, error);
  response.writeHead(status, headers).end(body);
}

/** Before a WebSocket is one, its answer is written by hand. */
function refuseUpgrade(deps: ServerDeps, socket: Duplex, error: unknown): void {
  const { status, headers, body } = answerTo(deps, error);
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} Refused`, ...lines, '', body].join('\r\n'));
}

async function answer(deps: ServerDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = addressOf(request)?.pathname;
  if (request.method !== 'GET') {
    // Also HEAD: it would use up a ticket and show nothing.
    response.writeHead(405, { ...securityHeaders, allow: 'GET' }).end();
  } else if (path === '/healthz') {
    const healthy = deps.healthy();
    response
      .writeHead(healthy ? 200 : 503, { ...securityHeaders, 'content-type': 'text/plain' })
      .end(healthy ? 'ok\n' : 'stopping\n');
  } else if (path === '/metrics') {
    const { contentType, text } = await deps.metrics();
    response.writeHead(200, { ...securityHeaders, 'content-type': contentType }).end(text);
  } else {
    const admitted = await admit(deps, request, ['live', 'still']);
    await (admitted.claims.kind === 'still' ? serveStill : serveHttp)(deps, admitted, response);
  }
}

/** Resolves when it listens. */
export async function startServer(deps: ServerDeps): Promise<WorkerServer> {
  let accepting = true;
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_MESSAGE });
  const server: Server = createServer(
    { requestTimeout: 10_000, headersTimeout: 10_000, maxHeaderSize: 16_384 },
    (request, response) => {
      response.on('error', () => undefined);
      const served =
        accepting || request.url === '/healthz'
          ? answer(deps, request, response)
          : Promise.reject(new Problem('unavailable'));
      served.catch((error: unknown) => refuse(deps, response, error));
    },
  );
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => undefined);
    const admitted = accepting ? admit(deps, request, ['live']) : Promise.reject(new Problem('unavailable'));
    admitted.then(
      (look) => sockets.handleUpgrade(request, socket, head, (webSocket) => serveWebSocket(deps, look, webSocket)),
      (error: unknown) => refuseUpgrade(deps, socket, error),
    );
  });
  server.listen(deps.port, deps.host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stopAccepting: () => (accepting = false),
    async close() {
      accepting = false;
      server.close();
      for (const client of sockets.clients) client.close(1001);
      const patience = setTimeout(() => {
        for (const client of sockets.clients) client.terminate();
        server.closeAllConnections();
      }, 1_000);
      server.closeIdleConnections();
      if (server.listening || sockets.clients.size > 0) await once(server, 'close');
      clearTimeout(patience);
    },
  };
}
