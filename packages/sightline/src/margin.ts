// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Lens } from './lens.ts';
import { type Region, addRun, wordsOf } from './region.ts';

/**
 * How far a mask reaches beyond a home where nobody says otherwise. What goes wrong adds up as squares: an aim calibrated on
 * four points is good to 0.3°, a pole moves 0.2° in wind and heat, half a metre that a footprint is off is 0.7° at 40 m, and
 * half a metre of height 0.4° on the roof's edge. Together 0.9°, rounded up.
 */
export const DEFAULT_MARGIN_DEG = 1;

/** Half axes of the ellipse that `marginDeg` around one viewing direction is on the grid, in cells. */
export interface MarginEllipse {
  /** Away from the middle of the frame, where a lens stretches most. */
  readonly radial: number;
  readonly across: number;
  /** Direction of the radial axis. */
  readonly x: number;
  readonly y: number;
}

const RAD = Math.PI / 180;

/** @param x in cells of the lens, as is y */
export function marginCells(lens: Lens, marginDeg: number, x: number, y: number): MarginEllipse {
  const [dx, dy] = [(x - lens.centreX) / lens.focalX, (y - lens.centreY) / lens.focalY];
  const off2 = dx * dx + dy * dy;
  const off = Math.sqrt(off2);
  const focal = Math.max(lens.focalX, lens.focalY);
  const tan = Math.tan(marginDeg * RAD);
  // Outwards the same angle covers more than inwards, so that side decides: tan(angle + margin) − tan(angle), which never
  // ends once both together are 90° from the axis.
  const rest = 1 - off * tan;
  const most = lens.columns + lens.rows;
  return {
    radial: rest > 0 ? Math.min(most, (focal * tan * (1 + off2)) / rest) : most,
    across: Math.min(most, focal * tan * Math.sqrt(1 + off2)),
    x: off > 0 ? dx / off : 1,
    y: off > 0 ? dy / off : 0,
  };
}

/** Cells each way that share one ellipse, the largest of them: it changes by less than a cell there, but at the edge of a very wide lens. */
const TILE_BITS = 3;
const TILE = 1 << TILE_BITS;

/** An ellipse on the grid: in the column `d` to the right of its centre it reaches from `above` to before `below`, from its centre's row. */
interface Stamp {
  /** Columns to either side. */
  readonly half: number;
  /** From `-half` on. */
  readonly above: Int32Array;
  readonly below: Int32Array;
}

/** @param x as y, the middle of a tile */
function stampAround(lens: Lens, marginDeg: number, x: number, y: number): Stamp {
  // A margin is widest furthest from the middle of the frame.
  const outwards = (centre: number, at: number): number => at + (at < centre ? -TILE / 2 : TILE / 2);
  const widest = marginCells(lens, marginDeg, outwards(lens.centreX, x), outwards(lens.centreY, y));
  const { x: east, y: south } = marginCells(lens, marginDeg, x, y);
  // Half a cell more, because a home reaches from the centre of its outermost cell to its edge.
  const [a, b] = [widest.radial + 0.5, widest.across + 0.5];
  const half2 = b * b + (a * a - b * b) * east * east;
  const lean = ((a * a - b * b) * east * south) / half2;
  const slope = (a * b) / half2;
  const half = Math.floor(Math.sqrt(half2));
  const [above, below] = [new Int32Array(2 * half + 1), new Int32Array(2 * half + 1)];
  for (let d = -half; d <= half; d++) {
    const reach = slope * Math.sqrt(Math.max(0, half2 - d * d));
    above[d + half] = Math.ceil(lean * d - reach);
    below[d + half] = Math.floor(lean * d + reach) + 1;
  }
  return { half, above, below };
}

/** Stamps by tile, made when they are first wanted. */
class Stamps {
  readonly #lens: Lens;
  readonly #marginDeg: number;
  readonly #made: (Stamp | undefined)[] = [];

  constructor(lens: Lens, marginDeg: number) {
    this.#lens = lens;
    this.#marginDeg = marginDeg;
  }

  at(x: number, y: number): Stamp {
    const [column, row] = [x >> TILE_BITS, y >> TILE_BITS];
    return (this.#made[column * ((this.#lens.rows >> TILE_BITS) + 1) + row] ??= stampAround(
      this.#lens,
      this.#marginDeg,
      (column + 0.5) * TILE,
      (row + 0.5) * TILE,
    ));
  }
}

/** Adds every cell within the ellipses around those of a column from `first` to `last`, which lie in one tile. */
function press({ half, above, below }: Stamp, region: Region, x: number, first: number, last: number): void {
  const { columns, rows } = region;
  const end = Math.min(columns - 1, x + half);
  for (let column = Math.max(0, x - half), k = column - x + half; column <= end; column++, k++)
    addRun(region, column, Math.max(0, first + (above[k] as number)), Math.min(rows, last + (below[k] as number)));
}

/**
 * Cells of one word of a region beside one that does not belong to it. At the edge of the grid a cell counts as its own neighbour.
 * @param word counted in a column
 */
function edgeCells({ columns, rows, bits }: Region, x: number, word: number): number {
  const high = wordsOf(rows);
  const i = x * high + word;
  const own = bits[i] as number;
  if (own === 0) return 0;
  const left = x > 0 ? (bits[i - high] as number) : own;
  const right = x < columns - 1 ? (bits[i + high] as number) : own;
  const above = (own << 1) | (word > 0 ? (bits[i - 1] as number) >>> 31 : own & 1);
  const below = (own >>> 1) | (word < high - 1 ? (bits[i + 1] as number) << 31 : own & (1 << ((rows - 1) & 31)));
  return own & ~(left & right & above & below);
}

/**
 * The region grown by an angle all around. What lies beyond the grid is unknown and adds nothing.
 *
 * Only cells beside one that does not belong to the region are looked at: the straight way from any other one to a cell outside
 * is a great circle, and passes one of these within a shorter angle.
 */
export function grown(region: Region, lens: Lens, marginDeg: number): Region {
  if (marginDeg === 0) return region;
  const stamps = new Stamps(lens, marginDeg);
  const wider: Region = { ...region, bits: region.bits.slice() };
  for (let x = 0; x < region.columns; x++) {
    for (let word = 0; word < wordsOf(region.rows); word++) {
      // Cells one upon another are added together, as far as their tile goes.
      for (let cells = edgeCells(region, x, word); cells !== 0;) {
        const first = 31 - Math.clz32(cells & -cells);
        const tile = TILE - (first & (TILE - 1));
        const most = ~(cells >>> first);
        const count = Math.min(tile, most === 0 ? 32 : 31 - Math.clz32(most & -most));
        const y = 32 * word + first;
        press(stamps.at(x, y), wider, x, y, y + count - 1);
        cells &= ~(((1 << count) - 1) << first);
      }
    }
  }
  return wider;
}
