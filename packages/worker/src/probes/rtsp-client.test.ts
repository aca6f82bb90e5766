// SPDX-License-Identifier: AGPL-3.0-or-later
// What a camera writes to us is written by whoever holds the camera: it must not keep this process busy.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { authorisation, probe } from './rtsp-client.ts';

const source = { url: 'rtsp://127.0.0.1/x', username: 'admin', password: 'secret' };
const LONG = 64 * 1024;
/** Quadratic time took ten seconds of each of these. */
const AT_ONCE_MS = 250;

function timed<T>(work: () => T): { result: T; ms: number } {
  const since = performance.now();
  return { result: work(), ms: performance.now() - since };
}

describe('a challenge', () => {
  it.each([
    ['a word without end', `Digest ${'a'.repeat(LONG)}`],
    ['blanks without end', `Digest a${' '.repeat(LONG)}`],
    ['a quotation without end', `Digest ${'a="'.repeat(LONG / 3)}`],
  ])('of %s is refused at once', (_name, challenge) => {
    const { result, ms } = timed(() => authorisation([challenge], 'DESCRIBE', source));
    expect(result).toBeUndefined();
    expect(ms).toBeLessThan(AT_ONCE_MS);
  });

  it('that is too long does not hide another one that is not', () => {
    const answer = authorisation([`Digest ${'a'.repeat(LONG)}`, 'Basic realm="x"'], 'DESCRIBE', source);
    expect(answer).toBe(`Basic ${Buffer.from('admin:secret').toString('base64')}`);
  });

  it('of the usual length is answered, with blanks around its equals signs, too', () => {
    const answer = authorisation(['Digest realm = "x", nonce="abc", algorithm=MD5'], 'DESCRIBE', source, 'ours');
    expect(answer).toMatch(/^Digest username="admin", realm="x", nonce="abc", .*algorithm=MD5$/);
  });
});

it('a header of blanks without end leaves the event loop free', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(`RTSP/1.0 200 OK\r\na:${' '.repeat(LONG - 100)}x\ny\r\n\r\n`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  let longest = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 10);
  expect(await probe({ ...source, url: `rtsp://127.0.0.1:${port}/x` }, 1_000)).toBe('unreachable');
  clearInterval(beat);
  longest = Math.max(longest, performance.now() - last);
  server.close();
  expect(longest).toBeLessThan(AT_ONCE_MS * 2);
});
