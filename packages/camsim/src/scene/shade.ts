// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Vec3, dot } from '@louver/sightline';
import { type SunView, SUN, lightOn } from './light.ts';
import { rough, smooth, speck } from './noise.ts';
import { type Colour, type Leaves, type Paint, type Sample, type Surface, blend, darken, put } from './surface.ts';
import type { DepthBuffer, SampledView } from './view.ts';

const HAZE: Colour = [203, 212, 218];
const HAZE_M = 420;
const ZENITH: Colour = [96, 150, 205];
const HILLS: Colour = [118, 141, 142];
const CLOUD: Colour = [244, 245, 244];

/** Numbers in a depth buffer: 0 is sky, 1 the open ground, then surfaces, then leaves. */
export const GROUND_ID = 1;
export const FIRST_SURFACE_ID = 2;

/** Frame of 8-bit RGB, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8ClampedArray;
}

export interface Shading {
  readonly view: SampledView;
  readonly buffer: DepthBuffer;
  readonly surfaces: readonly Surface[];
  readonly leaves: readonly Leaves[];
  readonly ground: Paint;
  readonly sun: SunView;
}

function paintSky(sample: Sample, dx: number, dy: number, dz: number): void {
  const length = Math.hypot(dx, dy, dz);
  const rise = dz / length;
  const bearing = Math.atan2(dx, dy);
  const ridge = 0.022 + 0.045 * rough(bearing * 5 + 40, 3.5) - 0.012 * smooth(bearing * 31 + 90, 1);
  if (rise < ridge) {
    put(sample, HILLS);
    blend(sample, HAZE, 0.25 + 0.5 * (1 - Math.max(0, rise) / ridge));
    return;
  }
  put(sample, HAZE);
  blend(sample, ZENITH, Math.min(1, Math.max(0, rise) * 2.1) ** 0.75);
  // Clouds on a plane high above, so that they shrink towards the horizon.
  const reach = 1 / (rise + 0.12);
  const cover = rough((dx / length) * reach * 1.3 + 11, (dy / length) * reach * 1.3 + 4);
  blend(sample, CLOUD, Math.min(0.85, Math.max(0, (cover - 0.5) * 4)) * Math.min(1, rise * 6));
}

function paintLeaves(sample: Sample, { centre, radius, colour, seed }: Leaves, sunShare: number): void {
  const nx = (sample.east - centre[0]) / radius;
  const ny = (sample.north - centre[1]) / radius;
  const nz = (sample.up - centre[2]) / radius;
  const facing = 0.5 + 0.5 * Math.max(-0.4, nx * SUN[0] + ny * SUN[1] + nz * SUN[2]);
  const grain = Math.max(0.07, sample.size * 1.4);
  const tuft = rough((sample.east + sample.north * 0.6) / grain / 3 + seed, sample.up / grain / 3 + seed);
  put(sample, colour, (0.34 + 0.3 * nz * 0.5 + 0.75 * facing * (0.35 + 0.65 * sunShare)) * (0.55 + 0.85 * tuft));
}

/** Paints samples of one scene, one after another into the same `sample`. */
class Brush {
  readonly sample: Sample = { east: 0, north: 0, up: 0, size: 0, r: 0, g: 0, b: 0 };
  readonly #scene: Shading;
  readonly #width: number;

  constructor(scene: Shading) {
    this.#scene = scene;
    this.#width = scene.view.width;
  }

  /** Sample coordinates may lie between samples. `span` is how many of them this one stands for in each direction. */
  paint(x: number, y: number, id: number, near: number, span: number): void {
    const { camera, scale } = this.#scene.view;
    const { forward, right, up } = camera.basis;
    const sx = ((x + 0.5) / scale - camera.width / 2) / camera.focal;
    const sy = (camera.height / 2 - (y + 0.5) / scale) / camera.focal;
    const dx = forward[0] + right[0] * sx + up[0] * sy;
    const dy = forward[1] + right[1] * sx + up[1] * sy;
    const dz = forward[2] + right[2] * sx + up[2] * sy;
    const { sample } = this;
    if (id === 0) {
      paintSky(sample, dx, dy, dz);
      return;
    }
    const depth = 1 / near;
    sample.east = dx * depth;
    sample.north = dy * depth;
    sample.up = camera.eye[2] + dz * depth;
    sample.size = (depth * span) / (camera.focal * scale);
    this.#light(id, speck(x * 1.7, y));
    blend(sample, HAZE, 1 - Math.exp(-depth / HAZE_M));
  }

  #light(id: number, jitter: number): void {
    const { sample } = this;
    const { surfaces, leaves, ground, sun } = this.#scene;
    const index = id - FIRST_SURFACE_ID;
    if (index >= surfaces.length) {
      const leaf = leaves[index - surfaces.length] as Leaves;
      paintLeaves(sample, leaf, sun.reaches(sample.east, sample.north, sample.up + leaf.radius * 0.6, jitter));
      return;
    }
    const surface = index >= 0 ? surfaces[index] : undefined;
    const normal = surface ? surface.normal : STRAIGHT_UP;
    (surface ? surface.paint : ground)(sample);
    const share =
      dot(normal, SUN) > 0
        ? sun.reaches(sample.east + normal[0] * 0.1, sample.north + normal[1] * 0.1, sample.up, jitter)
        : 0;
    darken(sample, lightOn(normal, share));
  }

  /** Whether one look at the middle of a pixel is as good as one at each sample: soft noise and no drawn lines. */
  isSoft(id: number): boolean {
    const index = id - FIRST_SURFACE_ID;
    return index < 0 || index >= this.#scene.surfaces.length || this.#scene.surfaces[index]?.flat === true;
  }

  /** Mean of a pixel's four samples, left in `sample`. */
  pixel(px: number, py: number): void {
    const { near, surface } = this.#scene.buffer;
    const at = py * 2 * this.#width + px * 2;
    const [i2, i3, i4] = [at + 1, at + this.#width, at + this.#width + 1];
    const id = surface[at] as number;
    if (id === surface[i2] && id === surface[i3] && id === surface[i4] && this.isSoft(id)) {
      const mean = ((near[at] as number) + (near[i4] as number)) / 2;
      this.paint(px * 2 + 0.5, py * 2 + 0.5, id, mean, 2);
      return;
    }
    const { sample } = this;
    let [r, g, b] = [0, 0, 0];
    for (let s = 0; s < 4; s++) {
      const [x, y] = [px * 2 + (s & 1), py * 2 + (s >> 1)];
      const i = y * this.#width + x;
      this.paint(x, y, surface[i] as number, near[i] as number, 1);
      r += sample.r;
      g += sample.g;
      b += sample.b;
    }
    sample.r = r / 4;
    sample.g = g / 4;
    sample.b = b / 4;
  }
}

const STRAIGHT_UP: Vec3 = [0, 0, 1];

/** Paints a view of two by two samples a pixel. */
export function shade(scene: Shading): Picture {
  const { width, height } = scene.view.camera;
  const rgb = new Uint8ClampedArray(width * height * 3);
  const brush = new Brush(scene);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      brush.pixel(x, y);
      rgb[at] = brush.sample.r;
      rgb[at + 1] = brush.sample.g;
      rgb[at + 2] = brush.sample.b;
    }
  }
  return { width, height, rgb };
}
