// SPDX-License-Identifier: AGPL-3.0-or-later
// A camera's own pictures on their way out, without being coded again. A group of pictures leaves only after its key frame
// was decoded and found covered; whatever else happens ends it, and masks are burned in here.
import type { OnDeviceMasksReason } from '@louver/contract';
import type { Drawn } from '../media/drawn.ts';
import type { FanOut } from '../media/fan-out.ts';
import type { Fragment, Init } from '../media/fmp4.ts';
import type { Sandbox } from '../media/sandbox.ts';
import type { Deviation } from '../sampling/flatness.ts';
import type { OutputSample, Verdict } from '../sampling/inspect.ts';
import { canPass, cleanFragment, cleanInit, mimeTypeOf } from './clean-stream.ts';
import type { KeyFrameCheck } from './key-frame-check.ts';

/** Key frames in a row that must be flat before the first of them leaves. */
const PROOFS = 3;
/** A key frame says nothing about pictures that come later than this after it. */
const FRESH_MS = 6_000;
/** Nobody who watches waits longer than this for the check of a key frame. */
const LATE_MS = 2_000;
/** The scene is compared as often as where masks are burned in: each comparison costs some milliseconds. */
const SCENE_EVERY_MS = 2_000;
/** What waits for a check is bounded, whatever the camera sends. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;
/** Whole groups are decoded this often, beside their key frames. */
export const PASSED_SAMPLE_EVERY_MS = 30_000;

export interface Drift {
  readonly why: OnDeviceMasksReason;
  readonly deviation: Deviation | null;
  /** Pictures had left. */
  readonly hadLeft: boolean;
}

export interface PassEvents {
  /** Enough was looked at. True: from here on its pictures are what leaves. Asked again at every key frame. */
  onProven(): boolean;
  /** Of a key frame of what leaves, before it does: one plane of its size, to be looked at now and not kept. */
  onLuma(luma: Uint8Array): void;
  /** It is over; nothing of it leaves any more. */
  onDrift(drift: Drift): void;
}

interface Parts {
  readonly sandbox: Sandbox;
  readonly fanOut: FanOut;
  readonly init: Init;
  readonly drawn: Drawn;
  /** `KeyFrameCheck.start` but for tests of what happens without it. */
  readonly startCheck: typeof KeyFrameCheck.start;
}

type State = 'proving' | 'passing' | 'over';

export class PassThrough {
  readonly #parts: Parts;
  readonly #events: PassEvents;
  readonly #init: Init | undefined;
  #check: KeyFrameCheck | undefined;
  #state: State = 'proving';
  #hasLeft = false;
  #flat = 0;
  /** Key frames that are being looked at. */
  #looking = 0;
  /** Since the newest key frame, while it is being looked at. */
  #waiting: Fragment[] | undefined;
  #waitingBytes = 0;
  /** When the newest key frame that was found flat came in. */
  #freshFrom = 0;
  #keyAt = 0;
  #sceneAt = -Infinity;
  /** Of the newest key frame, by the camera's clock. */
  #keyTime: number | undefined;
  /** Resolves when no process of it runs any more. */
  readonly closed: Promise<void>;

