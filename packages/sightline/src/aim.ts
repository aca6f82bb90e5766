// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * Where one view of a camera points (DESIGN §3, §6). Angles in degrees, lengths in metres, square pixels.
 * Ground is flat at height 0.
 */
export interface Aim {
  /** WGS84 degrees; height in metres above the ground. */
  readonly position: { readonly lon: number; readonly lat: number; readonly height: number };
  /** Clockwise from north. */
  readonly heading: number;
  /** Negative below the horizon. */
  readonly tilt: number;
  /** Positive turns the camera clockwise, seen from behind. */
  readonly roll: number;
  /** Horizontal field of view, between 0 and 180 exclusive; of the lens without its distortion, which gives its focal length. */
  readonly hfov: number;
  /** Frame size in pixels. */
  readonly image: { readonly width: number; readonly height: number };
  /** How far the view counts, in metres on the ground. */
  readonly range: number;
  /** Radial distortion of the lens (see `Distortion`); none by default. */
  readonly k1?: number;
  readonly k2?: number;
}

/** Vertical field of view in degrees, which follows from the frame's shape because pixels are square. */
export function vfov(aim: Pick<Aim, 'hfov' | 'image'>): number {
  const half = Math.tan((aim.hfov * Math.PI) / 360) * (aim.image.height / aim.image.width);
  return (Math.atan(half) * 360) / Math.PI;
}
