// SPDX-License-Identifier: AGPL-3.0-or-later
// One camera while somebody watches. Every event ends in `settle`, which asks a single question: is there any reason to
// show nothing? Only when there is none does a masker run.
import type { AimId, CameraId } from '@louver/contract';
import type { Logger } from 'pino';
import { DeviceMasks } from '../devices/device-masks.ts';
import { PASSED_SAMPLE_EVERY_MS } from '../devices/pass-through.ts';
import { isAim } from '../ptz/position.ts';
import { Turning } from '../ptz/turning.ts';
import type { OutputSample, OutputStop, Verdict } from '../sampling/inspect.ts';
import type { SceneShift } from '../scene/shift.ts';
import { SceneWatch } from '../scene/scene-watch.ts';
import { CameraInput } from './camera-input.ts';
import { type Drawn, isSame, shownOf } from './drawn.ts';
import { Endings } from './endings.ts';
import { FanOut, type WaitingReason } from './fan-out.ts';
import type { Fragment } from './fmp4.ts';
import type { IngestFailure } from './ingest.ts';
import type { Answer, MaskListener } from './mask-watch.ts';
import { MaskedOutput } from './masked-output.ts';
import type { Standing } from './queries.ts';
import type { StreamDeps } from './stream-deps.ts';
import { sightingOf } from './withheld.ts';

/** Why a stream is over. `gone`: the camera was retired or has no address any more. */
export type StreamEnd = 'gone' | 'stopped';

