// SPDX-License-Identifier: AGPL-3.0-or-later
// A camera that can turn, while its stream is held: its device is asked again and again where it stands, and its pictures
// come through here on their way in. Louver doesn't turn it; somebody else may at any moment.
import type { AimId, CameraId, DevicePreset, PtzReason, PtzState } from '@louver/contract';
import type { Logger } from 'pino';
import type { OpenDevice } from '../devices/device-masks.ts';
import { findProfile } from '../devices/mask-service.ts';
import { requireSameHost } from '../devices/preparation.ts';
import { DeviceClient } from '../devices/soap-client.ts';
import type { Fragment } from '../media/fmp4.ts';
import { AimGate } from './aim-gate.ts';
import { type HeadPosition, type PresetAim, type Whereabouts, isAim, whereaboutsOf } from './position.ts';
import { readPresets, readStatus } from './ptz-service.ts';

const ASK_EVERY_MS = 250;
/** An answer that takes longer would be of no use. */
const ANSWER_WITHIN_MS = 2_000;
const MAX_FAILED = 3;
const AGAIN_AFTER_MS = 1_000;
const REVIEW_EVERY_MS = 25;

export interface HeadReport {
  readonly cameraId: CameraId;
  readonly state: PtzState;
  readonly reason: PtzReason | null;
  readonly aimId: AimId | null;
  /** Null while it is not known. */
  readonly position: HeadPosition | null;
  /** Undefined leaves them as they are. */
  readonly presets?: readonly DevicePreset[];
}

export interface TurningDeps {
  /** @throws when the database is away or the credentials do not open */
  loadDevice(cameraId: CameraId): Promise<OpenDevice | undefined>;
  report(report: HeadReport): void;
}

interface Events {
  /** It stands at another aim, moves, or nobody knows: nothing of before may leave. */
  onWhereabouts(now: Whereabouts): void;
  /** It is certain what it is of. */
  onPicture(fragment: Fragment): void;
}

export class Turning {
  readonly #cameraId: CameraId;
  readonly #deps: TurningDeps;
  readonly #log: Logger;
  readonly #gate: AimGate;
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #aims: readonly PresetAim[];
  #told = '';
  /** Resolves when nothing is asked any more. */
  readonly closed: Promise<void>;

  constructor(cameraId: CameraId, aims: readonly PresetAim[], deps: TurningDeps, log: Logger, events: Events) {
    this.#cameraId = cameraId;
    this.#aims = aims;
    this.#deps = deps;
    this.#log = log;
    this.#gate = new AimGate(events);
    this.#timer = setInterval(() => this.#gate.review(performance.now()), REVIEW_EVERY_MS);
    this.closed = this.#askOn();
  }

  get whereabouts(): Whereabouts {
    return this.#gate.whereabouts;
  }

  /** Aims that the database knows now. */
  know(aims: readonly PresetAim[]): void {
    this.#aims = aims;
  }

  push(fragment: Fragment, timescale: number): void {
    this.#gate.push(fragment, timescale, performance.now());
  }

  /** What came and what will come are of two streams. */
  cut(): void {
    this.#gate.cut();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#stop.abort();
    this.#gate.lose('unknown');
    this.#tell('unknown', 'not-watched', null);
  }

  async #askOn(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await this.#askOne();
      } catch (error) {
        if (signal.aborted) return;
        this.#gate.lose('unknown');
        this.#log.warn({ err: error }, 'the device does not say where it looks');
        this.#tell('unknown', reasonOf(error), null);
        await pause(AGAIN_AFTER_MS, signal);
      }
    }
  }

  async #askOne(): Promise<void> {
    const { signal } = this.#stop;
    const head = await openHead(await this.#deps.loadDevice(this.#cameraId), signal);
    const presets = await readPresets(head.client, head.profile);
    for (let failed = 0; !signal.aborted;) {
      const askedAt = performance.now();
      try {
        const status = await readStatus(head.client, head.profile);
        failed = 0;
        const whereabouts = whereaboutsOf(status, this.#aims);
        if (signal.aborted) return;
        this.#gate.onAnswer({ askedAt, answeredAt: performance.now(), whereabouts });
        const says = status.position !== undefined && status.movement !== 'unknown';
        this.#tell(whereabouts, says ? 'no-aim' : 'status-unknown', status.position ?? null, presets);
      } catch (error) {
        if (++failed >= MAX_FAILED || signal.aborted) throw error;
      }
      await pause(ASK_EVERY_MS, signal);
    }
  }

  /** Written down when something is different, not with every answer. */
  #tell(now: Whereabouts, why: PtzReason, position: HeadPosition | null, presets?: readonly DevicePreset[]): void {
    const [state, aimId] = isAim(now) ? (['still', now] as const) : ([now, null] as const);
    const reason = now === 'unknown' ? why : null;
    // On its way it is somewhere else at every moment.
    const shown = now === 'moving' ? null : position;
    const told = JSON.stringify([state, aimId, reason, shown, presets]);
    if (told === this.#told) return;
    this.#told = told;
    this.#deps.report({
      cameraId: this.#cameraId,
      state,
      reason,
      aimId,
      position: shown,
      ...(presets ? { presets } : {}),
    });
  }
}

/** @throws DeviceUnable, DeviceFailed */
export async function openHead(device: OpenDevice | undefined, signal: AbortSignal) {
  if (!device) throw new NoDevice();
  requireSameHost(device.access, device.streamUrl);
  const client = new DeviceClient(device.access, signal, ANSWER_WITHIN_MS);
  const { profile } = await findProfile(client, device.streamUrl);
  return { client, profile };
}

class NoDevice extends Error {
  constructor() {
    super('nobody has said where this camera is asked as a device');
    this.name = 'NoDevice';
  }
}

export const reasonOf = (error: unknown): PtzReason => (error instanceof NoDevice ? 'no-device' : 'device-silent');

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
