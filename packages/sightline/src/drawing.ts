// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Sight, cellOf, frameSize } from './sight.ts';
import { type Vec3, dot } from './vec3.ts';

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

/** How brightly a surface is lit, from how 1/depth changes to the next cell that shows the same building. */
function shadeOf({ lens, canvas }: Sight, i: number, x: number, y: number): number {
  const { inverse, owners, columns } = canvas;
  const own = inverse[i] as number;
  const step = (by: number): number => {
    if (owners[i + by] === owners[i]) return (inverse[i + by] as number) - own;
    return owners[i - by] === owners[i] ? own - (inverse[i - by] as number) : 0;
  };
  const [right, down] = [step(1) * lens.focalX, step(columns) * lens.focalY];
  const forward =
    own - (right * (x + 0.5 - lens.centreX)) / lens.focalX - (down * (y + 0.5 - lens.centreY)) / lens.focalY;
  const normal = [0, 1, 2].map(
    (k) => (lens.right[k] as number) * right + (lens.down[k] as number) * down + (lens.forward[k] as number) * forward,
  ) as unknown as Vec3;
  const length = Math.hypot(...normal);
  // The plane's normal points away from the eye: what is seen of it looks the other way.
  return length > 0 && Number.isFinite(length) ? 0.78 + 0.3 * (-dot(normal, LIGHT) / length) : 0.8;
}

/**
 * What the frame would look like, from geometry alone: sky, ground, buildings, and homes behind slats.
 * Its size is the grid's that the sight was made on (about 640 × 360), whatever the frame's is. Masks are not in it.
 */
export function drawSight(sight: Sight, palette: Palette): Drawing {
  const { lens, canvas } = sight;
  const { forward, right, down } = lens;
  const { columns: width, rows: height } = frameSize(sight);
  const brush: Brush = { out: new Uint8ClampedArray(4 * width * height), sky: palette.sky, at: 0 };
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const i = cellOf(sight, column, row);
      const [x, y] = [i % canvas.columns, Math.floor(i / canvas.columns)];
      const owner = canvas.owners[i] as number;
      const depth = 1 / (canvas.inverse[i] as number);
      if (owner === -1) {
        const [u, v] = [(x + 0.5 - lens.centreX) / lens.focalX, (y + 0.5 - lens.centreY) / lens.focalY];
        const ray = (k: 0 | 1 | 2): number => forward[k] + u * right[k] + v * down[k];
        paintGround(brush, palette, [ray(0), ray(1), ray(2)], lens.eyeHeight, lens.focalX);
        continue;
      }
      const fade = Math.min(0.7, depth / FADE_M);
      const next = canvas.owners[i + 1] !== owner || canvas.owners[i - canvas.columns] !== owner;
      if (next) put(brush, palette.edge, 1, fade);
      else if (owner < 0) put(brush, palette.building, shadeOf(sight, i, x, y), fade);
      else put(brush, row % SLAT_ROWS < SLAT_ROWS / 2 ? palette.home : palette.slat, shadeOf(sight, i, x, y), fade);
    }
  }
  return { width, height, rgba: brush.out };
}

function paintGround(brush: Brush, palette: Palette, ray: Vec3, eyeHeight: number, focal: number): void {
  const reach = ray[2] < 0 ? eyeHeight / -ray[2] : Infinity;
  const fade = Math.min(1, (reach * Math.hypot(ray[0], ray[1])) / FADE_M);
  if (fade === 1) return put(brush, palette.sky, 1, 0);
  // A line is as wide as a cell is there; where cells are wider than gaps there are none.
  const wide = reach / focal;
  const onLine = (metres: number): boolean => Math.abs(metres - Math.round(metres / GRID_M) * GRID_M) < wide;
  const lined = wide < 0.4 && (onLine(reach * ray[0]) || onLine(reach * ray[1]));
  return put(brush, lined ? palette.line : palette.ground, 1, fade);
}
