// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Aim } from './aim.ts';
import type { Building } from './building.ts';
import { projector } from './projector.ts';
import { type Sight, cellOf, frameSize, sightOf } from './sight.ts';
import type { Standing } from './standing.ts';

/** Everything around one place, painted once: what hides what doesn't hang on where a camera is turned. */
export interface Panorama {
  /** North, east, south, west, up, down; each a quarter of a circle wide and high. */
  readonly sides: readonly Sight[];
  readonly standing: readonly Standing[];
}

const SIDES: readonly (readonly [heading: number, tilt: number])[] = [
  [0, 0],
  [90, 0],
  [180, 0],
  [270, 0],
  [0, 90],
  [0, -90],
];

export function panoramaOf(position: Aim['position'], range: number, buildings: readonly Building[]): Panorama {
  const sides = SIDES.map(([heading, tilt]) =>
    sightOf({ position, heading, tilt, roll: 0, hfov: 90, image: { width: 480, height: 480 }, range }, buildings),
  );
  return { sides, standing: (sides[0] as Sight).standing };
}

const sideOf = (east: number, north: number, up: number): number => {
  const [e, n, u] = [Math.abs(east), Math.abs(north), Math.abs(up)];
  if (u > e && u > n) return up > 0 ? 4 : 5;
  if (n >= e) return north > 0 ? 0 : 2;
  return east > 0 ? 1 : 3;
};

const DETECT = 25;
/** More than to identify somebody is no more. */
const MOST_DENSITY = 250;
const weight = (pixelsPerMetre: number): number => Math.min(MOST_DENSITY, pixelsPerMetre) / DETECT;

/**
 * How much a frame shows of homes: the per cent of it that they fill, each part counted by how many times over somebody there
 * could be detected (25 px/m, IEC 62676-4), ten times at most. 0 is none, 1000 a frame full of homes where anybody is identified.
 */
export function exposureScore(sight: Sight): number {
  const { lens, canvas } = sight;
  const { columns, rows } = frameSize(sight);
  let sum = 0;
  for (let x = 0; x < columns; x++) {
    for (let y = 0; y < rows; y++) {
      const i = cellOf(sight, x, y);
      if ((canvas.owners[i] as number) >= 0) sum += weight(lens.focalPixels * (canvas.inverse[i] as number));
    }
  }
  return Number(((100 * sum) / (columns * rows)).toPrecision(6));
}

const ACROSS = 64;

/**
 * The score of an aim from that place, to a few per cent: some thousand directions are looked up instead of a frame painted.
 * @param marginDeg homes that lie so little outside of the frame count as well
 */
export function roughScore({ sides }: Panorama, aim: Aim, marginDeg: number): number {
  const view = projector(aim);
  const { right, up, forward } = view.basis;
  const down = Math.max(4, Math.round((ACROSS * aim.image.height) / aim.image.width));
  const widened = (pixels: number): number =>
    Math.tan(Math.min(1.55, Math.atan(pixels / 2 / view.focal) + (marginDeg * Math.PI) / 180));
  const [halfWidth, halfHeight] = [widened(aim.image.width), widened(aim.image.height)];
  let score = 0;
  for (let row = 0; row < down; row++) {
    const v = halfHeight * (1 - (2 * (row + 0.5)) / down);
    for (let column = 0; column < ACROSS; column++) {
      const u = halfWidth * ((2 * (column + 0.5)) / ACROSS - 1);
      const e = forward[0] + u * right[0] + v * up[0];
      const n = forward[1] + u * right[1] + v * up[1];
      const z = forward[2] + u * right[2] + v * up[2];
      const { lens, canvas } = sides[sideOf(e, n, z)] as Sight;
      const depth = e * lens.forward[0] + n * lens.forward[1] + z * lens.forward[2];
      const across = (e * lens.right[0] + n * lens.right[1] + z * lens.right[2]) / depth;
      const below = (e * lens.down[0] + n * lens.down[1] + z * lens.down[2]) / depth;
      const x = Math.min(lens.columns - 1, Math.max(0, Math.floor(lens.centreX + lens.focalX * across)));
      const y = Math.min(lens.rows - 1, Math.max(0, Math.floor(lens.centreY + lens.focalY * below)));
      const i = x * canvas.rows + y;
      // A ray's unit is a metre of the aim's own depth.
      if ((canvas.owners[i] as number) >= 0) score += weight(view.focal * (canvas.inverse[i] as number) * depth);
    }
  }
  return (100 * score) / (ACROSS * down);
}
