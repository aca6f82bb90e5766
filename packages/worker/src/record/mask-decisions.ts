// SPDX-License-Identifier: AGPL-3.0-or-later
// What the access record says about masks: of each aim the one decision that counts, and what has ended its force since.
import { AimId, type AimPreset, CameraId, MaskSetId } from '@louver/contract';
import { type EntryFacts, EntryMalformed, type Json, canonicalJson, decodeEntry } from '@louver/ledger';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Reader } from './follower.ts';

/** A reviewer's yes to exactly these polygons, for this aim of this camera. */
interface MaskDecision {
  readonly maskSetId: MaskSetId;
  readonly cameraId: CameraId;
  readonly aimId: AimId;
  readonly version: number;
  /** Of aim, frame and polygons. */
  readonly digest: string;
  /** From then on it shows nothing. Null in an entry that does not say. */
  readonly expiresAt: string | null;
  /** Its leaf in the log. */
  readonly index: number;
}

/** `endedAt`: the leaf since which the camera sees something else; whatever was decided before has lost its force. */
type Outcome = MaskDecision & { readonly endedAt: number | null };

/** Canonical JSON begins with the action: most entries are told apart by their first bytes. */
const BEGINNINGS = ['mask.approve', 'aim.create', 'aim.change', 'aim.retire', 'camera.update', 'stream.update'].map(
  (action) => Buffer.from(`{"action":"${action}",`),
);

const Approval = z.object({
  subject: MaskSetId,
  camera: CameraId,
  detail: z.object({
    aimId: AimId,
    version: z.number().int(),
    digest: z.string(),
    expiresAt: z.iso.datetime().optional(),
  }),
});

export class MaskDecisions implements Reader {
  readonly #log: Logger;
  readonly #ofAim = new Map<AimId, Outcome>();
  readonly #aimsOf = new Map<CameraId, Set<AimId>>();
  /** Aims that were added beside a camera's current one. */
  readonly #asides = new Set<string>();
  /** Presets of aims, as canonical JSON. */
  readonly #presets = new Map<string, string>();
  /** Told of a camera whose masks are others now. */
  onChange: (cameraId: CameraId) => void = () => undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** The approval with the highest version of an aim. */
  lastOf(aimId: AimId): Outcome | undefined {
    return this.#ofAim.get(aimId);
  }

  /** Whether the record says that the camera does not look along this aim. */
  isAside(aimId: AimId): boolean {
    return this.#asides.has(aimId);
  }

  /** Whether the record says that this is where the camera stands when it looks along this aim; null for one that is fixed. */
  isOfPreset(aimId: AimId, preset: AimPreset | null): boolean {
    return (this.#presets.get(aimId) ?? NO_PRESET) === canonicalJson(preset);
  }

  wants(entry: Uint8Array): boolean {
    return BEGINNINGS.some((beginning) => beginning.equals(entry.subarray(0, beginning.length)));
  }

  read(entry: Uint8Array, index: number): void {
    let facts: EntryFacts;
    try {
      facts = decodeEntry(entry);
    } catch (error) {
      if (!(error instanceof EntryMalformed)) throw error;
      this.#log.error({ err: error, index }, 'an entry of the log is none that this system writes');
      return;
    }
    const preset = /^aim\.(create|change)$/.test(facts.action) ? member(facts.detail['after'], 'preset') : undefined;
    // Whoever does not speak of it does not change it.
    if (preset !== undefined) this.#presets.set(facts.subject, canonicalJson(preset));
    if (facts.action === 'mask.approve') this.#approve(facts, index);
    else if (facts.action === 'aim.create' && facts.detail['current'] === false) this.#asides.add(facts.subject);
    else if (facts.action === 'aim.change' && isTurned(facts.detail)) this.#endOfAim(facts.subject as AimId, index);
    else if (facts.action === 'aim.retire') this.#endOfAim(facts.subject as AimId, index);
    else if (facts.action === 'camera.update' && isMoved(facts.detail)) this.#endOfCamera(facts, index);
    else if (facts.action === 'stream.update' && isElsewhere(facts.detail)) this.#endOfCamera(facts, index);
  }

  #approve(facts: EntryFacts, index: number): void {
    const parsed = Approval.safeParse(facts);
    if (!parsed.success) {
      this.#log.error({ err: parsed.error, index }, 'an approval in the log names no mask set');
      return;
    }
    const { subject: maskSetId, camera: cameraId, detail } = parsed.data;
    const { aimId, version, digest, expiresAt = null } = detail;
    const former = this.#ofAim.get(aimId);
    // Versions of an aim only grow. What comes later with an older one is a decision that was put into the record again.
    if (former && version <= former.version) {
      this.#log.error({ index, aimId, version, newest: former.version }, 'the log repeats an older approval of masks');
      return;
    }
    this.#ofAim.set(aimId, { maskSetId, cameraId, aimId, version, digest, expiresAt, index, endedAt: null });
    const aims = this.#aimsOf.get(cameraId) ?? new Set();
    this.#aimsOf.set(cameraId, aims.add(aimId));
    this.onChange(cameraId);
  }

  #endOfAim(aimId: AimId, endedAt: number): void {
    const outcome = this.#ofAim.get(aimId);
    if (!outcome || outcome.endedAt !== null) return;
    this.#ofAim.set(aimId, { ...outcome, endedAt });
    this.onChange(outcome.cameraId);
  }

  #endOfCamera({ camera }: EntryFacts, endedAt: number): void {
    for (const aimId of this.#aimsOf.get(camera as CameraId) ?? []) this.#endOfAim(aimId, endedAt);
  }
}

type Detail = EntryFacts['detail'];

/** Not the range, which moves no pixel. */
function isTurned({ before, after }: Detail): boolean {
  const seen = (aim: Json | undefined) =>
    typeof aim === 'object' && aim !== null ? canonicalJson({ ...aim, range: null }) : undefined;
  return seen(before) !== seen(after);
}

const NO_PRESET = canonicalJson(null);
const member = (of: Json | undefined, name: string): Json | undefined =>
  typeof of === 'object' && of !== null && !Array.isArray(of) ? (of as { [name: string]: Json })[name] : undefined;

/** Moved, or said to stand still from now on, for which one mask must fit. */
const isMoved = ({ changed, before }: Detail): boolean =>
  Array.isArray(changed) &&
  (changed.includes('location') || (changed.includes('mobility') && member(before, 'mobility') === 'ptz'));

/** Another password for the same address shows the same picture; anything that is not said to be that counts as elsewhere. */
const isElsewhere = ({ stream }: Detail): boolean => stream !== 'replaced' && stream !== 'was-none';
