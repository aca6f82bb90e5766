// SPDX-License-Identifier: AGPL-3.0-or-later
// A worker as a process of its own: to be killed, and to be looked at from outside.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ControlRoom } from './control-room.ts';
import { until } from './watcher.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export class WorkerProcess {
  readonly child: ChildProcess;
  readonly #folder: string;
  log = '';

  private constructor(child: ChildProcess, folder: string) {
    this.child = child;
    this.#folder = folder;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text: Buffer) => (this.log += text.toString()));
  }

  /** Resolves when it says that it is ready. */
  static async start(room: ControlRoom, changes: NodeJS.ProcessEnv = {}): Promise<WorkerProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'louver-data-'));
    await mkdir(join(folder, 'keys'));
    await writeFile(join(folder, 'keys', 'ticket.pub'), room.ticketPublicPem);
    await copyFile(join(room.logHome, 'keys', 'log.vkey'), join(folder, 'keys', 'log.vkey'));
    await symlink(join(room.logHome, 'log'), join(folder, 'log'));
    await writeFile(join(folder, 'keys', 'credentials.key'), room.config.credentialsKey.toString('base64'));
    const env = {
      ...process.env,
      DATABASE_URL: room.config.databaseUrl,
      REDIS_URL: room.config.redisUrl,
      LOUVER_DATA: folder,
      WORKER_PORT: '0',
      LOG_LEVEL: 'debug',
      ...changes,
    };
    const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=source', MAIN], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const worker = new WorkerProcess(child, folder);
    return worker;
  }

  async untilReady(): Promise<this> {
    await until('the worker is ready', 60_000, () => this.log.includes('the worker is ready'));
    return this;
  }

  get url(): string {
    return /"url":"(http:[^"]+)","msg":"the worker is ready"/.exec(this.log)?.[1] ?? '';
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
      await once(this.child, 'exit');
    }
    await rm(this.#folder, { recursive: true, force: true });
    return this.child.exitCode;
  }
}

/** The fetchers and maskers of a worker. Its TypeScript loader has a child too, which is no concern of ours. */
export async function ffmpegs(pid: number): Promise<number[]> {
  const found: number[] = [];
  for (const task of await readdir(`/proc/${pid}/task`).catch(() => [])) {
    const text = await readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '');
    for (const child of text.split(' ').filter(Boolean).map(Number)) {
      const name = await readFile(`/proc/${child}/comm`, 'utf8').catch(() => '');
      if (name === 'ffmpeg\n') found.push(child);
    }
  }
  return found;
}

export const isRunning = async (pid: number): Promise<boolean> =>
  /^State:\s+[^ZX]/m.test(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''));
