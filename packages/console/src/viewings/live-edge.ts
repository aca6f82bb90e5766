// SPDX-License-Identifier: AGPL-3.0-or-later

/** Seconds. Measured with fragments of one frame: closer than 0.1 s stalls, farther away is felt. */
export const EDGE = {
  target: 0.1,
  /** Above target: a nudge nobody sees. */
  nudge: 0.08,
  hurry: 0.25,
  /** Above target: jump. A new viewer gets the cached group of pictures in one burst and lands here. */
  jump: 0.5,
  trimWhenBehind: 20,
  keepBehind: 10,
} as const;

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

/** What keeps the picture at the live edge. */
export function followEdge({ start, end, at }: Buffered): EdgeMove {
  const edge = Math.max(start, end - EDGE.target);
  const lag = end - at - EDGE.target;
  const move: EdgeMove = { rate: lag > EDGE.hurry ? 1.1 : lag > EDGE.nudge ? 1.03 : 1 };
  if (at < start || lag > EDGE.jump) {
    move.seekTo = edge;
    move.rate = 1;
  }
  const now = move.seekTo ?? at;
  if (start < now - EDGE.trimWhenBehind) move.trimTo = now - EDGE.keepBehind;
  return move;
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
