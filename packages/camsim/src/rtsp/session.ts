// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomBytes } from 'node:crypto';
import type { Socket as UdpSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import { type Credentials, challenges, isAuthorised } from './auth.ts';
import type { Mount } from './mount.ts';
import { type Receiver, interleavedReceiver, udpReceiver } from './receiver.ts';
import { MalformedRequest, RequestReader, type RtspRequest } from './request.ts';

export interface SessionDeps {
  readonly realm: string;
  readonly credentials: Credentials | undefined;
  readonly findMount: (name: string) => Mount | undefined;
  /** Opened for the first client that asks for UDP. */
  readonly udp: () => Promise<{ rtp: UdpSocket; rtcp: UdpSocket; port: number }>;
}

const REASONS = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  454: 'Session Not Found',
  455: 'Method Not Valid in This State',
  461: 'Unsupported Transport',
  501: 'Not Implemented',
} as const;

type Status = keyof typeof REASONS;
type Headers = Record<string, string | readonly string[]>;

/** A peer that connects and then says nothing is not kept. */
const IDLE_MS = 30_000;

/** `rtsp://host/NAME/trackID=0?x` → NAME. */
function mountName(url: string): string | undefined {
  const path = /^rtsp:\/\/[^/]*\/([^/?]+)/i.exec(url)?.[1];
  try {
    return path === undefined ? undefined : decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** One control connection: at most one camera, playing or not. */
export class Session {
  readonly #socket: Socket;
  readonly #deps: SessionDeps;
  readonly #id = randomBytes(8).toString('hex');
  readonly #nonce = randomBytes(16).toString('hex');
  readonly #reader = new RequestReader();
  #setUp: { mount: Mount; receiver: Receiver } | undefined;
  #pending: Promise<void> = Promise.resolve();

  constructor(socket: Socket, deps: SessionDeps) {
    this.#socket = socket;
    this.#deps = deps;
    socket.setNoDelay(true);
    socket.setTimeout(IDLE_MS, () => {
      if (!this.#setUp) socket.destroy();
    });
    socket.on('data', (bytes) => this.#read(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#end());
  }

  #read(bytes: Buffer): void {
    try {
      for (const request of this.#reader.push(bytes)) {
        // One after another, because answers must keep the order of requests and SETUP may wait for a port.
        this.#pending = this.#pending.then(() => this.#handle(request)).catch(() => void this.#socket.destroy());
      }
    } catch (error) {
      if (!(error instanceof MalformedRequest)) throw error;
      this.#socket.end('RTSP/1.0 400 Bad Request\r\nConnection: close\r\n\r\n');
    }
  }

  #end(): void {
    if (this.#setUp) this.#setUp.mount.leave(this.#setUp.receiver);
    this.#setUp = undefined;
  }

  #reply(request: RtspRequest, status: Status, headers: Headers = {}, body = ''): void {
    const lines = [
      `RTSP/1.0 ${status} ${REASONS[status]}`,
      `CSeq: ${/^\d{1,10}/.exec(request.headers.get('cseq') ?? '')?.[0] ?? 0}`,
    ];
    for (const [name, value] of Object.entries(headers)) {
      for (const each of typeof value === 'string' ? [value] : value) lines.push(`${name}: ${each}`);
    }
    if (body) lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
    this.#socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }

  #isAuthorised(request: RtspRequest, mount: Mount | undefined): boolean {
    const { credentials, realm } = this.#deps;
    if (mount?.refuses) return false;
    if (!credentials) return true;
    return isAuthorised(
      request.headers.get('authorization'),
      request.method,
      { realm, nonce: this.#nonce },
      credentials,
    );
  }

  async #handle(request: RtspRequest): Promise<void> {
    if (request.method === 'OPTIONS') {
      return this.#reply(request, 200, { Public: 'OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER' });
    }
    const mount = this.#deps.findMount(mountName(request.url) ?? '');
    if (!this.#isAuthorised(request, mount)) {
      const credentials = this.#deps.credentials ?? { user: '', password: '' };
      return this.#reply(request, 401, { 'WWW-Authenticate': challenges(this.#deps.realm, this.#nonce, credentials) });
    }
    if (!mount) return this.#reply(request, 404);
    const session = request.headers.get('session')?.split(';')[0];
    if (session !== undefined && session !== this.#id) return this.#reply(request, 454);
    switch (request.method) {
      case 'DESCRIBE':
        return this.#describe(request, mount);
      case 'SETUP':
        return this.#setup(request, mount);
      case 'PLAY':
        return this.#play(request);
      case 'TEARDOWN':
        this.#reply(request, 200, { Session: this.#id });
        return this.#end();
      case 'GET_PARAMETER':
      case 'SET_PARAMETER':
        return this.#reply(request, 200, { Session: this.#id });
      default:
        return this.#reply(request, 501);
    }
  }

  #describe(request: RtspRequest, mount: Mount): void {
    const base = request.url.endsWith('/') ? request.url : `${request.url}/`;
    this.#reply(request, 200, { 'Content-Base': base, 'Content-Type': 'application/sdp' }, mount.describe());
  }

  async #setup(request: RtspRequest, mount: Mount): Promise<void> {
    const wanted = request.headers.get('transport') ?? '';
    this.#end();
    if (/RTP\/AVP\/TCP|interleaved/i.test(wanted)) return this.#setupInterleaved(request, mount, wanted);
    const ports = /client_port=(\d{1,5})-(\d{1,5})/i.exec(wanted);
    const [rtp, rtcp] = [Number(ports?.[1] ?? 0), Number(ports?.[2] ?? 0)];
    if (!(rtp > 0 && rtp < 65_536 && rtcp > 0 && rtcp < 65_536)) return this.#reply(request, 461);
    const udp = await this.#deps.udp();
    this.#setUp = { mount, receiver: udpReceiver(this.#socket, udp, this.#socket.remoteAddress ?? '', { rtp, rtcp }) };
    this.#setupDone(
      request,
      mount,
      `RTP/AVP;unicast;client_port=${rtp}-${rtcp};server_port=${udp.port}-${udp.port + 1}`,
    );
  }

  #setupInterleaved(request: RtspRequest, mount: Mount, wanted: string): void {
    const channel = Number(/interleaved=(\d{1,3})/i.exec(wanted)?.[1] ?? 0);
    if (channel > 254) return this.#reply(request, 461);
    this.#setUp = { mount, receiver: interleavedReceiver(this.#socket, channel) };
    this.#setupDone(request, mount, `RTP/AVP/TCP;unicast;interleaved=${channel}-${channel + 1}`);
  }

  #setupDone(request: RtspRequest, mount: Mount, transport: string): void {
    const ssrc = mount.ssrc.toString(16).padStart(8, '0').toUpperCase();
    this.#reply(request, 200, { Transport: `${transport};ssrc=${ssrc}`, Session: `${this.#id};timeout=60` });
  }

  #play(request: RtspRequest): void {
    if (!this.#setUp) return this.#reply(request, 455);
    const { mount, receiver } = this.#setUp;
    const { sequence, timestamp } = mount.join(receiver);
    const track = `${request.url.replace(/\/+$/, '')}/trackID=0`;
    this.#reply(request, 200, {
      Session: this.#id,
      Range: 'npt=now-',
      'RTP-Info': `url=${track};seq=${sequence};rtptime=${timestamp}`,
    });
  }
}
