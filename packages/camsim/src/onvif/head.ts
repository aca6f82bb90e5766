// SPDX-License-Identifier: AGPL-3.0-or-later
// A head that turns: it really shows something else at each preset and on the way, takes its time, and says where it stands
// in all the ways in which devices in the field say it, the wrong ones included.
import type { Clip } from '../rtsp/annexb.ts';
import type { Mount } from '../rtsp/mount.ts';

/** ONVIF's generic space: pan and tilt -1 … 1, zoom 0 … 1. */
export interface HeadPosition {
  readonly pan: number;
  readonly tilt: number;
  readonly zoom: number;
}

export interface HeadPreset {
  readonly token: string;
  readonly name: string;
  readonly position: HeadPosition;
}

/** What a test makes a head do wrong. One at a time; `heal()` ends it. */
export type HeadFault =
  | { readonly kind: 'silent' } // takes questions and answers none
  | { readonly kind: 'says-idle' } // never says that it moves
  | { readonly kind: 'says-nothing' } // neither where it stands nor whether it moves
  | { readonly kind: 'stuck' } // says for ever what it said last
  | { readonly kind: 'forgetful' } // has no presets any more
  | { readonly kind: 'stale'; readonly ms: number }; // says what was so long ago

export interface HeadOptions {
  readonly mount: Mount;
  readonly presets: readonly HeadPreset[];
  /** What is seen at each preset, by token. */
  readonly views: Readonly<Record<string, Clip>>;
  /** What is seen anywhere else, and on the way. */
  readonly elsewhere: Clip;
  /** From any place to any other; default 600. */
  readonly travelMs?: number;
  /** Between what is seen and what is sent; default 0. */
  readonly pictureLateMs?: number;
}

export interface HeadStatus {
  readonly position: HeadPosition;
  readonly moving: boolean;
}

interface Leg {
  readonly from: HeadPosition;
  readonly to: HeadPosition;
  readonly startedAt: number;
  readonly endsAt: number;
}

const ENOUGH_LEGS = 50;
const isSame = (a: HeadPosition, b: HeadPosition): boolean => a.pan === b.pan && a.tilt === b.tilt && a.zoom === b.zoom;

export class SimulatedHead {
  readonly #mount: Mount;
  readonly #views: Readonly<Record<string, Clip>>;
  readonly #elsewhere: Clip;
  readonly #travelMs: number;
  readonly #pictureLateMs: number;
  readonly #timers = new Set<NodeJS.Timeout>();
  #presets: readonly HeadPreset[];
  #legs: Leg[];
  #fault: HeadFault | undefined;
  #stuck: HeadStatus | undefined;
  #showing: Clip | undefined;

  /** It stands at the first preset. */
  constructor({ mount, presets, views, elsewhere, travelMs = 600, pictureLateMs = 0 }: HeadOptions) {
    const [home] = presets;
    if (!home) throw new Error("couldn't place the head: it has no preset");
    this.#mount = mount;
    this.#views = views;
    this.#elsewhere = elsewhere;
    this.#travelMs = travelMs;
    this.#pictureLateMs = pictureLateMs;
    this.#presets = presets;
    this.#legs = [{ from: home.position, to: home.position, startedAt: 0, endsAt: 0 }];
    this.#show(this.#viewAt(home.position));
  }

  get fault(): HeadFault | undefined {
    return this.#fault;
  }

  get presets(): readonly HeadPreset[] {
    return this.#fault?.kind === 'forgetful' ? [] : this.#presets;
  }

  /** What it tells when it is asked now. */
  get status(): HeadStatus {
    if (this.#stuck) return this.#stuck;
    const at = performance.now() - (this.#fault?.kind === 'stale' ? this.#fault.ms : 0);
    const status = this.#statusAt(at);
    return this.#fault?.kind === 'says-idle' ? { ...status, moving: false } : status;
  }

  /** @returns false when there is no such preset */
  goto(token: string): boolean {
    const preset = this.presets.find((each) => each.token === token);
    if (preset) this.moveTo(preset.position);
    return preset !== undefined;
  }

  /** Somebody stores where a preset is anew. */
  setPreset(preset: HeadPreset): void {
    this.#presets = [...this.#presets.filter(({ token }) => token !== preset.token), preset];
  }

  moveTo(to: HeadPosition, travelMs = this.#travelMs): void {
    const startedAt = performance.now();
    const { position: from } = this.#statusAt(startedAt);
    this.#legs = [...this.#legs.slice(-ENOUGH_LEGS), { from, to, startedAt, endsAt: startedAt + travelMs }];
    this.#later(this.#pictureLateMs, () => this.#show(this.#elsewhere));
    this.#later(travelMs + this.#pictureLateMs, () => {
      if (this.#legs.at(-1)?.startedAt === startedAt) this.#show(this.#viewAt(to));
    });
  }

  /** Units a second, until `stop`. */
  moveOn({ pan, tilt, zoom }: HeadPosition, seconds = 10): void {
    const { position } = this.#statusAt(performance.now());
    const along = (from: number, by: number, least: number) => Math.max(least, Math.min(1, from + by * seconds));
    this.moveTo(
      {
        pan: along(position.pan, pan, -1),
        tilt: along(position.tilt, tilt, -1),
        zoom: along(position.zoom, zoom, 0),
      },
      seconds * 1000,
    );
  }

  stop(): void {
    this.moveTo(this.#statusAt(performance.now()).position, 0);
  }

  inject(fault: HeadFault): void {
    this.#stuck = fault.kind === 'stuck' ? this.status : undefined;
    this.#fault = fault;
  }

  heal(): void {
    this.#fault = undefined;
    this.#stuck = undefined;
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #statusAt(at: number): HeadStatus {
    const { from, to, startedAt, endsAt } = this.#legs.findLast((leg) => leg.startedAt <= at) ?? this.#legs[0]!;
    const share = endsAt > startedAt ? Math.min(1, (at - startedAt) / (endsAt - startedAt)) : 1;
    const between = (axis: keyof HeadPosition) => from[axis] + (to[axis] - from[axis]) * share;
    const position = share === 1 ? to : { pan: between('pan'), tilt: between('tilt'), zoom: between('zoom') };
    return { position, moving: share < 1 };
  }

  #viewAt(position: HeadPosition): Clip {
    const preset = this.#presets.find((each) => this.#views[each.token] && isSame(each.position, position));
    return (preset && this.#views[preset.token]) ?? this.#elsewhere;
  }

  #show(clip: Clip): void {
    if (clip === this.#showing) return;
    this.#showing = clip;
    this.#mount.switchTo(clip);
  }

  #later(ms: number, act: () => void): void {
    // What does not wait happens before anybody can ask about it.
    if (ms === 0) return act();
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}
