// SPDX-License-Identifier: AGPL-3.0-or-later
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const START_WITHIN_MS = 20 * 60_000;

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => resolve(port));
      });
  });

async function untilReady(url: string, child: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + START_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}:\n${log()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`not ready after ${START_WITHIN_MS / 1000} s:\n${log()}`);
}

/**
 * Starts the city exactly as a newcomer does. LOUVER_E2E_URL with LOUVER_E2E_DATA uses one that runs already.
 * @returns what stops it again
 */
export default async function startStack(): Promise<() => Promise<void>> {
  if (process.env['LOUVER_E2E_URL']) return async () => undefined;
  const data = await mkdtemp(join(tmpdir(), 'louver-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let output = '';
  const child = spawn('npm', ['start'], {
    cwd: ROOT,
    env: { ...process.env, LOUVER_DATA: data, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
      if (process.env['LOUVER_E2E_VERBOSE']) process.stderr.write(chunk);
    });
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.pid) process.kill(-child.pid, 'SIGINT');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  try {
    await untilReady(url, child, () => output);
    await readFile(join(data, 'demo-accounts.json'));
  } catch (error) {
    await stop();
    throw error;
  }
  process.env['LOUVER_E2E_URL'] = url;
  process.env['LOUVER_E2E_DATA'] = data;
  return stop;
}
