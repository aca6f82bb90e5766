// SPDX-License-Identifier: AGPL-3.0-or-later
// One camera while somebody watches. Every event ends in `settle`, which asks a single question: is there any reason to
// show nothing? Only when there is none does a masker run.
import type { CameraId } from '@louver/contract';
import type { Logger } from 'pino';
import { Backoff } from './backoff.ts';
import { FanOut, type WaitingReason } from './fan-out.ts';
import type { Fragment, Init } from './fmp4.ts';
import { FrameGauge } from './frame-gauge.ts';
import { Ingest, type IngestFailure } from './ingest.ts';
import { InputGroup } from './input-group.ts';
import { type Drawn, isSame, shownOf } from './drawn.ts';
import type { Answer, MaskListener } from './mask-watch.ts';
import { Masker } from './masker.ts';
import { Trial } from './trial.ts';
import { sightingOf } from './withheld.ts';
import { evenSize } from './masker-args.ts';
import type { Standing } from './queries.ts';
import type { StreamDeps } from './stream-deps.ts';
import type { OutputSample, OutputStop, Verdict } from '../sampling/inspect.ts';

/** Why a stream is over. `gone`: the camera was retired or has no address any more. */
export type StreamEnd = 'gone' | 'stopped';

/** Masks that could not be confirmed for this long are not trusted any more. */
const CONFIRM_WITHIN_MS = 10_000;
/** A doubt that nobody answers within this time takes the picture away in words, too. */
const DOUBT_MS = 2_000;
const CHECK_EVERY_MS = 250;
const MASKER_SILENT_MS = 5_000;
/** What nobody can read so often is not believed to be masked. */
const MAX_UNREADABLE = 3;

interface Run {
  readonly drawn: Drawn;
  readonly startedAt: number;
  masker: Masker | undefined;
  hasOutput: boolean;
}

const REASON_OF: Record<IngestFailure, WaitingReason> = {
  refused: 'camera-refused',
  'not-video': 'not-video',
  unreachable: 'reconnecting',
  silent: 'reconnecting',
};

export class CameraStream implements MaskListener {
  readonly cameraId: CameraId;
  readonly fanOut = new FanOut();
  readonly finished: Promise<StreamEnd>;
  readonly #deps: StreamDeps;
  readonly #log: Logger;
  readonly #unwatch: () => void;
  readonly #timer: NodeJS.Timeout;
  readonly #group = new InputGroup();
  readonly #maskerBackoff = new Backoff({ firstMs: 200, maxMs: 10_000 });
  readonly #ending = new Set<Promise<unknown>>();
  #finish: (end: StreamEnd) => void = () => undefined;
  #ended = false;

  #standing: Standing | null | undefined;
  #answered = 0;
  #doubtedFrom = 0;
  #doubtSince = 0;
  #confirmedAt = 0;
  #drawn: Drawn | undefined;
  #undrawable = false;
  #sourceFrom: string | undefined;
  #ingest: Ingest | undefined;
  #failure: IngestFailure | undefined;
  #init: Init | undefined;
  #gauge: FrameGauge | undefined;
  #lastInputAt = 0;
  #run: Run | undefined;
  #restartAt = 0;
  /** Takes what the masker gives while it is not believed. */
  #trial: Trial | undefined;
  #unreadable = 0;

