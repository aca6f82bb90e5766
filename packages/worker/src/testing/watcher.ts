// SPDX-License-Identifier: AGPL-3.0-or-later
// Somebody who watches over a WebSocket and keeps everything that comes.
import { LiveMessage } from '@louver/contract';
import { WebSocket } from 'ws';
import type { Ticket } from './control-room.ts';

/** Asks until there is an answer that counts. @throws Error that says what was waited for */
export async function until<T>(what: string, timeoutMs: number, look: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (const deadline = performance.now() + timeoutMs; ;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

interface Received {
  /** performance.timeOrigin-free: Date.now() when it came. */
  readonly at: number;
  readonly bytes: Buffer;
}

/** A WebSocket viewer that keeps everything, sorted by init segment. */
export class Watcher {
  readonly socket: WebSocket;
  readonly ticket: Ticket;
  readonly messages: (LiveMessage & { at: number })[] = [];
  /** One a `start` or `reset`: its init segment first, then fragments. */
  readonly runs: { version: number; pieces: Received[] }[] = [];
  closed = false;

  private constructor(socket: WebSocket, ticket: Ticket) {
    this.socket = socket;
    this.ticket = ticket;
    socket.on('message', (data: Buffer, binary) => {
      if (binary) this.runs.at(-1)?.pieces.push({ at: Date.now(), bytes: data });
      else {
        const message = LiveMessage.parse(JSON.parse(data.toString()));
        this.messages.push({ ...message, at: Date.now() });
        if (message.type === 'start' || message.type === 'reset')
          this.runs.push({ version: message.maskVersion, pieces: [] });
      }
    });
    socket.on('close', () => (this.closed = true));
    socket.on('error', () => undefined);
  }

  static async open(url: string, ticket: Ticket): Promise<Watcher> {
    const watcher = new Watcher(new WebSocket(url.replace(/^http/, 'ws')), ticket);
    await new Promise((resolve, reject) => {
      watcher.socket.once('open', resolve);
      watcher.socket.once('error', reject);
    });
    return watcher;
  }

  get frames(): number {
    return this.runs.reduce((sum, { pieces }) => sum + Math.max(0, pieces.length - 1), 0);
  }

  async untilFrames(count: number, timeout = 20_000): Promise<void> {
    await until(`${count} frames`, timeout, () => this.frames >= count);
  }

  async untilWaiting(reason: string, timeout = 20_000): Promise<void> {
    await until(`waiting for ${reason}`, timeout, () =>
      this.messages.some((message) => message.type === 'waiting' && message.reason === reason),
    );
  }

  async untilEnd(timeout = 20_000): Promise<string> {
    await until('the end', timeout, () => this.closed);
    return this.messages.flatMap((message) => (message.type === 'end' ? [message.reason] : []))[0] ?? '';
  }

  /** At least one frame of that version has come. */
  async untilRun(version: number, timeout = 20_000): Promise<void> {
    await until(
      `masks ${version}`,
      timeout,
      () => (this.runs.findLast((run) => run.version === version)?.pieces.length ?? 0) > 1,
    );
  }

  bytesOf(run: number): Buffer {
    return Buffer.concat(this.runs[run]?.pieces.map(({ bytes }) => bytes) ?? []);
  }

  /** What is still on its way is not counted any more. */
  close(): void {
    this.socket.removeAllListeners('message');
    this.socket.close(1000);
  }
}