/** Masks that could not be confirmed for this long are not trusted any more. */
const CONFIRM_WITHIN_MS = 10_000;
/** A doubt that nobody answers within this time takes the picture away in words, too. */
const DOUBT_MS = 2_000;
const CHECK_EVERY_MS = 250;
const SAMPLE_EVERY_MS = 2_000;

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
  readonly #endings = new Endings();
  readonly #input: CameraInput;
  readonly #output: MaskedOutput;
  readonly #scene: SceneWatch;
  /** Of an aim, the reference that the picture is not of any more, and since when: what was asked before knows nothing of it. */
  readonly #shifts = new Map<AimId, { readonly referenceId: string; readonly at: number }>();
  readonly #device: DeviceMasks;
  /** Only of a camera that turns. */
  #turning: Turning | undefined;
  #finish: (end: StreamEnd) => void = () => undefined;
  #ended = false;

  #standing: Standing | null | undefined;
  #answered = 0;
  #doubtedFrom = 0;
  #doubtSince = 0;
  #confirmedAt = 0;
  #drawn: Drawn | undefined;
  #undrawable = false;

  constructor(cameraId: CameraId, deps: StreamDeps) {
    this.cameraId = cameraId;
    this.#deps = deps;
    this.#log = deps.log.child({ cameraId });
    this.finished = new Promise((resolve) => (this.#finish = resolve));
    this.#input = new CameraInput(cameraId, deps, this.#log, this.#endings, {
      onCut: () => this.#onCut(),
      onFragment: (fragment) => this.#onFragment(fragment),
    });
    const { fanOut } = this;
    this.#output = new MaskedOutput(
      { deps, input: this.#input, fanOut, log: this.#log, endings: this.#endings },
      {
        onShown: (milliseconds) => this.#onShown(milliseconds),
        onTrial: () => this.#tell('masks-not-flat'),
        onStop: (stop) => deps.onStop({ cameraId, ...stop }),
        onFlatAgain: () => deps.onFlatAgain(cameraId),
      },
    );
    this.#device = new DeviceMasks(
      cameraId,
      { deps: deps.devices, fanOut, log: this.#log, endings: this.#endings },
      {
        mayPass: () => this.#mayPass(),
        onPassing: () => this.#output.stop(),
        onLuma: (masks, luma) => this.#scene.look(masks, [luma]),
        onFallback: () => this.#onFallback(),
      },
    );
    this.#scene = new SceneWatch(cameraId, deps.scenes, this.#log, (shift) => this.#onShift(shift));
    this.#unwatch = deps.watch.watch(cameraId, this);
    this.#timer = setInterval(() => this.#check(), CHECK_EVERY_MS);
  }

  /** Ends processes and forgets every picture. Viewers are the caller's. Resolves when nothing of it runs any more. */
  async stop(end: StreamEnd = 'stopped'): Promise<void> {
    if (!this.#ended) {
      this.#ended = true;
      this.#unwatch();
      clearInterval(this.#timer);
      if (this.#output.hasPictures || this.#device.isPassing)
        this.#deps.sightings.saw(this.cameraId, 'reachable', null);
      this.#output.end();
      this.#device.end();
      this.#turning?.end();
      this.fanOut.withhold('connecting');
      this.#input.stop();
    }
    await this.#endings.all();
    this.#finish(end);
  }

  /** Nothing will ever come out of it again. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Of a camera that turns: where it stands. */
  get aimAsked(): AimId | null {
    const now = this.#turning?.whereabouts;
    return now !== undefined && isAim(now) ? now : null;
  }

  /** What leaves is what the camera sent: it covers itself. */
  get isPassing(): boolean {
    return this.#device.isPassing;
  }

  get sampleEveryMs(): number {
    return this.#device.isPassing ? PASSED_SAMPLE_EVERY_MS : SAMPLE_EVERY_MS;
  }

  takeSample(): OutputSample | undefined {
    return this.#device.isPassing ? this.#device.takeSample() : this.#output.takeSample();
  }

  onInspected(sample: OutputSample, verdict: Verdict, output: OutputStop['output'] = 'live'): void {
    if (!this.#device.onInspected(sample, verdict)) this.#output.onInspected(sample, verdict, output);
    this.#lookAtScene(sample, verdict, output);
  }

  #lookAtScene({ maskSet }: OutputSample, verdict: Verdict, output: OutputStop['output']): void {
    if (verdict.kind === 'flat' && verdict.lumas && output === 'live') this.#scene.look(maskSet, verdict.lumas);
  }

  /** First the picture, then the words about it. */
  #onShift(shift: SceneShift): void {
    this.#shifts.set(shift.maskSet.aimId, { referenceId: shift.referenceId, at: performance.now() });
    this.#settle();
    this.#deps.onShift(shift);
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
    if (this.#standing === undefined && standing?.isDistrusted) this.#output.putOnTrial();
    this.#standing = standing;
    this.#confirmedAt = askedAt;
    const shift = standing?.aimId ? this.#shifts.get(standing.aimId) : undefined;
    if (standing?.aimId && shift && askedAt > shift.at && standing.sceneReferenceId !== shift.referenceId)
      this.#shifts.delete(standing.aimId);
    if (!standing || standing.status !== 'live' || standing.streamUpdatedAt === null) {
      this.#log.info('the camera has no stream to show any more');
      void this.stop('gone');
      return;
    }
    this.#turn(standing);
    this.#input.follow(standing.streamUpdatedAt);
    // Masks on a device lie where they lie, whichever way it looks.
    this.#device.onStanding(standing.turns ? null : standing.device);
    if (!isSame(shownOf(standing), this.#drawn?.masks)) this.#changeMasks(standing);
    // Only an answer to a question that was asked after the doubt clears it.
    if (question > this.#doubtedFrom) this.#endDoubt();
    else this.fanOut.hold();
    if (this.#output.hasPictures && !this.#output.isOnTrial) void this.#activate();
    this.#settle();
  }

  /** Before its stream is opened: a camera that turns has no picture of which it is not known what it is of. */
  #turn({ turns, presetAims }: Standing): void {
    if (turns && this.#turning) return this.#turning.know(presetAims);
    if (turns === (this.#turning !== undefined)) return;
    this.#turning?.end();
    const take = {
      onWhereabouts: () => this.#onWhereabouts(),
      onPicture: (picture: Fragment) => this.#input.take(picture),
    };
    this.#turning = turns ? new Turning(this.cameraId, presetAims, this.#deps.heads, this.#log, take) : undefined;
    if (this.#turning) this.#endings.track(this.#turning.closed);
    this.#input.sieve = this.#turning;
    this.#dropPictures();
  }

  /** First the picture, then the question which masks are those of where it stands now. */
  #onWhereabouts(): void {
    this.#dropPictures();
    this.#input.forget();
    if (this.#ended) return;
    if (this.aimAsked !== null) this.#deps.watch.askAgain(this.cameraId);
    this.#settle();
  }

  #dropPictures(): void {
    this.#output.stop();
    this.#device.drop();
    this.fanOut.withhold();
  }

  #endDoubt(): void {
    this.#doubtSince = 0;
    this.fanOut.release();
  }

  #changeMasks(standing: Standing): void {
    const since = performance.now();
    this.#dropPictures();
    this.#drawn = undefined;
    this.#output.forgive();
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

  #onCut(): void {
    this.#output.stop();
    this.#device.drop();
    this.#settle();
  }

  #onFragment(fragment: Fragment): void {
    if (this.#fits()) {
      this.#device.feed(fragment);
      if (this.#device.isPassing) return;
      if (this.#output.isRunning) return this.#output.feed(fragment);
    }
    this.#settle();
  }

  #fits(): boolean {
    return this.#drawn !== undefined && this.#input.fits(this.#drawn.masks.frame);
  }

  /** The first reason to show nothing, or undefined. */
  #obstacle(): WaitingReason | undefined {
    if (this.#standing === undefined) return 'connecting';
    if (performance.now() - this.#confirmedAt > CONFIRM_WITHIN_MS) return 'masks-unconfirmed';
    if (this.#doubtSince !== 0 && performance.now() - this.#doubtSince > DOUBT_MS) return 'masks-unconfirmed';
    const turned = this.#turning?.whereabouts;
    if (turned === 'moving') return 'aim-moving';
    if (turned === 'unknown') return 'aim-unknown';
    // Its masks are asked for.
    if (turned !== undefined && this.#standing?.aimId !== turned) return 'connecting';
    if (this.#standing?.withheld === 'unsealed') return 'masks-unconfirmed';
    if (this.#standing?.isUncalibrated) return 'aim-uncalibrated';
    if (!this.#standing?.masks || (this.#undrawable && !this.#drawn)) return 'masks-unknown';
    const { expiresAt } = this.#standing.masks;
    if (expiresAt === null || Date.parse(expiresAt) <= Date.now()) return 'masks-expired';
    if (this.#standing.isShifted || this.#shifts.has(this.#standing.masks.aimId)) return 'scene-shift';
    if (this.#input.failure) return REASON_OF[this.#input.failure];
    if (!this.#input.init || !this.#drawn) return 'connecting';
    return this.#fits() ? undefined : 'frame-size';
  }

  #settle(since: number = performance.now()): void {
    if (this.#ended) return;
    const obstacle = this.#obstacle();
    if (obstacle) {
      this.#output.stop();
      this.#device.drop();
      this.#tell(obstacle);
    } else if (this.#drawn && this.#input.init && this.#doubtSince === 0) {
      this.#device.follow(this.#drawn, this.#input.init);
      if (this.#standing) this.#scene.follow(this.#drawn, this.#standing.sceneReferenceId);
      if (!this.#device.isPassing) this.#output.start(this.#drawn, since);
    }
  }

  /** Not while anything about its masks is in question, and not to somebody whose player would break off. */
  #mayPass(): boolean {
    const isCertain = this.#doubtSince === 0 && !this.fanOut.isHeld && !this.#output.isOnTrial;
    return isCertain && this.#obstacle() === undefined && this.fanOut.takesReset;
  }

  /** What the camera sent is not to leave as it is: the masker begins with its last key frame. */
  #onFallback(): void {
    this.fanOut.withhold();
    this.#settle();
  }

  #tell(reason: WaitingReason): void {
    this.fanOut.withhold(reason);
    const sighting = sightingOf(reason, {
      areMasksAltered: this.#standing?.withheld === 'refused' || this.#undrawable,
      picture: this.#input.size,
      masks: this.#drawn?.masks.frame,
    });
    if (sighting) this.#deps.sightings.saw(this.cameraId, ...sighting);
  }

  #onShown(milliseconds: number): void {
    this.#deps.onMaskChange(milliseconds);
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

  #check(): void {
    this.#device.review();
    this.#settle();
    this.#output.check();
  }
}