  constructor(parts: Parts, events: PassEvents) {
    this.#parts = parts;
    this.#events = events;
    const { init, drawn, sandbox } = parts;
    this.#init = canPass(init) ? attempt(() => cleanInit(init)) : undefined;
    this.#keyAt = performance.now();
    if (!this.#init) {
      // In a turn of its own: whoever made this does not hold it yet.
      setImmediate(() => this.#end(canPass(init) ? 'pictures-unreadable' : 'codec-unknown'));
      this.closed = Promise.resolve();
      return;
    }
    const spec = { frame: drawn.masks.frame, polygons: drawn.polygons };
    const started = parts.startCheck(sandbox, spec, this.#init, { onVerdict: (verdict) => this.#onVerdict(verdict) });
    this.closed = started.then(
      (check) => {
        if (this.#state === 'over') check.kill();
        else this.#check = check;
        return check.closed;
      },
      () => this.#end('pictures-unreadable'),
    );
  }

  get isPassing(): boolean {
    return this.#state === 'passing';
  }

  /** The camera's next frame. */
  feed(fragment: Fragment): void {
    if (this.#state === 'over' || !this.#check || !this.#init) return;
    let clean: Fragment | undefined;
    try {
      clean = cleanFragment(fragment, this.#init);
    } catch {
      return this.#end('pictures-unreadable');
    }
    if (!clean) return;
    if (clean.key) {
      // The next key frame is here and the last one was not looked at yet: nobody waits for two.
      if (this.isPassing && this.#waiting) return this.#end('check-late');
      this.#keyAt = performance.now();
      this.#keyTime = clean.time;
      this.#looking++;
      this.#waiting = [];
      this.#waitingBytes = 0;
    }
    const behind = (clean.time - (this.#keyTime ?? clean.time)) / this.#init.timescale;
    if (behind * 1000 > FRESH_MS) return this.#end('key-frames-rare');
    this.#check.look(clean);
    if (this.#waiting) {
      this.#waiting.push(clean);
      this.#waitingBytes += clean.bytes.length;
      if (this.#waitingBytes > MAX_WAITING_BYTES) this.#end('check-late');
    } else if (this.isPassing) this.#pass(clean);
  }

  /** Called often: a check that has become old ends it, also when nothing comes. */
  review(): void {
    if (this.#state === 'over') return;
    const age = performance.now() - this.#keyAt;
    if (this.isPassing && this.#waiting && age > LATE_MS) this.#end('check-late');
    // Nothing came: by the camera's own clock its key frames may be as frequent as ever.
    else if (age > FRESH_MS) this.#end('stream-lost');
  }

  /** What left last. */
  takeSample(): OutputSample | undefined {
    const left = this.isPassing ? this.#parts.fanOut.newest : undefined;
    if (!left) return undefined;
    const { masks, polygons } = this.#parts.drawn;
    const { opening, fragments } = left;
    return { of: this, isAwaited: false, maskSet: masks, init: opening.init, fragments, frame: masks.frame, polygons };
  }

  onInspected(sample: OutputSample, verdict: Verdict): void {
    // A decoder that is late says nothing about what it was given.
    if (sample.of === this && verdict.kind !== 'flat' && verdict.kind !== 'late') this.#onVerdict(verdict);
  }

  stop(): void {
    this.#state = 'over';
    this.#waiting = undefined;
    this.#check?.kill();
  }

  /** Somebody has a reason not to believe it any more. */
  doubt(why: OnDeviceMasksReason): void {
    this.#end(why);
  }

  #onVerdict(verdict: Verdict): void {
    if (this.#state === 'over') return;
    if (verdict.kind === 'not-flat') return this.#end('masks-not-flat', verdict);
    if (verdict.kind !== 'flat') return this.#end(verdict.kind === 'late' ? 'check-late' : 'pictures-unreadable');
    this.#flat++;
    // On a busy machine newer ones wait already: only the newest one says that pictures from it on may leave.
    if (--this.#looking > 0) return;
    this.#freshFrom = this.#keyAt;
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    if (this.#state === 'proving' && this.#flat >= PROOFS && this.#events.onProven()) this.#open();
    if (this.isPassing && verdict.lumas) this.#show(verdict.lumas);
    if (this.isPassing) for (const fragment of waiting) this.#pass(fragment);
  }

  /** Whoever is told may end this: then the picture does not leave. */
  #show(lumas: readonly Uint8Array[]): void {
    const now = performance.now();
    if (now - this.#sceneAt < SCENE_EVERY_MS) return;
    this.#sceneAt = now;
    for (const luma of lumas) this.#events.onLuma(luma);
  }

  #open(): void {
    if (!this.#init) return;
    this.#state = 'passing';
    const { fanOut, drawn } = this.#parts;
    fanOut.open({ init: this.#init, mimeType: mimeTypeOf(this.#init), maskVersion: drawn.masks.version });
  }

  /** Nothing leaves behind a check that is not fresh. */
  #pass(fragment: Fragment): void {
    if (performance.now() - this.#freshFrom > FRESH_MS) return this.#end('stream-lost');
    this.#hasLeft = true;
    this.#parts.fanOut.push(fragment);
  }

  #end(why: OnDeviceMasksReason, deviation: Deviation | null = null): void {
    if (this.#state === 'over') return;
    this.stop();
    this.#events.onDrift({ why, deviation, hadLeft: this.#hasLeft });
  }
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
