// SPDX-License-Identifier: AGPL-3.0-or-later
// One camera's masked fragments to everybody who watches it. A slow viewer loses pictures, never the others.
import type { LiveMessage } from '@louver/contract';
import { type Fragment, type Init, retimed } from './fmp4.ts';

export type WaitingReason = Extract<LiveMessage, { type: 'waiting' }>['reason'];

/** How bytes reach one viewer. */
export interface Line {
  /** Calls back when the kernel has taken the bytes: only then they count as delivered. */
  send(bytes: Buffer, done: (error?: Error) => void): void;
  say(message: LiveMessage): void;
  /** A second init segment that differs from the first can't follow on a line without messages. */
  readonly saysMessages: boolean;
  /** `clean`: everything was sent and the end is meant. */
  close(clean: boolean): void;
}

export interface Opening {
  readonly init: Init;
  readonly mimeType: string;
  readonly maskVersion: number;
}

type Item =
  | { readonly kind: 'message'; readonly message: LiveMessage }
  | { readonly kind: 'init'; readonly bytes: Buffer }
  | { readonly kind: 'fragment'; readonly bytes: Buffer; readonly frames: number };

/** About ten seconds of full HD. */
export const MAX_QUEUED_BYTES = 4 * 1024 * 1024;

export class Viewer {
  readonly #line: Line;
  readonly #onFirst: () => void;
  #queue: Item[] = [];
  #queuedBytes = 0;
  #sending = false;
  #waitsForKey = false;
  #begun: Buffer | undefined;
  #closed = false;
  frames = 0;
  skipped = 0;
  /** Milliseconds since 1970, 0 before the first frame. */
  firstAt = 0;
  lastAt = 0;

  constructor(line: Line, onFirst: () => void = () => undefined) {
    this.#line = line;
    this.#onFirst = onFirst;
  }

  get hasBegun(): boolean {
    return this.#begun !== undefined;
  }

  /** Whether another init segment may follow on its line. */
  get takesReset(): boolean {
    return this.#line.saysMessages;
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  say(message: LiveMessage): void {
    if (this.#line.saysMessages) this.#put({ kind: 'message', message });
  }

  /** A new masker has begun. What an older one made is dropped, as far as it has not left yet. */
  open({ init, mimeType, maskVersion }: Opening): void {
    this.drop();
    const again = this.#begun !== undefined;
    if (again && !this.#line.saysMessages) {
      // The same encoder with the same settings: the file simply goes on.
      if (!this.#begun?.equals(init.bytes)) this.close(false);
      return;
    }
    this.#begun = init.bytes;
    this.say({ type: again ? 'reset' : 'start', mimeType, maskVersion });
    this.#put({ kind: 'init', bytes: init.bytes });
    this.#waitsForKey = true;
  }

  push({ bytes, key, samples }: Fragment): void {
    if (this.#queuedBytes + bytes.length > MAX_QUEUED_BYTES) {
      this.skipped += this.#queue.filter(({ kind }) => kind === 'fragment').length;
      this.drop();
    }
    if (this.#waitsForKey && !key) {
      this.skipped++;
      return;
    }
    this.#waitsForKey = false;
    this.#put({ kind: 'fragment', bytes, frames: samples });
  }

  /** Forgets all pictures that have not left; the next one will be a key frame. */
  drop(): void {
    this.#queue = this.#queue.filter(({ kind }) => kind !== 'fragment');
    this.#queuedBytes = 0;
    this.#waitsForKey = true;
  }

  close(clean: boolean): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#line.close(clean);
  }

  #put(item: Item): void {
    if (this.#closed) return;
    this.#queue.push(item);
    if (item.kind === 'fragment') this.#queuedBytes += item.bytes.length;
    if (!this.#sending) this.#next();
  }

  /** One piece at a time: what waits stays here, where it can still be taken back, and not in the socket's buffer. */
  #next(): void {
    for (let item = this.#queue.shift(); item; item = this.#queue.shift()) {
      if (item.kind === 'message') {
        this.#line.say(item.message);
        continue;
      }
      const sent = item;
      if (sent.kind === 'fragment') this.#queuedBytes -= sent.bytes.length;
      this.#sending = true;
      this.#line.send(sent.bytes, (error) => {
        this.#sending = false;
        if (error) return;
        if (sent.kind === 'fragment') this.#delivered(sent.frames);
        if (!this.#closed) this.#next();
      });
      return;
    }
  }

  #delivered(frames: number): void {
    this.frames += frames;
    this.lastAt = Date.now();
    if (this.firstAt !== 0) return;
    this.firstAt = this.lastAt;
    this.#onFirst();
  }
}

/** Fragments between two key frames that are kept for the next viewer. A masker makes one every two seconds. */
const MAX_GROUP_BYTES = 16 * 1024 * 1024;

