// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Local } from '@louver/sightline';
import { add, along, leftOf, lengthOf } from '../city/plane.ts';
import { type Random, between, seeded } from '../city/random.ts';
import { type Figure, car, motorbike, van, walker } from './figures.ts';
import type { Lane } from './lanes.ts';

/** Something that moves, where it is now. */
export interface Placed {
  readonly figure: Figure;
  readonly at: Local;
  readonly way: Local;
}

interface Mover {
  readonly path: readonly Local[];
  readonly length: number;
  readonly speed: number;
  /** Seconds into the loop at which it enters its path. */
  readonly start: number;
  readonly aside: number;
  readonly pose: (metres: number) => Figure;
}

const SEEN_M = 150;
const STRIDE_M = 1.5;
const POSTURES = 16;
const FLOW_SECONDS = 16;

function moverOn(lane: Lane, start: number, random: Random): Mover {
  const common = { path: lane.path, length: lengthOf(lane.path), start };
  if (lane.kind === 'walkers') {
    const pose = walker(random);
    // Sixteen postures are enough for a walk, and each figure is made once.
    const postures = Array.from({ length: POSTURES }, (_, i) => pose(Math.sin((i / POSTURES) * 2 * Math.PI)));
    const posture = (metres: number): Figure =>
      postures[Math.floor((metres / STRIDE_M) * POSTURES) % POSTURES] as Figure;
    return {
      ...common,
      speed: lane.speed * between(random, 0.85, 1.15),
      aside: between(random, -0.7, 0.7),
      pose: posture,
    };
  }
  const figure = lane.kind === 'bikes' ? motorbike(random) : random() < 0.13 ? van(random) : car(random);
  const bike = lane.kind === 'bikes';
  // Cars of a lane share one speed, or they would drive through each other.
  const speed = bike ? lane.speed * between(random, 0.8, 1.2) : lane.speed;
  return { ...common, speed, aside: bike ? between(random, -0.6, 0.6) : 0, pose: () => figure };
}

/** Traffic that comes round after `seconds` without a jump: whoever has not arrived by then is met again at the start. */
export class Traffic {
  readonly #movers: readonly Mover[];
  readonly #seconds: number;

  constructor(lanes: readonly Lane[], seconds: number, seed: number) {
    this.#seconds = seconds;
    this.#movers = lanes.flatMap((lane, i) => {
      const random = seeded(seed + i * 101);
      const wanted = (lane.flow * seconds) / FLOW_SECONDS;
      const count = Math.floor(wanted) + (random() < wanted % 1 ? 1 : 0);
      return Array.from({ length: count }, (_, k) =>
        moverOn(lane, ((k + between(random, 0.1, 0.8)) * seconds) / count, random),
      );
    });
  }

  at(time: number): Placed[] {
    return this.#movers.flatMap(({ path, length, speed, start, aside, pose }) => {
      const found: Placed[] = [];
      const since = (((time - start) % this.#seconds) + this.#seconds) % this.#seconds;
      for (let metres = since * speed; metres < length; metres += this.#seconds * speed) {
        const { at, way } = along(path, metres);
        const place = add(at, leftOf(way), aside);
        if (Math.hypot(...place) < SEEN_M) found.push({ figure: pose(metres), at: place, way });
      }
      return found;
    });
  }
}
