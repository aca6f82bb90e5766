// SPDX-License-Identifier: AGPL-3.0-or-later
// Lets a turning camera's pictures in only when it is certain what they are of. A picture waits until the device has said,
// to a question that was asked after the picture came, that it still stands where it stood before the picture was taken.
import type { AimId } from '@louver/contract';
import type { Fragment } from '../media/fmp4.ts';
import { PictureClock } from './picture-clock.ts';
import { type Whereabouts, isAim } from './position.ts';

/** What a device says may have been so for this long: many look at their motors only now and then. */
const STATUS_OLD_MS = 300;
/** A picture is no older than this when it comes, as far as the camera's own clock can't tell. */
export const PICTURE_OLD_MS = 1_500;
/** Between two answers a camera could have looked elsewhere and come back: pictures in a longer silence are thrown away. */
const SILENCE_MS = 800;
/** After so long without an answer people are told that it is not known where the camera looks. */
const UNKNOWN_AFTER_MS = 1_500;
/** Each picture waits at least so long, so that pictures come as evenly as the camera sends them and not with the answers. */
const DELAY_MS = 700;
const MAX_WAITING_BYTES = 32 * 1024 * 1024;

export interface HeadAnswer {
  /** performance.now(). */
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly whereabouts: Whereabouts;
}

interface GateEvents {
  /** It stands at another aim now, or nobody knows where. Told before any picture of it comes, and no picture of before comes. */
  onWhereabouts(now: Whereabouts): void;
  onPicture(fragment: Fragment): void;
}

interface Waiting {
  readonly fragment: Fragment;
  readonly stampMs: number;
  readonly arrivedAt: number;
}

interface Stay {
  readonly aimId: AimId;
  /** From then on it stood there for certain, until the last question, less what an answer may be old. */
  readonly since: number;
  askedAt: number;
  answeredAt: number;
}

export class AimGate {
  readonly #events: GateEvents;
  readonly #clock = new PictureClock();
  #stay: Stay | undefined;
  #told: Whereabouts = 'unknown';
  #waiting: Waiting[] = [];
  #bytes = 0;
  #waitsForKey = true;

  constructor(events: GateEvents) {
    this.#events = events;
  }

  get whereabouts(): Whereabouts {
    return this.#told;
  }

  onAnswer({ askedAt, answeredAt, whereabouts }: HeadAnswer): void {
    if (!isAim(whereabouts)) return this.lose(whereabouts);
    const stay = this.#stay;
    const goesOn = stay?.aimId === whereabouts && answeredAt - stay.askedAt <= SILENCE_MS;
    if (goesOn) [stay.askedAt, stay.answeredAt] = [askedAt, answeredAt];
    else {
      this.#forget();
      this.#stay = { aimId: whereabouts, since: answeredAt, askedAt, answeredAt };
      this.#tell(whereabouts);
    }
    this.review(answeredAt);
  }

  /** It moves, or nobody knows: what waits may show anything. */
  lose(why: 'moving' | 'unknown'): void {
    this.#stay = undefined;
    this.#forget();
    this.#tell(why);
  }

  /** The stream begins anew, or goes on with pictures of another size. */
  cut(): void {
    this.#forget();
    this.#clock.reset();
  }

  /** @param timescale ticks a second of the fragment's time; `arrivedAt` performance.now() */
  push(fragment: Fragment, timescale: number, arrivedAt: number): void {
    const stampMs = (fragment.time / timescale) * 1000;
    this.#clock.see(stampMs, arrivedAt);
    if (!this.#stay) return;
    this.#waiting.push({ fragment, stampMs, arrivedAt });
    this.#bytes += fragment.bytes.length;
    if (this.#bytes > MAX_WAITING_BYTES) this.#forget();
  }

  /** Called often. @param now performance.now() */
  review(now: number): void {
    const stay = this.#stay;
    if (!stay) return;
    if (now - stay.answeredAt > UNKNOWN_AFTER_MS) return this.lose('unknown');
    const knownUntil = stay.askedAt - STATUS_OLD_MS;
    while (this.#stay === stay) {
      const next = this.#waiting[0];
      if (!next || next.arrivedAt + DELAY_MS > now || next.arrivedAt > knownUntil) return;
      this.#waiting.shift();
      this.#bytes -= next.fragment.bytes.length;
      this.#pass(next, stay);
    }
  }

  #pass({ fragment, stampMs }: Waiting, { since }: Stay): void {
    // Asked only now, when others have come after it: of the first pictures of a stream nobody knows yet how late they are.
    const isOfBefore = this.#clock.expectedAt(stampMs) - PICTURE_OLD_MS < since;
    this.#waitsForKey = isOfBefore || (this.#waitsForKey && !fragment.key);
    if (!this.#waitsForKey) this.#events.onPicture(fragment);
  }

  #forget(): void {
    this.#waiting = [];
    this.#bytes = 0;
    this.#waitsForKey = true;
  }

  #tell(now: Whereabouts): void {
    if (now === this.#told) return;
    this.#told = now;
    this.#events.onWhereabouts(now);
  }
}
