// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Vec3 } from '@louver/sightline';

/** One sample under the brush; reused for all of them, because millions are painted. Metres, colours 0..255. */
export interface Sample {
  east: number;
  north: number;
  up: number;
  /** Width of a sample on the surface, metres: detail finer than this would only flicker. */
  size: number;
  r: number;
  g: number;
  b: number;
}

export type Paint = (sample: Sample) => void;

/** Flat piece of the street. */
export interface Surface {
  readonly rings: readonly (readonly Vec3[])[];
  readonly normal: Vec3;
  readonly paint: Paint;
  /** Index of the building in the scene it belongs to, or -1. */
  readonly building: number;
  /** On the ground: drawn in order, throws no shadow. */
  readonly flat?: boolean;
}

/** Clump of leaves: a sphere seen from everywhere. */
export interface Leaves {
  readonly centre: Vec3;
  readonly radius: number;
  readonly colour: Colour;
  readonly seed: number;
}

export type Colour = readonly [r: number, g: number, b: number];

export function put(sample: Sample, colour: Colour, light = 1): void {
  sample.r = colour[0] * light;
  sample.g = colour[1] * light;
  sample.b = colour[2] * light;
}

/** Moves the sample's colour towards another; share 0..1. */
export function blend(sample: Sample, colour: Colour, share: number): void {
  sample.r += (colour[0] - sample.r) * share;
  sample.g += (colour[1] - sample.g) * share;
  sample.b += (colour[2] - sample.b) * share;
}

export function darken(sample: Sample, factor: number): void {
  sample.r *= factor;
  sample.g *= factor;
  sample.b *= factor;
}
