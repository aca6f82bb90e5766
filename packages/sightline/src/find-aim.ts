// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Aim, vfov } from './aim.ts';
import type { Building } from './building.ts';
import { type Exposure, exposuresOf } from './exposure.ts';
import { hiddenBy } from './line-of-sight.ts';
import { type LonLat, localFrame } from './local-frame.ts';
import { DEFAULT_MARGIN_DEG } from './margin.ts';
import { type Panorama, exposureScore, panoramaOf, roughScore } from './panorama.ts';
import { projector } from './projector.ts';
import { sightOf } from './sight.ts';
import { surrounds } from './standing.ts';
import type { Vec3 } from './vec3.ts';

/** What must stay in view, and what may be turned for it. */
export interface Wanted {
  /** A point on the ground, or a line through several: degrees. All of it must show, from the ground to a person's height. */
  readonly target: readonly LonLat[];
  /** Least pixels per metre everywhere on it, as in DORI_PIXELS_PER_METRE. */
  readonly pixelsPerMetre: number;
  /** Narrowest and widest horizontal field of view of the lens, degrees; equal for one that can't zoom. */
  readonly hfov: readonly [narrowest: number, widest: number];
  /** Lowest and highest tilt, degrees. */
  readonly tilt?: readonly [lowest: number, highest: number];
  /** Where the camera may stand as well as where it stands, degrees: points along a line. Its height stays. */
  readonly places?: readonly LonLat[];
  /** Homes so little outside of the frame are kept out too, degrees. */
  readonly marginDeg?: number;
  /** How many alternatives at most, best first. */
  readonly most?: number;
}

export interface FoundAim {
  readonly aim: Aim;
  /** `exposureScore` of what the frame shows; 0 when no home is in it. */
  readonly score: number;
  /** Homes in the frame, worst first. */
  readonly exposures: readonly Exposure[];
  /** Least pixels per metre on the target. */
  readonly pixelsPerMetre: number;
}

/** Why no aim from there keeps the target in view. */
export type NoAim =
  | { readonly kind: 'within-home'; readonly buildingId: string }
  | { readonly kind: 'beyond-range'; readonly metres: number }
  | { readonly kind: 'hidden'; readonly buildingId: string }
  /** No field of view that the lens has holds all of it. */
  | { readonly kind: 'too-wide' }
  /** The best that the lens gives on all of it. */
  | { readonly kind: 'too-coarse'; readonly pixelsPerMetre: number };

export interface AimSearch {
  /** Best first: by score, and where scores are alike by how near the frame's middle the target is. */
  readonly found: readonly FoundAim[];
  /** Only when nothing was found. */
  readonly none?: NoAim;
}

/** How tall what moves on the target is, in metres. */
const PERSON_M = 1.7;
/** The target keeps away from the frame's edge by this much of its width. */
const INSET = 0.02;
/** What a target in the frame's corner costs, in points of the score: enough to choose among equals, and no more. */
const CORNER = 0.2;
const ZOOM = 1.12;
const half = (degrees: number): number => Math.round(degrees * 2) / 2;
const turn = (degrees: number): number => ((degrees % 360) + 360) % 360;

interface Candidate {
  readonly aim: Aim;
  readonly pixelsPerMetre: number;
  /** Score with what the place in the frame costs: what is made least. */
  readonly cost: number;
}

/** Feet and heads of people along the target, metres from the ground under the camera. */
function pointsOf(target: readonly LonLat[], position: Aim['position']): Vec3[] {
  const frame = localFrame(position);
  const corners = target.map((point) => frame.toLocal(point));
  const along = corners.flatMap(([e, n], i) => {
    const [toE, toN] = corners[i + 1] ?? [e, n];
    const steps = Math.min(20, Math.ceil(Math.hypot(toE - e, toN - n) / 2));
    return Array.from({ length: Math.max(1, steps) }, (_, k): [number, number] => [
      e + ((toE - e) * k) / Math.max(1, steps),
      n + ((toN - n) * k) / Math.max(1, steps),
    ]);
  });
  return along.flatMap(([e, n]): Vec3[] => [
    // A hair above the ground, on which everything stands.
    [e, n, 0.05],
    [e, n, PERSON_M],
  ]);
}

