// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether a picture is of the scene that the reference was taken from. The frame is cut into blocks, and each is looked for in
// the other picture: where it was, elsewhere, or nowhere. Whatever passes through hides some; a turned camera moves most.
import { CELLS, GRID, type Scene } from './grid.ts';

const BLOCKS = { across: 6, down: 3 } as const;
const [BLOCK_WIDTH, BLOCK_HEIGHT] = [GRID.columns / BLOCKS.across, GRID.rows / BLOCKS.down];
/** Cells of the neighbourhood whose mean is taken off: what is left is the pattern, not how much of it there is. */
const SURROUNDINGS = 4;
/** How far a block is looked for, in cells. What has moved further is not found, and that is found. */
const REACH = { x: 7, y: 6 } as const;

/** A block of fewer known cells says nothing. */
const MIN_KNOWN = 0.4;
/** Nor does one in which so few cells have an edge. */
const MIN_STRONG = 16;
const STRONG = 4;
/** Likenesses, 0…1. */
const PLAIN = 0.6;
const FOUND = 0.32;
const ELSEWHERE_FOUND = 0.45;
/** A road that runs on looks the same a little further on. */
const BETTER = 0.1;
/** Standard deviations above what other places give. */
const STANDS_OUT = 3.5;
/** Cells: 2° of a lens of 110° are 1.7. Poles sway by less, and sag by less in a summer. */
const MOVED = 1.5;
/** Of the reference's edges: less is a covered lens. */
const DARK = 0.12;
const MIN_BLOCKS = 2;
/** Of the blocks: so many where they were are the scene, whatever stands before the others. */
const SEEN = 0.3;
/** So many elsewhere are a turned camera: about its axis it moves those at the edge alone, and nothing that passes moves any. */
const ELSEWHERE = 0.2;

/**
 * `unknown`: too little can be seen, or ever could. `shifted`: the scene is there, somewhere else. `lost`: nothing of it is.
 */
type SceneVerdict = 'same' | 'shifted' | 'lost' | 'unknown';

export interface Comparison {
  readonly verdict: SceneVerdict;
  /** Blocks that say something: where they were, elsewhere, nowhere. */
  readonly still: number;
  readonly moved: number;
  readonly missing: number;
  /** Edges, as a share of the reference's. */
  readonly strength: number;
}

/** A scene made ready to be compared: each direction less the mean around it. */
export interface Pattern {
  readonly values: Float32Array;
  readonly known: Uint8Array;
  readonly edges: Float32Array;
}

/** Sums over rectangles in four look-ups: `(columns + 1) × (rows + 1)`. */
function sums(valueOf: (cell: number) => number): Float64Array {
  const width = GRID.columns + 1;
  const table = new Float64Array(width * (GRID.rows + 1));
  for (let y = 0; y < GRID.rows; y++) {
    let row = 0;
    for (let x = 0; x < GRID.columns; x++) {
      row += valueOf(y * GRID.columns + x);
      table[(y + 1) * width + x + 1] = table[y * width + x + 1]! + row;
    }
  }
  return table;
}

function around(table: Float64Array, x: number, y: number): number {
  const width = GRID.columns + 1;
  const [x0, x1] = [Math.max(0, x - SURROUNDINGS), Math.min(GRID.columns, x + SURROUNDINGS + 1)];
  const [y0, y1] = [Math.max(0, y - SURROUNDINGS), Math.min(GRID.rows, y + SURROUNDINGS + 1)];
  return table[y1 * width + x1]! - table[y0 * width + x1]! - table[y1 * width + x0]! + table[y0 * width + x0]!;
}

export function patternOf({ edges, known }: Scene): Pattern {
  const values = new Float32Array(edges.length);
  const counts = sums((cell) => known[cell]!);
  for (let direction = 0; direction < GRID.directions; direction++) {
    const totals = sums((cell) => (known[cell] === 1 ? edges[cell * GRID.directions + direction]! : 0));
    for (let y = 0; y < GRID.rows; y++) {
      for (let x = 0; x < GRID.columns; x++) {
        const cell = y * GRID.columns + x;
        if (known[cell] === 0) continue;
        const i = cell * GRID.directions + direction;
        values[i] = edges[i]! - around(totals, x, y) / Math.max(1, around(counts, x, y));
      }
    }
  }
  return { values, known, edges };
}

