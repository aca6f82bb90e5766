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

/** Steps of a table of colours: finer than a screen shows. */
const FADES = 64;
const LIT = 64;
/** More light falls on nothing. */
const BRIGHTEST = 1.1;

/** A colour in every light and at every distance, as pixels: by light, then by how far it has faded. */
type Shades = Uint32Array;

function shadesOf(own: Rgb, sky: Rgb, lights: number): Shades {
  const byte = (i: number, light: number, fade: number): number =>
    Math.min(255, Math.round((own[i] as number) * light * (1 - fade) + (sky[i] as number) * fade));
  return Uint32Array.from({ length: lights * FADES }, (_, k) => {
    const light = lights === 1 ? 1 : (Math.floor(k / FADES) / (lights - 1)) * BRIGHTEST;
    const fade = (k % FADES) / (FADES - 1);
    // Red lies first in memory, which on every machine that draws is the lowest byte.
    return byte(0, light, fade) | (byte(1, light, fade) << 8) | (byte(2, light, fade) << 16) | (255 << 24);
  });
}

/** A palette made ready: a look-up for a pixel costs a tenth of working it out. */
interface Paints {
  readonly sky: number;
  readonly ground: Shades;
  readonly line: Shades;
  readonly edge: Shades;
  readonly building: Shades;
  readonly home: Shades;
  readonly slat: Shades;
}

const made = new WeakMap<Palette, Paints>();

function paintsOf(palette: Palette): Paints {
  const known = made.get(palette);
  if (known) return known;
  const { sky } = palette;
  const paints: Paints = {
    sky: shadesOf(sky, sky, 1)[0] as number,
    ground: shadesOf(palette.ground, sky, 1),
    line: shadesOf(palette.line, sky, 1),
    edge: shadesOf(palette.edge, sky, 1),
    building: shadesOf(palette.building, sky, LIT),
    home: shadesOf(palette.home, sky, LIT),
    slat: shadesOf(palette.slat, sky, LIT),
  };
  made.set(palette, paints);
  return paints;
}

const fadeStep = (fade: number): number => (fade * (FADES - 1) + 0.5) | 0;

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
 * What the frame would look like, from geometry alone: sky, ground, buildings, and homes behind slats. Masks are not in it.
 * Its size is the grid's that the sight was made on (about 640 × 360), whatever the frame's is.
 * @param every draws one of so many columns and rows: a draft that is smaller and costs as much less
 */
export function drawSight(sight: Sight, palette: Palette, every = 1): Drawing {
  const { columns, rows } = frameSize(sight);
  const [width, height] = [Math.ceil(columns / every), Math.ceil(rows / every)];
  const rgba = new Uint8ClampedArray(4 * width * height);
  const pixels = new Uint32Array(rgba.buffer);
  const paints = paintsOf(palette);
  for (let x = 0; x < width; x++) drawColumn(sight, paints, { pixels, width, x, every });
  return { width, height, rgba };
}

/** One column of a picture. */
interface Target {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly x: number;
  readonly every: number;
}

/** Within a flat surface 1/depth changes from row to row by the same; a change of this part of it is another surface. */
const BENT = 1e-4;

/** Plain numbers in and nothing allocated: it runs for every pixel while somebody drags. */
function drawColumn(sight: Sight, paints: Paints, { pixels, width, x: left, every }: Target): void {
  const { lens, canvas, frame } = sight;
  const { owners, inverse, rows } = canvas;
  const column = left * every;
  // Without distortion a column of the frame is a column of the canvas.
  let i = cellOf(sight, column, 0);
  let [x, y] = [Math.floor(i / rows), i % rows];
  let [shadedOwner, shadedStep, shade] = [NOBODY, 0, 0];
  for (let row = 0, at = left; at < pixels.length; row += every, at += width, i += every, y += every) {
    if (frame) {
      i = cellOf(sight, column, row);
      [x, y] = [Math.floor(i / rows), i % rows];
    }
    const owner = owners[i] as number;
    const u = (x + 0.5 - lens.centreX) / lens.focalX;
    const v = (y + 0.5 - lens.centreY) / lens.focalY;
    if (owner === NOBODY) {
      pixels[at] = groundPixel(paints, lens, u, v);
      continue;
    }
    const near = inverse[i] as number;
    const fade = fadeStep(Math.min(0.7, 1 / near / FADE_M));
    if (owners[i + rows] !== owner || owners[i - 1] !== owner) {
      pixels[at] = paints.edge[fade] as number;
      continue;
    }
    const step = near - (inverse[i - 1] as number);
    if (frame || owner !== shadedOwner || Math.abs(step - shadedStep) > BENT * near) {
      [shadedOwner, shadedStep] = [owner, step];
      shade = Math.round((shadeOf(sight, i, u, v) / BRIGHTEST) * (LIT - 1));
    }
    const home = row % SLAT_ROWS < SLAT_ROWS / 2 ? paints.home : paints.slat;
    pixels[at] = (owner < 0 ? paints.building : home)[shade * FADES + fade] as number;
  }
}

function groundPixel(paints: Paints, { forward, right, down, eyeHeight, focalX }: Lens, u: number, v: number): number {
  const up = forward[2] + u * right[2] + v * down[2];
  if (up >= 0) return paints.sky;
  const reach = eyeHeight / -up;
  const east = reach * (forward[0] + u * right[0] + v * down[0]);
  const north = reach * (forward[1] + u * right[1] + v * down[1]);
  const fade = Math.sqrt(east * east + north * north) / FADE_M;
  if (!(fade < 1)) return paints.sky;
  // A line is as wide as a cell is there; where cells are wider than gaps there are none.
  const wide = reach / focalX;
  const lined = wide < 0.4 && (isOnLine(east, wide) || isOnLine(north, wide));
  return (lined ? paints.line : paints.ground)[fadeStep(fade)] as number;
}

const isOnLine = (metres: number, wide: number): boolean =>
  Math.abs(metres - Math.floor(metres / GRID_M + 0.5) * GRID_M) < wide;
