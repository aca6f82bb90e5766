// SPDX-License-Identifier: AGPL-3.0-or-later
// An RTSP client that does exactly what a test tells it, over a bare socket.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import type { AccessUnit, Clip } from './annexb.ts';

export interface RtspAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface RtpPacket {
  readonly channel: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly payload: Buffer;
}

const DEADLINE_MS = 4000;
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

export class RawClient {
  readonly packets: RtpPacket[] = [];
  readonly socket: Socket;
  #rest: Buffer = Buffer.alloc(0);
  readonly #answers: RtspAnswer[] = [];
  #cseq = 0;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => undefined);
    this.socket.on('data', (bytes) => {
      this.#rest = Buffer.concat([this.#rest, bytes]);
      while (this.#takeOne());
    });
  }

  #takeOne(): boolean {
    if (this.#rest[0] === 0x24) {
      if (this.#rest.length < 4 || this.#rest.length < 4 + this.#rest.readUInt16BE(2)) return false;
      const [channel, length] = [this.#rest[1] ?? 0, this.#rest.readUInt16BE(2)];
      const packet = this.#rest.subarray(4, 4 + length);
      this.#rest = this.#rest.subarray(4 + length);
      if (channel % 2 === 0) {
        this.packets.push({
          channel,
          marker: ((packet[1] ?? 0) & 0x80) !== 0,
          sequence: packet.readUInt16BE(2),
          timestamp: packet.readUInt32BE(4),
          payload: packet.subarray(12),
        });
      }
      return true;
    }
    const end = this.#rest.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const [start = '', ...lines] = this.#rest.toString('latin1', 0, end).split('\r\n');
    const headers = new Map(
      lines.map((l) => [l.slice(0, l.indexOf(':')).toLowerCase(), l.slice(l.indexOf(':') + 1).trim()]),
    );
    const length = Number(headers.get('content-length') ?? 0);
    if (this.#rest.length < end + 4 + length) return false;
    const body = this.#rest.toString('utf8', end + 4, end + 4 + length);
    this.#rest = this.#rest.subarray(end + 4 + length);
    this.#answers.push({ status: Number(start.split(' ')[1]), headers, body });
    return true;
  }

  /** Waits until something is so; fails after four seconds. */
  async until(what: string, isSo: () => boolean): Promise<void> {
    const deadline = performance.now() + DEADLINE_MS;
    while (!isSo()) {
      if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async ask(method: string, url: string, headers: Record<string, string> = {}): Promise<RtspAnswer> {
    const lines = Object.entries({ CSeq: String(++this.#cseq), ...headers }).map(([k, v]) => `${k}: ${v}`);
    const before = this.#answers.length;
    this.socket.write(`${method} ${url} RTSP/1.0\r\n${lines.join('\r\n')}\r\n\r\n`);
    await this.until(`an answer to ${method}`, () => this.#answers.length > before);
    return this.#answers[before] as RtspAnswer;
  }

  /** Authorization for a challenge, as RFC 2617 computes it. */
  digest(challenge: string, method: string, url: string, user: string, password: string): string {
    const field = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
    const [realm, nonce] = [field('realm'), field('nonce')];
    const response = md5(`${md5(`${user}:${realm}:${password}`)}:${nonce}:${md5(`${method}:${url}`)}`);
    return `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${url}", response="${response}"`;
  }

  /** SETUP interleaved and PLAY. */
  async play(url: string, channel = 0): Promise<RtspAnswer> {
    const setup = await this.ask('SETUP', `${url}/trackID=0`, {
      Transport: `RTP/AVP/TCP;unicast;interleaved=${channel}-${channel + 1}`,
    });
    if (setup.status !== 200) return setup;
    return this.ask('PLAY', url, { Session: setup.headers.get('session')?.split(';')[0] ?? '' });
  }

  async close(): Promise<void> {
    if (this.socket.destroyed) return;
    this.socket.destroy();
    await once(this.socket, 'close');
  }
}

/** A clip of bytes that look like H.264: one key frame in five, each frame filled with its number. */
export function fakeClip(frames: number, options: { fps?: number; bytes?: number; spsByte?: number } = {}): Clip {
  const { fps = 50, bytes = 3000, spsByte = 0x1e } = options;
  const parameterSets = [Buffer.from([0x67, 0x64, 0x00, spsByte, 1]), Buffer.from([0x68, 0xee, 0x3c, 0x80, 2])];
  const units = Array.from({ length: frames }, (_, i): AccessUnit => {
    const key = i % 5 === 0;
    const slice = Buffer.alloc(bytes, i + 1);
    slice[0] = key ? 0x65 : 0x41;
    slice[1] = 0x88;
    return { key, nals: key ? [...parameterSets, slice] : [slice] };
  });
  return { codec: 'h264', fps, parameterSets, units };
}
