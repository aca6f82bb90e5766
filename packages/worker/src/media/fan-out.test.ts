// SPDX-License-Identifier: AGPL-3.0-or-later
import type { LiveMessage } from '@louver/contract';
import { describe, expect, it } from 'vitest';
import { FanOut, type Line, MAX_QUEUED_BYTES, type Opening, Viewer } from './fan-out.ts';
import { aFragment, anInit, collect } from '../testing/boxes.ts';

const TICKS = 90_000;
const FRAME = TICKS / 15;

const opening = (maskVersion = 1, width = 1280): Opening => ({
  init: collect(anInit({ width })).inits[0]!,
  mimeType: 'video/mp4; codecs="avc1.64001f"',
  maskVersion,
});
const frame = (n: number, key = n % 30 === 0, bytes = 100) =>
  collect(anInit(), aFragment({ time: n * FRAME, key, payload: Buffer.alloc(bytes, n) })).fragments[0]!;

/** A line that takes what it is given at once, or only when told to. */
class TestLine implements Line {
  readonly got: (LiveMessage | Buffer)[] = [];
  readonly saysMessages: boolean;
  readonly slow: boolean;
  #waiting: (() => void)[] = [];
  closed: boolean | undefined;

  constructor({ slow = false, saysMessages = true } = {}) {
    this.slow = slow;
    this.saysMessages = saysMessages;
  }

  send(bytes: Buffer, done: () => void): void {
    const take = () => {
      this.got.push(bytes);
      done();
    };
    if (this.slow) this.#waiting.push(take);
    else take();
  }

  /** The kernel has room for one more. */
  take(): void {
    this.#waiting.shift()?.();
  }

  say(message: LiveMessage): void {
    this.got.push(message);
  }

  close(clean: boolean): void {
    this.closed = clean;
  }

  /** Which fragments came, by the number in their payload. */
  get numbers(): number[] {
    return this.pieces.flatMap(({ fragments }) => fragments.map(({ payload }) => payload[0]!));
  }

  get times(): number[] {
    return this.pieces.flatMap(({ fragments }) => fragments.map(({ time }) => time));
  }

  get words(): string[] {
    return this.got.flatMap((item) => (Buffer.isBuffer(item) ? [] : [item.type]));
  }

  get pieces() {
    return this.got
      .filter(Buffer.isBuffer)
      .map((bytes) => (bytes.includes('moof') ? collect(anInit(), bytes) : { fragments: [] }));
  }
}

describe('a new viewer', () => {
  it('gets the init segment and everything since the last key frame, then what comes', () => {
    const out = new FanOut();
    out.open(opening());
    for (let n = 0; n < 35; n++) out.push(frame(n));
    const line = new TestLine();
    out.add(new Viewer(line));
    out.push(frame(35));
    expect(line.words).toEqual(['start']);
    expect(line.numbers).toEqual([30, 31, 32, 33, 34, 35]);
  });

  it('is told why there is no picture', () => {
    const out = new FanOut();
    out.withhold('masks-unknown');
    const line = new TestLine();
    out.add(new Viewer(line));
    expect(line.got).toEqual([{ type: 'waiting', reason: 'masks-unknown' }]);
  });
});

describe('a slow viewer', () => {
  it('skips to the newest key frame, keeps bounded memory and holds nobody up', () => {
    const out = new FanOut();
    out.open(opening());
    const [slow, quick] = [new TestLine({ slow: true }), new TestLine()];
    const viewer = new Viewer(slow);
    out.add(viewer);
    out.add(new Viewer(quick));
    const large = 200_000;
    for (let n = 0; n < 200; n++) {
      out.push(frame(n, n % 30 === 0, large));
      expect(viewer.queuedBytes).toBeLessThanOrEqual(MAX_QUEUED_BYTES);
      if (n < 5) slow.take();
    }
    expect(quick.numbers.length).toBe(200);
    for (let i = 0; i < 300; i++) slow.take();
    expect(slow.numbers[0]).toBe(0);
    // After the gap it goes on with a key frame.
    const jump = slow.numbers.findIndex((n, i) => i > 0 && n !== slow.numbers[i - 1]! + 1);
    expect(slow.numbers[jump]! % 30).toBe(0);
    expect(viewer.skipped).toBeGreaterThan(0);
    expect(viewer.frames).toBe(slow.numbers.length);
  });

  it('counts only what the kernel has taken', () => {
    const out = new FanOut();
    out.open(opening());
    const line = new TestLine({ slow: true });
    const viewer = new Viewer(line);
    out.add(viewer);
    for (let n = 0; n < 10; n++) out.push(frame(n));
    expect(viewer.frames).toBe(0);
    for (let i = 0; i < 4; i++) line.take();
    expect(viewer.frames).toBe(3);
  });
});

