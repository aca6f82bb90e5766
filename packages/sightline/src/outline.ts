// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Piece } from './pieces.ts';
import { type Point2, turn } from './polygon.ts';
import { stretches } from './stabbing-line.ts';

/** How an outline may differ from the cells it covers, in cells. It never leaves out the centre of one. */
export interface Looseness {
  /** How much an outline may add above and below a column, as a part of the column's run… */
  readonly share: number;
  /** …but at most this. */
  readonly most: number;
}

/** An outline passes at most this far within the edge of a cell whose centre, at 0.5, it must cover… */
const WITHIN = 0.45;
/** …and this far where it has room outside: a home's true edge is anywhere in the cell. */
const WITHIN_ROOMY = 0.2;
/** Added on every side: half of what would touch the centre of the next cell, because a home's true edge lies there. */
const BEYOND = 0.45;
/** A corner that would save less, in cells, isn't made. */
const SPARED = 1;

/** Less would mostly be too little for a corner less. */
const LEAST_ROOM = 0.5;

/** Rows in a piece's columns from above: the same code outlines the bottom of a piece that is turned upside down. */
interface Side {
  readonly start: number;
  /** Where the outline begins and ends, in columns from `start`. */
  readonly ends: readonly [left: number, right: number];
  readonly tops: readonly number[];
  /** How far up the outline may go in each column. */
  readonly limits: readonly number[];
}

const UNBOUND = 1e4;

/** The outline over one side from left to right, x and y in cells. Everything under it is covered. */
function sideOutline({ start, ends, tops, limits }: Side): Point2[] {
  const lines = stretches(
    limits,
    tops.map((top, i) => top + (top - (limits[i] as number) >= BEYOND + LEAST_ROOM ? WITHIN_ROOMY : WITHIN)),
  );
  const points: Point2[] = [];
  const at = (i: number, x: number): number => {
    const { slope, offset } = lines[i] as (typeof lines)[number];
    return slope * (x - 0.5) + offset;
  };
  // The end of a line, which is drawn on from the centre of its last column to x. A steep one would shoot past what stands
  // there, on the inside across the other side of the piece; it is bent level instead.
  const end = (x: number, i: number, column: number, neighbour: number): Point2[] => {
    const [own, other] = [tops[column] as number, tops[neighbour] as number];
    const [centre, y] = [at(i, column + 0.5), at(i, x)];
    const bent = Math.min(Math.max(y, Math.min(own - BEYOND, other - BEYOND, centre)), Math.max(own, other) + WITHIN);
    // Outside a little more does no harm, inside a little moves the line by less.
    if (y < bent ? bent - y < SPARED : y - bent < SPARED / 4) return [[start + x, Math.min(y, bent)]];
    const share = (bent - centre) / (y - centre);
    return [
      [start + column + 0.5 + (x - column - 0.5) * share, bent],
      [start + x, bent],
    ];
  };
  points.push(...end(ends[0], 0, 0, 0).toReversed());
  lines.forEach(({ last }, i) => {
    if (i === lines.length - 1) return;
    // The side that reaches further up keeps its height a little beyond the edge between the two columns.
    const x = last + 1 + (at(i, last + 1) < at(i + 1, last + 1) ? BEYOND : -BEYOND);
    points.push(...end(x, i, last, last + 1), ...end(x, i + 1, last + 1, last).toReversed());
  });
  const last = tops.length - 1;
  points.push(...end(ends[1], lines.length - 1, last, last));
  return points;
}

/** The same outline with nothing above `least`; a line that crosses it gets a corner there, so that it covers what it did. */
function notAbove(points: readonly Point2[], least: number): Point2[] {
  const kept: Point2[] = [];
  points.forEach(([x, y], i) => {
    const before = points[i - 1];
    if (before && before[1] < least !== y < least) {
      const s = (least - before[1]) / (y - before[1]);
      kept.push([before[0] + (x - before[0]) * s, least]);
    }
    kept.push([x, Math.max(y, least)]);
  });
  return kept;
}

const same = (a: Point2, b: Point2): boolean => Math.abs(a[0] - b[0]) < 1e-9 && Math.abs(a[1] - b[1]) < 1e-9;

/** Without repeated corners and corners on a straight line. */
function tidied(ring: readonly Point2[]): Point2[] {
  const distinct = ring.filter((p, i) => !same(p, ring[(i + 1) % ring.length] as Point2));
  const n = distinct.length;
  return distinct.filter((p, i) => {
    const [before, after] = [distinct[(i + n - 1) % n] as Point2, distinct[(i + 1) % n] as Point2];
    return Math.abs(turn(before, p, after)) > 1e-9;
  });
}

/**
 * A simple polygon in cells that covers the centre of every cell of a piece, open, within the grid.
 * It can't cross itself: its upper side stays above and its lower side below a line through the middle of the piece.
 */
export function outlineOf(piece: Piece, columns: number, rows: number, { share, most }: Looseness): Point2[] {
  const { start, tops, bottoms } = piece;
  // Small things are kept exact: there a single row more is a large part.
  const room = tops.map((top, i) => {
    const more = share * ((bottoms[i] as number) - top);
    return BEYOND + (more < LEAST_ROOM ? 0 : Math.min(most, more));
  });
  const end = start + tops.length;
  const ends = [start === 0 ? 0 : -BEYOND, tops.length + (end === columns ? 0 : BEYOND)] as const;
  // What lies beyond the frame's edge costs nothing.
  const above = tops.map((top, i) => (top === 0 ? -UNBOUND : top - (room[i] as number)));
  const below = bottoms.map((bottom, i) => (bottom === rows ? -rows - UNBOUND : -bottom - (room[i] as number)));
  const upper = notAbove(sideOutline({ start, ends, tops, limits: above }), 0);
  const lower = notAbove(sideOutline({ start, ends, tops: bottoms.map((b) => -b), limits: below }), -rows);
  return tidied([...upper, ...lower.toReversed().map(([x, y]): Point2 => [x, -y])]);
}
