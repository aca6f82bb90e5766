// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Server as HttpServer } from 'node:http';
import { EVENTS, mayDo, redisKeys, type Action, type EventName } from '@louver/contract';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Request } from 'express';
import { Server, type Socket } from 'socket.io';
import type { Deps } from '../http/deps.ts';
import { isForeign } from '../http/security.ts';
import { authenticate, type Actor } from '../sessions/authenticate.ts';
import { sessionKey, sessions } from '../sessions/session-store.ts';

/** Who hears an event must be allowed to read what it is about. */
const HEARD_BY = {
  'camera.changed': 'camera.read',
  'camera.status': 'camera.read',
  'cameras.imported': 'camera.read',
  'masks.changed': 'mask.read',
  'viewing.changed': 'record.read',
  'exposures.changed': 'exposure.read',
  'exposures.progress': 'exposure.read',
  'complaint.changed': 'complaint.read',
  'complaint.alarm': 'complaint.read',
} as const satisfies Record<EventName, Action>;

const RECHECK_MS = 30_000;

export interface Events {
  /** @throws ZodError for a payload that is not that event's */
  emit(name: EventName, payload: unknown): void;
  close(): Promise<void>;
}

const roomOf = (action: Action, jurisdiction: string) => `${action}:${jurisdiction}`;
const sessionRoom = (hash: string) => `session:${hash}`;
/** `vn.p66.hoa_sua` lies in `vn`, in `vn.p66` and in itself. */
const containing = (path: string) => path.split('.').map((_, i, labels) => labels.slice(0, i + 1).join('.'));

/** Open pages hear what changed below their jurisdictions, whichever process they are connected to. */
export function attachEvents(server: HttpServer, deps: Deps, recheckMs: number = RECHECK_MS): Events {
  // Of its own: it blocks while it reads, so it must not have the time limit that the others have.
  const bus = deps.redis.duplicate({ maxRetriesPerRequest: null, commandTimeout: undefined });
  const ended = deps.redis.duplicate({ maxRetriesPerRequest: null, commandTimeout: undefined });
  for (const client of [bus, ended]) client.on('error', (error) => deps.log.warn({ err: error }, 'redis'));
  const io = new Server(server, {
    path: '/api/v1/socket',
    serveClient: false,
    // The live pictures have upgrades of their own on this server.
    destroyUpgrade: false,
    maxHttpBufferSize: 10_000,
    adapter: createAdapter(bus, { streamName: 'louver:socket', channelPrefix: 'louver:socket', onlyPlaintext: true }),
    allowRequest: (request, decide) => decide(null, !isForeign(deps.config, request)),
  });
  io.engine.use(sessions(deps, { listenOnly: true }));
  io.use((socket, next) => void (async () => next(await refusalOf(deps, socket)))());
  io.on('connection', (socket) => {
    deps.metrics.sockets.inc();
    socket.once('disconnect', () => deps.metrics.sockets.dec());
  });

  void ended
    .subscribe(redisKeys.sessionEnd)
    .catch((error: unknown) => deps.log.error({ err: error }, "couldn't subscribe"));
  ended.on('message', (_channel, hash) => io.local.in(sessionRoom(hash)).disconnectSockets(true));
  const recheck = setInterval(() => void hangUpOnEnded(deps, io), recheckMs);

  return {
    emit(name, payload) {
      const message = EVENTS[name].parse(payload);
      const rooms = containing(message.jurisdiction).map((path) => roomOf(HEARD_BY[name], path));
      io.to(rooms).emit(name, message);
    },
    async close() {
      clearInterval(recheck);
      ended.disconnect();
      io.disconnectSockets(true);
      // Not io.close(): that would close the HTTP server as well.
      io.engine.close();
      await io.of('/').adapter.close();
      bus.disconnect();
    },
  };
}

/** Undefined for somebody who is signed in, who then is in the rooms that they may be in. */
async function refusalOf(deps: Deps, socket: Socket): Promise<Error | undefined> {
  const request = socket.request as Request;
  const actor = await authenticate(deps, request).catch((error: unknown) => {
    deps.log.warn({ err: error }, "couldn't authenticate a socket");
  });
  if (!actor) return new Error('not-signed-in');
  socket.data = { sessionId: request.sessionID, request };
  await socket.join([sessionRoom(actor.sessionHash), ...roomsOf(actor)]);
  return undefined;
}

const roomsOf = ({ role, jurisdictions }: Actor): string[] =>
  [...new Set<Action>(Object.values(HEARD_BY))]
    .filter((action) => mayDo(role, action))
    .flatMap((action) => jurisdictions.map((path) => roomOf(action, path)));

/** Sessions end without anybody saying so: by time, and when an account is disabled. */
async function hangUpOnEnded(deps: Deps, io: Server): Promise<void> {
  for (const socket of io.of('/').sockets.values()) {
    try {
      const { sessionId, request } = socket.data as { sessionId: string; request: Request };
      const lives = (await deps.redis.exists(sessionKey(sessionId))) > 0 && (await authenticate(deps, request));
      if (!lives) socket.disconnect(true);
    } catch (error) {
      deps.log.warn({ err: error }, "couldn't check the session of a socket");
    }
  }
}
