// SPDX-License-Identifier: AGPL-3.0-or-later
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { louver } from './testing/louver.ts';

const folder = mkdtempSync(join(tmpdir(), 'louver-cli-'));
const file = join(folder, 'cameras.csv');
writeFileSync(file, 'code,lon,lat\nA-1,108.05,12.68\n');
afterAll(() => rmSync(folder, { recursive: true }));

/** Nobody's machine: whoever runs the tests may have a demo of their own. */
const env = { LOUVER_DATA: folder };
const signedIn = { ...env, LOUVER_EMAIL: 'a@louver.example', LOUVER_PASSWORD: 'x' };

async function withServer<T>(listener: RequestListener, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it('explains itself and ends with 0', async () => {
  const help = await louver(['--help']);
  expect([help.code, help.err]).toEqual([0, '']);
  for (const command of ['migrate', 'account', 'import', 'demo', 'Exit codes']) expect(help.out).toContain(command);
  expect((await louver(['import', '--help'])).out).toContain('--duplicate-metres');
});

describe('wrong usage ends with 2 and says what is wrong', () => {
  it.each([
    [['frobnicate'], /unknown command 'frobnicate'/],
    [['import', 'cameras'], /missing required argument 'file'/],
    [['import', 'tigers', file], /Allowed choices are cameras, buildings/],
    [['import', 'cameras', file, '--duplicate-metres', '500'], /expected a number from 0 to 100/],
    [['import', 'cameras', join(folder, 'none.csv')], /couldn't read .*none\.csv: there is no such file/],
    [['import', 'cameras', 'cameras.xls'], /couldn't tell what .*cameras\.xls is/],
    [['import', 'cameras', file], /who imports\? Name --email/],
    [['import', 'cameras', file, '--email', 'a@louver.example'], /the password of a@louver\.example is missing/],
    [['migrate'], /DATABASE_URL is not set/],
    [['account', 'create', '--email', 'a@b.cd'], /required option '--name/],
    [
      ['account', 'create', '--email', 'a', '--name', 'A', '--role', 'king', '--jurisdiction', 'vn'],
      /Allowed choices are operator/,
    ],
    [
      ['account', 'create', '--email', 'a', '--name', 'A', '--role', 'auditor', '--jurisdiction', 'VN/66'],
      /--email: [\s\S]*--jurisdiction: /,
    ],
    [['demo', 'seed'], /CAMSIM_PORT is not set/],
  ])('%j', async (args, message) => {
    const { code, err, out } = await louver(args, env);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});

describe('something that does not answer ends with 3', () => {
  it('is named, with the reason', async () => {
    const url = await withServer(
      () => undefined,
      async (at) => at,
    );
    const { code, err } = await louver(['import', 'cameras', file, '--url', url], signedIn);
    expect([code, err]).toEqual([3, `louver: couldn't reach ${url}: nothing listens there\n`]);
  });

  it('also when it is something else that answers', async () => {
    const { code, err } = await withServer(
      (_request, response) => response.writeHead(502).end('<html>'),
      (url) => louver(['import', 'cameras', file, '--url', url], signedIn),
    );
    expect([code, err]).toEqual([3, expect.stringContaining("can't do it now: status 502")]);
  });

  it('also when it breaks off in the middle of an import', async () => {
    const { code, err } = await withServer(
      (request, response) => {
        if (request.url === '/api/v1/session') {
          const session = {
            accountId: '00000000-0000-4000-8000-000000000000',
            name: 'A',
            email: 'a@louver.example',
            role: 'supervisor',
            jurisdictions: ['vn'],
            may: [],
            caseReferenceRequired: false,
          };
          response.writeHead(200, { 'Set-Cookie': 'louver_session=1; Path=/' }).end(JSON.stringify(session));
        } else
          response
            .writeHead(200, { 'Content-Type': 'application/x-ndjson' })
            .end('{"type":"progress","phase":"reading","done":1,"total":1}\n');
      },
      (url) => louver(['import', 'cameras', file, '--url', url], signedIn),
    );
    expect([code, err]).toEqual([3, expect.stringContaining('nothing comes in twice')]);
  });

  it('also when it is the database', async () => {
    const { code, err } = await louver(['account', 'disable', '--email', 'a@b.cd'], {
      DATABASE_URL: 'postgres://louver@127.0.0.1:1/louver',
    });
    expect([code, err]).toEqual([3, "louver: couldn't reach the database: nothing listens there\n"]);
  });
});

it('never plants a demo in production', async () => {
  const { code, err } = await louver(['demo', 'seed'], {
    LOUVER_ENV: 'production',
    DATABASE_URL: 'postgres://127.0.0.1:1/x',
    CAMSIM_PORT: '1',
    CAMSIM_USER: 'u',
    CAMSIM_PASSWORD: 'p',
  });
  expect([code, err]).toEqual([1, expect.stringContaining('does not belong here')]);
});
