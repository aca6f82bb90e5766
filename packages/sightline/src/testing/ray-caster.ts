// SPDX-License-Identifier: AGPL-3.0-or-later
// What a camera sees, found without projecting anything: one ray a pixel, walked through each building's slices. Slow, and
// on purpose nothing of it is shared with what it tests but the direction of a pixel's ray.
import type { Aim } from '../aim.ts';
import { type Building, isHome, localRings } from '../building.ts';
import { localFrame } from '../local-frame.ts';
import type { Point2 } from '../polygon.ts';
import { type Terrain, groundAt } from '../terrain.ts';

interface Prism {
  readonly index: number;
  readonly edges: readonly (readonly [Point2, Point2])[];
  readonly bottom: number;
  readonly top: number;
  /** Circle around the footprint: centre and radius. */
  readonly circle: readonly [x: number, y: number, radius: number];
}

export interface Cast {
  readonly width: number;
  readonly height: number;
  /** Index of the building in each pixel, or -1; row by row. */
  readonly owners: Int16Array;
  /** Plane metres to what the pixel shows. */
  readonly distances: Float64Array;
}

function prismsOf(aim: Aim, buildings: readonly Building[], terrain: Terrain | undefined): Prism[] {
  const frame = localFrame(aim.position);
  const ground = (at: Point2): number => (terrain ? groundAt(terrain, frame.fromLocal(at)) : 0);
  return buildings.map(({ footprint, height, minHeight }, index): Prism => {
    const rings = localRings(footprint, frame).flat();
    const corners = rings.flat();
    const base = Math.min(...corners.map(ground)) - ground([0, 0]);
    const [x, y] = [0, 1].map((k) => corners.reduce((sum, c) => sum + (c[k] as number), 0) / corners.length) as [
      number,
      number,
    ];
    return {
      index,
      edges: rings.flatMap((ring) => ring.map((p, i) => [p, ring[(i + 1) % ring.length] as Point2] as const)),
      bottom: base + minHeight,
      top: base + height,
      circle: [x, y, Math.max(0, ...corners.map((c) => Math.hypot(c[0] - x, c[1] - y)))],
    };
  });
}

/** Ray parameters at which the ray's ground track passes a footprint's outline, sorted. */
function crossings(edges: Prism['edges'], dx: number, dy: number): number[] {
  const found: number[] = [];
  for (const [a, b] of edges) {
    // Which side of the track the two ends are on.
    const [sa, sb] = [dx * a[1] - dy * a[0], dx * b[1] - dy * b[0]];
    if (sa > 0 === sb > 0) continue;
    const k = sa / (sa - sb);
    const [x, y] = [a[0] + k * (b[0] - a[0]), a[1] + k * (b[1] - a[1])];
    found.push(Math.abs(dx) > Math.abs(dy) ? x / dx : y / dy);
  }
  return found.sort((p, q) => p - q);
}

/** Least ray parameter within a prism, whose inside is where an odd number of walls has been passed. */
function entry({ edges, bottom, top }: Prism, eye: number, d: readonly [number, number, number]): number {
  const [low, high] =
    d[2] === 0
      ? [eye > bottom && eye < top ? -Infinity : Infinity, Infinity]
      : [Math.min((bottom - eye) / d[2], (top - eye) / d[2]), Math.max((bottom - eye) / d[2], (top - eye) / d[2])];
  const walls = crossings(edges, d[0], d[1]);
  for (let i = 0; i + 1 < walls.length; i += 2) {
    const enter = Math.max(walls[i] as number, low, 0);
    if (enter <= Math.min(walls[i + 1] as number, high)) return enter;
  }
  return Infinity;
}

/** How many times further out a pinhole has what a lens that bends shows at that squared radius: by halving, from the middle. */
function straightened(radius2: number, k1: number, k2: number): number {
  const bent = (s: number): number => s * (1 + k1 * s * s * radius2 + k2 * (s * s * radius2) ** 2);
  let [low, high] = [0, 0.01];
  while (bent(high) < 1 && high < 4) high += 0.01;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (bent(middle) < 1) low = middle;
    else high = middle;
  }
  return low;
}

