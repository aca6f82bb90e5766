// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Canvas } from './canvas.ts';
import type { Lens } from './lens.ts';
import { type Sight, cellOf, frameSize } from './sight.ts';
import type { Vec3 } from './vec3.ts';

/** Red, green, blue, each 0…255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** What things are painted in; every surface is shaded by how it faces the light and fades into the sky with distance. */
export interface Palette {
  readonly sky: Rgb;
  readonly ground: Rgb;
  /** Lines on the ground every ten metres. */
  readonly line: Rgb;
  readonly building: Rgb;
  readonly home: Rgb;
  /** The darker half of the slats over a home. */
  readonly slat: Rgb;
  /** Where one building ends and another thing begins. */
  readonly edge: Rgb;
}

/** Pixels row by row, four bytes each, opaque: what a canvas takes. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** Light from the south-west, high: walls at a corner differ and roofs are brightest. */
const LIGHT: Vec3 = [-0.45, -0.3, 0.84];
const FADE_M = 260;
const GRID_M = 10;
/** One slat and the gap below it, in rows. */
const SLAT_ROWS = 8;

interface Brush {
  readonly out: Uint8ClampedArray<ArrayBuffer>;
  readonly sky: Rgb;
  at: number;
}

function put(brush: Brush, [red, green, blue]: Rgb, shade: number, fade: number): void {
  const { out, sky } = brush;
  const own = shade * (1 - fade);
  out[brush.at] = red * own + sky[0] * fade;
  out[brush.at + 1] = green * own + sky[1] * fade;
  out[brush.at + 2] = blue * own + sky[2] * fade;
  out[brush.at + 3] = 255;
  brush.at += 4;
}

/** How 1/depth changes to the next cell that shows the same building, or has changed since the last one. */
function stepOf({ inverse, owners }: Canvas, i: number, by: number): number {
  const own = inverse[i] as number;
  if (owners[i + by] === owners[i]) return (inverse[i + by] as number) - own;
  return owners[i - by] === owners[i] ? own - (inverse[i - by] as number) : 0;
}

/** How brightly a surface is lit, from how 1/depth changes along it. `u`, `v`: where on the picture, in focal lengths. */
function shadeOf({ lens, canvas }: Sight, i: number, u: number, v: number): number {
  const across = stepOf(canvas, i, 1) * lens.focalX;
  const along = stepOf(canvas, i, canvas.columns) * lens.focalY;
  const ahead = (canvas.inverse[i] as number) - across * u - along * v;
  const { right, down, forward } = lens;
  const east = right[0] * across + down[0] * along + forward[0] * ahead;
  const north = right[1] * across + down[1] * along + forward[1] * ahead;
  const up = right[2] * across + down[2] * along + forward[2] * ahead;
  const length = Math.sqrt(east * east + north * north + up * up);
  if (!(length > 0 && length < Infinity)) return 0.8;
  // The plane's normal points away from the eye: what is seen of it looks the other way.
  return 0.78 - (0.3 * (east * LIGHT[0] + north * LIGHT[1] + up * LIGHT[2])) / length;
}

/**
 * What the frame would look like, from geometry alone: sky, ground, buildings, and homes behind slats.
 * Its size is the grid's that the sight was made on (about 640 × 360), whatever the frame's is. Masks are not in it.
 */
export function drawSight(sight: Sight, palette: Palette): Drawing {
  const { columns: width, rows: height } = frameSize(sight);
  const brush: Brush = { out: new Uint8ClampedArray(4 * width * height), sky: palette.sky, at: 0 };
  for (let row = 0; row < height; row++) drawRow(sight, palette, brush, row, width);
  return { width, height, rgba: brush.out };
}

/** Plain numbers in and nothing allocated: it runs for every pixel while somebody drags. */
function drawRow(sight: Sight, palette: Palette, brush: Brush, row: number, width: number): void {
  const { lens, canvas, frame } = sight;
  const { owners, inverse, columns } = canvas;
  const home = row % SLAT_ROWS < SLAT_ROWS / 2 ? palette.home : palette.slat;
  // Without distortion a row of the frame is a row of the canvas.
  let i = cellOf(sight, 0, row);
  let [x, y] = [i % columns, Math.floor(i / columns)];
  for (let column = 0; column < width; column++, i++, x++) {
    if (frame) {
      i = cellOf(sight, column, row);
      [x, y] = [i % columns, Math.floor(i / columns)];
    }
    const owner = owners[i] as number;
    const u = (x + 0.5 - lens.centreX) / lens.focalX;
    const v = (y + 0.5 - lens.centreY) / lens.focalY;
    if (owner === -1) {
      paintGround(brush, palette, lens, u, v);
      continue;
    }
    const fade = Math.min(0.7, 1 / (inverse[i] as number) / FADE_M);
    if (owners[i + 1] !== owner || owners[i - columns] !== owner) put(brush, palette.edge, 1, fade);
    else put(brush, owner < 0 ? palette.building : home, shadeOf(sight, i, u, v), fade);
  }
}

function paintGround(
  brush: Brush,
  palette: Palette,
  { forward, right, down, eyeHeight, focalX }: Lens,
  u: number,
  v: number,
): void {
  const up = forward[2] + u * right[2] + v * down[2];
  if (up >= 0) return put(brush, palette.sky, 1, 0);
  const reach = eyeHeight / -up;
  const east = reach * (forward[0] + u * right[0] + v * down[0]);
  const north = reach * (forward[1] + u * right[1] + v * down[1]);
  const fade = Math.sqrt(east * east + north * north) / FADE_M;
  if (!(fade < 1)) return put(brush, palette.sky, 1, 0);
  // A line is as wide as a cell is there; where cells are wider than gaps there are none.
  const wide = reach / focalX;
  const lined = wide < 0.4 && (isOnLine(east, wide) || isOnLine(north, wide));
  return put(brush, lined ? palette.line : palette.ground, 1, fade);
}

const isOnLine = (metres: number, wide: number): boolean =>
  Math.abs(metres - Math.round(metres / GRID_M) * GRID_M) < wide;
