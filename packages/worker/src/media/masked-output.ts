// SPDX-License-Identifier: AGPL-3.0-or-later
// What leaves a camera's masker: started anew when it ends, believed as long as what is sampled of it is flat, and on
// trial, shown to nobody, when it was not.
import type { Logger } from 'pino';
import type { OutputSample, OutputStop, Verdict } from '../sampling/inspect.ts';
import { Backoff } from './backoff.ts';
import type { CameraInput } from './camera-input.ts';
import type { Drawn } from './drawn.ts';
import type { Endings } from './endings.ts';
import type { FanOut } from './fan-out.ts';
import type { Fragment } from './fmp4.ts';
import { evenSize } from './masker-args.ts';
import { Masker } from './masker.ts';
import type { StreamDeps } from './stream-deps.ts';
import { Trial } from './trial.ts';

const MASKER_SILENT_MS = 5_000;
/** What nobody can read so often is not believed to be masked. */
const MAX_UNREADABLE = 3;

interface Run {
  readonly drawn: Drawn;
  readonly startedAt: number;
  masker: Masker | undefined;
  hasOutput: boolean;
}

interface Events {
  /** The first covered picture is on its way. */
  onShown(milliseconds: number): void;
  /** There is no picture before what the masker gives was looked at. */
  onTrial(): void;
  /** What left was without its masks. */
  onStop(stop: Omit<OutputStop, 'cameraId'>): void;
  /** It stood the trial. */
  onFlatAgain(): void;
}

interface Parts {
  readonly deps: Pick<StreamDeps, 'sandbox' | 'startMasker'>;
  readonly input: Pick<CameraInput, 'init' | 'fragments' | 'comes'>;
  readonly fanOut: FanOut;
  readonly log: Logger;
  readonly endings: Endings;
}

export class MaskedOutput {
  readonly #parts: Parts;
  readonly #events: Events;
  readonly #backoff = new Backoff({ firstMs: 200, maxMs: 10_000 });
  #run: Run | undefined;
  #restartAt = 0;
  /** Takes what the masker gives while it is not believed. */
  #trial: Trial | undefined;
  #unreadable = 0;
  #ended = false;

  constructor(parts: Parts, events: Events) {
    this.#parts = parts;
    this.#events = events;
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /** A masker gives pictures, believed or not. */
  get hasPictures(): boolean {
    return this.#run?.hasOutput === true;
  }

  get isOnTrial(): boolean {
    return this.#trial !== undefined;
  }

  /** Nothing that a masker gives is shown before a sample of it was flat. */
  putOnTrial(): void {
    this.#trial = new Trial();
  }

  /** The next masker begins at once, however often the former ones ended. */
  forgive(): void {
    this.#backoff.reset();
    this.#restartAt = 0;
  }

  stop(): void {
    const run = this.#run;
    this.#run = undefined;
    run?.masker?.kill();
  }

  /** As `stop`, and no trial begins any more. */
  end(): void {
    this.#ended = true;
    this.stop();
  }

  /** @param since performance.now() when these masks were asked for */
  start(drawn: Drawn, since: number): void {
    const { deps, input, endings, fanOut } = this.#parts;
    if (this.#run || performance.now() < this.#restartAt || !input.init || input.fragments.length === 0) return;
    const run: Run = { drawn, startedAt: since, masker: undefined, hasOutput: false };
    this.#run = run;
    const { frame, version } = drawn.masks;
    if (this.#trial) this.#events.onTrial();
    const started = deps.startMasker(
      deps.sandbox,
      { frame, polygons: drawn.polygons },
      {
        onInit: (made) => {
          if (this.#run === run)
            (this.#trial ?? fanOut).open({
              init: made,
              mimeType: Masker.mimeType(evenSize(frame)),
              maskVersion: version,
            });
        },
        onFragment: (fragment) => {
          if (this.#run === run) this.#onMasked(run, fragment);
        },
        onEnd: (complaint) => this.#onEnd(run, complaint),
      },
    );
    endings.track(
      started.then(
        (masker) => this.#begin(run, masker),
        (error: unknown) => this.#onEnd(run, String(error)),
      ),
    );
  }

  feed(fragment: Fragment): void {
    this.#run?.masker?.feed(fragment);
  }

  /** Ends a masker that is fed and gives nothing. */
  check(): void {
    const masker = this.#run?.masker;
    if (!masker || !this.#parts.input.comes || masker.silentFor() <= MASKER_SILENT_MS) return;
    this.#parts.log.warn('the masker is fed and gives nothing');
    masker.kill();
  }

  takeSample(): OutputSample | undefined {
    const [run, left] = [this.#run, (this.#trial ?? this.#parts.fanOut).newest];
    if (!run || !left) return undefined;
    const { masks, polygons } = run.drawn;
    const { opening, fragments } = left;
    const isAwaited = this.isOnTrial;
    return { of: run, isAwaited, maskSet: masks, init: opening.init, fragments, frame: masks.frame, polygons };
  }

  onInspected(sample: OutputSample, verdict: Verdict, output: OutputStop['output']): void {
    if (verdict.kind === 'late') return;
    if (verdict.kind === 'flat') {
      this.#unreadable = 0;
      if (this.#trial && this.#run === sample.of) this.#endTrial(this.#run, this.#trial);
    } else if (verdict.kind === 'not-flat' || ++this.#unreadable >= MAX_UNREADABLE)
      this.#distrust(sample, verdict, output);
    else this.#parts.log.warn(verdict, 'a sample of what left could not be read');
  }

  /** Between the order and the process more pictures came, and perhaps the reason to show none. */
  async #begin(run: Run, masker: Masker): Promise<void> {
    const { init, fragments } = this.#parts.input;
    if (this.#run !== run || !init) {
      masker.kill();
      return masker.closed;
    }
    run.masker = masker;
    masker.begin(init, fragments);
    return masker.closed;
  }

  #onMasked(run: Run, fragment: Fragment): void {
    const isFirst = !run.hasOutput;
    run.hasOutput = true;
    if (this.#trial) return this.#trial.push(fragment);
    this.#parts.fanOut.push(fragment);
    if (isFirst) this.#onShown(run);
  }

  #onShown(run: Run): void {
    this.#backoff.reset();
    this.#events.onShown(performance.now() - run.startedAt);
  }

  #onEnd(run: Run, complaint: string): void {
    if (this.#run !== run) return;
    this.#run = undefined;
    this.#restartAt = performance.now() + this.#backoff.next();
    this.#parts.log.warn({ complaint }, 'the masker ended');
    this.#parts.fanOut.withhold('reconnecting');
  }

  /** No picture until another masker has given one that is flat. */
  #distrust({ maskSet }: OutputSample, verdict: Verdict, output: OutputStop['output']): void {
    this.#parts.log.error({ ...verdict, output }, 'the masks do not lie over what the masker gives: it is stopped');
    const left = this.#trial === undefined;
    this.#unreadable = 0;
    if (!this.#ended) {
      this.stop();
      this.putOnTrial();
      this.#restartAt = performance.now() + this.#backoff.next();
      this.#events.onTrial();
    }
    const { luma, chroma } = verdict.kind === 'not-flat' ? verdict : { luma: null, chroma: null };
    if (left) this.#events.onStop({ maskSet, output, luma, chroma });
  }

  #endTrial(run: Run, trial: Trial): void {
    this.#trial = undefined;
    trial.release(this.#parts.fanOut);
    this.#onShown(run);
    this.#events.onFlatAgain();
  }
}
