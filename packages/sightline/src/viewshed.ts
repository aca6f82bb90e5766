// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Aim } from './aim.ts';
import type { Building } from './building.ts';
import { type LonLat, localFrame } from './local-frame.ts';
import { type Piece, type Run, joinRuns } from './pieces.ts';
import { type Point2, turn } from './polygon.ts';
import { type Standing, standingAround, surrounds } from './standing.ts';
import { groundInView } from './view-cone.ts';

const RAYS = 1440;
const STEP = (2 * Math.PI) / RAYS;
/** Corners that change the outline by less, in metres, are left out. */
const STRAIGHT_M = 0.02;

/** Direction of a ray on the ground. They start behind the camera, so that a view is not cut in two where they begin. */
const bearing = (aim: Aim, ray: number): number => ((aim.heading + 180) * Math.PI) / 180 + (ray + 0.5) * STEP;
const toward = (angle: number, metres: number): Point2 => [metres * Math.sin(angle), metres * Math.cos(angle)];

/** Where the rays of one aim go: sines and cosines cost more than all the rest. */
interface Rays {
  readonly behind: number;
  readonly east: Float64Array;
  readonly north: Float64Array;
}

function raysOf(aim: Aim): Rays {
  const [east, north] = [new Float64Array(RAYS), new Float64Array(RAYS)];
  for (let ray = 0; ray < RAYS; ray++) [east[ray], north[ray]] = toward(bearing(aim, ray), 1);
  return { behind: bearing(aim, -0.5), east, north };
}

/**
 * Calls back with the distance at which each ray crosses each edge of a ring.
 * @param wanted which rays, all by default
 */
function eachCrossing(
  rays: Rays,
  ring: readonly Point2[],
  visit: (ray: number, metres: number) => void,
  wanted?: readonly unknown[],
): void {
  if (ring.length === 0) return;
  let a = ring.at(-1) as Point2;
  let from = Math.atan2(a[0], a[1]) - rays.behind;
  for (const b of ring) {
    const to = Math.atan2(b[0], b[1]) - rays.behind;
    // The short way round: an edge never turns by more than half a circle around the camera.
    const short = to - Math.round((to - from) / (2 * Math.PI)) * 2 * Math.PI;
    const last = Math.ceil(Math.max(from, short) / STEP - 0.5);
    for (let k = Math.ceil(Math.min(from, short) / STEP - 0.5); k < last; k++) {
      const ray = ((k % RAYS) + RAYS) % RAYS;
      if (wanted && !wanted[ray]) continue;
      const [x, y] = [rays.east[ray] as number, rays.north[ray] as number];
      const [sa, sb] = [x * a[1] - y * a[0], x * b[1] - y * b[0]];
      if (sa === sb) continue;
      const s = sa / (sa - sb);
      visit(ray, Math.max(0, x * (a[0] + s * (b[0] - a[0])) + y * (a[1] + s * (b[1] - a[1]))));
    }
    [a, from] = [b, to];
  }
}

/** What of each ray falls into the frame: nearest and furthest, or nothing. */
function inFrame(aim: Aim, rays: Rays): (Run | undefined)[] {
  const found: number[][] = Array.from({ length: RAYS }, () => []);
  eachCrossing(rays, groundInView(aim), (ray, metres) => found[ray]?.push(metres));
  return found.map((crossings): Run | undefined => {
    if (crossings.length === 0) return undefined;
    // A ray that leaves the view and never entered it starts within: the camera looks at its own foot.
    return [crossings.length === 1 ? 0 : Math.min(...crossings), Math.max(...crossings)];
  });
}

/** Where the rays cross one building: chained by ray, because a list for each of so many would mostly be rubbish to collect. */
class Crossings {
  /** The last one of each ray; -1 for none. */
  readonly #last = new Int32Array(RAYS).fill(-1);
  readonly #before: number[] = [];
  readonly #metres: number[] = [];
  readonly #rays: number[] = [];

