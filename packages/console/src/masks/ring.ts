// SPDX-License-Identifier: AGPL-3.0-or-later
import { doubleArea, type FrameSize } from '@louver/contract';

/** Fractions of the frame's width and height, origin top left. */
export type XY = readonly [number, number];
/** An open outline: the last corner joins the first. */
export type Ring = readonly XY[];

const within = (value: number): number => Math.min(1, Math.max(0, value));
export const clampPoint = ([x, y]: XY): XY => [within(x), within(y)];

/** To the corner of a whole pixel, so that what the table shows is what is sent. */
export const toPixelGrid = ([x, y]: XY, { width, height }: FrameSize): XY => [
  Math.round(x * width) / width,
  Math.round(y * height) / height,
];

/** Onto the frame's edge when it is nearer than the tolerance; a gap of two pixels at the edge would show a home. */
export const snapToFrame = ([x, y]: XY, [tx, ty]: XY): XY => {
  const snap = (value: number, tolerance: number) => (value < tolerance ? 0 : value > 1 - tolerance ? 1 : value);
  return [snap(x, tx), snap(y, ty)];
};

/**
 * Onto the nearest corner of the guides that is near enough, else onto the nearest of their sides; elsewhere it stays.
 * @param reach in pixels of the frame
 */
export function snapToGuides(at: XY, guides: readonly Ring[], { width, height }: FrameSize, reach: number): XY {
  const away = ([x, y]: XY) => Math.hypot((x - at[0]) * width, (y - at[1]) * height);
  const corner = nearest(guides.flat(1), away, reach);
  if (corner !== undefined) return corner;
  const onSides = guides.flatMap((ring) =>
    ring.map((from, i) => onSide(at, from, ring[(i + 1) % ring.length]!, { width, height })),
  );
  return nearest(onSides, away, reach) ?? at;
}

function nearest(points: readonly XY[], away: (point: XY) => number, reach: number): XY | undefined {
  let [found, least]: [XY | undefined, number] = [undefined, reach];
  for (const point of points) {
    const distance = away(point);
    if (distance <= least) [found, least] = [point, distance];
  }
  return found;
}

/** The point of a side that is nearest, measured in pixels. */
function onSide([x, y]: XY, [ax, ay]: XY, [bx, by]: XY, { width, height }: FrameSize): XY {
  const [dx, dy] = [(bx - ax) * width, (by - ay) * height];
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : ((x - ax) * width * dx + (y - ay) * height * dy) / length2;
  const t = Math.min(1, Math.max(0, along));
  return [ax + t * (bx - ax), ay + t * (by - ay)];
}

export const edgeMiddle = (ring: Ring, edge: number): XY => {
  const [a, b] = [ring[edge]!, ring[(edge + 1) % ring.length]!];
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
};

/** By the even-odd rule, as the masker fills. */
export function covers(ring: Ring, [x, y]: XY): boolean {
  let inside = false;
  let from = ring.at(-1);
  for (const to of ring) {
    if (from !== undefined && from[1] > y !== to[1] > y) {
      if (x < from[0] + ((y - from[1]) / (to[1] - from[1])) * (to[0] - from[0])) inside = !inside;
    }
    from = to;
  }
  return inside;
}

/** Moves a ring as far as the frame allows: it keeps its shape and stops at the edge. */
export function moveRing(ring: Ring, [dx, dy]: XY): Ring {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const limit = (by: number, values: number[]) =>
    Math.max(-Math.max(0, Math.min(...values)), Math.min(by, Math.max(0, 1 - Math.max(...values))));
  const [mx, my] = [limit(dx, xs), limit(dy, ys)];
  return ring.map(([x, y]): XY => [x + mx, y + my]);
}

export const replaceAt = <T>(items: readonly T[], index: number, item: T): T[] =>
  items.map((one, at) => (at === index ? item : one));

export const sameRings = (a: readonly Ring[], b: readonly Ring[]): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every((ring, i) => {
      const other = b[i]!;
      return (
        ring === other ||
        (ring.length === other.length && ring.every(([x, y], j) => x === other[j]![0] && y === other[j]![1]))
      );
    }));

/**
 * An SVG path in pixels of the frame, every ring the same way round: rings that overlap against one another would
 * otherwise cut a hole where both of them cover.
 */
export const pathOf = (rings: readonly Ring[], { width, height }: FrameSize): string =>
  rings
    .map((ring) => (doubleArea(ring) < 0 ? ring.toReversed() : ring))
    .map((ring) => `M${ring.map(([x, y]) => `${round(x * width)} ${round(y * height)}`).join('L')}Z`)
    .join('');
const round = (value: number): number => Math.round(value * 100) / 100;
