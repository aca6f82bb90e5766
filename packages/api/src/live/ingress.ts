// SPDX-License-Identifier: AGPL-3.0-or-later
// One address for every picture: leads to whichever media worker holds the camera.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Problem } from '@louver/contract';
import { Router, type Express, type Request, type Response } from 'express';
import type { Deps } from '../http/deps.ts';
import { loggableUrl } from '../http/log.ts';
import { problemBody, problemOf, sendProblem } from '../http/problems.ts';
import { isForeign } from '../http/security.ts';
import { createAdmission, type Admission } from './admission.ts';
import { forward, forwardUpgrade, type Forwarded } from './forward.ts';
import { requireStream } from './stream-location.ts';

const LIVE = /^\/live\/([^/?]+)(?:\?(.*))?$/;
/** Answered by socket.io, which listens on the same server. */
const EVENTS = '/api/v1/socket';

async function findWorker(deps: Deps, admit: Admission, request: Request, hungUp: AbortSignal): Promise<Forwarded> {
  const [, camera, query] = LIVE.exec(request.originalUrl || request.url) ?? [];
  if (camera === undefined) throw new Problem('route-unknown');
  const ticket = new URLSearchParams(query).get('ticket') ?? undefined;
  const address = request.ip ?? 'unknown';
  const cameraId = await admit({ cameraId: camera, ticket, address });
  return { request, address, protocol: request.protocol, worker: await requireStream(deps, cameraId, hungUp) };
}

const hangUpOf = (connection: { once(event: 'close', listener: () => void): unknown }): AbortSignal => {
  const controller = new AbortController();
  connection.once('close', () => controller.abort());
  return controller.signal;
};

/** A picture over plain HTTP, as `ffmpeg -i` asks for it. */
export function liveRoutes(deps: Deps): Router {
  const router = Router();
  const admit = createAdmission(deps);
  router.get('/live/:cameraId', (request, response) => void passThrough(deps, admit, request, response));
  return router;
}

async function passThrough(deps: Deps, admit: Admission, request: Request, response: Response): Promise<void> {
  response.locals.route = '/live/:cameraId';
  response.set('Cache-Control', 'no-store');
  const hungUp = hangUpOf(response);
  deps.metrics.liveConnections.inc();
  try {
    // Express takes a HEAD for a GET. It would use the ticket up and show nothing.
    if (request.method !== 'GET') throw new Problem('route-unknown');
    await forward(await findWorker(deps, admit, request, hungUp), response);
  } catch (error) {
    if (!hungUp.aborted) sendProblem(request, response, error);
  } finally {
    deps.metrics.liveConnections.dec();
  }
}

/** The same over a WebSocket. Express never sees an upgrade, so what it does for other requests is done here. */
export function attachLive(server: Server, app: Express, deps: Deps): void {
  const admit = createAdmission(deps);
  server.on('upgrade', (raw: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (raw.url?.startsWith(EVENTS)) return;
    socket.on('error', () => undefined);
    void upgrade(deps, admit, asExpress(app, raw), socket, head);
  });
}

/** Express' own way to give a request its address and protocol behind trusted proxies. */
function asExpress(app: Express, raw: IncomingMessage): Request {
  raw.id = randomUUID();
  return Object.setPrototypeOf(raw, app.request) as Request;
}

async function upgrade(deps: Deps, admit: Admission, request: Request, socket: Duplex, head: Buffer): Promise<void> {
  const hungUp = hangUpOf(socket);
  const facts = { req: { id: request.id, method: 'UPGRADE', url: loggableUrl(request.url), address: request.ip } };
  deps.metrics.liveConnections.inc();
  try {
    if (isForeign(deps.config, request)) throw new Problem('origin-foreign');
    await forwardUpgrade(await findWorker(deps, admit, request, hungUp), socket, head);
    deps.log.info(facts, 'live connection ended');
  } catch (error) {
    if (hungUp.aborted) return;
    const problem = problemOf(error);
    deps.log[problem.slug === 'unexpected' ? 'error' : 'info']({ ...facts, err: error }, 'live connection refused');
    refuseUpgrade(socket, problem, request.id);
  } finally {
    deps.metrics.liveConnections.dec();
  }
}

function refuseUpgrade(socket: Duplex, problem: Problem, requestId: unknown): void {
  const body = problemBody(problem, requestId);
  socket.end(
    [
      `HTTP/1.1 ${problem.status} Refused`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
