// SPDX-License-Identifier: AGPL-3.0-or-later
// Of one camera: keeps what its aim looks like when nothing is kept yet, and afterwards says when the picture is not of it.
import type { CameraId } from '@louver/contract';
import type { Logger } from 'pino';
import type { Drawn } from '../media/drawn.ts';
import { rasterise } from '../media/mask-raster.ts';
import { evenSize } from '../media/masker-args.ts';
import { type Comparison, type Pattern, compareScenes, patternOf } from './compare.ts';
import { type Scene, describeScene, knownCells } from './grid.ts';
import type { SceneShift } from './shift.ts';
import { decodeScene, encodeScene, middleOf } from './reference.ts';

/** Pictures that are alike before anything is kept: of at least four seconds. */
const PICTURES = 6;
/** How sure it takes, where no picture in between shows the scene. */
const SURE = 3;
/** A lorry stands before a lens for a moment; a scene that is there beside itself is a turned camera. */
const EVIDENCE: Record<Comparison['verdict'], number> = { shifted: 1, lost: 0.5, unknown: 0, same: -SURE };

export interface SceneDeps {
  /** What is kept under this id, or undefined when it ended or was made in another way. @throws when the database is away */
  load(referenceId: string): Promise<Uint8Array | undefined>;
  /** @returns its id; undefined when something is kept already. @throws when the database is away */
  keep(cameraId: CameraId, maskSet: Drawn['masks'], cells: Buffer): Promise<string | undefined>;
}

export class SceneWatch {
  readonly #cameraId: CameraId;
  readonly #deps: SceneDeps;
  readonly #log: Logger;
  readonly #onShift: (shift: SceneShift) => void;
  #drawn: Drawn | undefined;
  #known: Uint8Array | undefined;
  #aimId: string | undefined;
  #referenceId: string | null | undefined;
  #reference: Pattern | undefined;
  #taken: Scene[] = [];
  #isBusy = false;
  #evidence = 0;

  constructor(cameraId: CameraId, deps: SceneDeps, log: Logger, onShift: (shift: SceneShift) => void) {
    this.#cameraId = cameraId;
    this.#deps = deps;
    this.#log = log;
    this.#onShift = onShift;
  }

  /** @param referenceId what is kept of the aim, as the database says; null when nothing is */
  follow(drawn: Drawn, referenceId: string | null): void {
    if (drawn !== this.#drawn) this.#known = undefined;
    this.#drawn = drawn;
    const { aimId } = drawn.masks;
    if (aimId === this.#aimId && referenceId === this.#referenceId) return;
    this.#aimId = aimId;
    this.#referenceId = referenceId;
    this.#reference = undefined;
    this.#taken = [];
    this.#evidence = 0;
    if (referenceId !== null) void this.#load(referenceId);
  }

  /** Decoded pictures that left under these masks, the oldest first: a plane of luma of the frame's even size each. */
  look(masks: Pick<Drawn['masks'], 'aimId' | 'digest'>, lumas: readonly Uint8Array[]): void {
    const drawn = this.#drawn;
    if (!drawn || drawn.masks.digest !== masks.digest || drawn.masks.aimId !== masks.aimId) return;
    const { frame } = drawn.masks;
    this.#known ??= knownCells(rasterise(frame, drawn.polygons).samples, frame);
    // One is enough while nothing is suspected: it costs some milliseconds of everybody's time.
    const looked = this.#reference && this.#evidence === 0 ? lumas.slice(-1) : lumas;
    for (const luma of looked) {
      const scene = describeScene(luma, evenSize(frame), this.#known);
      if (this.#reference) this.#compare(this.#reference, scene);
      else if (this.#referenceId === null) this.#take(scene, drawn);
    }
  }

  #compare(reference: Pattern, scene: Scene): void {
    const comparison = compareScenes(reference, patternOf(scene));
    const before = this.#evidence;
    this.#evidence = Math.max(0, before + EVIDENCE[comparison.verdict]);
    if (before >= SURE || this.#evidence < SURE || !this.#drawn || typeof this.#referenceId !== 'string') return;
    this.#log.warn(comparison, 'the picture is not that of the aim any more');
    const { cameraId, maskSet } = { cameraId: this.#cameraId, maskSet: this.#drawn.masks };
    this.#onShift({ cameraId, maskSet, referenceId: this.#referenceId, comparison });
  }

  #take(scene: Scene, drawn: Drawn): void {
    const [first] = this.#taken;
    const isOther = first && ['shifted', 'lost'].includes(compareScenes(patternOf(first), patternOf(scene)).verdict);
    // A camera that still turns is not looked at before it stands.
    this.#taken = isOther || first?.known !== scene.known ? [scene] : [...this.#taken, scene];
    if (this.#taken.length < PICTURES || this.#isBusy) return;
    void this.#keep(drawn, encodeScene(middleOf(this.#taken)));
    this.#taken = [];
  }

  async #keep(drawn: Drawn, cells: Buffer): Promise<void> {
    this.#isBusy = true;
    try {
      const id = await this.#deps.keep(this.#cameraId, drawn.masks, cells);
      // Undefined: somebody else was first, and the next confirmation names what is kept.
      if (id === undefined || this.#referenceId !== null || this.#aimId !== drawn.masks.aimId) return;
      this.#referenceId = id;
      this.#reference = patternOf(decodeScene(cells));
    } catch (error) {
      // The next pictures are taken instead.
      this.#log.warn({ err: error }, 'what the aim looks like could not be kept');
    } finally {
      this.#isBusy = false;
    }
  }

  async #load(referenceId: string): Promise<void> {
    try {
      const cells = await this.#deps.load(referenceId);
      if (this.#referenceId !== referenceId) return;
      if (cells) this.#reference = patternOf(decodeScene(cells));
      else this.#log.error({ referenceId }, 'what is kept of the aim cannot be compared with');
    } catch (error) {
      this.#log.warn({ err: error }, 'what is kept of the aim could not be read');
      // Asked for again by the next confirmation.
      if (this.#referenceId === referenceId) this.#referenceId = undefined;
    }
  }
}
