// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Point2, turn } from './polygon.ts';

/** y = slope · x + offset, within every window from the first to the last index. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
  readonly slope: number;
  readonly offset: number;
}

const slopeOf = (from: Point2, to: Point2): number => (to[1] - from[1]) / (to[0] - from[0]);

/**
 * One growing set of windows (vertical segments, left to right) that a single line still passes through. Keeps the two extreme
 * lines and the hulls that they may yet turn on (O'Rourke 1981), so each window costs amortised constant time.
 */
class Stabbing {
  readonly #uppers: Point2[];
  readonly #lowers: Point2[];
  #upperStart = 0;
  #lowerStart = 0;
  /** The flattest falling line that fits runs from the first to the second of these, … */
  #least: [Point2, Point2];
  /** … and the steepest rising one from the first to the second of these. */
  #most: [Point2, Point2];
  #count = 1;

  constructor(x: number, low: number, high: number) {
    this.#uppers = [[x, high]];
    this.#lowers = [[x, low]];
    this.#least = [
      [x, high],
      [x, low],
    ];
    this.#most = [
      [x, low],
      [x, high],
    ];
  }

  /** @returns false, and stays as it was, when no line passes through the new window too */
  add(x: number, low: number, high: number): boolean {
    const [upper, lower]: [Point2, Point2] = [
      [x, high],
      [x, low],
    ];
    if (this.#count === 1) {
      this.#least[1] = lower;
      this.#most[1] = upper;
      this.#uppers.push(upper);
      this.#lowers.push(lower);
      this.#count = 2;
      return true;
    }
    const [least, most] = [slopeOf(...this.#least), slopeOf(...this.#most)];
    if (slopeOf(this.#least[1], upper) < least || slopeOf(this.#most[1], lower) > most) return false;
    if (slopeOf(this.#most[0], upper) < most) this.#lowerMost(upper);
    if (slopeOf(this.#least[0], lower) > least) this.#raiseLeast(lower);
    this.#count++;
    return true;
  }

  #lowerMost(upper: Point2): void {
    let best = this.#lowerStart;
    for (let i = best + 1; i < this.#lowers.length; i++) {
      if (slopeOf(this.#lowers[i] as Point2, upper) > slopeOf(this.#lowers[best] as Point2, upper)) break;
      best = i;
    }
    this.#most = [this.#lowers[best] as Point2, upper];
    this.#lowerStart = best;
    pushHull(this.#uppers, this.#upperStart, upper, 1);
  }

  #raiseLeast(lower: Point2): void {
    let best = this.#upperStart;
    for (let i = best + 1; i < this.#uppers.length; i++) {
      if (slopeOf(this.#uppers[i] as Point2, lower) < slopeOf(this.#uppers[best] as Point2, lower)) break;
      best = i;
    }
    this.#least = [this.#uppers[best] as Point2, lower];
    this.#upperStart = best;
    pushHull(this.#lowers, this.#lowerStart, lower, -1);
  }

  /** The line half way between the two extremes, through the point where they meet. */
  line(): { slope: number; offset: number } {
    const [[ax, ay], [bx, by]] = [this.#least[0], this.#most[0]];
    if (this.#count === 1) return { slope: 0, offset: (ay + by) / 2 };
    const [least, most] = [slopeOf(...this.#least), slopeOf(...this.#most)];
    const slope = (least + most) / 2;
    if (most - least < 1e-12) return { slope, offset: ay - slope * ax };
    const x = (ay - by + most * bx - least * ax) / (most - least);
    return { slope, offset: ay + least * (x - ax) - slope * x };
  }
}

function pushHull(hull: Point2[], start: number, point: Point2, side: 1 | -1): void {
  while (
    hull.length >= start + 2 &&
    side * turn(hull[hull.length - 2] as Point2, hull[hull.length - 1] as Point2, point) <= 0
  )
    hull.pop();
  hull.push(point);
}

/** The fewest straight stretches through windows [lows[i], highs[i]] at x = i. */
export function stretches(lows: readonly number[], highs: readonly number[]): Stretch[] {
  const found: Stretch[] = [];
  let first = 0;
  while (first < lows.length) {
    const stabbing = new Stabbing(first, lows[first] as number, highs[first] as number);
    let last = first;
    while (last + 1 < lows.length && stabbing.add(last + 1, lows[last + 1] as number, highs[last + 1] as number))
      last++;
    found.push({ first, last, ...stabbing.line() });
    first = last + 1;
  }
  return found;
}
