// SPDX-License-Identifier: AGPL-3.0-or-later
// Puts a worker together, and takes it apart so that nothing is left: no process, no folder, no look without an end.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type CameraId, StreamLocation, ViewingId, type WorkerBeat, redisKeys, streamJobId } from '@louver/contract';
import { NOBODY, inTx } from '@louver/db';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type Connections, connect } from './connections.ts';
import { Devices } from './devices/devices.ts';
import { KeyFrameCheck } from './devices/key-frame-check.ts';
import { readLaw } from '@louver/clocks/folder';
import { sweepDeadlines } from './deadlines/sweep.ts';
import { Exposures } from './exposure/exposures.ts';
import { sweepFigures } from './figures/sweep.ts';
import { type RunningQueues, requireProcessors, runQueues } from './jobs/queues.ts';
import { sweepMasks } from './mask-life/sweep.ts';
import { CameraStream } from './media/camera-stream.ts';
import { MaskWatch } from './media/mask-watch.ts';
import { Masker } from './media/masker.ts';
import { activateMasks, findPolygons, findSealedStream, markBurnedIn } from './media/queries.ts';
import { openSource } from './media/source.ts';
import { type Sandbox, removeForgottenFolders } from './media/sandbox.ts';
import { type WorkerServer, startServer } from './media/server.ts';
import type { StreamDeps } from './media/stream-deps.ts';
import { StreamHost } from './media/stream-host.ts';
import { createMetrics } from './metrics.ts';
import { Sightings } from './probes/sightings.ts';
import { Heads } from './ptz/heads.ts';
import { probeStreams } from './probes/stream-probe.ts';
import { LogFollower } from './record/follower.ts';
import { logFolder } from './record/log-folder.ts';
import { MaskDecisions } from './record/mask-decisions.ts';
import { MaskRefusals } from './record/mask-refusals.ts';
import { LogTrust } from './record/trust.ts';
import { Inspector } from './sampling/inspect.ts';
import { OutputStops } from './sampling/output-stops.ts';
import { OutputSampler } from './sampling/sampler.ts';
import { findReference, keepReference } from './scene/queries.ts';
import { ALGORITHM } from './scene/reference.ts';
import { Closings } from './viewings/closings.ts';
import { findAwaited } from './viewings/queries.ts';
import { Refusals } from './viewings/refusals.ts';
import { sweepViewings } from './viewings/sweep.ts';
import { ViewingsUnderWay } from './viewings/under-way.ts';

const BEAT_EVERY_MS = 3_000;
const BEAT_LIVES_S = 10;
const PROBE_EVERY_MS = 30_000;
const SWEEP_EVERY_MS = 15_000;
/** A date passes at midnight; nobody waits longer than this to be told. */
const DEADLINES_EVERY_MS = 60_000;
const MASK_SWEEP_EVERY_MS = 60_000;
const FIGURES_EVERY_MS = 60_000;

export interface RunningWorker {
  readonly workerId: string;
  readonly url: string;
  stop(): Promise<void>;
}

/** What a test may put a broken one in for. */
export type Parts = Partial<Pick<StreamDeps, 'startMasker'> & Pick<StreamDeps['devices'], 'startCheck'>>;
const PARTS: Required<Parts> = {
  startMasker: (...given) => Masker.start(...given),
  startCheck: (...given) => KeyFrameCheck.start(...given),
};

export async function startWorker(
  config: Config,
  sandbox: Sandbox,
  log: Logger,
  parts: Parts = {},
): Promise<RunningWorker> {
  await removeForgottenFolders();
  const worker = new LouverWorker(config, sandbox, log, await connect(config, log), { ...PARTS, ...parts });
  await worker.start();
  return worker;
}

