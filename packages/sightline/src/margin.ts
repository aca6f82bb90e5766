// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Lens } from './lens.ts';
import type { Region } from './region.ts';

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

/**
 * How many stamps begin, less how many end, at each cell of each column and after its last: what a stamp costs is then its
 * width and not its area.
 */
interface Stamps {
  readonly columns: number;
  readonly rows: number;
  readonly changes: Int32Array;
}

/** An ellipse on the grid: in column `x + d` it reaches from `y + lean·d` as far up as down. */
interface Oval {
  readonly y: number;
  readonly lean: number;
  /** Square of half its width. */
  readonly half2: number;
  readonly slope: number;
}

function ovalAt(lens: Lens, marginDeg: number, x: number, y: number): Oval {
  const ellipse = marginCells(lens, marginDeg, x + 0.5, y + 0.5);
  // Half a cell more, because a home reaches from the centre of its outermost cell to its edge.
  const [a, b] = [ellipse.radial + 0.5, ellipse.across + 0.5];
  const half2 = b * b + (a * a - b * b) * ellipse.x * ellipse.x;
  return { y, lean: ((a * a - b * b) * ellipse.x * ellipse.y) / half2, half2, slope: (a * b) / half2 };
}

/** Adds every cell within the ellipses around (x, upper.y), (x, lower.y) and, since they change little on the way, those between. */
function stamp({ columns, rows, changes }: Stamps, x: number, upper: Oval, lower: Oval): void {
  const half = Math.sqrt(Math.max(upper.half2, lower.half2));
  const last = Math.min(columns - 1, Math.floor(x + half));
  for (let column = Math.max(0, Math.ceil(x - half)); column <= last; column++) {
    const d = column - x;
    const up = upper.slope * Math.sqrt(Math.max(0, upper.half2 - d * d));
    const down = lower.slope * Math.sqrt(Math.max(0, lower.half2 - d * d));
    const from = Math.max(0, Math.ceil(upper.y + upper.lean * d - up));
    const to = Math.min(rows, Math.floor(lower.y + lower.lean * d + down) + 1);
    if (from >= to) continue;
    const start = column * (rows + 1);
    changes[start + from] = (changes[start + from] as number) + 1;
    changes[start + to] = (changes[start + to] as number) - 1;
  }
}

function stampBetween(stamps: Stamps, lens: Lens, marginDeg: number, x: number, first: number, last: number): void {
  const upper = ovalAt(lens, marginDeg, x, first);
  stamp(stamps, x, upper, first === last ? upper : ovalAt(lens, marginDeg, x, last));
}

/** The region and all that was stamped. */
function stamped({ columns, rows, cells }: Region, { changes }: Stamps): Region {
  const wider = cells.slice();
  for (let x = 0, i = 0, k = 0; x < columns; x++, k++) {
    for (let y = 0, depth = 0; y < rows; y++, i++, k++) {
      depth += changes[k] as number;
      if (depth > 0) wider[i] = 1;
    }
  }
  return { columns, rows, cells: wider };
}

/** Cells of an upright edge that are stamped together. Over so few an ellipse bends by far less than a cell. */
const TOGETHER = 8;

/**
 * The region grown by an angle all around. What lies beyond the grid is unknown and adds nothing.
 *
 * Only cells beside one that does not belong to the region are looked at: the straight way from any other one to a cell outside
 * is a great circle, and passes one of these within a shorter angle.
 */
export function grown(region: Region, lens: Lens, marginDeg: number): Region {
  if (marginDeg === 0) return region;
  const { columns, rows, cells } = region;
  const stamps: Stamps = { columns, rows, changes: new Int32Array(columns * (rows + 1)) };
  for (let x = 0; x < columns; x++) {
    // At the edge of the grid a cell counts as its own neighbour.
    const own = x * rows;
    const left = x > 0 ? own - rows : own;
    const right = x < columns - 1 ? own + rows : own;
    for (let y = 0, first = -1; y < rows; y++) {
      const isEdge = cells[own + y] === 1 && neighbours(cells, own, left, right, y, rows) === 0;
      if (isEdge && first < 0) first = y;
      if (first < 0 || (isEdge && y < first + TOGETHER - 1 && y < rows - 1)) continue;
      stampBetween(stamps, lens, marginDeg, x, first, isEdge ? y : y - 1);
      first = -1;
    }
  }
  return stamped(region, stamps);
}

/** 1 when all four cells beside one belong to the region. */
const neighbours = (cells: Uint8Array, own: number, left: number, right: number, y: number, rows: number): number =>
  (cells[left + y] as number) &
  (cells[right + y] as number) &
  (cells[own + Math.max(0, y - 1)] as number) &
  (cells[own + Math.min(rows - 1, y + 1)] as number);
