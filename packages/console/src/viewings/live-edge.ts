// SPDX-License-Identifier: AGPL-3.0-or-later

/** Seconds. Measured with fragments of one frame: what the line really bears is found out while it plays. */
export const EDGE = {
  /** Behind the newest frame, to begin with; every stall makes it longer, every quiet while a little shorter. */
  target: 0.1,
  least: 0.08,
  most: 0.5,
  stall: 0.05,
  ease: 0.01,
  easeEvery: 20,
  /** Above target: jump. A new viewer gets the cached group of pictures in one burst and lands here. */
  jump: 0.5,
  trimWhenBehind: 20,
  keepBehind: 10,
} as const;

/** By how far it is behind the target, in seconds: pictures without sound may run that much faster unseen. */
const RATES = [
  { above: 0.25, rate: 1.1 },
  { above: 0.08, rate: 1.05 },
  { above: 0.02, rate: 1.02 },
  { above: -0.04, rate: 1 },
] as const;
/** Almost nothing is buffered: a little slower is not seen, a stall is. */
const SLOWEST = 0.97;

export interface Buffered {
  start: number;
  end: number;
  at: number;
}

export interface EdgeMove {
  rate: number;
  seekTo?: number;
  /** Drop what is buffered before this. */
  trimTo?: number;
}

/** Keeps the picture as near to the newest frame as its line allows. Times are seconds on any clock that only goes forward. */
export class LiveEdge {
  #target: number = EDGE.target;
  #calmSince = 0;

  get target(): number {
    return this.#target;
  }

  /** The picture stood still because nothing was left to show. */
  stalled(now: number): void {
    this.#target = Math.min(EDGE.most, this.#target + EDGE.stall);
    this.#calmSince = now;
  }

  follow({ start, end, at }: Buffered, now: number): EdgeMove {
    if (now - this.#calmSince >= EDGE.easeEvery) {
      this.#target = Math.max(EDGE.least, this.#target - EDGE.ease);
      this.#calmSince = now;
    }
    const lag = end - at - this.#target;
    const move: EdgeMove = { rate: RATES.find(({ above }) => lag > above)?.rate ?? SLOWEST };
    if (at < start || lag > EDGE.jump) {
      move.seekTo = Math.max(start, end - this.#target);
      move.rate = 1;
    }
    const shown = move.seekTo ?? at;
    if (start < shown - EDGE.trimWhenBehind) move.trimTo = shown - EDGE.keepBehind;
    return move;
  }
}

/** Fragments that wait for the buffer: however many there are, they go in as one. */
export class FragmentQueue {
  #parts: Uint8Array<ArrayBuffer>[] = [];

  push(part: ArrayBuffer): void {
    this.#parts.push(new Uint8Array(part));
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  clear(): void {
    this.#parts = [];
  }

  /** Gives back what could not be appended; it goes in first next time. */
  putBack(bytes: Uint8Array<ArrayBuffer>): void {
    this.#parts.unshift(bytes);
  }

  /** All that waits, in order, as one piece. */
  take(): Uint8Array<ArrayBuffer> {
    const parts = this.#parts;
    this.#parts = [];
    if (parts.length === 1) return parts[0]!;
    const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
    let offset = 0;
    for (const part of parts) {
      joined.set(part, offset);
      offset += part.byteLength;
    }
    return joined;
  }
}
