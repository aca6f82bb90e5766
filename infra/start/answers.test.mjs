// SPDX-License-Identifier: AGPL-3.0-or-later
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { untilAnswers, whatIsMissing } from './answers.mjs';

let asked = 0;
const server = createServer((_request, response) => {
  asked += 1;
  response.writeHead(asked < 3 ? 503 : 200).end(`answer ${asked}`);
});
/** @type {string} */
let url;
beforeAll(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  url = `http://127.0.0.1:${port}`;
});
afterAll(() => server.close());

it('asks until the answer is 200, and passes on what is said until then', async () => {
  /** @type {string[]} */
  const heard = [];
  const note = (/** @type {string} */ text) => heard.push(text);
  const answer = await untilAnswers(url, { withinMs: 5000, everyMs: 1, goOn: () => true, note });
  expect(answer).toEqual({ ok: true, said: 'answer 3' });
  expect(heard).toEqual(['answer 1', 'answer 2']);
});

it('gives up when nobody listens, and at once when it is told to', async () => {
  const nobody = 'http://127.0.0.1:1';
  expect((await untilAnswers(nobody, { withinMs: 20, everyMs: 1, goOn: () => true })).ok).toBe(false);
  expect(await untilAnswers(nobody, { withinMs: 60_000, everyMs: 1, goOn: () => false })).toEqual({
    ok: false,
    said: 'no answer',
  });
});

it('names only what is not ready, and copes with any answer', () => {
  const answer = '{"ready":false,"checks":{"database":"ok","demo":"3 of 14 streams do not answer yet"}}';
  expect(whatIsMissing(answer)).toBe('demo: 3 of 14 streams do not answer yet');
  expect(whatIsMissing('<html>Bad Gateway</html>')).toBe('<html>Bad Gateway</html>');
});
