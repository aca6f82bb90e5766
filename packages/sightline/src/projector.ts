// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Aim } from './aim.ts';
import { distorted, distortionOf, undistorted } from './distortion.ts';
import { type Vec3, cross, dot, plusScaled } from './vec3.ts';

/** Pixels from the frame's top left corner (centres of pixels are at .5); depth in metres along the view axis. */
export interface Projected {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

/** Unit vectors in east, north, up. */
export interface CameraBasis {
  readonly right: Vec3;
  readonly up: Vec3;
  readonly forward: Vec3;
}

export interface Projector {
  /** Camera position in local metres: above the frame's origin. */
  readonly eye: Vec3;
  readonly basis: CameraBasis;
  /** Focal length in pixels. */
  readonly focal: number;
  readonly width: number;
  readonly height: number;
  /** East, north, up (metres, origin at the ground under the camera) to right, down, forward (metres). */
  toCamera(point: Vec3): Vec3;
  /** A point in camera space to pixels. Undefined nearer than NEAR_M, where the division is meaningless, and where a lens folds. */
  toPixel(camera: Vec3): Projected | undefined;
  /** `toPixel(toCamera(point))`. The pixel may lie outside the frame. */
  project(point: Vec3): Projected | undefined;
  /** The ray through a pixel, scaled so that one unit of it is one metre of depth. */
  ray(x: number, y: number): Vec3;
  /** Inverse of project. */
  unproject(pixel: Projected): Vec3;
}

/** Nothing nearer than this is drawn or measured, in metres. */
export const NEAR_M = 0.05;

const RAD = Math.PI / 180;

function basisOf({ heading, tilt, roll }: Pick<Aim, 'heading' | 'tilt' | 'roll'>): CameraBasis {
  const [h, t, r] = [heading * RAD, tilt * RAD, roll * RAD];
  const forward: Vec3 = [Math.sin(h) * Math.cos(t), Math.cos(h) * Math.cos(t), Math.sin(t)];
  // From the heading and not from a cross product with "up": that one has no answer straight down.
  const level: Vec3 = [Math.cos(h), -Math.sin(h), 0];
  const above = cross(level, forward);
  return {
    forward,
    right: plusScaled([level[0] * Math.cos(r), level[1] * Math.cos(r), 0], above, -Math.sin(r)),
    up: plusScaled([level[0] * Math.sin(r), level[1] * Math.sin(r), 0], above, Math.cos(r)),
  };
}

/** Projection of an aim: a pinhole, and the distortion of its lens where it has one. Throws RangeError on what no camera has. */
export function projector(aim: Aim): Projector {
  const { width, height } = aim.image;
  if (!(aim.hfov > 0 && aim.hfov < 180)) throw new RangeError(`couldn't project: hfov ${aim.hfov} is not in (0, 180)`);
  if (!(width > 0 && height > 0)) throw new RangeError(`couldn't project: frame ${width}x${height}`);

  const basis = basisOf(aim);
  const { right, up, forward } = basis;
  const focal = width / 2 / Math.tan((aim.hfov * RAD) / 2);
  const eye: Vec3 = [0, 0, aim.position.height];

  const toCamera = (point: Vec3): Vec3 => {
    const from: Vec3 = [point[0], point[1], point[2] - eye[2]];
    return [dot(from, right), -dot(from, up), dot(from, forward)];
  };
  const distortion = distortionOf(aim, focal);
  const toPixel = ([r, d, f]: Vec3): Projected | undefined => {
    if (f < NEAR_M) return undefined;
    const radius = distortion ? Math.hypot(r, d) / f : 0;
    if (distortion && radius >= distortion.fold) return undefined;
    const scale = (focal / f) * (distortion && radius > 0 ? distorted(distortion, radius) / radius : 1);
    return { x: width / 2 + scale * r, y: height / 2 + scale * d, depth: f };
  };
  const ray = (x: number, y: number): Vec3 => {
    const [u, v] = [(x - width / 2) / focal, (height / 2 - y) / focal];
    const radius = distortion ? Math.hypot(u, v) : 0;
    const scale = distortion && radius > 0 ? undistorted(distortion, radius) / radius : 1;
    return plusScaled(plusScaled(forward, right, u * scale), up, v * scale);
  };

  return {
    eye,
    basis,
    focal,
    width,
    height,
    toCamera,
    toPixel,
    ray,
    project: (point) => toPixel(toCamera(point)),
    unproject: ({ x, y, depth }) => plusScaled(eye, ray(x, y), depth),
  };
}

/** The part of a camera-space polygon at or beyond `near` metres. Empty when all of it is nearer or behind. */
export function clipNear(ring: readonly Vec3[], near = NEAR_M): Vec3[] {
  const kept: Vec3[] = [];
  let from = ring.at(-1);
  for (const to of ring) {
    if (from && from[2] >= near !== to[2] >= near) {
      const s = (near - from[2]) / (to[2] - from[2]);
      // Exactly on the plane, so that rounding can't put the new corner back behind it.
      kept.push([from[0] + (to[0] - from[0]) * s, from[1] + (to[1] - from[1]) * s, near]);
    }
    if (to[2] >= near) kept.push(to);
    from = to;
  }
  return kept.length < 3 ? [] : kept;
}