/** Least density on the target and how far from the frame's middle it is, 0…1; undefined when some of it is not in the frame. */
function holds(aim: Aim, points: readonly Vec3[]): { pixelsPerMetre: number; off: number } | undefined {
  const view = projector(aim);
  const inset = INSET * view.width;
  let [deepest, x, y] = [0, 0, 0];
  for (const point of points) {
    const seen = view.project(point);
    if (!seen || seen.x < inset || seen.y < inset || seen.x > view.width - inset || seen.y > view.height - inset)
      return undefined;
    deepest = Math.max(deepest, seen.depth);
    x += seen.x / points.length;
    y += seen.y / points.length;
  }
  const off = Math.hypot(x / view.width - 0.5, y / view.height - 0.5) / Math.SQRT1_2;
  return { pixelsPerMetre: view.focal / deepest, off };
}

function fieldsOfView([narrowest, widest]: Wanted['hfov'], own: number): number[] {
  const all = new Set<number>([narrowest, widest]);
  if (own >= narrowest && own <= widest) all.add(own);
  for (let hfov = narrowest * ZOOM; hfov < widest; hfov *= ZOOM) all.add(half(hfov));
  return [...all].filter((hfov) => hfov >= narrowest && hfov <= widest).toSorted((a, b) => a - b);
}

interface Search {
  readonly wanted: Wanted;
  readonly points: readonly Vec3[];
  readonly panorama: Panorama;
  readonly tilt: readonly [number, number];
}

function weigh({ wanted, points, panorama, tilt }: Search, aim: Aim): Candidate | undefined {
  if (aim.tilt < tilt[0] || aim.tilt > tilt[1]) return undefined;
  const held = holds(aim, points);
  if (!held || held.pixelsPerMetre < wanted.pixelsPerMetre) return undefined;
  const { pixelsPerMetre, off } = held;
  const score = roughScore(panorama, aim, wanted.marginDeg ?? DEFAULT_MARGIN_DEG);
  return { aim, pixelsPerMetre, cost: score + CORNER * off * off };
}

/** Every aim of a lattice whose step is a small part of the field of view, on half degrees. */
function* lattice(base: Aim, points: readonly Vec3[], hfovs: readonly number[]): Generator<Aim> {
  const bearing = (Math.atan2(sum(points, 0), sum(points, 1)) * 180) / Math.PI;
  const middle = mean(points.map(([e, n, up]) => Math.atan2(up - base.position.height, Math.hypot(e, n))));
  for (const hfov of hfovs) {
    const high = vfov({ hfov, image: base.image });
    const [across, up] = [Math.max(0.5, half(hfov / 28)), Math.max(0.5, half(high / 18))];
    // Beyond half a field of view from the target's middle, not even that is in the frame.
    for (let dh = -Math.ceil(hfov / 2 / across); dh <= hfov / 2 / across; dh++) {
      for (let dt = -Math.ceil(high / 2 / up); dt <= high / 2 / up; dt++) {
        const heading = turn(half(bearing) + dh * across);
        yield { ...base, heading, tilt: half((middle * 180) / Math.PI) + dt * up, roll: base.roll, hfov };
      }
    }
  }
}

const sum = (points: readonly Vec3[], axis: 0 | 1): number => points.reduce((all, point) => all + point[axis], 0);
const mean = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0) / values.length;

/** Walks downhill in half degrees from where the lattice's best is. */
function refine(search: Search, from: Candidate, [narrowest, widest]: Wanted['hfov']): Candidate {
  let best = from;
  for (let step = 2; step >= 0.5;) {
    const { heading, tilt, hfov } = best.aim;
    const around: Aim[] = [
      { ...best.aim, heading: turn(heading + step) },
      { ...best.aim, heading: turn(heading - step) },
      { ...best.aim, tilt: tilt + step },
      { ...best.aim, tilt: tilt - step },
      { ...best.aim, hfov: Math.min(widest, hfov + step) },
      { ...best.aim, hfov: Math.max(narrowest, hfov - step) },
    ];
    const better = around
      .flatMap((aim) => weigh(search, aim) ?? [])
      .reduce((a, b) => (b.cost < a.cost - 1e-9 ? b : a), best);
    if (better === best) step /= 2;
    else best = better;
  }
  return best;
}