function rayOf(aim: Aim): (x: number, y: number) => [number, number, number] {
  const rad = Math.PI / 180;
  const { width, height } = aim.image;
  const [h, t, r] = [aim.heading * rad, aim.tilt * rad, aim.roll * rad];
  const half = Math.tan((aim.hfov * rad) / 2);
  const { k1 = 0, k2 = 0 } = aim;
  return (x, y) => {
    // Turn the ray in the frame by the roll, then about the horizontal axis by the tilt, then by the heading.
    const [ud, vd] = [((2 * x) / width - 1) * half, ((1 - (2 * y) / height) * half * height) / width];
    const pinhole = k1 === 0 && k2 === 0 ? 1 : straightened(ud * ud + vd * vd, k1, k2);
    const [u, v] = [ud * pinhole, vd * pinhole];
    const [a, b] = [u * Math.cos(r) + v * Math.sin(r), -u * Math.sin(r) + v * Math.cos(r)];
    const ahead = Math.cos(t) - b * Math.sin(t);
    return [
      a * Math.cos(h) + ahead * Math.sin(h),
      -a * Math.sin(h) + ahead * Math.cos(h),
      Math.sin(t) + b * Math.cos(t),
    ];
  };
}

/** A step along a ray, in metres. */
const STEP_M = 0.2;

/** Whether a walk along a ray from the eye to the parameter `end` is under the ground anywhere on its way. */
function isBuried(
  groundBelow: (east: number, north: number) => number,
  eye: number,
  d: readonly [number, number, number],
  end: number,
): boolean {
  const steps = Math.ceil((end * Math.hypot(...d)) / STEP_M);
  for (let i = 1; i <= steps; i++) {
    // Short of the end by a hair: a wall begins where the ground is.
    const t = ((end * i) / steps) * (1 - 1e-6);
    if (eye + t * d[2] < groundBelow(t * d[0], t * d[1])) return true;
  }
  return false;
}

/** One ray through the centre of each pixel of a `width` × `height` picture of the aim. */
export function castRays(
  aim: Aim,
  buildings: readonly Building[],
  { width, height } = aim.image,
  terrain?: Terrain,
): Cast {
  const prisms = prismsOf(aim, buildings, terrain);
  const frame = localFrame(aim.position);
  const level = terrain ? groundAt(terrain, [aim.position.lon, aim.position.lat]) : 0;
  const groundBelow =
    terrain && ((east: number, north: number) => groundAt(terrain, frame.fromLocal([east, north])) - level);
  const ray = rayOf(aim);
  const owners = new Int16Array(width * height).fill(-1);
  const distances = new Float64Array(width * height).fill(Infinity);
  for (let i = 0; i < owners.length; i++) {
    const x = (((i % width) + 0.5) * aim.image.width) / width;
    const y = ((Math.floor(i / width) + 0.5) * aim.image.height) / height;
    const d = ray(x, y);
    const plane = Math.hypot(d[0], d[1]);
    let nearest = d[2] < 0 && !groundBelow ? -aim.position.height / d[2] : Infinity;
    for (const prism of prisms) {
      const [cx, cy, radius] = prism.circle;
      // Past the circle on one side, or wholly behind.
      if (Math.abs(d[0] * cy - d[1] * cx) > radius * plane || d[0] * cx + d[1] * cy < -radius * plane) continue;
      const t = entry(prism, aim.position.height, d);
      if (t >= nearest) continue;
      nearest = t;
      owners[i] = prism.index;
      distances[i] = t * plane;
    }
    if (groundBelow && nearest < Infinity && isBuried(groundBelow, aim.position.height, d, nearest)) owners[i] = -1;
  }
  return { width, height, owners, distances };
}

/** 1 where a home shows. */
export const homePixels = ({ owners }: Cast, buildings: readonly Building[]): Uint8Array =>
  Uint8Array.from(owners, (owner) => (owner >= 0 && isHome(buildings[owner] as Building) ? 1 : 0));

/** Where a row at height y enters and leaves a ring, in turn. */
function rowCrossings(ring: readonly Point2[], y: number): number[] {
  const xs: number[] = [];
  ring.forEach(([x0, y0], i) => {
    const [x1, y1] = ring[(i + 1) % ring.length] as Point2;
    if (y0 > y !== y1 > y) xs.push(x0 + ((y - y0) * (x1 - x0)) / (y1 - y0));
  });
  return xs.sort((p, q) => p - q);
}

/** 1 where the centre of a pixel lies in one of the polygons (fractions of the frame), by the even-odd rule in each. */
export function coveredPixels(polygons: readonly (readonly Point2[])[], width: number, height: number): Uint8Array {
  const covered = new Uint8Array(width * height);
  for (const ring of polygons) {
    for (let row = 0; row < height; row++) {
      const xs = rowCrossings(ring, (row + 0.5) / height);
      for (let x = 0; x < width && xs.length > 0; x++) {
        if (xs.filter((at) => at < (x + 0.5) / width).length % 2 === 1) covered[row * width + x] = 1;
      }
    }
  }
  return covered;
}