const WIDE = GRID.columns + 2 * REACH.x;
const HIGH = GRID.rows + 2 * REACH.y;

/** Two scenes as far as both are known, the second one with room around it to look for blocks of the first. */
class Pair {
  readonly #a: Float32Array;
  readonly #b: Float32Array;
  /** Of the squares of the second, summed up from the top left corner. */
  readonly #squares: Float64Array;
  readonly known: Uint8Array;

  constructor(a: Pattern, b: Pattern) {
    const { directions, columns } = GRID;
    this.known = a.known.map((known, cell) => known & b.known[cell]!);
    this.#a = new Float32Array(a.values.length);
    this.#b = new Float32Array(WIDE * HIGH * directions);
    this.#squares = new Float64Array((WIDE + 1) * (HIGH + 1));
    for (let cell = 0; cell < CELLS; cell++) {
      if (this.known[cell] === 0) continue;
      this.#a.set(a.values.subarray(cell * directions, (cell + 1) * directions), cell * directions);
      const to = (Math.floor(cell / columns) + REACH.y) * WIDE + (cell % columns) + REACH.x;
      this.#b.set(b.values.subarray(cell * directions, (cell + 1) * directions), to * directions);
    }
    for (let y = 0; y < HIGH; y++) {
      let row = 0;
      for (let x = 0; x < WIDE; x++) {
        const at = (y * WIDE + x) * directions;
        for (let k = at; k < at + directions; k++) row += this.#b[k]! * this.#b[k]!;
        this.#squares[(y + 1) * (WIDE + 1) + x + 1] = this.#squares[y * (WIDE + 1) + x + 1]! + row;
      }
    }
  }

