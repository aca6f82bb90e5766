// SPDX-License-Identifier: AGPL-3.0-or-later
import { Readable, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { duration, verifyProgress } from './progress.ts';

function written(isTTY: boolean) {
  let text = '';
  const stderr = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const terminal = { env: {}, stdin: Readable.from([]), stdout: stderr, stderr: Object.assign(stderr, { isTTY }) };
  return { terminal, text: () => text };
}

describe('progress', () => {
  it('in a file is a line every ten seconds, with rate and remaining time', () => {
    const { terminal, text } = written(false);
    let ms = 0;
    const progress = verifyProgress(terminal, () => ms);
    for (let i = 1; i <= 40; i++) {
      ms = i * 500;
      progress.at(i * 1000, 40_000);
    }
    progress.end();
    expect(text()).toBe('verified 20,000 of 40,000, 2,000/s, 10 s left\n');
  });

  it('on a terminal is a bar that shows the same', () => {
    const { terminal, text } = written(true);
    let ms = 0;
    const progress = verifyProgress(Object.assign(terminal, {}), () => ms);
    ms = 1000;
    progress.at(10_000, 40_000);
    progress.end();
    expect(text()).toContain('25% of 40000, 10,000/s, 3 s left');
  });

  it.each([
    [0.2, '1 s'],
    [89, '89 s'],
    [100, '2 min'],
    [7_300, '2 h 2 min'],
  ])('says %d seconds as %s', (seconds, said) => {
    expect(duration(seconds)).toBe(said);
  });
});
