// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { type Buffered, EDGE, FragmentQueue, LiveEdge } from './live-edge.ts';

const bytes = (...values: number[]) => Uint8Array.from(values).buffer;

describe('LiveEdge', () => {
  const follow = (buffered: Buffered) => new LiveEdge().follow(buffered, 0);

  it('lets a picture at the edge play', () => {
    expect(follow({ start: 0, end: 10, at: 9.9 })).toEqual({ rate: 1 });
  });

  it('hurries the more, the farther behind a picture is, and slows down before nothing is left', () => {
    const rateAt = (lag: number) => follow({ start: 0, end: 10, at: 10 - EDGE.target - lag }).rate;
    expect([0.03, 0.1, 0.3].map(rateAt)).toEqual([1.02, 1.05, 1.1]);
    expect(rateAt(-0.06)).toBe(0.97);
  });

  it('jumps to the edge when a burst has left it far behind', () => {
    expect(follow({ start: 0, end: 10, at: 8 })).toEqual({ rate: 1, seekTo: 9.9 });
  });

  it('starts where the buffer starts, not at zero', () => {
    expect(follow({ start: 5000, end: 5000.04, at: 0 }).seekTo).toBe(5000);
  });

  it('drops what lies behind', () => {
    expect(follow({ start: 0, end: 30, at: 29.9 }).trimTo).toBeCloseTo(29.9 - EDGE.keepBehind);
    expect(follow({ start: 15, end: 30, at: 29.9 }).trimTo).toBeUndefined();
  });

  it('keeps farther away on a line that stalls, and comes nearer again while it does not', () => {
    const edge = new LiveEdge();
    edge.stalled(1);
    edge.stalled(2);
    expect(edge.target).toBeCloseTo(EDGE.target + 2 * EDGE.stall);
    edge.follow({ start: 0, end: 10, at: 9.9 }, 2 + EDGE.easeEvery - 1);
    expect(edge.target).toBeCloseTo(EDGE.target + 2 * EDGE.stall);
    edge.follow({ start: 0, end: 10, at: 9.9 }, 2 + EDGE.easeEvery);
    expect(edge.target).toBeCloseTo(EDGE.target + 2 * EDGE.stall - EDGE.ease);
    for (let i = 0; i < 50; i++) edge.stalled(30);
    expect(edge.target).toBe(EDGE.most);
    for (let i = 0; i < 100; i++) edge.follow({ start: 0, end: 10, at: 9.9 }, 100 + i * EDGE.easeEvery);
    expect(edge.target).toBe(EDGE.least);
  });
});

describe('FragmentQueue', () => {
  it('gives all that waits as one piece, in order', () => {
    const queue = new FragmentQueue();
    queue.push(bytes(1, 2));
    queue.push(bytes(3));
    queue.push(bytes(4, 5));
    expect([...queue.take()]).toEqual([1, 2, 3, 4, 5]);
    expect(queue.isEmpty).toBe(true);
  });

  it('puts first what could not be appended', () => {
    const queue = new FragmentQueue();
    queue.push(bytes(1));
    const taken = queue.take();
    queue.push(bytes(2));
    queue.putBack(taken);
    expect([...queue.take()]).toEqual([1, 2]);
  });

  it('forgets everything at a reset', () => {
    const queue = new FragmentQueue();
    queue.push(bytes(1));
    queue.clear();
    expect(queue.isEmpty).toBe(true);
  });
});