  /** Whether an edge shows in a cell of the first. */
  isStrong(cell: number): boolean {
    for (let k = cell * GRID.directions; k < (cell + 1) * GRID.directions; k++)
      if (Math.abs(this.#a[k]!) > STRONG) return true;
    return false;
  }

  /** Of a block of the first. */
  energy(left: number, top: number): number {
    let sum = 0;
    for (let y = top; y < top + BLOCK_HEIGHT; y++) {
      const from = (y * GRID.columns + left) * GRID.directions;
      for (let i = from; i < from + BLOCK_WIDTH * GRID.directions; i++) sum += this.#a[i]! * this.#a[i]!;
    }
    return sum;
  }

  /** How alike a block of the first is to what stands `dx`, `dy` cells from there in the second: 1 the same, 0 unrelated. */
  likeness(left: number, top: number, dx: number, dy: number, energy: number): number {
    const length = BLOCK_WIDTH * GRID.directions;
    const [x0, y0] = [left + dx + REACH.x, top + dy + REACH.y];
    let both = 0;
    for (let y = 0; y < BLOCK_HEIGHT; y++) {
      const from = ((top + y) * GRID.columns + left) * GRID.directions;
      const to = ((y0 + y) * WIDE + x0) * GRID.directions;
      for (let i = 0; i < length; i++) both += this.#a[from + i]! * this.#b[to + i]!;
    }
    const row = WIDE + 1;
    const [low, high] = [y0 * row + x0, (y0 + BLOCK_HEIGHT) * row + x0];
    const other =
      this.#squares[high + BLOCK_WIDTH]! -
      this.#squares[low + BLOCK_WIDTH]! -
      this.#squares[high]! +
      this.#squares[low]!;
    return energy > 0 && other > 0 ? both / Math.sqrt(energy * other) : 0;
  }
}

/** Where between two cells the best place is, by the parabola through three scores. */
function between(before: number, best: number, after: number): number {
  const bend = before - 2 * best + after;
  return bend >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}

type Found = 'still' | 'moved' | 'missing' | undefined;

function find(pair: Pair, left: number, top: number): Found {
  if (!saysSomething(pair, left, top)) return undefined;
  const energy = pair.energy(left, top);
  const here = pair.likeness(left, top, 0, 0, energy);
  const near = [pair.likeness(left, top, 1, 0, energy), pair.likeness(left, top, -1, 0, energy)];
  near.push(pair.likeness(left, top, 0, 1, energy), pair.likeness(left, top, 0, -1, energy));
  if (here >= PLAIN && near.every((score) => score <= here)) return 'still';
  const width = 2 * REACH.x + 1;
  const scores = new Float64Array(width * (2 * REACH.y + 1));
  let [bestX, bestY, best] = [0, 0, here];
  for (let dy = -REACH.y; dy <= REACH.y; dy++) {
    for (let dx = -REACH.x; dx <= REACH.x; dx++) {
      const score = pair.likeness(left, top, dx, dy, energy);
      scores[(dy + REACH.y) * width + dx + REACH.x] = score;
      if (score > best) [bestX, bestY, best] = [dx, dy, score];
    }
  }
  const stands = standsOut(scores, width, bestX + REACH.x, bestY + REACH.y, best);
  if (best - here < BETTER) return here >= PLAIN || (here >= FOUND && stands) ? 'still' : 'missing';
  const at = (dx: number, dy: number) => scores[(dy + REACH.y) * width + dx + REACH.x] ?? 0;
  const dx = bestX + (Math.abs(bestX) < REACH.x ? between(at(bestX - 1, bestY), best, at(bestX + 1, bestY)) : 0);
  const dy = bestY + (Math.abs(bestY) < REACH.y ? between(at(bestX, bestY - 1), best, at(bestX, bestY + 1)) : 0);
  if (Math.hypot(dx, dy) < MOVED) return best >= FOUND && stands ? 'still' : 'missing';
  return best >= ELSEWHERE_FOUND && stands ? 'moved' : 'missing';
}

/** A wall without anything on it is found everywhere, and of a block behind masks too little is left. */
function saysSomething(pair: Pair, left: number, top: number): boolean {
  let [known, strong] = [0, 0];
  for (let y = top; y < top + BLOCK_HEIGHT; y++) {
    for (let x = left; x < left + BLOCK_WIDTH; x++) {
      known += pair.known[y * GRID.columns + x]!;
      if (pair.isStrong(y * GRID.columns + x)) strong++;
    }
  }
  return known >= MIN_KNOWN * BLOCK_WIDTH * BLOCK_HEIGHT && strong >= MIN_STRONG;
}

function standsOut(scores: Float64Array, width: number, x: number, y: number, best: number): boolean {
  let [count, sum, squares] = [0, 0, 0];
  for (let i = 0; i < scores.length; i++) {
    if (Math.abs((i % width) - x) <= 1 && Math.abs(Math.floor(i / width) - y) <= 1) continue;
    count++;
    sum += scores[i]!;
    squares += scores[i]! ** 2;
  }
  const mean = sum / count;
  return best - mean >= STANDS_OUT * Math.sqrt(Math.max(squares / count - mean ** 2, 1e-9));
}

function strengthOf(a: Pattern, b: Pattern, known: Uint8Array): number {
  let [own, other] = [0, 0];
  for (let cell = 0; cell < CELLS; cell++) {
    if (known[cell] === 0) continue;
    for (let i = cell * GRID.directions; i < (cell + 1) * GRID.directions; i++) {
      own += a.edges[i]!;
      other += b.edges[i]!;
    }
  }
  return own > 0 ? other / own : 1;
}

export function compareScenes(reference: Pattern, seen: Pattern): Comparison {
  const pair = new Pair(reference, seen);
  let [still, moved, missing] = [0, 0, 0];
  for (let top = 0; top < GRID.rows; top += BLOCK_HEIGHT) {
    for (let left = 0; left < GRID.columns; left += BLOCK_WIDTH) {
      const found = find(pair, left, top);
      if (found === 'still') still++;
      else if (found === 'moved') moved++;
      else if (found === 'missing') missing++;
    }
  }
  const strength = strengthOf(reference, seen, pair.known);
  return { verdict: verdictOf(still, moved, missing, strength), still, moved, missing, strength };
}

function verdictOf(still: number, moved: number, missing: number, strength: number): SceneVerdict {
  const blocks = still + moved + missing;
  if (blocks < MIN_BLOCKS) return 'unknown';
  if (strength < DARK) return 'lost';
  if (moved >= Math.max(MIN_BLOCKS, ELSEWHERE * blocks)) return 'shifted';
  return still >= Math.max(2, SEEN * blocks) ? 'same' : 'lost';
}
