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
  const off = Math.hypot(dx, dy);
  const focal = Math.max(lens.focalX, lens.focalY);
  const angle = Math.atan(off) + marginDeg * RAD;
  // Outwards the same angle covers more than inwards, so that side decides; at 90° from the axis it never ends.
  const reach = angle < 89.9 * RAD ? Math.tan(angle) - off : Infinity;
  const most = lens.columns + lens.rows;
  return {
    radial: Math.min(most, focal * reach),
    across: Math.min(most, focal * Math.tan(marginDeg * RAD) * Math.hypot(1, off)),
    x: off > 0 ? dx / off : 1,
    y: off > 0 ? dy / off : 0,
  };
}

/** Sets every cell within an ellipse around (x, y) of a region stored column by column. */
function stamp({ columns, rows, cells }: Region, x: number, y: number, ellipse: MarginEllipse): void {
  // Half a cell more, because a home reaches from the centre of its outermost cell to its edge.
  const [a, b] = [ellipse.radial + 0.5, ellipse.across + 0.5];
  const [ux, uy] = [ellipse.x, ellipse.y];
  const xx = b * b + (a * a - b * b) * ux * ux;
  const xy = (a * a - b * b) * ux * uy;
  const half = Math.sqrt(xx);
  const height = (a * b) / half;
  const last = Math.min(columns - 1, Math.floor(x + half));
  for (let column = Math.max(0, Math.ceil(x - half)); column <= last; column++) {
    const d = column - x;
    const middle = y + (xy / xx) * d;
    const reach = height * Math.sqrt(Math.max(0, 1 - (d * d) / xx));
    const [from, to] = [Math.max(0, Math.ceil(middle - reach)), Math.min(rows, Math.floor(middle + reach) + 1)];
    if (from < to) cells.fill(1, column * rows + from, column * rows + to);
  }
}

/** The region grown by an angle all around. */
export function grown(region: Region, lens: Lens, marginDeg: number): Region {
  if (marginDeg === 0) return region;
  const { columns, rows, cells } = region;
  const wider: Region = { columns, rows, cells: cells.slice() };
  for (let x = 0; x < columns; x++) {
    for (let y = 0; y < rows; y++) {
      const i = x * rows + y;
      if (cells[i] === 0) continue;
      const inner = x > 0 && x < columns - 1 && y > 0 && y < rows - 1;
      if (inner && cells[i - 1] && cells[i + 1] && cells[i - rows] && cells[i + rows]) continue;
      stamp(wider, x, y, marginCells(lens, marginDeg, x + 0.5, y + 0.5));
    }
  }
  return wider;
}
