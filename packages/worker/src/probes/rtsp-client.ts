// SPDX-License-Identifier: AGPL-3.0-or-later
// Asks a camera whether it would answer, without fetching a picture: OPTIONS and DESCRIBE over a plain TCP connection.
import { createHash, randomBytes } from 'node:crypto';
import { type Socket, connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { StreamSource } from '@louver/contract';

export type ProbeResult = 'reachable' | 'unreachable' | 'refused' | 'not-video';

const DEFAULT_PORT = { 'rtsp:': 554, 'rtsps:': 322 } as const;
/** Head and body of one answer: an SDP has a kilobyte or two. */
const MAX_ANSWER = 64 * 1024;
/** A challenge has a few hundred bytes; a longer one is made to keep us busy. */
const MAX_CHALLENGE = 2 * 1024;
/** Bounded everywhere: what a camera writes must never take more than linear time. */
const FIELD = /\b(\w{1,32})\s{0,8}=\s{0,8}(?:"([^"]{0,1024})"|([^\s,"]{1,1024}))/g;

interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

/** Never throws: whatever goes wrong is that the camera is not reachable. */
export async function probe(source: StreamSource, timeoutMs = 3_000): Promise<ProbeResult> {
  const address = URL.canParse(source.url) ? new URL(source.url) : undefined;
  if (!address || !(address.protocol === 'rtsp:' || address.protocol === 'rtsps:')) return 'unreachable';
  const line = new RtspLine(address, timeoutMs);
  try {
    const options = await line.ask('OPTIONS', source.url);
    if (options.status >= 500) return 'unreachable';
    let described = await line.ask('DESCRIBE', source.url);
    if (described.status === 401 && source.username !== null) {
      const proof = authorisation(described.headers.get('www-authenticate') ?? [], 'DESCRIBE', source);
      if (proof) described = await line.ask('DESCRIBE', source.url, proof);
    }
    if (described.status === 401 || described.status === 403) return 'refused';
    if (described.status !== 200) return 'unreachable';
    return /^m=video /m.test(described.body) ? 'reachable' : 'not-video';
  } catch {
    return 'unreachable';
  } finally {
    line.close();
  }
}

class RtspLine {
  readonly #socket: Socket;
  readonly #broken: Promise<never>;
  readonly #limit: NodeJS.Timeout;
  #received = '';
  #sequence = 0;
  #onData: () => void = () => undefined;

  constructor(address: URL, timeoutMs: number) {
    const secure = address.protocol === 'rtsps:';
    const host = address.hostname.replace(/^\[|\]$/g, '');
    const port = Number(address.port) || DEFAULT_PORT[secure ? 'rtsps:' : 'rtsp:'];
    // Cameras have certificates that nobody signed; whether it answers is all that is asked here.
    this.#socket = secure ? connectTls({ host, port, rejectUnauthorized: false }) : connect({ host, port });
    this.#socket.setEncoding('latin1');
    this.#limit = setTimeout(() => this.#socket.destroy(new Error('no answer in time')), timeoutMs);
    this.#broken = new Promise((_resolve, reject) => {
      this.#socket.on('error', reject);
      this.#socket.on('close', () => reject(new Error('closed')));
    });
    this.#broken.catch(() => undefined);
    this.#socket.on('data', (text: string) => {
      this.#received += text;
      if (this.#received.length > MAX_ANSWER) this.#socket.destroy(new Error('too much'));
      this.#onData();
    });
  }

  async ask(method: string, url: string, authorization?: string): Promise<Answer> {
    const head = [`${method} ${url} RTSP/1.0`, `CSeq: ${++this.#sequence}`, 'User-Agent: louver'];
    if (method === 'DESCRIBE') head.push('Accept: application/sdp');
    if (authorization) head.push(`Authorization: ${authorization}`);
    this.#socket.write(`${head.join('\r\n')}\r\n\r\n`, 'utf8');
    const answered = new Promise<Answer>((resolve) => {
      this.#onData = () => {
        try {
          const answer = this.#take();
          if (answer) resolve(answer);
        } catch (error) {
          // Thrown inside an event it would end this process instead of this question.
          this.#socket.destroy(error as Error);
        }
      };
    });
    return Promise.race([answered, this.#broken]);
  }

  close(): void {
    clearTimeout(this.#limit);
    this.#socket.destroy();
  }

  #take(): Answer | undefined {
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    const [first = '', ...lines] = this.#received.slice(0, end).split('\r\n');
    const headers = new Map<string, string[]>();
    for (const text of lines) {
      const colon = text.indexOf(':');
      if (colon < 1) continue;
      const [name, value] = [text.slice(0, colon).toLowerCase(), text.slice(colon + 1).trim()];
      const values = headers.get(name);
      if (values) values.push(value);
      else headers.set(name, [value]);
    }
    const length = Number(headers.get('content-length')?.[0] ?? 0);
    if (!(length >= 0 && length <= MAX_ANSWER)) throw new Error('an answer of impossible length');
    if (this.#received.length < end + 4 + length) return undefined;
    const body = this.#received.slice(end + 4, end + 4 + length);
    this.#received = this.#received.slice(end + 4 + length);
    return { status: Number(/^RTSP\/1\.\d (\d{3})/.exec(first)?.[1] ?? 0), headers, body };
  }
}

/**
 * Digest (RFC 2617, RFC 7616) if offered, else Basic. Undefined when the camera asks for something else, or in more words
 * than a challenge needs.
 */
export function authorisation(
  offered: readonly string[],
  method: string,
  { url, username, password }: StreamSource,
  nonceOfOurs: string = randomBytes(8).toString('hex'),
): string | undefined {
  const [user, secret] = [username ?? '', password ?? ''];
  const challenges = offered.filter(({ length }) => length <= MAX_CHALLENGE);
  const digest = challenges.find((text) => /^digest /i.test(text));
  if (!digest) {
    const basic = challenges.some((text) => /^basic/i.test(text));
    return basic ? `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` : undefined;
  }
  const fields = new Map(
    [...digest.matchAll(FIELD)].map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? '']),
  );
  const [realm, nonce] = [fields.get('realm') ?? '', fields.get('nonce') ?? ''];
  const algorithm = fields.get('algorithm') ?? 'MD5';
  const hashName = { MD5: 'md5', 'SHA-256': 'sha256' }[algorithm.toUpperCase()];
  if (!hashName) return undefined;
  const hash = (text: string) => createHash(hashName).update(text).digest('hex');
  const qop =
    fields
      .get('qop')
      ?.split(',')
      .some((word) => word.trim() === 'auth') ?? false;
  const [a1, a2] = [hash(`${user}:${realm}:${secret}`), hash(`${method}:${url}`)];
  const response = hash(qop ? `${a1}:${nonce}:00000001:${nonceOfOurs}:auth:${a2}` : `${a1}:${nonce}:${a2}`);
  const parts = [
    `username="${user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${url}"`,
    `response="${response}"`,
  ];
  if (fields.has('algorithm')) parts.push(`algorithm=${algorithm}`);
  if (fields.has('opaque')) parts.push(`opaque="${fields.get('opaque')}"`);
  if (qop) parts.push('qop=auth', 'nc=00000001', `cnonce="${nonceOfOurs}"`);
  return `Digest ${parts.join(', ')}`;
}
