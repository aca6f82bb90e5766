// SPDX-License-Identifier: AGPL-3.0-or-later
// Serves one admitted look, over HTTP or WebSocket, from its first byte to the record of its end.
import type { ServerResponse } from 'node:http';
import { type LiveMessage, Problem, type ViewingEnd } from '@louver/contract';
import type { WebSocket } from 'ws';
import type { ViewingsUnderWay } from '../viewings/under-way.ts';
import { Viewer } from './fan-out.ts';
import type { Inspector } from '../sampling/inspect.ts';
import type { Admitted } from './gate.ts';
import { httpLine, webSocketLine } from './lines.ts';
import type { Sandbox } from './sandbox.ts';
import { stillOf } from './still.ts';

export interface LiveDeps {
  readonly sandbox: Sandbox;
  readonly viewings: ViewingsUnderWay;
  readonly inspector: Inspector;
  onFirstFrame(milliseconds: number): void;
}

const FIRST_PICTURE_MS = 15_000;
const LOOK_EVERY_MS = 20;
const PING_EVERY_MS = 10_000;

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const;
export const securityHeaders: Readonly<Record<string, string>> = HEADERS;

/** Sentences for `picture-withheld`, one a reason. */
const WITHHELD: Record<Extract<LiveMessage, { type: 'waiting' }>['reason'], string> = {
  connecting: 'The camera has not sent a picture yet.',
  reconnecting: 'The camera does not answer.',
  'aim-uncalibrated': 'Nobody has calibrated where the camera points.',
  'masks-unknown': 'No masks have been approved for where the camera points now.',
  'masks-unconfirmed': 'The masks could not be confirmed.',
  'masks-expired': 'The masks of this aim have expired and were not renewed.',
  'scene-shift': 'The camera does not see the scene any more that was approved.',
  'aim-moving': 'The camera is turning; everything is covered until it stands at a known aim.',
  'aim-unknown': 'It is not known where the camera looks; everything is covered.',
  'masks-not-flat': 'The masks did not lie over what left; it is being checked.',
  'frame-size': 'The picture is not of the size that the masks were drawn for.',
  'camera-refused': 'The camera refuses us.',
  'not-video': 'The camera sends no video that can be masked.',
};

/** Resolves with true when there is a picture, with false when the time is over or the viewer has gone. */
async function untilPicture(
  { stream }: Admitted,
  isOver: () => boolean,
  deadline = performance.now() + FIRST_PICTURE_MS,
): Promise<boolean> {
  while (stream.fanOut.waiting !== undefined) {
    if (performance.now() > deadline || isOver()) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return !isOver();
}

const ENDED_BEFORE = 'The viewing ended before there was a picture.';

const ENDED: Record<ViewingEnd, Extract<LiveMessage, { type: 'end' }>['reason']> = {
  closed: 'closed',
  'line-dropped': 'closed',
  'time-over': 'time-over',
  'picture-withheld': 'picture-withheld',
  'never-started': 'closed',
  'worker-lost': 'worker-stopping',
};

/** @throws Problem picture-withheld; the viewing is closed then */
export async function serveHttp(deps: LiveDeps, admitted: Admitted, response: ServerResponse): Promise<void> {
  const { claims, stream } = admitted;
  const arrivedAt = performance.now();
  let clean = false;
  let refuse: ((problem: Problem) => void) | undefined;
  const viewer = new Viewer(
    httpLine(response, () => (clean = true)),
    () => deps.onFirstFrame(performance.now() - arrivedAt),
  );
  const underWay = deps.viewings.serve(
    claims,
    () => viewer,
    () => {
      stream.fanOut.remove(viewer);
      if (response.headersSent) viewer.close(true);
      else refuse?.(new Problem('picture-withheld', { detail: ENDED_BEFORE }));
    },
  );
  response.once('close', () => underWay.end(clean ? 'closed' : 'line-dropped'));
  // Gone while the ticket was looked at: no event will say so any more.
  if (response.closed || response.destroyed) return underWay.end('line-dropped');

  const seen = await Promise.race([
    untilPicture(admitted, () => response.closed),
    new Promise<never>((_resolve, reject) => (refuse = reject)),
  ]);
  if (!seen) {
    refuse = undefined;
    const detail = WITHHELD[stream.fanOut.waiting ?? 'connecting'];
    underWay.end('picture-withheld');
    throw new Problem('picture-withheld', { detail });
  }
  response.writeHead(200, { ...HEADERS, 'content-type': 'video/mp4' });
  // A frame is worth more now than together with the next one.
  response.socket?.setNoDelay(true);
  stream.fanOut.add(viewer);
}

export function serveWebSocket(deps: LiveDeps, { claims, stream }: Admitted, socket: WebSocket): void {
  const arrivedAt = performance.now();
  const viewer = new Viewer(webSocketLine(socket), () => deps.onFirstFrame(performance.now() - arrivedAt));
  const underWay = deps.viewings.serve(
    claims,
    () => viewer,
    (reason) => {
      clearInterval(ping);
      stream.fanOut.remove(viewer);
      viewer.drop();
      viewer.say({ type: 'end', reason: ENDED[reason] });
      viewer.close(true);
    },
  );
  let answered = true;
  const ping = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, PING_EVERY_MS);
  socket.on('pong', () => (answered = true));
  socket.on('error', () => undefined);
  // 1000 and 1001: the page was closed or left on purpose. Anything else is a line that broke.
  socket.once('close', (code) => underWay.end(code === 1000 || code === 1001 ? 'closed' : 'line-dropped'));
  if (socket.readyState !== socket.OPEN) return underWay.end('line-dropped');
  stream.fanOut.add(viewer);
}

