// SPDX-License-Identifier: AGPL-3.0-or-later
// The streams that this worker holds. Who holds a camera is written in Redis and lasts only as long as it is said again:
// a worker that finds another one's name there gives the camera up.
import { type CameraId, type StreamLocation, type ViewingEnd, redisKeys } from '@louver/contract';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { CameraStream, StreamEnd } from './camera-stream.ts';

const LOCATION_LIVES_MS = 5_000;
const SAY_EVERY_MS = 1_000;
const ASK_EVERY_MS = 200;
/** Nobody watches for this long: the camera is left alone. */
const LINGER_MS = 10_000;
const LOOK_EVERY_MS = 500;

/** Takes a free location or renews an own one. KEYS: location. ARGV: own value, milliseconds. */
const HOLD = `local now = redis.call('GET', KEYS[1])
if now and now ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;
const LET_GO = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** `lost`: another worker holds the camera. `worker-stopping`: it should go on elsewhere. */
export type RunEnd = StreamEnd | 'idle' | 'lost' | 'worker-stopping';

interface Deps {
  readonly redis: Redis;
  readonly log: Logger;
  readonly location: StreamLocation;
  createStream(cameraId: CameraId): CameraStream;
  /** Whether a look at it is under way, also one that still waits for its first picture. */
  isWatched(cameraId: CameraId): boolean;
  /** Whether somebody holds a ticket for it that he has not used yet. */
  isAwaited(cameraId: CameraId): Promise<boolean>;
  /** Ends every viewing of the camera. */
  endViewings(cameraId: CameraId, reason: ViewingEnd): void;
}

export class StreamHost {
  readonly #deps: Deps;
  readonly #streams = new Map<CameraId, CameraStream>();
  readonly #stopping = new AbortController();
  readonly #value: string;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#value = JSON.stringify(deps.location);
  }

  find(cameraId: CameraId): CameraStream | undefined {
    return this.#streams.get(cameraId);
  }

  get streams(): ReadonlyMap<CameraId, CameraStream> {
    return this.#streams;
  }

  /** Every run ends soon with `worker-stopping`. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Holds a camera until nobody watches it, it is gone, or somebody else holds it. */
  async run(cameraId: CameraId, cancelled: AbortSignal): Promise<RunEnd> {
    const stop = AbortSignal.any([cancelled, this.#stopping.signal]);
    const endOf = (): RunEnd => (this.#stopping.signal.aborted ? 'worker-stopping' : 'lost');
    while (!(await this.#hold(cameraId))) {
      if (stop.aborted) return endOf();
      await pause(ASK_EVERY_MS, stop);
    }
    if (stop.aborted) {
      await this.#letGo(cameraId);
      return endOf();
    }
    const stream = this.#deps.createStream(cameraId);
    this.#streams.set(cameraId, stream);
    try {
      await this.#deps.redis.publish(redisKeys.streamReady, cameraId).catch(() => undefined);
      return await this.#keep(cameraId, stream, stop, endOf);
    } finally {
      // When nobody is here any more the processes, and last the name: the next worker finds all of it free.
      this.#streams.delete(cameraId);
      await stream.stop();
      await this.#letGo(cameraId);
    }
  }

  async #keep(cameraId: CameraId, stream: CameraStream, stop: AbortSignal, endOf: () => RunEnd): Promise<RunEnd> {
    let end: RunEnd | undefined;
    void stream.finished.then((reason) => (end ??= reason));
    let saidAt = performance.now();
    let watchedAt = performance.now();
    for (;;) {
      if (stop.aborted) end ??= endOf();
      if (end !== undefined) break;
      const now = performance.now();
      if (now - saidAt >= SAY_EVERY_MS) {
        saidAt = now;
        if ((await this.#hold(cameraId)) === false) end ??= 'lost';
      }
      if (this.#deps.isWatched(cameraId)) watchedAt = now;
      else if (now - watchedAt > LINGER_MS) {
        if (await this.#deps.isAwaited(cameraId).catch(() => false)) watchedAt = now;
        else if (!this.#deps.isWatched(cameraId)) end ??= 'idle';
      }
      if (end === undefined) await pause(LOOK_EVERY_MS, stop);
    }
    // First nobody new, then those who are here.
    this.#streams.delete(cameraId);
    this.#deps.endViewings(cameraId, end === 'gone' ? 'picture-withheld' : 'worker-lost');
    this.#deps.log.info({ cameraId, end }, 'the stream is over');
    return end;
  }

  /** Undefined when Redis does not answer: then nobody else can have taken it either, and those who watch go on watching. */
  async #hold(cameraId: CameraId): Promise<boolean | undefined> {
    try {
      return (
        (await this.#deps.redis.eval(HOLD, 1, redisKeys.streamLocation(cameraId), this.#value, LOCATION_LIVES_MS)) === 1
      );
    } catch {
      return undefined;
    }
  }

  async #letGo(cameraId: CameraId): Promise<void> {
    await this.#deps.redis.eval(LET_GO, 1, redisKeys.streamLocation(cameraId), this.#value).catch(() => undefined);
  }
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stop.addEventListener('abort', done);
  });
}
