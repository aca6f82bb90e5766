// SPDX-License-Identifier: AGPL-3.0-or-later
// The process as it is started: its environment, its keys, its end.
import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PASSWORD, anAccount, useDatabase, useRedis } from '@louver/testkit';
import { createPool } from '@louver/db';
import { io } from 'socket.io-client';
import { afterEach, expect, it } from 'vitest';
import { SOON } from './testing/soon.ts';

const database = useDatabase();
const redis = useRedis();
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

async function writeKeys(): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'louver-api-'));
  const folder = join(data, 'keys');
  await mkdir(folder);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  await writeFile(join(folder, 'ticket.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await writeFile(join(folder, 'ticket.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  for (const name of ['session.key', 'credentials.key', 'citizens.key'])
    await writeFile(join(folder, name), randomBytes(32).toString('base64'));
  return data;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function start(environment: Record<string, string>) {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=source', main], {
    env: { PATH: process.env.PATH, DATABASE_URL: database.apiUrl, REDIS_URL: redis.url, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const run = { child, output: '', code: undefined as number | null | undefined };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (run.output += chunk.toString('utf8')));
  child.once('exit', (code) => (run.code = code));
  return run;
}

it('serves, tells open pages what was committed, and leaves cleanly when asked to', async () => {
  const data = await writeKeys();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const run = start({ PORT: String(port), LOUVER_DATA: data });
  await expect.poll(() => run.output, { ...SOON, timeout: 20_000 }).toContain('listening');
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(await (await fetch(`${url}/api/v1/openapi.json`)).text()).toContain('"openapi":"3.1.0"');

  const owner = createPool(database.ownerUrl, { max: 1 });
  const { email } = await anAccount(owner, { role: 'auditor' });
  const signedIn = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  expect(signedIn.status).toBe(200);
  const cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!;
  const socket = io(url, { path: '/api/v1/socket', extraHeaders: { Cookie: cookie }, reconnection: false });
  const heard: unknown[] = [];
  socket.on('viewing.changed', (event) => heard.push(event));
  await expect.poll(() => socket.connected, SOON).toBe(true);
  const payload = { viewingId: '00000000-0000-4000-8000-000000000001', jurisdiction: 'vn.p66' };
  const message = JSON.stringify({ kind: 'event', name: 'viewing.changed', payload });
  await owner.query('INSERT INTO outbox (message) VALUES ($1::jsonb)', [message]);
  await expect.poll(() => heard, SOON).toEqual([payload]);

  run.child.kill('SIGTERM');
  await expect.poll(() => run.code, SOON).toBe(0);
  socket.disconnect();
  await owner.end();
  await rm(data, { recursive: true });
});

it('names the key that is missing and does not start', async () => {
  const data = await writeKeys();
  await rm(join(data, 'keys', 'ticket.pub'));
  const run = start({ PORT: '0', LOUVER_DATA: data });
  await expect.poll(() => run.code, { ...SOON, timeout: 20_000 }).toBe(1);
  expect(run.output).toContain(join(data, 'keys', 'ticket.pub'));
  await rm(data, { recursive: true });
});

it('names every variable that does not fit and does not start', async () => {
  const run = start({ PORT: 'eighty', DATABASE_URL: '', LOUVER_PUBLIC_URL: 'ftp://louver.example' });
  await expect.poll(() => run.code, { ...SOON, timeout: 20_000 }).toBe(1);
  for (const name of ['PORT', 'DATABASE_URL', 'LOUVER_PUBLIC_URL']) expect(run.output).toContain(name);
});
