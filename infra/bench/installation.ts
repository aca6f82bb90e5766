// SPDX-License-Identifier: AGPL-3.0-or-later
// A Louver of its own for one bench: the real API, sealer and workers as processes, a database that is gone afterwards, and
// cameras that are simulated in this process, because it has to know when each frame was sent.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
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
type Ports = Record<'api' | 'sealer' | 'first' | 'second', number>;
export type ProgramName = 'api' | 'sealer' | 'worker';
const PROGRAMS: readonly ProgramName[] = ['api', 'sealer', 'worker'];

export class Installation {
  readonly owner: Pool;
  readonly url: string;
  readonly redisUrl: string;
  readonly #context: BenchContext;
  readonly dataDir: string;
  readonly #database: OwnDatabase;
  readonly #releaseRedis: () => Promise<void>;
  readonly #ports: Ports;
  readonly #processes: RunningProcess[] = [];
  #cameras: RtspServer | undefined;
  /** The one that runs since the start; whoever kills it starts another. */
  sealer!: RunningProcess;

  private constructor(
    context: BenchContext,
    dataDir: string,
    database: OwnDatabase,
    redis: { url: string; release: () => Promise<void> },
    ports: Ports,
  ) {
    this.#context = context;
    this.dataDir = dataDir;
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
    await makeLogKey(context.root, join(dataDir, 'keys'));
    const ports = await choosePorts(dataDir, ['api', 'sealer', 'first', 'second']);
    const made = new Installation(context, dataDir, await createDatabase(), await claimRedis(), ports);
    made.sealer = await made.startSealer();
    await made.startApi();
    return made;
  }

  /** Returns when it seals. */
  async startSealer(): Promise<RunningProcess> {
    const port = this.#ports.sealer;
    return this.#start('sealer', port, { DATABASE_URL: this.#database.sealerUrl, SEALER_PORT: String(port) });
  }

  /** Returns when it answers. */
  async startApi(): Promise<RunningProcess> {
    const port = this.#ports.api;
    return this.#start('api', port, { DATABASE_URL: this.#database.apiUrl, PORT: String(port) });
  }

  /** Returns when it takes jobs. */
  async startWorker(which: 'first' | 'second' = 'first'): Promise<BenchWorker> {
    const port = this.#ports[which];
    const env = { DATABASE_URL: this.#database.workerUrl, WORKER_PORT: String(port) };
    return { which, url: `http://127.0.0.1:${port}`, running: await this.#start('worker', port, env) };
  }

  async #start(name: ProgramName, port: number, env: Record<string, string>): Promise<RunningProcess> {
    const running = this.#launch(name, env);
    const url = `http://127.0.0.1:${port}/healthz`;
    const { ok, said } = await untilAnswers(url, { withinMs: START_WITHIN_MS, goOn: running.isAlive });
    if (!ok) throw new Error(`the ${name} does not answer: ${said}\n${running.lastWords()}`);
    return running;
  }

  #launch(name: ProgramName, env: Record<string, string>): RunningProcess {
    const running = launch({
      name,
      command: process.execPath,
      args: ['--import', 'tsx', '--conditions=source', `packages/${name}/src/main.ts`],
      cwd: this.#context.root,
      env: { ...process.env, REDIS_URL: this.redisUrl, LOUVER_DATA: this.dataDir, LOG_LEVEL: 'info', ...env },
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
    const key = readCredentialsKey(this.dataDir, {});
    await this.owner.query('INSERT INTO camera_streams (camera_id, sealed, address_mac) VALUES ($1, $2, $3)', [
      cameraId,
      sealCredentials(key, cameraId, source),
      addressMac(key, cameraId, source),
    ]);
    await aMaskSet(this.owner, { cameraId, aimId, frame, state: 'active', polygons });
    return { cameraId, aimId, code, mount };
  }

  /** Where each role connects: for whoever writes or looks as it does. */
  get databaseUrls(): Pick<OwnDatabase, 'ownerUrl' | 'apiUrl' | 'workerUrl' | 'sealerUrl'> {
    return this.#database;
  }

  /** What a program logged last, for an error message. */
  lastWords(name: ProgramName): string {
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

async function makeLogKey(root: string, keyDir: string): Promise<void> {
  const louver = ['--import', 'tsx', '--conditions=source', 'packages/cli/src/main.ts'];
  const newKey = ['log', 'key', 'new', '--name', 'bench.louver.example/log', '--out', keyDir];
  await promisify(execFile)(process.execPath, [...louver, ...newKey], { cwd: root });
}

/** Runs `work` in an installation that is taken down whatever happens. */
export async function inInstallation<T>(context: BenchContext, work: (at: Installation) => Promise<T>): Promise<T> {
  const installation = await Installation.start(context);
  try {
    return await work(installation);
  } catch (error) {
    for (const name of PROGRAMS) console.error(`--- ${name}\n${installation.lastWords(name)}`);
    throw error;
  } finally {
    await installation.stop();
  }
}

export type WatchableCamera = Awaited<ReturnType<Installation['camera']>> & { readonly cameraId: CameraId };
