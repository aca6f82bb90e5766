// SPDX-License-Identifier: AGPL-3.0-or-later
import { seeded } from '../city/random.ts';

const SIZE = 256;
const MASK = SIZE - 1;

const lattice = ((): Float32Array => {
  const random = seeded(20_261_121);
  return Float32Array.from({ length: SIZE * SIZE }, () => random());
})();

/** One random number per whole coordinate, 0..1, the same every time. */
export const speck = (x: number, y: number): number =>
  lattice[(Math.floor(y) & MASK) * SIZE + (Math.floor(x) & MASK)] as number;

/** Smooth noise with features of about one unit, 0..1. */
export function smooth(x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = x - x0;
  const fy = y - y0;
  const sx = fx * fx * (3 - 2 * fx);
  const sy = fy * fy * (3 - 2 * fy);
  const row = (y0 & MASK) * SIZE;
  const next = ((y0 + 1) & MASK) * SIZE;
  const left = x0 & MASK;
  const right = (x0 + 1) & MASK;
  const top = (lattice[row + left] as number) * (1 - sx) + (lattice[row + right] as number) * sx;
  const bottom = (lattice[next + left] as number) * (1 - sx) + (lattice[next + right] as number) * sx;
  return top * (1 - sy) + bottom * sy;
}

/** Three octaves of smooth noise, 0..1. */
export const rough = (x: number, y: number): number =>
  smooth(x, y) * 0.55 + smooth(x * 2.1 + 17, y * 2.1 + 5) * 0.3 + smooth(x * 4.3 + 3, y * 4.3 + 29) * 0.15;