  add(ray: number, metres: number): void {
    if (this.#last[ray] === -1) this.#rays.push(ray);
    this.#before.push(this.#last[ray] as number);
    this.#last[ray] = this.#metres.push(metres) - 1;
  }

  /** Hands out what was added, by ray, nearest first, and forgets it. The list is good until the next one. */
  take(visit: (ray: number, at: readonly number[]) => void): void {
    const at: number[] = [];
    for (const ray of this.#rays) {
      at.length = 0;
      for (let i = this.#last[ray] as number; i >= 0; i = this.#before[i] as number) at.push(this.#metres[i] as number);
      this.#last[ray] = -1;
      visit(
        ray,
        at.sort((p, q) => p - q),
      );
    }
    this.#before.length = this.#metres.length = this.#rays.length = 0;
  }
}

/** What is left to see of one ray: the ground in the frame, shadows on it, and where what hides everything behind it begins. */
interface Ground {
  readonly run: Run;
  readonly shadows: Run[];
  end: number;
}

/** Adds the ground that a building hides on each ray: what it stands on and its shadow, were the camera a lamp. */
function addShadows(
  eye: number,
  rays: Rays,
  { polygons, bottom, top }: Standing,
  grounds: readonly (Ground | undefined)[],
  crossings: Crossings,
): void {
  if (eye <= bottom) return;
  const add = (ray: number, metres: number): void => crossings.add(ray, metres);
  for (const rings of polygons) {
    for (const ring of rings) eachCrossing(rays, ring, add, grounds);
    crossings.take((ray, at) => {
      const ground = grounds[ray] as Ground;
      // A ray that leaves a building and never entered it starts within.
      for (let i = at.length % 2 === 0 ? 0 : -1; i + 1 < at.length; i += 2) {
        const from = i < 0 ? 0 : ((at[i] as number) * eye) / (eye - bottom);
        if (from >= ground.end) break;
        if (eye > top) ground.shadows.push([from, ((at[i + 1] as number) * eye) / (eye - top)]);
        else ground.end = from;
      }
    });
  }
}

function visibleOf(ground: Ground | undefined): Run[] {
  if (!ground) return [];
  const { shadows, end } = ground;
  const left: Run[] = [];
  let from = ground.run[0];
  for (const [start, stop] of shadows.sort((a, b) => a[0] - b[0])) {
    if (start >= end) break;
    if (start > from) left.push([from, start]);
    from = Math.max(from, stop);
  }
  if (from < end) left.push([from, end]);
  return left;
}

function thinned(chain: readonly Point2[]): Point2[] {
  const kept: Point2[] = [];
  chain.forEach((point, i) => {
    const [before, after] = [kept.at(-1), chain[i + 1]];
    if (before && Math.hypot(point[0] - before[0], point[1] - before[1]) < 1e-6) return;
    if (before && after) {
      const length = Math.hypot(after[0] - before[0], after[1] - before[1]);
      if (length > 0 && Math.abs(turn(before, point, after)) < STRAIGHT_M * length) return;
    }
    kept.push(point);
  });
  return kept;
}

function ringOf(aim: Aim, { start, tops, bottoms }: Piece): Point2[] {
  const chain = (metres: readonly number[]): Point2[] => {
    const points = metres.map((r, i) => toward(bearing(aim, start + i), r));
    // A ray stands for half a step on each side of it, so a piece one ray wide has an area too.
    points.unshift(toward(bearing(aim, start - 0.5), metres[0] as number));
    points.push(toward(bearing(aim, start + metres.length - 0.5), metres.at(-1) as number));
    return thinned(points);
  };
  const allRound = tops.length === RAYS && tops.every((near) => near === 0);
  return allRound ? chain(bottoms) : [...chain(bottoms), ...chain(tops).toReversed()];
}

/**
 * The ground that an aim really shows: in the frame, within `aim.range`, and not behind or under a building. GeoJSON
 * MultiPolygon coordinates, closed rings in degrees without holes; true to a quarter of a degree of bearing. Empty when the
 * camera sees no ground, or is within a home.
 * @param standing as a sight of the same aim has it, on flat ground
 */
export function viewshed(
  aim: Aim,
  buildings: readonly Building[],
  standing: readonly Standing[] = standingAround(aim, buildings),
): LonLat[][][] {
  const rays = raysOf(aim);
  // Most rays pass the frame by: what they meet doesn't matter.
  const grounds = inFrame(aim, rays).map((run): Ground | undefined => run && { run, shadows: [], end: run[1] });
  const crossings = new Crossings();
  for (const building of standing) {
    if (!surrounds(building, aim.position.height)) addShadows(aim.position.height, rays, building, grounds, crossings);
    else if (building.home) return [];
  }
  const frame = localFrame(aim.position);
  return joinRuns(grounds.map(visibleOf)).map((piece) => {
    const ring = ringOf(aim, piece).map((p) => frame.fromLocal(p));
    return [[...ring, ring[0] as LonLat]];
  });
}
