// SPDX-License-Identifier: AGPL-3.0-or-later
// Who burns in a camera's masks: the device, where somebody wants it and it has proved that it does, or this worker. What the
// device says is asked for and compared; what is believed is its pictures alone.
import type { CameraId, DeviceAccess, OnDeviceMasksReason, OnDeviceMasksState } from '@louver/contract';
import type { Logger } from 'pino';
import { Backoff } from '../media/backoff.ts';
import type { Drawn } from '../media/drawn.ts';
import type { Endings } from '../media/endings.ts';
import type { FanOut } from '../media/fan-out.ts';
import type { Fragment, Init } from '../media/fmp4.ts';
import type { Sandbox } from '../media/sandbox.ts';
import type { OutputSample, Verdict } from '../sampling/inspect.ts';
import type { KeyFrameCheck } from './key-frame-check.ts';
import { type DevicePreparation, DeviceUnable, prepare, release, stillHas } from './preparation.ts';
import { type Drift, PassThrough } from './pass-through.ts';
import type { DeviceReport } from './queries.ts';
import { DeviceFailed } from './soap-client.ts';

export interface OpenDevice {
  readonly access: DeviceAccess;
  /** Masks on the device that are ours. */
  readonly tokens: readonly string[];
  readonly streamUrl: string;
}

/** What the masks on devices need of the worker around them. */
export interface DeviceDeps {
  readonly sandbox: Sandbox;
  /** @throws when the database is away or the credentials do not open */
  loadDevice(cameraId: CameraId): Promise<OpenDevice | undefined>;
  keepTokens(cameraId: CameraId, tokens: readonly string[]): Promise<void>;
  report(report: DeviceReport): void;
  onFallback(why: OnDeviceMasksReason): void;
  /** `KeyFrameCheck.start` but for tests of what happens without it. */
  readonly startCheck: typeof KeyFrameCheck.start;
}

interface Parts {
  readonly deps: DeviceDeps;
  readonly fanOut: FanOut;
  readonly log: Logger;
  readonly endings: Endings;
}

interface Events {
  /** Whether pictures that are not coded again may leave at this moment. */
  mayPass(): boolean;
  /** They do from here on: nothing else may. */
  onPassing(): void;
  /** Of a picture that is to leave, under these masks. */
  onLuma(masks: Drawn['masks'], luma: Uint8Array): void;
  /** They do not any more: masks are to be burned in here, at once. */
  onFallback(): void;
}

/** What is wanted of a camera, as the database says. */
export interface DeviceStandingOfStream {
  readonly wanted: boolean;
  readonly hasMasks: boolean;
  readonly updatedAt: string;
}

const READ_BACK_EVERY_MS = 3_000;
const MAX_FAILED_READ_BACKS = 3;
/** After this long a device counts as well again, and the next failure is the first one. */
const WELL_AFTER_MS = 60_000;
/** What another try does not change soon. */
const FOR_LONG: ReadonlySet<OnDeviceMasksReason> = new Set([
  'device-elsewhere',
  'device-unsupported',
  'masks-too-coarse',
  'key-frames-rare',
  'codec-unknown',
]);

interface Attempt {
  readonly of: string;
  readonly init: Init;
  readonly stop: AbortController;
  readonly drawn: Drawn;
  pass: PassThrough | undefined;
  passingSince: number;
}

export class DeviceMasks {
  readonly #cameraId: CameraId;
  readonly #parts: Parts;
  readonly #events: Events;
  readonly #backoff = new Backoff({ firstMs: 3_000, maxMs: 600_000 });
  #attempt: Attempt | undefined;
  #standing: DeviceStandingOfStream | null = null;
  #released: string | undefined;
  #restartAt = 0;
  #told: OnDeviceMasksState = 'idle';
  #ended = false;

  constructor(cameraId: CameraId, parts: Parts, events: Events) {
    this.#cameraId = cameraId;
    this.#parts = parts;
    this.#events = events;
  }

  get isPassing(): boolean {
    return this.#attempt?.pass?.isPassing === true;
  }

  /** What the database says now. */
  onStanding(standing: DeviceStandingOfStream | null): void {
    if (standing?.updatedAt !== this.#standing?.updatedAt) {
      this.#restartAt = 0;
      this.#backoff.reset();
    }
    this.#standing = standing;
    if (!standing?.wanted) this.drop();
    if (standing && !standing.wanted && standing.hasMasks && this.#released !== standing.updatedAt) {
      this.#released = standing.updatedAt;
      this.#parts.endings.track(this.#release());
    }
  }

