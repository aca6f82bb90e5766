// SPDX-License-Identifier: AGPL-3.0-or-later
// Somebody who looks, with a stopwatch: opens viewings as a page does and notes when each frame came.
import { LiveMessage, type CameraId, type OpenedViewing, routes } from '@louver/contract';
import { WebSocket } from 'ws';
import { Fmp4Splitter } from '../../packages/worker/src/media/fmp4.ts';
import type { Person } from './person.ts';

const PURPOSE = 'a measurement';

const openViewing = (person: Person, cameraId: CameraId): Promise<OpenedViewing> =>
  person.call(routes.openViewing, { body: { cameraId, purpose: PURPOSE, kind: 'live' } });

/**
 * States a purpose and reads the stream until a whole frame is there.
 * @returns milliseconds from the statement to the frame
 * @throws Error when the viewing is refused, or no frame comes within `withinMs`
 */
export async function timeToFirstFrame(person: Person, cameraId: CameraId, withinMs = 30_000): Promise<number> {
  const began = performance.now();
  const { live } = await openViewing(person, cameraId);
  const done = new AbortController();
  const signal = AbortSignal.any([done.signal, AbortSignal.timeout(withinMs)]);
  try {
    const answer = await fetch(live.url, { headers: { cookie: person.cookie }, signal });
    if (answer.status !== 200 || !answer.body) throw new Error(`GET live: ${answer.status} ${await answer.text()}`);
    let took = 0;
    const splitter = new Fmp4Splitter(
      () => undefined,
      () => (took ||= performance.now() - began),
    );
    for await (const chunk of answer.body) {
      splitter.push(Buffer.from(chunk as Uint8Array));
      if (took > 0) return took;
    }
    throw new Error('the stream ended before its first frame');
  } finally {
    done.abort();
  }
}

interface Received {
  /** Date.now() */
  readonly at: number;
  readonly bytes: Buffer;
}

/** Keeps everything that comes over the live WebSocket, one run for each `start` or `reset`. */
export class LiveViewer {
  readonly #socket: WebSocket;
  /** Of each run the init segment first, then one fragment a frame. */
  readonly runs: { version: number; pieces: Received[] }[] = [];
  ended: string | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer, binary) => {
      if (binary) {
        this.runs.at(-1)?.pieces.push({ at: Date.now(), bytes: data });
        return;
      }
      const message = LiveMessage.parse(JSON.parse(data.toString()));
      if (message.type === 'start' || message.type === 'reset')
        this.runs.push({ version: message.maskVersion, pieces: [] });
      if (message.type === 'end') this.ended = message.reason;
    });
    socket.on('close', () => (this.ended ??= 'line dropped'));
    socket.on('error', () => undefined);
  }

  static async open(person: Person, cameraId: CameraId): Promise<LiveViewer> {
    const { live } = await openViewing(person, cameraId);
    const socket = new WebSocket(live.webSocketUrl, { headers: { cookie: person.cookie } });
    const viewer = new LiveViewer(socket);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return viewer;
  }

  get frames(): number {
    return this.runs.reduce((sum, { pieces }) => sum + Math.max(0, pieces.length - 1), 0);
  }

  /** The run of a mask version, once it has a frame. */
  runOf(version: number): LiveViewer['runs'][number] | undefined {
    return this.runs.findLast((run) => run.version === version && run.pieces.length > 1);
  }

  close(): void {
    this.#socket.close(1000);
  }
}