  constructor(cameraId: CameraId, deps: StreamDeps) {
    this.cameraId = cameraId;
    this.#deps = deps;
    this.#log = deps.log.child({ cameraId });
    this.finished = new Promise((resolve) => (this.#finish = resolve));
    this.#unwatch = deps.watch.watch(cameraId, this);
    this.#timer = setInterval(() => this.#check(), CHECK_EVERY_MS);
  }

  /** Ends processes and forgets every picture. Viewers are the caller's. Resolves when nothing of it runs any more. */
  async stop(end: StreamEnd = 'stopped'): Promise<void> {
    if (!this.#ended) {
      this.#ended = true;
      this.#unwatch();
      clearInterval(this.#timer);
      if (this.#run?.hasOutput) this.#deps.sightings.saw(this.cameraId, 'reachable', null);
      this.#stopMasker();
      this.fanOut.withhold('connecting');
      if (this.#ingest) this.#track(this.#ingest.stop());
      this.#group.clear();
    }
    await Promise.all(this.#ending);
    this.#finish(end);
  }

  /** Nothing will ever come out of it again. */
  get ended(): boolean {
    return this.#ended;
  }

  onDoubt(question: number): void {
    if (this.#ended) return;
    this.fanOut.hold();
    if (this.#doubtSince === 0) this.#doubtSince = performance.now();
    this.#doubtedFrom = question;
  }

  onStanding(standing: Standing | null, { question, askedAt }: Answer): void {
    if (this.#ended || question <= this.#answered) return;
    this.#answered = question;
    if (this.#standing === undefined && standing?.isDistrusted) this.#trial = new Trial();
    this.#standing = standing;
    this.#confirmedAt = askedAt;
    if (!standing || standing.status !== 'live' || standing.streamUpdatedAt === null) {
      this.#log.info('the camera has no stream to show any more');
      void this.stop('gone');
      return;
    }
    if (standing.streamUpdatedAt !== this.#sourceFrom) void this.#connect(standing.streamUpdatedAt);
    if (!isSame(shownOf(standing), this.#drawn?.masks)) this.#changeMasks(standing);
    // Only an answer to a question that was asked after the doubt clears it.
    if (question > this.#doubtedFrom) this.#endDoubt();
    else this.fanOut.hold();
    if (this.#run?.hasOutput && !this.#trial) void this.#activate();
    this.#settle();
  }

  #endDoubt(): void {
    this.#doubtSince = 0;
    this.fanOut.release();
  }

  #changeMasks(standing: Standing): void {
    const since = performance.now();
    this.#stopMasker();
    this.fanOut.withhold();
    this.#drawn = undefined;
    this.#maskerBackoff.reset();
    this.#restartAt = 0;
    const masks = shownOf(standing);
    if (masks) void this.#draw(standing, masks, since);
  }

  async #draw(standing: Standing, masks: Drawn['masks'], since: number): Promise<void> {
    try {
      const polygons = await this.#deps.loadPolygons(standing);
      if (this.#ended || !isSame(shownOf(this.#standing), masks) || this.#drawn) return;
      this.#undrawable = polygons === undefined;
      if (!polygons) return this.#settle();
      this.#drawn = { masks, polygons };
      this.#settle(since);
    } catch (error) {
      this.#undrawable = true;
      // The next confirmation finds the set still undrawn and tries again.
      this.#log.warn({ err: error }, 'masks could not be loaded');
    }
  }

  async #connect(updatedAt: string): Promise<void> {
    this.#sourceFrom = updatedAt;
    try {
      const source = await this.#deps.loadSource(this.cameraId);
      if (this.#ended || this.#sourceFrom !== updatedAt || !source) return;
      if (this.#ingest) this.#track(this.#ingest.stop());
      this.#cut(undefined);
      this.#ingest = new Ingest(source, {
        onInit: (init) => this.#onInit(init),
        onFragment: (fragment) => this.#onFragment(fragment),
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

  /** Processes that still have to end. */
  #track(ending: Promise<unknown>): void {
    this.#ending.add(ending);
    void ending.finally(() => this.#ending.delete(ending));
  }

  #cut(failure: IngestFailure | undefined): void {
    this.#failure = failure;
    this.#init = undefined;
    this.#gauge = undefined;
    this.#group.clear();
    this.#stopMasker();
    this.#settle();
  }

  #onInit(init: Init): void {
    this.#init = init;
    this.#gauge = new FrameGauge(init);
    this.#failure = undefined;
  }

  #onFragment(fragment: Fragment): void {
    if (this.#ended || !this.#gauge) return;
    this.#lastInputAt = performance.now();
    const fitted = this.#fits();
    this.#gauge.observe(fragment);
    if (fitted !== this.#fits()) {
      // Frames of two sizes never go into one decoder.
      this.#group.clear();
      this.#settle();
    }
    this.#group.push(fragment);
    if (this.#run) this.#run.masker?.feed(fragment);
    else this.#settle();
  }

  #fits(): boolean {
    return this.#drawn !== undefined && this.#gauge?.fits(this.#drawn.masks.frame) === true;
  }

  /** The first reason to show nothing, or undefined. */
  #obstacle(): WaitingReason | undefined {
    if (this.#standing === undefined) return 'connecting';
    if (performance.now() - this.#confirmedAt > CONFIRM_WITHIN_MS) return 'masks-unconfirmed';
    if (this.#doubtSince !== 0 && performance.now() - this.#doubtSince > DOUBT_MS) return 'masks-unconfirmed';
    if (this.#standing?.withheld === 'unsealed') return 'masks-unconfirmed';
    if (!this.#standing?.masks || (this.#undrawable && !this.#drawn)) return 'masks-unknown';
    if (this.#failure) return REASON_OF[this.#failure];
    if (!this.#gauge || !this.#drawn) return 'connecting';
    return this.#fits() ? undefined : 'frame-size';
  }

  #settle(since: number = performance.now()): void {
    if (this.#ended) return;
    const obstacle = this.#obstacle();
    if (obstacle) {
      this.#stopMasker();
      this.#tell(obstacle);
    } else if (!this.#run && this.#doubtSince === 0 && performance.now() >= this.#restartAt) this.#startMasker(since);
  }

  #tell(reason: WaitingReason): void {
    this.fanOut.withhold(reason);
    const sighting = sightingOf(reason, {
      areMasksAltered: this.#standing?.withheld === 'refused' || this.#undrawable,
      picture: this.#gauge?.size,
      masks: this.#drawn?.masks.frame,
    });
    if (sighting) this.#deps.sightings.saw(this.cameraId, ...sighting);
  }

  #startMasker(since: number): void {
    const [drawn, init] = [this.#drawn, this.#init];
    if (!drawn || !init || this.#group.fragments.length === 0) return;
    const run: Run = { drawn, startedAt: since, masker: undefined, hasOutput: false };
    this.#run = run;
    const { frame, version } = drawn.masks;
    if (this.#trial) this.#tell('masks-not-flat');
    const started = this.#deps.startMasker(
      this.#deps.sandbox,
      { frame, polygons: drawn.polygons },
      {
        onInit: (made) => {
          if (this.#run === run)
            (this.#trial ?? this.fanOut).open({
              init: made,
              mimeType: Masker.mimeType(evenSize(frame)),
              maskVersion: version,
            });
        },
        onFragment: (fragment) => {
          if (this.#run === run) this.#onMasked(run, fragment);
        },
        onEnd: (complaint) => this.#onMaskerEnd(run, complaint),
      },
    );
    this.#track(
      started.then(
        (masker) => this.#begin(run, masker),
        (error: unknown) => this.#onMaskerEnd(run, String(error)),
      ),
    );
  }

  /** Between the order and the process more pictures came, and perhaps the reason to show none. */
  async #begin(run: Run, masker: Masker): Promise<void> {
    const init = this.#init;
    if (this.#run !== run || !init) {
      masker.kill();
      return masker.closed;
    }
    run.masker = masker;
    masker.begin(init, this.#group.fragments);
    return masker.closed;
  }

  #onMasked(run: Run, fragment: Fragment): void {
    const isFirst = !run.hasOutput;
    run.hasOutput = true;
    if (this.#trial) return this.#trial.push(fragment);
    this.fanOut.push(fragment);
    if (isFirst) this.#onShown(run);
  }

  #onShown(run: Run): void {
    this.#maskerBackoff.reset();
    this.#deps.onMaskChange(performance.now() - run.startedAt);
    this.#deps.sightings.saw(this.cameraId, 'streaming', null);
    void this.#activate();
  }

  /** Only now, with the first covered picture on its way, is the set the active one. */
  async #activate(): Promise<void> {
    const standing = this.#standing;
    if (!standing || (standing.masks?.state !== 'approved' && standing.enforced?.isBurnedIn !== false)) return;
    try {
      await this.#deps.activate(standing);
    } catch (error) {
      // The set stays approved and is burned in all the same; the next confirmation tries again.
      this.#log.warn({ err: error }, 'the mask set could not be marked active');
    }
  }

  #onMaskerEnd(run: Run, complaint: string): void {
    if (this.#run !== run) return;
    this.#run = undefined;
    this.#restartAt = performance.now() + this.#maskerBackoff.next();
    this.#log.warn({ complaint }, 'the masker ended');
    this.fanOut.withhold('reconnecting');
  }

  takeSample(): OutputSample | undefined {
    const [run, left] = [this.#run, (this.#trial ?? this.fanOut).newest];
    if (!run || !left) return undefined;
    const { masks, polygons } = run.drawn;
    const { opening, fragments } = left;
    const isAwaited = this.#trial !== undefined;
    return { of: run, isAwaited, maskSet: masks, init: opening.init, fragments, frame: masks.frame, polygons };
  }

  onInspected(sample: OutputSample, verdict: Verdict, output: OutputStop['output'] = 'live'): void {
    if (verdict.kind === 'late') return;
    if (verdict.kind === 'flat') {
      this.#unreadable = 0;
      if (this.#trial && this.#run === sample.of) this.#endTrial(this.#run, this.#trial);
    } else if (verdict.kind === 'not-flat' || ++this.#unreadable >= MAX_UNREADABLE)
      this.#distrust(sample, verdict, output);
    else this.#log.warn(verdict, 'a sample of what left could not be read');
  }

  /** No picture until another masker has given one that is flat. */
  #distrust({ maskSet }: OutputSample, verdict: Verdict, output: OutputStop['output']): void {
    this.#log.error({ ...verdict, output }, 'the masks do not lie over what the masker gives: it is stopped');
    const left = this.#trial === undefined;
    this.#unreadable = 0;
    if (!this.#ended) {
      this.#stopMasker();
      this.#trial = new Trial();
      this.#restartAt = performance.now() + this.#maskerBackoff.next();
      this.#tell('masks-not-flat');
    }
    const { luma, chroma } = verdict.kind === 'not-flat' ? verdict : { luma: null, chroma: null };
    if (left) this.#deps.onStop({ cameraId: this.cameraId, maskSet, output, luma, chroma });
  }

  #endTrial(run: Run, trial: Trial): void {
    this.#trial = undefined;
    trial.release(this.fanOut);
    this.#onShown(run);
    this.#deps.onFlatAgain(this.cameraId);
  }

  #stopMasker(): void {
    const run = this.#run;
    this.#run = undefined;
    run?.masker?.kill();
  }

  #check(): void {
    this.#settle();
    const masker = this.#run?.masker;
    const fed = performance.now() - this.#lastInputAt < 1_000;
    if (masker && fed && masker.silentFor() > MASKER_SILENT_MS) {
      this.#log.warn('the masker is fed and gives nothing');
      masker.kill();
    }
  }
}
