// SPDX-License-Identifier: AGPL-3.0-or-later
import { rough, speck } from './noise.ts';
import { type Colour, type Paint, type Sample, blend, darken, put } from './surface.ts';

/** Cement roof with puddle stains. */
export const paintFlatRoof: Paint = (s) => {
  const base = 158 + 40 * (rough(s.east * 0.7, s.north * 0.7) - 0.5);
  put(s, [base, base * 0.97, base * 0.92]);
  if (rough(s.east * 0.3 + 5, s.north * 0.3) > 0.6) darken(s, 0.84);
};

/** Rows of tiles that run across the slope; `along` and `down` in metres on the roof. */
export function paintTiles(s: Sample, along: number, down: number, colour: Colour): void {
  put(s, colour, 0.84 + 0.24 * rough(along * 0.9, down * 0.9));
  if (s.size > 0.14) return;
  const row = down / 0.3;
  darken(s, 0.8 + 0.28 * (row - Math.floor(row)));
  if (s.size < 0.05) darken(s, 0.92 + 0.16 * speck(along / 0.22 + Math.floor(row) * 7, row));
}

/** Corrugated steel, rusting. */
export function paintSheet(s: Sample, along: number, down: number, colour: Colour): void {
  put(s, colour, 0.92 + 0.12 * rough(along, down));
  if (s.size < 0.1) darken(s, 0.84 + 0.26 * (along / 0.22 - Math.floor(along / 0.22)));
  blend(s, [138, 84, 52], Math.max(0, rough(along * 0.4 + 3, down * 0.4) - 0.58) * 2);
}
