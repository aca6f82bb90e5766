// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Point2, type Vec3, cross, dot } from '@louver/sightline';
import type { Leaves, Surface } from './surface.ts';
import { type Affine, DepthBuffer } from './view.ts';

const RAD = Math.PI / 180;
const SUN_BEARING = 128;
const SUN_ELEVATION = 47;

/** Unit vector towards the sun: a morning in the dry season. */
export const SUN: Vec3 = [
  Math.sin(SUN_BEARING * RAD) * Math.cos(SUN_ELEVATION * RAD),
  Math.cos(SUN_BEARING * RAD) * Math.cos(SUN_ELEVATION * RAD),
  Math.sin(SUN_ELEVATION * RAD),
];
const ACROSS: Vec3 = [Math.cos(SUN_BEARING * RAD), -Math.sin(SUN_BEARING * RAD), 0];
const UP: Vec3 = cross(ACROSS, [-SUN[0], -SUN[1], -SUN[2]]);

/** Half the side of the square that gets shadows, metres, and its resolution. */
const REACH_M = 120;
const TEXELS = 2048;
const PER_METRE = TEXELS / (2 * REACH_M);
const BIAS_M = 0.35;

/** What the sun sees: a parallel projection around a point of the street. */
export class SunView {
  readonly #buffer = new DepthBuffer(TEXELS, TEXELS, Number.NEGATIVE_INFINITY);
  readonly #centre: Vec3;

  constructor(centre: Vec3) {
    this.#centre = centre;
  }

  #texel(p: Vec3): Point2 {
    const from: Vec3 = [p[0] - this.#centre[0], p[1] - this.#centre[1], p[2] - this.#centre[2]];
    return [(dot(from, ACROSS) + REACH_M) * PER_METRE, (REACH_M - dot(from, UP)) * PER_METRE];
  }

  /** Nearness to the sun of a plane, linear over the texels. */
  #affine(normal: Vec3, point: Vec3): Affine | undefined {
    const facing = dot(normal, SUN);
    if (Math.abs(facing) < 1e-9) return undefined;
    const [x, y] = this.#texel(point);
    // Moving one texel across on the plane changes the height above the sun's plane by this much.
    const a = -dot(normal, ACROSS) / facing / PER_METRE;
    const b = dot(normal, UP) / facing / PER_METRE;
    return { a, b, c: dot(point, SUN) + a * (0.5 - x) + b * (0.5 - y) };
  }

  add({ rings, normal, flat }: Surface): void {
    const first = rings[0]?.[0];
    const affine = first && !flat ? this.#affine(normal, first) : undefined;
    if (affine)
      this.#buffer.draw(
        rings.map((ring) => ring.map((p) => this.#texel(p))),
        affine,
        1,
      );
  }

  addLeaves({ centre, radius }: Leaves): void {
    const [x, y] = this.#texel(centre);
    const ring = Array.from({ length: 9 }, (_, i): Point2 => {
      const r = radius * PER_METRE * (i % 2 ? 0.95 : 0.72);
      return [x + r * Math.cos((i * 2 * Math.PI) / 9), y + r * Math.sin((i * 2 * Math.PI) / 9)];
    });
    this.#buffer.draw([ring], { a: 0, b: 0, c: dot(centre, SUN) }, 1);
  }

  /** Share of the sun that reaches a point, 0..1, from five looks around it. `jitter` in 0..1 hides the texels. */
  reaches(east: number, north: number, up: number, jitter: number): number {
    const [ce, cn, cu] = this.#centre;
    const [e, n, u] = [east - ce, north - cn, up - cu];
    const x = (e * ACROSS[0] + n * ACROSS[1] + REACH_M) * PER_METRE;
    const y = (REACH_M - e * UP[0] - n * UP[1] - u * UP[2]) * PER_METRE;
    const height = east * SUN[0] + north * SUN[1] + up * SUN[2] + BIAS_M;
    if (x < 2 || y < 2 || x > TEXELS - 3 || y > TEXELS - 3) return 1;
    const { near } = this.#buffer;
    const spread = 0.7 + jitter;
    let open = 0;
    for (let i = 0; i < 4; i++) {
      const dx = i & 1 ? spread : -spread * 0.6;
      const dy = i & 2 ? spread * 0.8 : -spread;
      const at = Math.floor(y + dy) * TEXELS + Math.floor(x + dx);
      if ((near[at] as number) <= height) open += 0.25;
    }
    return open;
  }
}

/** Sky light and sun on a surface of this unit normal, as a factor on its colour. */
export function lightOn(normal: Vec3, sunShare: number): number {
  const facing = Math.max(0, dot(normal, SUN));
  return 0.44 + 0.12 * normal[2] + 0.68 * facing * sunShare;
}