describe('when masks change', () => {
  it('drops what waits for slow viewers and tells everybody to throw away theirs', () => {
    const out = new FanOut();
    out.open(opening(1));
    const line = new TestLine({ slow: true });
    out.add(new Viewer(line));
    for (let n = 0; n < 20; n++) out.push(frame(n));
    line.take();
    out.withhold();
    out.open(opening(2));
    out.push(frame(100, true));
    for (let i = 0; i < 50; i++) line.take();
    // One was on its way into the kernel already; the other nineteen never leave.
    expect(line.numbers).toEqual([0, 100]);
    expect(line.words).toEqual(['start', 'reset']);
  });

  it('drops it at once, before there is a new masker', () => {
    const out = new FanOut();
    out.open(opening(1));
    const line = new TestLine({ slow: true });
    out.add(new Viewer(line));
    for (let n = 0; n < 20; n++) out.push(frame(n));
    line.take();
    out.withhold();
    for (let i = 0; i < 50; i++) line.take();
    expect(line.numbers).toEqual([0]);
  });

  it('shows nothing of the past to a viewer who comes in between', () => {
    const out = new FanOut();
    out.open(opening(1));
    out.push(frame(0));
    out.withhold();
    const line = new TestLine();
    out.add(new Viewer(line));
    expect(line.numbers).toEqual([]);
    expect(out.keyFrame()).toBeUndefined();
  });

  it('lets time only go forward, though the new masker begins with pictures of before', () => {
    const out = new FanOut();
    const line = new TestLine();
    out.add(new Viewer(line));
    out.open(opening(1));
    for (let n = 300; n < 330; n++) out.push(frame(n));
    out.open(opening(2));
    for (let n = 300; n < 335; n++) out.push(frame(n));
    expect(line.times).toEqual(line.times.toSorted((a, b) => a - b));
    expect(new Set(line.times).size).toBe(line.times.length);
    expect(line.times[0]).toBe(0);
  });

  it('lets a plain file go on when its init segment is the same, and ends it when it is not', () => {
    const out = new FanOut();
    const line = new TestLine({ saysMessages: false });
    out.add(new Viewer(line));
    out.open(opening(1));
    out.push(frame(0));
    out.open(opening(2));
    out.push(frame(60, true));
    expect(line.numbers).toEqual([0, 60]);
    expect(line.words).toEqual([]);
    out.open(opening(3, 640));
    expect(line.closed).toBe(false);
  });
});

describe('in doubt', () => {
  it('holds everything back and loses nothing when the masks turn out to be the same', () => {
    const out = new FanOut();
    out.open(opening());
    const line = new TestLine();
    out.add(new Viewer(line));
    out.push(frame(0));
    out.hold();
    for (let n = 1; n < 5; n++) out.push(frame(n));
    const late = new TestLine();
    out.add(new Viewer(late));
    expect([line.numbers, late.numbers, out.keyFrame()]).toEqual([[0], [], undefined]);
    out.release();
    expect([line.numbers, late.numbers]).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4],
    ]);
  });

  it('gives nothing of what was held when the masks are others', () => {
    const out = new FanOut();
    out.open(opening());
    const line = new TestLine();
    out.add(new Viewer(line));
    out.hold();
    out.push(frame(0));
    out.withhold();
    out.release();
    expect(line.numbers).toEqual([]);
  });

  it('stays in doubt when a masker begins meanwhile', () => {
    const out = new FanOut();
    const line = new TestLine();
    out.add(new Viewer(line));
    out.hold();
    out.open(opening());
    out.push(frame(0));
    expect(line.numbers).toEqual([]);
    out.release();
    expect(line.words.at(-1)).toBe('start');
    expect(line.numbers).toEqual([0]);
  });
});
