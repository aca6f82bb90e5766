// SPDX-License-Identifier: AGPL-3.0-or-later
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { LogWrong } from '@louver/ledger/verify';
import { afterEach, describe, expect, it } from 'vitest';
import { EXIT, Failure } from '../failure.ts';
import { logOverHttp, logUrl, type HttpLog } from './http.ts';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** Answers one after another; the last one for ever. Keeps what was asked. */
async function serverOf(...answers: RequestListener[]) {
  const asked: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push(request);
    answer(request, response);
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, sockets, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/log` };
}

/** An address where nothing listens any more. */
async function nobody(): Promise<string> {
  const { url } = await serverOf(ok);
  closing.pop()!();
  return url;
}

const reader = (url: string, more: Partial<HttpLog> = {}) =>
  logOverHttp({ url, signal: new AbortController().signal, waitsMs: [1, 1, 1], timeoutMs: 5_000, ...more });
const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(code, headers).end();
const ok: RequestListener = (_, response) => response.writeHead(200).end('bytes');
const cut: RequestListener = (_, response) => {
  response.writeHead(200, { 'Content-Length': '100' });
  response.write('by', () => response.destroy());
};
const hangUp: RequestListener = (request) => request.socket.destroy();
const silent: RequestListener = () => undefined;
const text = async (read: Promise<Uint8Array | undefined>) => Buffer.from((await read)!).toString();
const failure = async (read: Promise<unknown>): Promise<Failure> =>
  read.then(
    () => expect.fail('it was read'),
    (error: unknown) => (error instanceof Failure ? error : expect.fail(String(error))),
  );

describe('reading a log over HTTP', { timeout: 30_000 }, () => {
  it.each([
    ['503', status(503)],
    ['500', status(500)],
    ['429', status(429, { 'Retry-After': '0' })],
    ['an answer that breaks off', cut],
    ['a connection that is cut', hangUp],
  ])('asks again after %s', async (_, first) => {
    const { url, asked } = await serverOf(first, first, ok);
    expect(await text(reader(url)('checkpoint'))).toBe('bytes');
    expect(asked).toHaveLength(3);
  });

  it('asks again when no answer comes in time', async () => {
    const { url, asked } = await serverOf(silent, ok);
    expect(await text(reader(url, { timeoutMs: 300 })('checkpoint'))).toBe('bytes');
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['503', status(503), 'it answers with status 503'],
    ['a cut', cut, 'the connection was cut'],
    ['silence', silent, 'it does not answer'],
  ])('gives up when it is always %s, and calls that unreachable', async (_, answer, why) => {
    const { url, asked } = await serverOf(answer);
    const { code, message } = await failure(reader(url, { timeoutMs: 150 })('tile/0/000'));
    expect([code, message]).toEqual([EXIT.unreachable, `couldn't read ${url}/tile/0/000: ${why}`]);
    expect(asked).toHaveLength(4);
  });

  it('does not wait for a server that never was there', async () => {
    const { code, message } = await failure(reader(await nobody(), { waitsMs: [60_000] })('checkpoint'));
    expect([code, message]).toEqual([EXIT.unreachable, expect.stringContaining('nothing listens there')]);
  });

  it.each([404, 410])('tells a file that is not there (%i) from a failure', async (code) => {
    const { url } = await serverOf(status(code));
    expect(await reader(url)('tile/0/000')).toBeUndefined();
  });

  it.each([
    [{}, 401, 'the log answers with status 401'],
    [{ token: 't' }, 401, 'the log refuses the token (status 401)'],
    [{ token: 't' }, 403, 'the log refuses the token (status 403)'],
    [{}, 400, 'the log answers with status 400'],
  ])('with %j says what %i means, and does not insist', async (more, code, why) => {
    const { url, asked } = await serverOf(status(code));
    const found = await failure(reader(url, more)('tile/entries/000'));
    expect([found.code, found.message]).toEqual([EXIT.unreachable, expect.stringContaining(why)]);
    expect(asked).toHaveLength(1);
  });

  it('shows the token for entries only, and to no other host', async () => {
    const other = await serverOf(ok);
    const moved = (request: IncomingMessage, response: ServerResponse) =>
      response.writeHead(302, { Location: `${other.url}${request.url!.slice('/log'.length)}` }).end();
    const { url, asked } = await serverOf(ok, ok, moved);
    const read = reader(url, { token: 'secret' });
    await read('checkpoint');
    await read('tile/entries/000');
    expect(await text(read('tile/entries/001'))).toBe('bytes');
    expect(asked.map(({ headers }) => headers.authorization)).toEqual([undefined, 'Bearer secret', 'Bearer secret']);
    expect(other.asked.map(({ headers, url }) => [headers.authorization, url])).toEqual([
      [undefined, '/log/tile/entries/001'],
    ]);
  });

  it('takes gzip, and stops at what no such file can have, however small it came', async () => {
    const zipped =
      (bytes: Buffer): RequestListener =>
      (_, response) =>
        response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(bytes));
    const { url } = await serverOf(zipped(Buffer.from('bytes')), zipped(Buffer.alloc(20_000_000)));
    const read = reader(url);
    expect(await text(read('tile/entries/000'))).toBe('bytes');
    await expect(read('tile/entries/000')).rejects.toThrow(LogWrong);
  });

  it('knows a web page from a log', async () => {
    const page: RequestListener = (_, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end('<!doctype html>');
    const { url } = await serverOf(page);
    expect(await failure(reader(url)('checkpoint'))).toMatchObject({
      code: EXIT.unreachable,
      message: expect.stringContaining('is a web page and not a log'),
    });
  });

  it('keeps its connections, and ends at once when it is told to', async () => {
    const { url, sockets } = await serverOf(...Array.from({ length: 10 }, () => ok), silent);
    const stop = new AbortController();
    const read = reader(url, { signal: stop.signal });
    for (let i = 0; i < 10; i++) await read('checkpoint');
    // One may still be on its way back to the others when the next request starts.
    expect(sockets.size).toBeLessThanOrEqual(2);
    const waiting = read('checkpoint');
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});

describe('the address of a log', () => {
  it('is taken with or without a slash at its end', () => {
    expect(logUrl('https://city.example/log/')).toBe('https://city.example/log');
    expect(logUrl('http://127.0.0.1:8080/log')).toBe('http://127.0.0.1:8080/log');
  });

  it.each(['ftp://a/log', 'https://u:p@a/log', 'https://a/log?x', 'https://a/log#x', 'file:///log', 'https://'])(
    'is not %s',
    (text) => {
      expect(() => logUrl(text)).toThrow(Failure);
    },
  );
});
