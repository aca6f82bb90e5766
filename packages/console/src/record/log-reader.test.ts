// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { logReader, LogUnread } from './log-reader.ts';

/** A server that gives these answers one after the other, and the last one for ever. */
function answering(...answers: (Response | 'down')[]) {
  const asked: string[] = [];
  const get = async (address: string | URL | Request) => {
    asked.push(new Request(address).url);
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    if (answer === 'down') throw new TypeError('Failed to fetch');
    return answer.clone();
  };
  return { asked, read: logReader({ base: 'http://log/', fetch: get, pauses: [0, 0] }) };
}
const status = (status: number) => new Response('?', { status });

it('gives the bytes of a file, and nothing for one that is not there', async () => {
  const { read, asked } = answering(new Response('abc'), status(404));
  expect(await read('tile/0/000')).toEqual(new TextEncoder().encode('abc'));
  expect(await read('tile/0/001')).toBeUndefined();
  expect(asked).toEqual(['http://log/tile/0/000', 'http://log/tile/0/001']);
});

it('asks again when the line or the server stumbles', async () => {
  const { read } = answering('down', status(503), new Response('abc'));
  expect(await read('checkpoint')).toHaveLength(3);
});

it.each([
  ['unreachable', 'down'],
  ['unreachable', status(502)],
  ['unreachable', status(418)],
  ['refused', status(401)],
  ['refused', status(403)],
] as const)('says that a log is %s and never that it is wrong', async (why, answer) => {
  const failure = await answering(answer)
    .read('tile/entries/000')
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(LogUnread);
  expect(failure).toMatchObject({ why });
});
