// SPDX-License-Identifier: AGPL-3.0-or-later
import type { StreamSource } from '@louver/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressUnusable, ingestScript, redactor } from './camera-address.ts';
import { INGEST_ARGS, classify } from './ingest.ts';

const source: StreamSource = { url: 'rtsp://10.1.2.3:8554/cam/1?x=2', username: 'admin', password: "p@ss:'w/o%d" };

describe('the script that carries the address', () => {
  it('holds the credentials percent-encoded inside one quoted word', () => {
    const [, file] = ingestScript(source).split('\n');
    expect(file).toBe("file 'rtsp://admin:p%40ss%3A%27w%2Fo%25d@10.1.2.3:8554/cam/1?x=2'");
  });

  it('has the same lines whatever the password is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (username, password) => {
        let script: string;
        try {
          script = ingestScript({ ...source, username, password });
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
          return;
        }
        const lines = script.split('\n');
        expect(lines.length).toBe(ingestScript(source).split('\n').length);
        expect(lines[1]).toMatch(/^file '[^'\\\s]+'$/);
      }),
    );
  });

  it.each(["rtsp://h/a'b", 'rtsp://h/a b', 'rtsp://h/a\nb', 'rtsp://h/a\\b', 'http://h/a', 'rtsp://u@h/a'])(
    'refuses %j',
    (url) => {
      expect(() => ingestScript({ ...source, url })).toThrow(AddressUnusable);
    },
  );

  it('leaves nothing of a camera on the command line', () => {
    expect(INGEST_ARGS.filter((arg) => /rtsp:|10\.|admin/.test(arg))).toEqual([]);
    expect(INGEST_ARGS.join(' ')).toContain('-i pipe:0');
    expect(INGEST_ARGS.join(' ')).toContain('-c:v copy');
  });
});

it('takes address, host, user and password out of whatever ffmpeg says', () => {
  const said = redactor(source)(
    "Impossible to open 'rtsp://admin:p%40ss%3A%27w%2Fo%25d@10.1.2.3:8554/cam/1?x=2' tcp://10.1.2.3:8554 failed for admin p@ss:'w/o%d",
  );
  expect(said).not.toMatch(/10\.1\.2\.3|admin|p@ss|p%40ss|cam\/1/);
  expect(said).toContain('Impossible to open');
});

it.each([
  ['method DESCRIBE failed: 401 Unauthorized', 'refused'],
  ['Server returned 403 Forbidden (access denied)', 'refused'],
  ['Connection refused', 'unreachable'],
  ['Connection timed out', 'unreachable'],
  ['method DESCRIBE failed: 404 Not Found', 'unreachable'],
  ["Stream map '0:v:0' matches no streams.", 'not-video'],
  ['method PLAY failed: 455 Method Not Valid in This State', 'not-video'],
  ['', 'unreachable'],
])('understands %j as %s', (complaint, failure) => {
  expect(classify(complaint)).toBe(failure);
});