class LouverWorker implements RunningWorker {
  readonly workerId = `${hostname()}-${randomUUID()}`;
  readonly #startedAt = new Date().toISOString();
  readonly #law = readLaw();
  readonly #config: Config;
  readonly #sandbox: Sandbox;
  readonly #log: Logger;
  readonly #connections: Connections;
  readonly #closings: Closings;
  readonly #viewings: ViewingsUnderWay;
  readonly #refusals: Refusals;
  readonly #sightings: Sightings;
  readonly #trust: LogTrust;
  readonly #follower: LogFollower;
  readonly #maskRefusals: MaskRefusals;
  readonly #exposures: Exposures;
  readonly #watch: MaskWatch;
  readonly #metrics: ReturnType<typeof createMetrics>;
  readonly #parts: Required<Parts>;
  readonly #inspector: Inspector;
  readonly #outputStops: OutputStops;
  readonly #devices: Devices;
  readonly #heads: Heads;
  readonly #sampler: OutputSampler;
  #server: WorkerServer | undefined;
  #host: StreamHost | undefined;
  #queues: RunningQueues | undefined;
  #beating: NodeJS.Timeout | undefined;
  #stopped: Promise<void> | undefined;

  constructor(config: Config, sandbox: Sandbox, log: Logger, connections: Connections, parts: Required<Parts>) {
    const { pool, redis } = connections;
    this.#config = config;
    this.#sandbox = sandbox;
    this.#log = log;
    this.#connections = connections;
    this.#parts = parts;
    this.#closings = new Closings(pool, redis, log);
    this.#viewings = new ViewingsUnderWay({ workerId: this.workerId, pool, redis, closings: this.#closings, log });
    this.#refusals = new Refusals(pool, log);
    this.#sightings = new Sightings(pool, log);
    this.#trust = new LogTrust(config.trust, log);
    const decisions = new MaskDecisions(log);
    const readFile = logFolder(config.logFolder);
    this.#follower = new LogFollower({ readFile, trust: this.#trust, reader: decisions, log });
    this.#maskRefusals = new MaskRefusals(pool, log, (fault) => this.#metrics.masksRefused(fault));
    this.#exposures = new Exposures(pool, log);
    this.#watch = new MaskWatch(pool, config.databaseUrl, log, {
      follower: this.#follower,
      decisions,
      onRefusal: (refusal) => this.#maskRefusals.note(refusal),
    });
    this.#outputStops = new OutputStops(pool, log);
    const { credentialsKey } = config;
    const { startCheck } = parts;
    const onFallback = (why: string) => this.#metrics.fellBack(why);
    this.#devices = new Devices({
      pool,
      log,
      sandbox,
      credentialsKey,
      findStream: findSealedStream,
      onFallback,
      startCheck,
    });
    this.#heads = new Heads(pool, log, this.#devices.deps.loadDevice);
    this.#inspector = new Inspector(sandbox, (verdict, took) => this.#metrics.sampled(verdict, took));
    this.#sampler = new OutputSampler(this.#inspector, () => this.#host?.streams.values() ?? [], log);
    this.#metrics = createMetrics(() => {
      const streams = [...(this.#host?.streams.values() ?? [])];
      return {
        streams: streams.length,
        passing: streams.filter(({ isPassing }) => isPassing).length,
        showing: streams.filter(({ fanOut }) => fanOut.waiting === undefined).length,
        viewings: this.#viewings.size,
        closingsWaiting: this.#closings.waiting,
        logSize: this.#follower.size,
        logBelieved: this.#follower.healthy,
      };
    });
  }

  get url(): string {
    return this.#config.publicUrl ?? `http://${this.#config.host}:${this.#server?.port ?? 0}`;
  }

  async start(): Promise<void> {
    const { redis, subscriber } = this.#connections;
    this.#server = await this.#listen();
    this.#host = new StreamHost({
      redis,
      log: this.#log,
      location: StreamLocation.parse({ workerId: this.workerId, url: this.url }),
      createStream: (cameraId) => new CameraStream(cameraId, this.#streamDeps()),
      isWatched: (cameraId) => this.#viewings.has(cameraId),
      isAwaited: (cameraId) => this.#isAwaited(cameraId),
      endViewings: (cameraId, reason) => this.#viewings.endOfCamera(cameraId, reason),
    });
    subscriber.on('message', (channel, text) => {
      // Masks that were approved wait for it.
      if (channel === redisKeys.logPublished) return void this.#follower.catchUp();
      if (channel === redisKeys.sessionEnd) return this.#viewings.endOfSession(text, 'closed');
      const viewingId = ViewingId.safeParse(text);
      if (viewingId.success) this.#viewings.endOne(viewingId.data, 'closed');
    });
    const channels = [redisKeys.viewingEnd, redisKeys.sessionEnd, redisKeys.logPublished];
    void subscriber.subscribe(...channels).catch(() => undefined);
    // Before the first viewer asks for it: a long log takes a while.
    void this.#follower.catchUp();
    await this.#beat();
    this.#beating = setInterval(() => void this.#beat(), BEAT_EVERY_MS);
    this.#queues = this.#work(this.#host);
    this.#schedule(this.#queues);
    this.#log.info({ workerId: this.workerId, url: this.url }, 'the worker is ready');
  }

  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop());
  }

  #listen(): Promise<WorkerServer> {
    return startServer({
      sandbox: this.#sandbox,
      inspector: this.#inspector,
      viewings: this.#viewings,
      refusals: this.#refusals,
      log: this.#log,
      host: this.#config.host,
      port: this.#config.port,
      ticketKey: this.#config.ticketKey,
      trust: this.#trust,
      findStream: (cameraId) => this.#host?.find(cameraId),
      onRefusal: this.#metrics.refused,
      onFirstFrame: this.#metrics.firstFrame,
      metrics: this.#metrics.read,
      healthy: () => this.#stopped === undefined,
    });
  }

  #streamDeps(): StreamDeps {
    const { pool } = this.#connections;
    return {
      sandbox: this.#sandbox,
      watch: this.#watch,
      log: this.#log,
      sightings: this.#sightings,
      devices: this.#devices.deps,
      heads: this.#heads.deps,
      onMaskChange: this.#metrics.maskerStarted,
      startMasker: this.#parts.startMasker,
      onStop: (stop) => {
        this.#metrics.outputStopped();
        this.#outputStops.stopped(stop);
      },
      onFlatAgain: (cameraId) => this.#outputStops.flatAgain(cameraId),
      scenes: {
        load: async (id) => {
          const found = await inTx(pool, NOBODY, (tx) => findReference(tx, id));
          return found?.algorithm === ALGORITHM ? found.cells : undefined;
        },
        keep: (cameraId, maskSet, cells) => inTx(pool, NOBODY, (tx) => keepReference(tx, cameraId, maskSet, cells)),
      },
      onShift: (shift) => {
        this.#metrics.outputStopped();
        this.#outputStops.shifted(shift);
      },
      loadSource: async (cameraId) => {
        const found = await inTx(pool, NOBODY, (tx) => findSealedStream(tx, cameraId));
        return found && openSource(this.#config.credentialsKey, cameraId, found);
      },
      loadPolygons: async ({ cameraId, masks, enforced }) => {
        const found = masks && (await inTx(pool, NOBODY, (tx) => findPolygons(tx, masks, enforced)));
        if (found && 'polygons' in found) return found.polygons;
        if (found) this.#maskRefusals.note({ cameraId, ...found });
        return undefined;
      },
      activate: (standing) =>
        inTx(pool, NOBODY, async (tx) => {
          const { masks, enforced } = standing;
          if (masks?.state === 'approved') await activateMasks(tx, standing, masks);
          if (enforced && !enforced.isBurnedIn) await markBurnedIn(tx, standing, enforced);
        }),
    };
  }

  #work(host: StreamHost): RunningQueues {
    const { pool, redis, forQueues } = this.#connections;
    const { maxStreams, credentialsKey } = this.#config;
    return runQueues({
      connection: forQueues,
      log: this.#log,
      settings: {
        streams: { concurrency: maxStreams },
        probes: { concurrency: 1 },
        viewings: { concurrency: 1 },
        exposures: { concurrency: 2 },
        'exposure-sweeps': { concurrency: 1 },
        deadlines: { concurrency: 1 },
        figures: { concurrency: 1 },
        'mask-life': { concurrency: 1 },
      },
      processors: requireProcessors({
        'stream.run': async ({ cameraId }, cancelled, again) => {
          if ((await host.run(cameraId, cancelled)) === 'worker-stopping') await again();
        },
        'stream.probe': async (_payload, cancelled) => {
          await probeStreams({ pool, redis, credentialsKey, sightings: this.#sightings }, cancelled);
          await this.#heads.askUnwatched(redis, cancelled);
        },
        'viewing.sweep': async () => {
          await sweepViewings({ pool, redis });
        },
        'mask.sweep': () => sweepMasks(pool),
        'exposure.measure': ({ aimId }, cancelled) => this.#exposures.measure(aimId, cancelled),
        'deadline.sweep': async (_payload, cancelled) => {
          await sweepDeadlines({ pool, law: this.#law, log: this.#log }, new Date(), cancelled);
        },
        'figures.sweep': (_payload, cancelled) =>
          sweepFigures({ pool, law: this.#law, log: this.#log }, new Date(), cancelled),
        'exposure.sweep': () =>
          this.#exposures.sweep((aimId, id) => this.#queues!.add('exposure.measure', { aimId }, id)),
      }),
      onCompleted: (name, payload) => {
        if (name === 'stream.run') void this.#runAgainIfAwaited((payload as { cameraId: CameraId }).cameraId);
      },
    });
  }

  /** Not awaited: with Redis away they wait, and the server already refuses everybody with a reason. */
  #schedule(queues: RunningQueues): void {
    const log = (error: unknown) => this.#log.error({ err: error }, 'a repeated job is not scheduled');
    queues.repeat('stream.probe', {}, PROBE_EVERY_MS).catch(log);
    queues.repeat('viewing.sweep', {}, SWEEP_EVERY_MS).catch(log);
    queues.repeat('exposure.sweep', {}, SWEEP_EVERY_MS).catch(log);
    queues.repeat('deadline.sweep', {}, DEADLINES_EVERY_MS).catch(log);
    queues.add('deadline.sweep', {}).catch(log);
    queues.repeat('mask.sweep', {}, MASK_SWEEP_EVERY_MS).catch(log);
    queues.repeat('figures.sweep', {}, FIGURES_EVERY_MS).catch(log);
    queues.add('figures.sweep', {}).catch(log);
    // The first look at the cameras does not wait for its turn.
    queues.add('stream.probe', {}).catch(log);
  }

  async #isAwaited(cameraId: CameraId): Promise<boolean> {
    return (await inTx(this.#connections.pool, NOBODY, (tx) => findAwaited(tx, [cameraId]))).length > 0;
  }

  /** A ticket that was given out while the job was ending: its own job was dropped as a duplicate. */
  async #runAgainIfAwaited(cameraId: CameraId): Promise<void> {
    const awaited = await this.#isAwaited(cameraId).catch(() => false);
    if (awaited && !this.#stopped)
      await this.#queues?.add('stream.run', { cameraId }, streamJobId(cameraId)).catch(() => undefined);
  }

  async #beat(): Promise<void> {
    const { workerId, url } = this;
    const beat: WorkerBeat = { workerId, url, streams: this.#host?.streams.size ?? 0, startedAt: this.#startedAt };
    const key = redisKeys.worker(workerId);
    await this.#connections.redis.set(key, JSON.stringify(beat), 'EX', BEAT_LIVES_S).catch(() => undefined);
  }

  async #stop(): Promise<void> {
    this.#server?.stopAccepting();
    this.#viewings.close('worker-lost');
    this.#host?.stop();
    await this.#queues?.close().catch((error: unknown) => this.#log.warn({ err: error }, 'queues did not close'));
    await this.#server?.close();
    clearInterval(this.#beating);
    this.#exposures.close();
    await this.#refusals.close();
    await this.#closings.close();
    await this.#sampler.close();
    await this.#outputStops.close();
    await this.#devices.close();
    await this.#heads.close();
    await this.#sightings.close();
    await this.#watch.close();
    await this.#maskRefusals.close();
    await this.#connections.redis.del(redisKeys.worker(this.workerId)).catch(() => undefined);
    await this.#connections.close();
  }
}