/** @throws Problem picture-withheld; the viewing is closed in any case */
export async function serveStill(deps: LiveDeps, admitted: Admitted, response: ServerResponse): Promise<void> {
  const { claims } = admitted;
  const delivered = { frames: 0, firstAt: 0, lastAt: 0 };
  let ended = false;
  const underWay = deps.viewings.serve(
    claims,
    () => delivered,
    () => {
      ended = true;
      // What the kernel has not taken yet does not leave any more.
      if (response.headersSent && delivered.frames === 0) response.destroy();
    },
  );
  try {
    const jpeg = await aStill(deps, admitted, () => ended || response.closed);
    if (ended) throw new Problem('picture-withheld', { detail: ENDED_BEFORE });
    if (!jpeg)
      throw new Problem('picture-withheld', {
        detail: WITHHELD[admitted.stream.fanOut.waiting ?? 'masks-unconfirmed'],
      });
    await sendStill(response, jpeg, () => {
      if (ended) return;
      delivered.frames = 1;
      delivered.firstAt = delivered.lastAt = Date.now();
    });
    underWay.end(delivered.frames === 1 ? 'closed' : 'line-dropped');
  } catch (error) {
    underWay.end('picture-withheld');
    throw error;
  }
}

/** A picture that was looked at, of the masks of now; undefined when there was none in time or the viewer has gone. */
async function aStill(deps: LiveDeps, admitted: Admitted, isOver: () => boolean): Promise<Buffer | undefined> {
  const { stream } = admitted;
  const deadline = performance.now() + FIRST_PICTURE_MS;
  while (await untilPicture(admitted, isOver, deadline)) {
    const { opening } = stream.fanOut;
    const keyFrame = stream.fanOut.keyFrame();
    const sample = stream.takeSample();
    const jpeg = keyFrame && sample && (await stillOf(deps.sandbox, keyFrame));
    // One picture can be checked before it leaves.
    const verdict = jpeg && (await deps.inspector.inspectStill(sample, jpeg));
    if (verdict?.kind === 'not-flat') {
      stream.onInspected(sample!, verdict, 'still');
      return undefined;
    }
    // Made while the masks changed: then it is a picture of before, nobody gets it, and another one is made.
    if (verdict?.kind === 'flat' && !stream.fanOut.isHeld && stream.fanOut.opening === opening) return jpeg;
    if (performance.now() > deadline) return undefined;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return undefined;
}

/** Resolves when the line is closed or has taken everything; only then `onTaken` is called. */
async function sendStill(response: ServerResponse, jpeg: Buffer, onTaken: () => void): Promise<void> {
  response.writeHead(200, { ...HEADERS, 'content-type': 'image/jpeg', 'content-length': jpeg.length });
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
    response.once('finish', () => {
      onTaken();
      resolve();
    });
    response.end(jpeg);
  });
}
