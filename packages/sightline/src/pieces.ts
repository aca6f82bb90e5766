// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Region, eachRun } from './region.ts';

/**
 * Part of a region with one unbroken run of cells in each of its columns, which overlaps the next column's. A hole or a fork
 * starts another piece, so a piece never has a hole.
 */
export interface Piece {
  /** First column. */
  readonly start: number;
  /** First row of the run, one per column. */
  readonly tops: readonly number[];
  /** Row after the run's last. */
  readonly bottoms: readonly number[];
}

export type Run = readonly [top: number, bottom: number];

interface Growing {
  start: number;
  tops: number[];
  bottoms: number[];
}

function runsOf(region: Region, column: number): Run[] {
  const runs: Run[] = [];
  eachRun(region, column, (top, bottom) => runs.push([top, bottom]));
  return runs;
}

const NONE: ReadonlyMap<number, Growing> = new Map();

/** Which growing piece each run continues: those that overlap most find each other first. */
function matches(growing: readonly Growing[], runs: readonly Run[]): ReadonlyMap<number, Growing> {
  if (growing.length === 0 || runs.length === 0) return NONE;
  const pairs: { run: number; piece: Growing; overlap: number }[] = [];
  for (const piece of growing) {
    const [top, bottom] = [piece.tops.at(-1) as number, piece.bottoms.at(-1) as number];
    runs.forEach(([from, to], run) => {
      const overlap = Math.min(bottom, to) - Math.max(top, from);
      if (overlap > 0) pairs.push({ run, piece, overlap });
    });
  }
  const found = new Map<number, Growing>();
  const taken = new Set<Growing>();
  for (const { run, piece } of pairs.sort((a, b) => b.overlap - a.overlap)) {
    if (found.has(run) || taken.has(piece)) continue;
    found.set(run, piece);
    taken.add(piece);
  }
  return found;
}

/** Joins the runs of neighbouring columns that overlap; within a column they come in order and don't touch. */
export function joinRuns(columns: readonly (readonly Run[])[]): Piece[] {
  const pieces: Piece[] = [];
  let growing: Growing[] = [];
  columns.forEach((runs, column) => {
    const found = matches(growing, runs);
    growing = runs.map(([top, bottom], i) => {
      let piece = found.get(i);
      if (!piece) {
        piece = { start: column, tops: [], bottoms: [] };
        pieces.push(piece);
      }
      piece.tops.push(top);
      piece.bottoms.push(bottom);
      return piece;
    });
  });
  return pieces;
}

/** Cuts a region into pieces that cover exactly its cells. */
export const piecesOf = (region: Region): Piece[] =>
  joinRuns(Array.from({ length: region.columns }, (_, column) => runsOf(region, column)));

/** The two halves of a piece of at least two columns. */
export function split({ start, tops, bottoms }: Piece): [Piece, Piece] {
  const middle = Math.floor(tops.length / 2);
  return [
    { start, tops: tops.slice(0, middle), bottoms: bottoms.slice(0, middle) },
    { start: start + middle, tops: tops.slice(middle), bottoms: bottoms.slice(middle) },
  ];
}
