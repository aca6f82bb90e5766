// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { EDGE, followEdge, FragmentQueue } from './live-edge.ts';

const bytes = (...values: number[]) => Uint8Array.from(values).buffer;

describe('followEdge', () => {
  it('lets a picture at the edge play', () => {
    expect(followEdge({ start: 0, end: 10, at: 9.9 })).toEqual({ rate: 1 });
  });

  it('nudges a picture that is a little behind, and hurries one that is more', () => {
    expect(followEdge({ start: 0, end: 10, at: 10 - EDGE.target - 0.1 }).rate).toBe(1.03);
    expect(followEdge({ start: 0, end: 10, at: 10 - EDGE.target - 0.3 }).rate).toBe(1.1);
  });

  it('jumps to the edge when a burst has left it far behind', () => {
    expect(followEdge({ start: 0, end: 10, at: 8 })).toEqual({ rate: 1, seekTo: 9.9 });
  });

  it('starts where the buffer starts, not at zero', () => {
    expect(followEdge({ start: 5000, end: 5000.04, at: 0 }).seekTo).toBe(5000);
  });

  it('drops what lies behind', () => {
    expect(followEdge({ start: 0, end: 30, at: 29.9 }).trimTo).toBeCloseTo(29.9 - EDGE.keepBehind);
    expect(followEdge({ start: 15, end: 30, at: 29.9 }).trimTo).toBeUndefined();
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
