// SPDX-License-Identifier: AGPL-3.0-or-later

export interface RtspRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/** The peer does not speak RTSP, or too much of it: the connection can only be closed. */
export class MalformedRequest extends Error {}

const MAX_HEAD = 8 * 1024;
const MAX_BODY = 64 * 1024;
const HEAD_END = '\r\n\r\n';
const INTERLEAVED = 0x24;

function parseHead(head: string): RtspRequest {
  const [start = '', ...lines] = head.split('\r\n');
  const match = /^([A-Z_]{1,32}) (\S{1,2048}) RTSP\/1\.\d$/.exec(start);
  if (!match?.[1] || !match[2]) throw new MalformedRequest('start line');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) throw new MalformedRequest('header line');
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { method: match[1], url: match[2], headers };
}

/** Splits a connection's bytes into requests; receiver reports that come interleaved are thrown away. Memory is bounded. */
export class RequestReader {
  #rest: Buffer = Buffer.alloc(0);

  /** Requests completed by these bytes. Throws MalformedRequest. */
  push(bytes: Buffer): RtspRequest[] {
    this.#rest = this.#rest.length ? Buffer.concat([this.#rest, bytes]) : bytes;
    const requests: RtspRequest[] = [];
    for (;;) {
      const taken = this.#rest[0] === INTERLEAVED ? this.#skipInterleaved() : this.#takeRequest(requests);
      if (!taken) return requests;
    }
  }

  #skipInterleaved(): boolean {
    if (this.#rest.length < 4) return false;
    const end = 4 + this.#rest.readUInt16BE(2);
    if (this.#rest.length < end) return false;
    this.#rest = this.#rest.subarray(end);
    return true;
  }

  #takeRequest(into: RtspRequest[]): boolean {
    const headEnd = this.#rest.indexOf(HEAD_END);
    if (headEnd > MAX_HEAD || (headEnd < 0 && this.#rest.length > MAX_HEAD))
      throw new MalformedRequest('head too long');
    if (headEnd < 0) return false;
    const request = parseHead(this.#rest.toString('latin1', 0, headEnd));
    const length = request.headers.get('content-length') ?? '0';
    if (!/^\d{1,6}$/.test(length) || Number(length) > MAX_BODY) throw new MalformedRequest('content length');
    const end = headEnd + HEAD_END.length + Number(length);
    if (this.#rest.length < end) return false;
    this.#rest = this.#rest.subarray(end);
    into.push(request);
    return true;
  }
}