export class FanOut {
  readonly #viewers = new Set<Viewer>();
  #opening: Opening | undefined;
  #group: Fragment[] = [];
  #groupBytes = 0;
  #held: Fragment[] | undefined;
  /** A masker began while everything was held: viewers hear of it on release. */
  #openingHeld = false;
  #waiting: WaitingReason = 'connecting';
  #fresh = true;
  #offsetSeconds = 0;
  #endSeconds = 0;
  #sequence = 0;

  get viewers(): number {
    return this.#viewers.size;
  }

  /** Whether everybody who watches can go over to pictures of another encoder. */
  get takesReset(): boolean {
    return [...this.#viewers].every((viewer) => viewer.takesReset);
  }

  /** Why there is no picture; undefined when there is one. */
  get waiting(): WaitingReason | undefined {
    return this.#opening && this.#group.length > 0 ? undefined : this.#waiting;
  }

  /** Of the masker whose pictures leave now; another one is another object, also with masks of the same version. */
  get opening(): Opening | undefined {
    return this.#opening;
  }

  add(viewer: Viewer): void {
    this.#viewers.add(viewer);
    // While it is not certain that these masks are the right ones, the past is not shown to anybody new either.
    if (!this.#opening || this.#held) {
      if (!this.#opening) viewer.say({ type: 'waiting', reason: this.#waiting });
      return;
    }
    this.#begin(viewer, this.#opening);
  }

  remove(viewer: Viewer): void {
    this.#viewers.delete(viewer);
  }

  /** The init segment of a new masker. Everything of the former one is gone from here on; a hold stays a hold. */
  open(opening: Opening): void {
    const held = this.#held !== undefined;
    this.#clear();
    this.#opening = opening;
    this.#fresh = true;
    if (held) {
      this.#held = [];
      this.#openingHeld = true;
    } else for (const viewer of this.#viewers) viewer.open(opening);
  }

  push(fragment: Fragment): void {
    if (!this.#opening) return;
    const moved = this.#onOneTimeline(fragment, this.#opening.init.timescale);
    if (this.#held) this.#held.push(moved);
    else this.#deliver(moved);
  }

  /** Nothing leaves until `release` or `withhold`: somebody has said that the masks may have changed. */
  hold(): void {
    this.#held ??= [];
  }

  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  /** The masks are the same: nothing was lost. */
  release(): void {
    const held = this.#held;
    if (!held) return;
    this.#held = undefined;
    const opening = this.#opening;
    const behind = [...this.#viewers].filter((viewer) => this.#openingHeld || !viewer.hasBegun);
    this.#openingHeld = false;
    if (opening) for (const viewer of behind) this.#begin(viewer, opening);
    for (const fragment of held) this.#deliver(fragment);
  }

  /** Drops every picture that has not left. With a reason, viewers are told it; without one, new pictures follow at once. */
  withhold(reason?: WaitingReason): void {
    const told = this.#waiting;
    const hadPicture = this.#opening !== undefined;
    this.#clear();
    if (reason === undefined) return;
    this.#waiting = reason;
    if (!hadPicture && told === reason) return;
    for (const viewer of this.#viewers) viewer.say({ type: 'waiting', reason });
  }

  /** What viewers were given last, from its key frame on. */
  get newest(): { opening: Opening; fragments: readonly Fragment[] } | undefined {
    return this.#opening && this.#group.length > 0
      ? { opening: this.#opening, fragments: [...this.#group] }
      : undefined;
  }

  /** The newest key frame, for a still. */
  keyFrame(): { init: Init; fragment: Fragment } | undefined {
    const fragment = this.#held ? undefined : this.#group.find(({ key }) => key);
    return this.#opening && fragment ? { init: this.#opening.init, fragment } : undefined;
  }

  #begin(viewer: Viewer, opening: Opening): void {
    viewer.open(opening);
    for (const fragment of this.#group) viewer.push(fragment);
  }

  #clear(): void {
    this.#opening = undefined;
    this.#held = undefined;
    this.#openingHeld = false;
    this.#group = [];
    this.#groupBytes = 0;
    for (const viewer of this.#viewers) viewer.drop();
  }

  #deliver(fragment: Fragment): void {
    if (fragment.key || this.#groupBytes > MAX_GROUP_BYTES) {
      this.#group = [];
      this.#groupBytes = 0;
    }
    // Without its key frame a group is of no use to anybody.
    if (fragment.key || this.#group.length > 0) {
      this.#group.push(fragment);
      this.#groupBytes += fragment.bytes.length;
    }
    for (const viewer of this.#viewers) viewer.push(fragment);
  }

  /** A new masker starts its clock somewhere else, and begins with pictures that were shown already: time only goes forward here. */
  #onOneTimeline(fragment: Fragment, timescale: number): Fragment {
    if (this.#fresh) this.#offsetSeconds = this.#endSeconds - fragment.time / timescale;
    this.#fresh = false;
    const seconds = Math.max(this.#endSeconds, fragment.time / timescale + this.#offsetSeconds);
    this.#endSeconds = seconds + Math.max(fragment.duration / timescale, 0.001);
    return retimed(fragment, Math.round(seconds * timescale), ++this.#sequence);
  }
}
