// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimId } from '@louver/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Fragment } from '../media/fmp4.ts';
import { AimGate, PICTURE_OLD_MS } from './aim-gate.ts';
import type { Whereabouts } from './position.ts';

const [GATE, MARKET] = ['gate', 'market'] as [AimId, AimId];
const TICKS = 90_000;
/** A picture every 40 ms, every tenth one is whole. */
const EVERY_MS = 40;
const ASK_EVERY_MS = 280;

/** A camera whose head, pictures and answers keep a clock that the test winds. */
class Camera {
  now = 1_000;
  readonly left: { at: number; takenAt: number; of: Whereabouts; under: Whereabouts }[] = [];
  readonly told: Whereabouts[] = [];
  /** Where it stands from some moment on. */
  readonly #stands: { from: number; at: Whereabouts }[] = [{ from: -Infinity, at: GATE }];
  readonly #sent = new Map<Fragment, number>();
  readonly #underWay: { fragment: Fragment; arrivesAt: number }[] = [];
  /** Milliseconds between what is seen and what comes. */
  latency = 0;
  answers = true;
  /** What it says is as old as this. */
  statusOld = 0;
  #frames = 0;
  #askedAt = 0;
  readonly gate = new AimGate({
    onWhereabouts: (now) => this.told.push(now),
    onPicture: (fragment) => {
      const takenAt = this.#sent.get(fragment)!;
      this.left.push({ at: this.now, takenAt, of: this.#at(takenAt), under: this.gate.whereabouts });
    },
  });

  #at(when: number): Whereabouts {
    return this.#stands.findLast(({ from }) => from <= when)!.at;
  }

  turn(to: Whereabouts, inMs = 600): void {
    this.#stands.push({ from: this.now, at: 'moving' }, { from: this.now + inMs, at: to });
  }

  run(ms: number): this {
    for (const end = this.now + ms; this.now < end; this.now += 10) this.#step();
    return this;
  }

  /** What waits somewhere comes at once. */
  letAllCome(): void {
    for (const one of this.#underWay) one.arrivesAt = this.now;
  }

  #step(): void {
    if (this.now % EVERY_MS === 0) {
      const takenAt = this.now;
      const fragment = {
        key: this.#frames++ % 10 === 0,
        time: (takenAt * TICKS) / 1000,
        bytes: Buffer.alloc(10),
      } as Fragment;
      this.#sent.set(fragment, takenAt);
      this.#underWay.push({ fragment, arrivesAt: takenAt + this.latency });
    }
    while (this.#underWay[0] && this.#underWay[0].arrivesAt <= this.now)
      this.gate.push(this.#underWay.shift()!.fragment, TICKS, this.now);
    if (this.answers && this.now - this.#askedAt >= ASK_EVERY_MS) {
      const [askedAt, answeredAt] = [this.now - 20, this.now];
      this.#askedAt = this.now;
      this.gate.onAnswer({ askedAt, answeredAt, whereabouts: this.#at(askedAt - this.statusOld) });
    }
    this.gate.review(this.now);
  }

  /** Pictures that left and were not of the aim whose masks lay over them. */
  get wrong() {
    return this.left.filter(({ of, under }) => of !== under);
  }
}

let camera: Camera;
beforeEach(() => {
  camera = new Camera();
});

describe('a picture leaves', () => {
  it('only after a question that was asked later says that the camera stood still', () => {
    camera.run(6_000);
    expect(camera.left.length).toBeGreaterThan(50);
    for (const { at, takenAt } of camera.left) expect(at - takenAt).toBeGreaterThanOrEqual(600);
    expect(camera.told).toEqual([GATE]);
  });

  it('in time, as evenly as pictures come', () => {
    camera.run(10_000);
    const late = camera.left.map(({ at, takenAt }) => at - takenAt);
    expect(Math.max(...late.slice(-50)) - Math.min(...late.slice(-50))).toBeLessThanOrEqual(10);
  });

  it.each([0, 130, 270])('not when the camera began to turn before the next answer, %i ms into it', (phase) => {
    camera.run(6_000 + phase);
    camera.turn(MARKET);
    camera.run(12_000);
    expect(camera.wrong).toEqual([]);
    expect(camera.told).toEqual([GATE, 'moving', MARKET]);
    expect(camera.left.some(({ of }) => of === MARKET)).toBe(true);
  });

  it('not when what the device says is old, and not when it is of before and came late', () => {
    camera.statusOld = 300;
    camera.latency = PICTURE_OLD_MS - 20;
    camera.run(8_000);
    camera.turn(MARKET);
    camera.run(12_000);
    camera.turn(GATE, 100);
    camera.run(12_000);
    expect(camera.wrong).toEqual([]);
    expect(camera.left.filter(({ of }) => of === MARKET).length).toBeGreaterThan(50);
  });

  it('not when it waited on the way while the camera turned, however long', () => {
    camera.run(6_000);
    camera.latency = 4_000;
    camera.turn(MARKET);
    camera.run(1_000);
    camera.latency = 0;
    camera.run(12_000);
    expect(camera.wrong).toEqual([]);
  });

  it('not from a stream that begins with what was kept of before', () => {
    camera.run(3_000);
    camera.turn(MARKET, 800);
    camera.latency = 1e9;
    camera.run(3_500);
    camera.gate.cut();
    camera.latency = 0;
    camera.letAllCome();
    camera.run(8_000);
    expect(camera.wrong).toEqual([]);
    expect(camera.left.some(({ of }) => of === MARKET)).toBe(true);
  });

  it('not when the device was silent: it may have looked elsewhere meanwhile', () => {
    camera.run(6_000);
    camera.answers = false;
    camera.run(200);
    camera.turn(GATE, 500);
    camera.run(1_000);
    camera.answers = true;
    camera.run(6_000);
    expect(camera.wrong).toEqual([]);
    expect(camera.left.at(-1)!.takenAt).toBeGreaterThan(camera.now - 2_000);
  });
});

it('says that nobody knows where it looks when the device stays silent, and holds nothing back for later', () => {
  camera.run(6_000);
  camera.answers = false;
  camera.run(3_000);
  expect(camera.told).toEqual([GATE, 'unknown']);
  const before = camera.left.length;
  camera.run(3_000);
  expect(camera.left).toHaveLength(before);
});

it('begins with a whole picture after every break', () => {
  const keys: boolean[] = [];
  const gate = new AimGate({ onWhereabouts: () => undefined, onPicture: ({ key }) => keys.push(key) });
  for (let now = 0; now < 20_000; now += 40) {
    if (now % 280 === 0)
      gate.onAnswer({ askedAt: now, answeredAt: now, whereabouts: Math.floor(now / 5_000) % 2 === 0 ? GATE : MARKET });
    gate.push({ key: now % 400 === 0, time: now * 90, bytes: Buffer.alloc(1) } as Fragment, TICKS, now);
    gate.review(now);
  }
  expect(keys[0]).toBe(true);
  expect(keys.filter(Boolean).length).toBeGreaterThan(3);
});
