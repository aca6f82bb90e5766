// SPDX-License-Identifier: AGPL-3.0-or-later
// The two ways by which masked fragments reach somebody: a plain HTTP answer that any player reads, and a WebSocket that can
// also say why there is no picture.
import type { ServerResponse } from 'node:http';
import type { LiveMessage } from '@louver/contract';
import { type WebSocket, WebSocket as Socket } from 'ws';
import type { Line } from './fan-out.ts';

/** Whoever does not take a close frame in this time is cut off. */
const CLOSE_WITHIN_MS = 2_000;
const CLOSED_NORMALLY = 1000;

export const httpLine = (response: ServerResponse, onClean: () => void): Line => ({
  saysMessages: false,
  say: () => undefined,
  send: (bytes, done) => {
    response.write(bytes, (error) => done(error ?? undefined));
  },
  close: (clean) => {
    if (!clean) {
      response.destroy();
      return;
    }
    onClean();
    response.end();
    setTimeout(() => response.destroy(), CLOSE_WITHIN_MS).unref();
  },
});

export const webSocketLine = (socket: WebSocket): Line => ({
  saysMessages: true,
  say: (message: LiveMessage) => {
    if (socket.readyState === Socket.OPEN) socket.send(JSON.stringify(message));
  },
  send: (bytes, done) => {
    socket.send(bytes, { binary: true }, (error) => done(error ?? undefined));
  },
  close: (clean) => {
    if (!clean) {
      socket.terminate();
      return;
    }
    socket.close(CLOSED_NORMALLY);
    setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS).unref();
  },
});