  /** There are pictures, and these masks are to lie over them. */
  follow(drawn: Drawn, init: Init): void {
    const { masks } = drawn;
    if (this.#ended || !this.#standing?.wanted) return;
    const of = [this.#standing.updatedAt, masks.id, masks.digest].join(' ');
    if (this.#attempt && (this.#attempt.of !== of || this.#attempt.init !== init)) this.drop();
    if (this.#attempt || performance.now() < this.#restartAt) return;
    const attempt: Attempt = { of, init, stop: new AbortController(), drawn, pass: undefined, passingSince: 0 };
    this.#attempt = attempt;
    this.#parts.endings.track(this.#try(attempt));
  }

  feed(fragment: Fragment): void {
    this.#attempt?.pass?.feed(fragment);
  }

  /** Called often. */
  review(): void {
    this.#attempt?.pass?.review();
  }

  takeSample(): OutputSample | undefined {
    return this.#attempt?.pass?.takeSample();
  }

  /** @returns whether the sample was of pictures that were passed on */
  onInspected(sample: OutputSample, verdict: Verdict): boolean {
    if (!(sample.of instanceof PassThrough)) return false;
    sample.of.onInspected(sample, verdict);
    return true;
  }

  /** The masks or the stream are others now. Nothing of the device's leaves any more; nobody is told. */
  drop(): void {
    const attempt = this.#attempt;
    const wasPassing = this.isPassing;
    this.#attempt = undefined;
    attempt?.stop.abort();
    attempt?.pass?.stop();
    if (wasPassing) this.#parts.fanOut.withhold();
    if (attempt && this.#told !== 'idle') this.#tell('idle', null);
  }

  end(): void {
    this.#ended = true;
    this.drop();
  }

  async #try(attempt: Attempt): Promise<void> {
    this.#tell('asking', null);
    try {
      const prepared = await this.#prepare(attempt);
      if (this.#attempt !== attempt) return;
      this.#tell('checking', null, { able: true });
      const { deps, fanOut } = this.#parts;
      const pass = new PassThrough(
        { sandbox: deps.sandbox, fanOut, init: attempt.init, drawn: attempt.drawn, startCheck: deps.startCheck },
        {
          onProven: () => this.#onProven(attempt),
          onLuma: (luma) => this.#events.onLuma(attempt.drawn.masks, luma),
          onDrift: (drift) => this.#onDrift(attempt, drift),
        },
      );
      attempt.pass = pass;
      this.#parts.endings.track(pass.closed);
      await this.#readBack(attempt, prepared);
    } catch (error) {
      if (this.#attempt !== attempt) return;
      this.#parts.log.warn({ err: error }, 'the device does not take its masks');
      this.#onDrift(attempt, { why: reasonOf(error), deviation: null, hadLeft: this.isPassing });
    }
  }

  async #prepare({ stop, drawn }: Attempt): Promise<DevicePreparation> {
    const { deps } = this.#parts;
    const device = await deps.loadDevice(this.#cameraId);
    if (!device) throw new DeviceUnable('device-unsupported', 'there is no device');
    const spec = { frame: drawn.masks.frame, polygons: drawn.polygons };
    return prepare(device, spec, stop.signal, (tokens) => deps.keepTokens(this.#cameraId, tokens));
  }

  /** As long as the attempt lasts. What the device says never makes it believed, only doubted. */
  async #readBack(attempt: Attempt, prepared: DevicePreparation): Promise<void> {
    let failed = 0;
    while (this.#attempt === attempt) {
      await pause(READ_BACK_EVERY_MS, attempt.stop.signal);
      if (this.#attempt !== attempt) return;
      const has = await stillHas(prepared).catch((error: unknown) => {
        if (++failed >= MAX_FAILED_READ_BACKS) throw error;
        return undefined;
      });
      if (has === false) throw new DeviceUnable('masks-changed', 'the device reads back other masks than ours');
      if (has) failed = 0;
    }
  }

  #onProven(attempt: Attempt): boolean {
    if (this.#attempt !== attempt || !this.#events.mayPass()) return false;
    attempt.passingSince = performance.now();
    this.#events.onPassing();
    this.#tell('passing', null, { entry: { action: 'device.pass', maskSet: attempt.drawn.masks, detail: {} } });
    return true;
  }

  #onDrift(attempt: Attempt, { why, deviation, hadLeft }: Drift): void {
    if (this.#attempt !== attempt) return;
    this.#attempt = undefined;
    attempt.stop.abort();
    attempt.pass?.stop();
    const wasPassing = attempt.passingSince !== 0;
    if (wasPassing && performance.now() - attempt.passingSince > WELL_AFTER_MS) this.#backoff.reset();
    this.#restartAt = performance.now() + this.#backoff.next();
    const { luma, chroma } = deviation ?? { luma: null, chroma: null };
    this.#parts.log.warn({ why, luma, chroma, hadLeft }, 'masks are burned in here');
    const entry = { action: 'device.fallback', maskSet: attempt.drawn.masks, detail: { why, luma, chroma } } as const;
    const isForLong = FOR_LONG.has(why);
    this.#tell(isForLong ? 'unable' : 'here', why, {
      ...(isForLong ? { able: false } : {}),
      ...(wasPassing ? { entry } : {}),
    });
    if (!wasPassing) return;
    this.#parts.deps.onFallback(why);
    if (!this.#ended) this.#events.onFallback();
  }

  async #release(): Promise<void> {
    try {
      const device = await this.#parts.deps.loadDevice(this.#cameraId);
      if (device) await release(device, (tokens) => this.#parts.deps.keepTokens(this.#cameraId, tokens));
    } catch (error) {
      // They stay on the device and cover what they cover.
      this.#parts.log.warn({ err: error }, 'masks could not be taken off the device');
    }
  }

  #tell(
    state: OnDeviceMasksState,
    reason: OnDeviceMasksReason | null,
    more: Pick<DeviceReport, 'able' | 'entry'> = {},
  ): void {
    this.#told = state;
    this.#parts.deps.report({ cameraId: this.#cameraId, state, reason, ...more });
  }
}

function reasonOf(error: unknown): OnDeviceMasksReason {
  if (error instanceof DeviceUnable) return error.reason;
  if (!(error instanceof DeviceFailed)) return 'device-unreachable';
  return { unreachable: 'device-unreachable', refused: 'device-refused', unsupported: 'device-unsupported' }[
    error.trouble
  ] as OnDeviceMasksReason;
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
