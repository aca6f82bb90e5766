// SPDX-License-Identifier: AGPL-3.0-or-later
// Which masks a device is told, so that it covers all that is to be covered with the few and simple shapes that it has.
// Always at least as much: whatever is simplified grows.
import type { FrameSize, MaskPolygons } from '@louver/contract';
import { type Point2, clipHalfPlane, convexHull, turn } from '@louver/sightline';
import { rasterise } from '../media/mask-raster.ts';
import type { MaskAbility } from './mask-service.ts';

/**
 * Around every polygon, in pixels: one macroblock, as masks here. The device's encoder smears the street into the edge of a
 * mask, and what is inside the polygon itself is to be flat.
 */
const MARGIN_PX = 16;
/** Of the frame, that may be covered beyond what masks here cover: more is a street that nobody sees. */
const MAX_SURPLUS = 0.08;

type Ring = readonly Point2[];

/** Undefined when the device's shapes are too few or too coarse. */
export function planFor(
  frame: FrameSize,
  polygons: MaskPolygons,
  { maxMasks, maxPoints, rectangleOnly }: MaskAbility,
): MaskPolygons | undefined {
  const most = rectangleOnly ? 4 : maxPoints;
  if (most < 4 || polygons.length === 0) return polygons.length === 0 ? [] : undefined;
  const shape = (points: Ring): Ring => {
    const clipped = withinFrame(points, frame);
    return rectangleOnly ? boxOf(clipped) : (simplified(clipped, most, frame) ?? boxOf(clipped));
  };
  const grown = polygons.map((polygon) =>
    convexHull(polygon.flatMap(([x, y]) => around([x * frame.width, y * frame.height]))),
  );
  const shapes = merged(grown, maxMasks).map(shape);
  const plan = shapes.map((ring) =>
    ring.map(([x, y]): [number, number] => [unit(x / frame.width), unit(y / frame.height)]),
  );
  return isTightEnough(frame, polygons, plan) ? plan : undefined;
}

const unit = (value: number): number => Math.min(1, Math.max(0, value));

/** Corners of an octagon around a circle of the margin. */
function around([x, y]: Point2): Point2[] {
  const near = MARGIN_PX * 0.4143;
  return [-1, 1].flatMap((a) =>
    [-1, 1].flatMap((b): Point2[] => [
      [x + a * MARGIN_PX, y + b * near],
      [x + a * near, y + b * MARGIN_PX],
    ]),
  );
}

function withinFrame(ring: Ring, { width, height }: FrameSize): Ring {
  const across = clipHalfPlane(clipHalfPlane([...ring], [-1, 0], 0), [1, 0], width);
  return clipHalfPlane(clipHalfPlane(across, [0, -1], 0), [0, 1], height);
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function extentOf(ring: Ring): Box {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

function boxOf(ring: Ring): Ring {
  const { left, top, right, bottom } = extentOf(ring);
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

const areaOf = ({ left, top, right, bottom }: Box): number => (right - left) * (bottom - top);
const areaAround = (a: Box, b: Box): number =>
  (Math.max(a.right, b.right) - Math.min(a.left, b.left)) * (Math.max(a.bottom, b.bottom) - Math.min(a.top, b.top));

/** Joins those whose common box grows least, until there are no more than `most`. */
function merged(rings: readonly Ring[], most: number): Ring[] {
  const left = rings.map((ring) => ({ ring, box: extentOf(ring) }));
  while (left.length > most) {
    let best = { i: 0, j: 1, surplus: Number.POSITIVE_INFINITY };
    for (const [i, a] of left.entries()) {
      for (let j = i + 1; j < left.length; j++) {
        const surplus = areaAround(a.box, left[j]!.box) - areaOf(a.box) - areaOf(left[j]!.box);
        if (surplus < best.surplus) best = { i, j, surplus };
      }
    }
    const ring = convexHull([...left[best.i]!.ring, ...left[best.j]!.ring]);
    left.splice(best.j, 1);
    left[best.i] = { ring, box: extentOf(ring) };
  }
  return left.map(({ ring }) => ring);
}

/** Where the lines through a, b and through c, d meet ahead of both. */
function meeting(a: Point2, b: Point2, c: Point2, d: Point2): Point2 | undefined {
  const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const cross = rx * sy - ry * sx;
  if (Math.abs(cross) < 1e-9) return undefined;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross;
  return t > 0 ? [a[0] + rx * t, a[1] + ry * t] : undefined;
}

/** Fewer corners around at least the same area: drops the edge whose neighbours, drawn on until they meet, add least. */
function simplified(ring: Ring, most: number, { width, height }: FrameSize): Ring | undefined {
  let hull = convexHull([...ring]);
  while (hull.length > most) {
    const count = hull.length;
    let best: { at: number; tip: Point2; cost: number } | undefined;
    for (let at = 0; at < count; at++) {
      const [before, a, b, after] = [-1, 0, 1, 2].map((step) => hull[(at + step + count) % count]!) as [
        Point2,
        Point2,
        Point2,
        Point2,
      ];
      const tip = meeting(before, a, after, b);
      // A corner outside the frame is none that a device takes.
      if (!tip || tip[0] < 0 || tip[1] < 0 || tip[0] > width || tip[1] > height) continue;
      const cost = Math.abs(turn(a, tip, b));
      if (!best || cost < best.cost) best = { at, tip, cost };
    }
    if (!best) return undefined;
    const { at, tip } = best;
    hull = hull.flatMap((corner, i) => (i === at ? [tip] : i === (at + 1) % count ? [] : [corner]));
  }
  return hull;
}

/** All that is to be covered is, to the sample, and little else. */
function isTightEnough(frame: FrameSize, polygons: MaskPolygons, plan: MaskPolygons): boolean {
  const [wanted, here, there] = [
    rasterise(frame, polygons, 0).samples,
    rasterise(frame, polygons).samples,
    rasterise(frame, plan, 0).samples,
  ];
  let surplus = 0;
  for (let i = 0; i < there.length; i++) {
    if (wanted[i] && !there[i]) return false;
    if (there[i] && !here[i]) surplus++;
  }
  return surplus <= MAX_SURPLUS * there.length;
}
