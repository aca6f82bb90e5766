// SPDX-License-Identifier: AGPL-3.0-or-later
// A Louver of its own for one bench: the real API and workers as processes, a database that is gone afterwards, and
// cameras that are simulated in this process, because it has to know when each frame was sent.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Mount, type Clip, type RtspServer, startRtspServer } from '@louver/camsim';
import type { CameraId, FrameSize, MaskPolygons, Role } from '@louver/contract';
import { addressMac, createPool, type Pool, readCredentialsKey, sealCredentials } from '@louver/db';
import { aCamera, aMaskSet, anAccount, claimRedis, createDatabase } from '@louver/testkit';
import { untilAnswers } from '../start/answers.mjs';
import { ensureKeys } from '../start/keys.mjs';
import { choosePorts } from '../start/ports.mjs';
import { launch, type RunningProcess } from '../private/process.mjs';
import type { BenchContext } from './bench.ts';
import { Person } from './person.ts';

const CAMERA_LOGIN = { user: 'bench', password: 'bench-password' };
const START_WITHIN_MS = 60_000;

/** Asks until there is an answer that counts. @throws Error that says what was waited for */
export async function until<T>(what: string, withinMs: number, look: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (const deadline = performance.now() + withinMs; ;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`waited ${withinMs / 1000} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export interface BenchWorker {
  readonly which: 'first' | 'second';
  readonly url: string;
  readonly running: RunningProcess;
}

type OwnDatabase = Awaited<ReturnType<typeof createDatabase>>;
type Ports = Record<'api' | 'first' | 'second', number>;

export class Installation {
  readonly owner: Pool;
  readonly url: string;
  readonly redisUrl: string;
  readonly #context: BenchContext;
  readonly #dataDir: string;
  readonly #database: OwnDatabase;
  readonly #releaseRedis: () => Promise<void>;
  readonly #ports: Ports;
  readonly #processes: RunningProcess[] = [];
  #cameras: RtspServer | undefined;

  private constructor(
    context: BenchContext,
    dataDir: string,
    database: OwnDatabase,
    redis: { url: string; release: () => Promise<void> },
    ports: Ports,
  ) {
    this.#context = context;
    this.#dataDir = dataDir;
    this.#database = database;
    this.#releaseRedis = redis.release;
    this.#ports = ports;
    this.owner = createPool(database.ownerUrl);
    this.redisUrl = redis.url;
    this.url = `http://127.0.0.1:${ports.api}`;
  }

  static async start(context: BenchContext): Promise<Installation> {
    context.say('starting an installation of its own');
    const dataDir = join(context.folder, 'data');
    await mkdir(join(dataDir, 'keys'), { recursive: true, mode: 0o700 });
    ensureKeys(join(dataDir, 'keys'));
    const ports = await choosePorts(dataDir, ['api', 'first', 'second']);
    const made = new Installation(context, dataDir, await createDatabase(), await claimRedis(), ports);
    made.#launch('api', { DATABASE_URL: made.#database.apiUrl, PORT: String(ports.api) });
    const { ok, said } = await untilAnswers(`${made.url}/healthz`, { withinMs: START_WITHIN_MS, goOn: () => true });
    if (!ok) throw new Error(`the API does not answer: ${said}`);
    return made;
  }

  /** Returns when it takes jobs. */
  async startWorker(which: 'first' | 'second' = 'first'): Promise<BenchWorker> {
    const port = this.#ports[which];
    const running = this.#launch('worker', { DATABASE_URL: this.#database.workerUrl, WORKER_PORT: String(port) });
    const url = `http://127.0.0.1:${port}`;
    const { ok, said } = await untilAnswers(`${url}/healthz`, { withinMs: START_WITHIN_MS, goOn: running.isAlive });
    if (!ok) throw new Error(`the worker does not answer: ${said}\n${running.lastWords()}`);
    return { which, url, running };
  }

  #launch(name: 'api' | 'worker', env: Record<string, string>): RunningProcess {
    const running = launch({
      name,
      command: process.execPath,
      args: ['--import', 'tsx', '--conditions=source', `packages/${name}/src/main.ts`],
      cwd: this.#context.root,
      env: { ...process.env, REDIS_URL: this.redisUrl, LOUVER_DATA: this.#dataDir, LOG_LEVEL: 'info', ...env },
      logFile: join(this.#context.folder, `${name}.log`),
    });
    this.#processes.push(running);
    return running;
  }

  /** A new account of that role, signed in. */
  async person(role: Role): Promise<Person> {
    return Person.signIn(this.url, await anAccount(this.owner, { role }));
  }

  /** A live camera that sends `clip`, with masks in force. */
  async camera(clip: Clip, { frame, polygons }: { frame: FrameSize; polygons: MaskPolygons }) {
    this.#cameras ??= await startRtspServer({ credentials: CAMERA_LOGIN });
    const { cameraId, aimId, code } = await aCamera(this.owner, { frame, stream: false });
    const mount = new Mount(code, clip);
    this.#cameras.mount(mount);
    const url = `rtsp://127.0.0.1:${this.#cameras.port}/${code}`;
    const source = { url, username: CAMERA_LOGIN.user, password: CAMERA_LOGIN.password };
    const key = readCredentialsKey(this.#dataDir, {});
    await this.owner.query('INSERT INTO camera_streams (camera_id, sealed, address_mac) VALUES ($1, $2, $3)', [
      cameraId,
      sealCredentials(key, cameraId, source),
      addressMac(key, cameraId, source),
    ]);
    await aMaskSet(this.owner, { cameraId, aimId, frame, state: 'active', polygons });
    return { cameraId, aimId, code, mount };
  }

  /** What api and worker logged last, for an error message. */
  lastWords(name: 'api' | 'worker'): string {
    const file = join(this.#context.folder, `${name}.log`);
    return existsSync(file) ? readFileSync(file, 'utf8').slice(-3000) : '';
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((running) => running.stop()));
    await this.#cameras?.close();
    await this.owner.end();
    await this.#releaseRedis();
    await this.#database.drop();
  }
}

/** Runs `work` in an installation that is taken down whatever happens. */
export async function inInstallation<T>(context: BenchContext, work: (at: Installation) => Promise<T>): Promise<T> {
  const installation = await Installation.start(context);
  try {
    return await work(installation);
  } catch (error) {
    for (const name of ['api', 'worker'] as const) console.error(`--- ${name}\n${installation.lastWords(name)}`);
    throw error;
  } finally {
    await installation.stop();
  }
}

export type WatchableCamera = Awaited<ReturnType<Installation['camera']>> & { readonly cameraId: CameraId };
