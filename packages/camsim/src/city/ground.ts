// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Local } from '@louver/sightline';
import type { PlanArea, PlanStreet } from './plan.ts';
import { distanceToSegment, overlap } from './plane.ts';

const CELL_M = 25;

interface Taken {
  readonly ring?: readonly Local[];
  readonly segment?: { street: PlanStreet; from: Local; to: Local };
}

/** What is built on already, in square cells so that a lot asks only its neighbours. */
export class Ground {
  readonly #cells = new Map<string, Taken[]>();

  constructor(streets: readonly PlanStreet[], areas: readonly PlanArea[]) {
    for (const street of streets) {
      for (let i = 1; i < street.line.length; i++) {
        const [from, to] = [street.line[i - 1] as Local, street.line[i] as Local];
        this.#put([from, to], { segment: { street, from, to } }, street.width / 2 + street.pavement);
      }
    }
    for (const area of areas) this.take(area.ring);
  }

  take(ring: readonly Local[]): void {
    this.#put(ring, { ring });
  }

  /** Free of buildings, areas and every street; its own street may be as near as the setback. */
  isFree(ring: readonly Local[], own: PlanStreet): boolean {
    for (const key of this.#keys(ring, 0)) {
      for (const { ring: other, segment } of this.#cells.get(key) ?? []) {
        if (other && overlap(ring, other)) return false;
        if (segment && !clearOf(ring, segment, own)) return false;
      }
    }
    return true;
  }

  #put(points: readonly Local[], taken: Taken, margin = 0): void {
    for (const key of this.#keys(points, margin)) {
      const cell = this.#cells.get(key);
      if (cell) cell.push(taken);
      else this.#cells.set(key, [taken]);
    }
  }

  *#keys(points: readonly Local[], margin: number): Generator<string> {
    const [east, north] = [points.map((p) => p[0]), points.map((p) => p[1])];
    const low = (xs: number[]): number => Math.floor((Math.min(...xs) - margin) / CELL_M);
    const high = (xs: number[]): number => Math.floor((Math.max(...xs) + margin) / CELL_M);
    for (let i = low(east); i <= high(east); i++) {
      for (let j = low(north); j <= high(north); j++) yield `${i},${j}`;
    }
  }
}

function clearOf(
  ring: readonly Local[],
  { street, from, to }: NonNullable<Taken['segment']>,
  own: PlanStreet,
): boolean {
  const need = street.width / 2 + (street === own ? street.pavement - 0.05 : street.pavement + 0.3);
  if (overlap(ring, [from, to])) return false;
  // Both ways round, because the nearest points may be a corner of either.
  return ring.every((p, i) => {
    const q = ring[(i + 1) % ring.length] as Local;
    return (
      distanceToSegment(p, from, to) >= need &&
      distanceToSegment(from, p, q) >= need &&
      distanceToSegment(to, p, q) >= need
    );
  });
}
