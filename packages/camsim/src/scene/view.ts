// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  type Aim,
  type Point2,
  type Projector,
  type Vec3,
  clipNear,
  cross,
  dot,
  minus,
  projector,
} from '@louver/sightline';
import { eachSpan } from './spans.ts';

/** A value that changes linearly over the screen: value = a·x + b·y + c at a sample's centre. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** A projection at several samples a pixel. Rings and planes go in as metres and come out in samples. */
export interface SampledView {
  readonly camera: Projector;
  /** Samples a pixel and direction. */
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  /** Visible part of a ring in samples; empty when it is behind the camera. */
  toScreen(ring: readonly Vec3[]): Point2[];
  /** 1/depth of a plane over the screen; undefined when it is seen edge-on. */
  inverseDepth(normal: Vec3, point: Vec3): Affine | undefined;
}

const NEAR_M = 0.3;

export function sampledView(aim: Aim, scale: number): SampledView {
  const camera = projector(aim);
  const { focal, basis, eye } = camera;
  const toScreen = (ring: readonly Vec3[]): Point2[] =>
    clipNear(
      ring.map((p) => camera.toCamera(p)),
      NEAR_M,
    ).map(([r, d, f]): Point2 => [
      (camera.width / 2 + (focal * r) / f) * scale,
      (camera.height / 2 + (focal * d) / f) * scale,
    ]);
  const inverseDepth = (normal: Vec3, point: Vec3): Affine | undefined => {
    const offset = dot(normal, minus(point, eye));
    if (Math.abs(offset) < 1e-6) return undefined;
    const across = dot(normal, basis.right) / (focal * scale * offset);
    const down = -dot(normal, basis.up) / (focal * scale * offset);
    const ahead = dot(normal, basis.forward) / offset;
    // Centres of samples are half a sample in.
    const c = ahead + across * (0.5 - (camera.width * scale) / 2) + down * (0.5 - (camera.height * scale) / 2);
    return { a: across, b: down, c };
  };
  return { camera, scale, width: camera.width * scale, height: camera.height * scale, toScreen, inverseDepth };
}

/** Normal of a flat ring by Newell's method, not of unit length; counter-clockwise faces the viewer. */
export function normalOf(ring: readonly Vec3[]): Vec3 {
  const origin = ring[0] as Vec3;
  let sum: Vec3 = [0, 0, 0];
  for (let i = 1; i + 1 < ring.length; i++) {
    const n = cross(minus(ring[i] as Vec3, origin), minus(ring[i + 1] as Vec3, origin));
    sum = [sum[0] + n[0], sum[1] + n[1], sum[2] + n[2]];
  }
  return sum;
}

/** Which surface is nearest at every sample. */
export class DepthBuffer {
  readonly width: number;
  readonly height: number;
  /** Larger is nearer: 1/depth in a perspective view, minus the distance in a parallel one. */
  readonly near: Float32Array;
  /** What the caller numbered the surface; 0 where nothing was drawn. */
  readonly surface: Int32Array;

  constructor(width: number, height: number, empty = 0) {
    this.width = width;
    this.height = height;
    this.near = new Float32Array(width * height).fill(empty);
    this.surface = new Int32Array(width * height);
  }

  /** Draws where it is at least as near as what is there, so that equal planes paint in order. */
  draw(rings: readonly (readonly Point2[])[], { a, b, c }: Affine, id: number): void {
    const { near, surface, width } = this;
    eachSpan(rings, width, this.height, (y, x1, x2) => {
      const row = b * y + c;
      for (let x = x1, i = y * width + x1; x < x2; x++, i++) {
        // Not summed up along the row: two surfaces on one plane must come to the very same number.
        const value = Math.fround(row + a * x);
        if (value >= (near[i] as number)) {
          near[i] = value;
          surface[i] = id;
        }
      }
    });
  }
}
