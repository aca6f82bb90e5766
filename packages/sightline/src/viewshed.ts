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

/** Calls back with the distance at which each ray crosses an edge. */
function eachCrossing(rays: Rays, a: Point2, b: Point2, visit: (ray: number, metres: number) => void): void {
  const { behind } = rays;
  const angleOf = ([east, north]: Point2): number => Math.atan2(east, north) - behind;
  let [from, to] = [angleOf(a), angleOf(b)];
  // The short way round: an edge never turns by more than half a circle around the camera.
  to -= Math.round((to - from) / (2 * Math.PI)) * 2 * Math.PI;
  if (from > to) [from, to] = [to, from];
  const last = Math.ceil(to / STEP - 0.5);
  for (let k = Math.ceil(from / STEP - 0.5); k < last; k++) {
    const ray = ((k % RAYS) + RAYS) % RAYS;
    const [x, y] = [rays.east[ray] as number, rays.north[ray] as number];
    const [sa, sb] = [x * a[1] - y * a[0], x * b[1] - y * b[0]];
    if (sa === sb) continue;
    const s = sa / (sa - sb);
    visit(ray, Math.max(0, x * (a[0] + s * (b[0] - a[0])) + y * (a[1] + s * (b[1] - a[1]))));
  }
}

const eachEdge = (ring: readonly Point2[], visit: (a: Point2, b: Point2) => void): void =>
  ring.forEach((a, i) => visit(a, ring[(i + 1) % ring.length] as Point2));

/** What of each ray falls into the frame: nearest and furthest, or nothing. */
function inFrame(aim: Aim, rays: Rays): (Run | undefined)[] {
  const ring = groundInView(aim);
  const found: number[][] = Array.from({ length: RAYS }, () => []);
  eachEdge(ring, (a, b) => eachCrossing(rays, a, b, (ray, metres) => found[ray]?.push(metres)));
  return found.map((crossings): Run | undefined => {
    if (crossings.length === 0) return undefined;
    // A ray that leaves the view and never entered it starts within: the camera looks at its own foot.
    return [crossings.length === 1 ? 0 : Math.min(...crossings), Math.max(...crossings)];
  });
}

/** Adds the ground that a building hides on each ray: what it stands on and its shadow, were the camera a lamp. */
function addShadows(
  eye: number,
  rays: Rays,
  { polygons, bottom, top }: Standing,
  shadows: readonly (Run[] | undefined)[],
): void {
  if (eye <= bottom) return;
  for (const rings of polygons) {
    const crossed = new Map<number, number[]>();
    for (const ring of rings) {
      eachEdge(ring, (a, b) =>
        eachCrossing(rays, a, b, (ray, metres) => {
          if (!shadows[ray]) return;
          const known = crossed.get(ray);
          if (known) known.push(metres);
          else crossed.set(ray, [metres]);
        }),
      );
    }
    for (const [ray, at] of crossed) {
      at.sort((p, q) => p - q);
      if (at.length % 2 === 1) at.unshift(0);
      for (let i = 0; i + 1 < at.length; i += 2) {
        const from = ((at[i] as number) * eye) / (eye - bottom);
        shadows[ray]?.push([from, eye > top ? ((at[i + 1] as number) * eye) / (eye - top) : Infinity]);
      }
    }
  }
}

function without(run: Run | undefined, shadows: readonly Run[]): Run[] {
  if (!run) return [];
  const left: Run[] = [];
  const end = run[1];
  let from = run[0];
  for (const [start, stop] of shadows.toSorted((a, b) => a[0] - b[0])) {
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
 */
export function viewshed(aim: Aim, buildings: readonly Building[]): LonLat[][][] {
  const standing = standingAround(aim, buildings);
  const rays = raysOf(aim);
  const shown = inFrame(aim, rays);
  // Most rays pass the frame by: what they meet doesn't matter.
  const shadows = shown.map((run): Run[] | undefined => run && []);
  for (const building of standing) {
    if (!surrounds(building, aim.position.height)) addShadows(aim.position.height, rays, building, shadows);
    else if (building.home) return [];
  }
  const frame = localFrame(aim.position);
  const visible = shown.map((run, ray) => without(run, shadows[ray] ?? []));
  return joinRuns(visible).map((piece) => {
    const ring = ringOf(aim, piece).map((p) => frame.fromLocal(p));
    return [[...ring, ring[0] as LonLat]];
  });
}
