// SPDX-License-Identifier: AGPL-3.0-or-later
// What a camera sends: the connection to it, the size of its frames, and its pictures since the last key frame.
import type { CameraId, FrameSize } from '@louver/contract';
import type { Logger } from 'pino';
import type { Endings } from './endings.ts';
import type { Fragment, Init } from './fmp4.ts';
import { FrameGauge } from './frame-gauge.ts';
import { Ingest, type IngestFailure } from './ingest.ts';
import { InputGroup } from './input-group.ts';
import type { StreamDeps } from './stream-deps.ts';

/** What came within this time counts as coming. */
const COMES_WITHIN_MS = 1_000;

interface Events {
  /** What came until now and what will come never go into one decoder. */
  onCut(): void;
  /** It is among `fragments` already. */
  onFragment(fragment: Fragment): void;
}

/** Stands before everything: what it hands on through `take` counts as sent by the camera, and nothing else does. */
export interface Sieve {
  push(fragment: Fragment, timescale: number): void;
  /** What came until now and what will come are of two streams. */
  cut(): void;
}

export class CameraInput {
  readonly #cameraId: CameraId;
  readonly #deps: Pick<StreamDeps, 'loadSource'>;
  readonly #log: Logger;
  readonly #endings: Endings;
  readonly #events: Events;
  readonly #group = new InputGroup();
  #ended = false;
  #sourceFrom: string | undefined;
  #ingest: Ingest | undefined;
  #failure: IngestFailure | undefined;
  #init: Init | undefined;
  #gauge: FrameGauge | undefined;
  #lastAt = 0;
  #sieve: Sieve | undefined;

  constructor(cameraId: CameraId, deps: Pick<StreamDeps, 'loadSource'>, log: Logger, endings: Endings, events: Events) {
    this.#cameraId = cameraId;
    this.#deps = deps;
    this.#log = log;
    this.#endings = endings;
    this.#events = events;
  }

  /** What came before it was there, or while another was, is forgotten. */
  set sieve(sieve: Sieve | undefined) {
    this.#sieve = sieve;
    this.#group.clear();
  }

  get failure(): IngestFailure | undefined {
    return this.#failure;
  }

  /** Undefined while nothing comes. */
  get init(): Init | undefined {
    return this.#init;
  }

  /** Of the newest frame; undefined while it is not known. */
  get size(): FrameSize | undefined {
    return this.#gauge?.size;
  }

  /** From the last key frame on, or none. */
  get fragments(): readonly Fragment[] {
    return this.#group.fragments;
  }

  get comes(): boolean {
    return performance.now() - this.#lastAt < COMES_WITHIN_MS;
  }

  fits(frame: FrameSize): boolean {
    return this.#gauge?.fits(frame) === true;
  }

  /** @param updatedAt when the address was last written: it is opened anew when that changes */
  follow(updatedAt: string): void {
    if (updatedAt !== this.#sourceFrom) void this.#connect(updatedAt);
  }

  /** A masker that begins now begins with what comes. */
  forget(): void {
    this.#group.clear();
  }

  stop(): void {
    this.#ended = true;
    if (this.#ingest) this.#endings.track(this.#ingest.stop());
    this.#group.clear();
  }

  async #connect(updatedAt: string): Promise<void> {
    this.#sourceFrom = updatedAt;
    try {
      const source = await this.#deps.loadSource(this.#cameraId);
      if (this.#ended || this.#sourceFrom !== updatedAt || !source) return;
      if (this.#ingest) this.#endings.track(this.#ingest.stop());
      this.#cut(undefined);
      this.#ingest = new Ingest(source, {
        onInit: (init) => this.#onInit(init),
        onFragment: (fragment) => this.#onArrived(fragment),
        onDown: (failure, complaint) => {
          this.#log.warn({ failure, complaint }, 'the camera stream is down');
          this.#cut(failure);
        },
      });
    } catch (error) {
      // Left as not connected, so that the next confirmation tries again.
      this.#sourceFrom = undefined;
      this.#log.error({ err: error }, 'the stream address could not be opened');
    }
  }

  #cut(failure: IngestFailure | undefined): void {
    this.#failure = failure;
    this.#init = undefined;
    this.#gauge = undefined;
    this.#group.clear();
    this.#sieve?.cut();
    this.#events.onCut();
  }

  #onInit(init: Init): void {
    this.#init = init;
    this.#gauge = new FrameGauge(init);
    this.#failure = undefined;
  }

  #onArrived(fragment: Fragment): void {
    if (this.#sieve && this.#init) this.#sieve.push(fragment, this.#init.timescale);
    else this.take(fragment);
  }

  /** The camera's next picture. */
  take(fragment: Fragment): void {
    if (this.#ended || !this.#gauge) return;
    this.#lastAt = performance.now();
    const before = this.#gauge.size;
    this.#gauge.observe(fragment);
    // Frames of two sizes never go into one decoder.
    if (before && !this.#gauge.fits(before)) this.#group.clear();
    this.#group.push(fragment);
    this.#events.onFragment(fragment);
  }
}
