// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Canvas, NOBODY } from './canvas.ts';
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

/** A byte of a pixel: lit, and faded into the sky. */
const byte = (own: number, sky: number, shade: number, fade: number): number =>
  Math.min(255, own * shade * (1 - fade) + sky * fade + 0.5) | 0;

/** Red lies first in memory, which on every machine that draws is the lowest byte. */
const pixelOf = (own: Rgb, sky: Rgb, shade: number, fade: number): number =>
  byte(own[0], sky[0], shade, fade) |
  (byte(own[1], sky[1], shade, fade) << 8) |
  (byte(own[2], sky[2], shade, fade) << 16) |
  (255 << 24);

/** How 1/depth changes to the next cell that shows the same building, or has changed since the last one. */
function stepOf({ inverse, owners }: Canvas, i: number, by: number): number {
  const own = inverse[i] as number;
  if (owners[i + by] === owners[i]) return (inverse[i + by] as number) - own;
  return owners[i - by] === owners[i] ? own - (inverse[i - by] as number) : 0;
}

/** How brightly a surface is lit, from how 1/depth changes along it. `u`, `v`: where on the picture, in focal lengths. */
function shadeOf({ lens, canvas }: Sight, i: number, u: number, v: number): number {
  const across = stepOf(canvas, i, canvas.rows) * lens.focalX;
  const along = stepOf(canvas, i, 1) * lens.focalY;
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
  const rgba = new Uint8ClampedArray(4 * width * height);
  const pixels = new Uint32Array(rgba.buffer);
  for (let column = 0; column < width; column++) drawColumn(sight, palette, pixels, column, width);
  return { width, height, rgba };
}

/** Plain numbers in and nothing allocated: it runs for every pixel while somebody drags. */
function drawColumn(sight: Sight, palette: Palette, pixels: Uint32Array, column: number, width: number): void {
  const { lens, canvas, frame } = sight;
  const { owners, inverse, rows } = canvas;
  // Without distortion a column of the frame is a column of the canvas.
  let i = cellOf(sight, column, 0);
  let [x, y] = [Math.floor(i / rows), i % rows];
  for (let row = 0, at = column; at < pixels.length; row++, at += width, i++, y++) {
    if (frame) {
      i = cellOf(sight, column, row);
      [x, y] = [Math.floor(i / rows), i % rows];
    }
    const owner = owners[i] as number;
    const u = (x + 0.5 - lens.centreX) / lens.focalX;
    const v = (y + 0.5 - lens.centreY) / lens.focalY;
    if (owner === NOBODY) {
      pixels[at] = groundPixel(palette, lens, u, v);
      continue;
    }
    const fade = Math.min(0.7, 1 / (inverse[i] as number) / FADE_M);
    const isEdge = owners[i + rows] !== owner || owners[i - 1] !== owner;
    const home = row % SLAT_ROWS < SLAT_ROWS / 2 ? palette.home : palette.slat;
    pixels[at] = isEdge
      ? pixelOf(palette.edge, palette.sky, 1, fade)
      : pixelOf(owner < 0 ? palette.building : home, palette.sky, shadeOf(sight, i, u, v), fade);
  }
}

function groundPixel({ sky, ground, line }: Palette, lens: Lens, u: number, v: number): number {
  const { forward, right, down, eyeHeight, focalX } = lens;
  const up = forward[2] + u * right[2] + v * down[2];
  if (up >= 0) return pixelOf(sky, sky, 1, 0);
  const reach = eyeHeight / -up;
  const east = reach * (forward[0] + u * right[0] + v * down[0]);
  const north = reach * (forward[1] + u * right[1] + v * down[1]);
  const fade = Math.sqrt(east * east + north * north) / FADE_M;
  if (!(fade < 1)) return pixelOf(sky, sky, 1, 0);
  // A line is as wide as a cell is there; where cells are wider than gaps there are none.
  const wide = reach / focalX;
  const lined = wide < 0.4 && (isOnLine(east, wide) || isOnLine(north, wide));
  return pixelOf(lined ? line : ground, sky, 1, fade);
}

const isOnLine = (metres: number, wide: number): boolean =>
  Math.abs(metres - Math.round(metres / GRID_M) * GRID_M) < wide;
