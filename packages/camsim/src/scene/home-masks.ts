// SPDX-License-Identifier: AGPL-3.0-or-later
import { isHome, useOfText } from '@louver/contract';
import { type Aim, type Point2, clipHalfPlane, convexHull, isSimple, signedArea, turn } from '@louver/sightline';
import { type Surroundings, visibleBuildings } from './still.ts';

/** Corners as fractions of the frame's width and height, origin top left; open. */
export type MaskPolygon = [x: number, y: number][];

/** A home with fewer visible pixels is a speck that nobody can look into. */
const MIN_PIXELS = 40;
/** Added on every side, in pixels: the edge of a house is never exactly where a pixel ends. */
const MARGIN_PX = 4;
/** Clipping to the frame can add four more. */
const MAX_CORNERS = 12;
const MAX_MASKS = 200;

const corner = (ring: readonly Point2[], i: number): Point2 => ring[(i + ring.length) % ring.length] as Point2;

/** Where the lines through a, b and through c, d meet. */
function meeting(a: Point2, b: Point2, c: Point2, d: Point2): Point2 | undefined {
  const [r, s] = [[b[0] - a[0], b[1] - a[1]] as const, [d[0] - c[0], d[1] - c[1]] as const];
  const cross = r[0] * s[1] - r[1] * s[0];
  if (Math.abs(cross) < 1e-9) return undefined;
  const t = ((c[0] - a[0]) * s[1] - (c[1] - a[1]) * s[0]) / cross;
  // Only ahead of the edge: behind it the two lines open outwards and enclose nothing.
  return t > 0 ? [a[0] + r[0] * t, a[1] + r[1] * t] : undefined;
}

/** Fewer corners around at least the same area: drops the edge whose neighbours, drawn on until they meet, add least. */
function widened(ring: readonly Point2[], most: number): Point2[] {
  let hull = [...ring];
  while (hull.length > most) {
    let [best, least, at]: [number, number, Point2 | undefined] = [-1, Number.POSITIVE_INFINITY, undefined];
    for (let i = 0; i < hull.length; i++) {
      const [a, b] = [corner(hull, i), corner(hull, i + 1)];
      const tip = meeting(corner(hull, i - 1), a, corner(hull, i + 2), b);
      const cost = tip ? Math.abs(turn(a, tip, b)) : Number.POSITIVE_INFINITY;
      if (cost < least) [best, least, at] = [i, cost, tip];
    }
    if (!at) break;
    const tip = at;
    const next = (best + 1) % hull.length;
    hull = hull.flatMap((p, i) => (i === best ? [tip] : i === next ? [] : [p]));
  }
  return hull;
}

/** First and last visible pixel of each building in each row: all that a convex hull needs. */
function outlines(ids: Int32Array, width: number, buildings: number): { points: Point2[][]; pixels: number[] } {
  const points = Array.from({ length: buildings }, (): Point2[] => []);
  const pixels = Array.from({ length: buildings }, () => 0);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as number;
    if (id < 0) continue;
    pixels[id] = (pixels[id] as number) + 1;
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x === 0 || ids[i - 1] !== id) points[id]?.push([x, y], [x, y + 1]);
    if (x === width - 1 || ids[i + 1] !== id) points[id]?.push([x + 1, y], [x + 1, y + 1]);
  }
  return { points, pixels };
}

function grown(points: readonly Point2[], by: number): Point2[] {
  const near = by * 0.42;
  return convexHull(points).flatMap(([x, y]): Point2[] => [
    [x - by, y - near],
    [x - by, y + near],
    [x + by, y - near],
    [x + by, y + near],
    [x - near, y - by],
    [x + near, y - by],
    [x - near, y + by],
    [x + near, y + by],
  ]);
}

function maskAround(points: readonly Point2[], { width, height }: Aim['image']): MaskPolygon | undefined {
  let ring = widened(convexHull(grown(points, MARGIN_PX)), MAX_CORNERS);
  ring = clipHalfPlane(clipHalfPlane(ring, [-1, 0], 0), [1, 0], width);
  ring = clipHalfPlane(clipHalfPlane(ring, [0, -1], 0), [0, 1], height);
  const unit = (x: number): number => Math.min(1, Math.max(0, Math.round(x * 1e5) / 1e5));
  const mask = convexHull(ring.map(([x, y]): Point2 => [unit(x / width), unit(y / height)]));
  if (!isSimple(mask) || signedArea(mask) < 1e-5) return undefined;
  return mask.map(([x, y]): [number, number] => [x, y]);
}

/**
 * Masks over every home that an aim shows, largest first: at most 200, each convex, with at most 16 corners, inside the
 * frame. Taken from the rendered scene itself and not from the geometry that a proposal would use.
 */
export function homeMasks(aim: Aim, surroundings: Surroundings): MaskPolygon[] {
  const { ids, buildingIds } = visibleBuildings(aim, surroundings);
  const homes = new Set(surroundings.buildings.filter(({ use }) => isHome(useOfText(use))).map((b) => b.id));
  const { points, pixels } = outlines(ids, aim.image.width, buildingIds.length);
  return buildingIds
    .flatMap((id, i) => {
      if (!homes.has(id) || (pixels[i] as number) < MIN_PIXELS) return [];
      const mask = maskAround(points[i] as Point2[], aim.image);
      return mask ? [mask] : [];
    })
    .toSorted((a, b) => signedArea(b) - signedArea(a))
    .slice(0, MAX_MASKS);
}