/** Whether somebody would call two aims different views. */
function differ(a: Aim, b: Aim): boolean {
  const turned = Math.abs(turn(a.heading - b.heading + 180) - 180);
  return (
    a.position.lon !== b.position.lon ||
    a.position.lat !== b.position.lat ||
    turned >= Math.min(a.hfov, b.hfov) / 6 ||
    Math.abs(a.tilt - b.tilt) >= Math.min(vfov(a), vfov(b)) / 5 ||
    Math.max(a.hfov, b.hfov) / Math.min(a.hfov, b.hfov) >= 1.3
  );
}

function distinct<T extends { readonly aim: Aim }>(sorted: readonly T[], most: number): T[] {
  const kept: T[] = [];
  for (const one of sorted) {
    if (kept.length === most) break;
    if (kept.every(({ aim }) => differ(aim, one.aim))) kept.push(one);
  }
  return kept;
}

/** What is in the way whichever way the camera turns. */
function hindrance({ standing }: Panorama, points: readonly Vec3[], { position, range }: Aim): NoAim | undefined {
  const around = standing.find((building) => building.home && surrounds(building, position.height));
  if (around) return { kind: 'within-home', buildingId: around.id };
  const furthest = Math.max(...points.map(([e, n]) => Math.hypot(e, n)));
  if (furthest > range) return { kind: 'beyond-range', metres: Math.round(furthest * 10) / 10 };
  for (const point of points) {
    const hiding = hiddenBy(standing, position.height, point);
    if (hiding) return { kind: 'hidden', buildingId: hiding.id };
  }
  return undefined;
}

function searchFrom(base: Aim, buildings: readonly Building[], wanted: Wanted): Candidate[] | NoAim {
  const panorama = panoramaOf(base.position, base.range, buildings);
  const points = pointsOf(wanted.target, base.position);
  const hindered = hindrance(panorama, points, base);
  if (hindered) return hindered;
  const search: Search = { wanted, points, panorama, tilt: wanted.tilt ?? [-85, 20] };
  const hfovs = fieldsOfView(wanted.hfov, base.hfov);
  let densest: number | undefined;
  const candidates: Candidate[] = [];
  for (const aim of lattice(base, points, hfovs)) {
    const candidate = weigh(search, aim);
    if (candidate) candidates.push(candidate);
    else densest = Math.max(densest ?? 0, holds(aim, points)?.pixelsPerMetre ?? 0);
  }
  if (candidates.length === 0) {
    if (!densest) return { kind: 'too-wide' };
    return { kind: 'too-coarse', pixelsPerMetre: Math.floor(densest * 10) / 10 };
  }
  const sorted = candidates.toSorted((a, b) => a.cost - b.cost);
  return distinct(sorted, 2 * (wanted.most ?? 4)).map((candidate) => refine(search, candidate, wanted.hfov));
}

/**
 * The aims that show homes least while the target stays in view: heading, tilt and field of view are searched on half
 * degrees, and the places that are given. Height, roll, frame and range stay the base's. The same input gives the same answer.
 * Looks at everything around once and then at some thousand aims by looking up; what it returns is measured exactly.
 * @throws RangeError without a target, on a field of view or frame that no camera has, or a range of them that is empty
 */
export function findAim(base: Aim, buildings: readonly Building[], wanted: Wanted): AimSearch {
  const [narrowest, widest] = wanted.hfov;
  if (wanted.target.length === 0) throw new RangeError("couldn't search: no target");
  if (!(narrowest > 0 && widest < 180 && narrowest <= widest))
    throw new RangeError(`couldn't search: fields of view from ${narrowest} to ${widest}`);
  const places = [base.position, ...(wanted.places ?? []).map(([lon, lat]) => ({ ...base.position, lon, lat }))];
  const answers = places.map((position) => searchFrom({ ...base, position }, buildings, wanted));
  const candidates = answers.flatMap((answer) => (Array.isArray(answer) ? answer : []));
  const none = answers.find((answer): answer is NoAim => !Array.isArray(answer));
  if (candidates.length === 0 && none) return { found: [], none };
  const measured = candidates
    .map(({ aim, pixelsPerMetre, cost }) => {
      const sight = sightOf(aim, buildings);
      return { aim, score: exposureScore(sight), exposures: exposuresOf(sight), pixelsPerMetre, cost };
    })
    .toSorted((a, b) => a.score - b.score || a.cost - b.cost);
  const found = distinct(measured, wanted.most ?? 4).map(({ cost: _cost, ...rest }) => rest);
  return { found };
}
