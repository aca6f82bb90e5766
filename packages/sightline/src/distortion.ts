// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Aim } from './aim.ts';

/**
 * Radial distortion after Brown and Conrady (D. C. Brown, "Close-range camera calibration", 1971), as OpenCV has it: what a
 * pinhole shows at the radius r from the middle, in focal lengths, the lens shows at r·(1 + k1·r² + k2·r⁴). Barrel is k1 < 0.
 */
export interface Distortion {
  readonly k1: number;
  readonly k2: number;
  /** Pinhole radius at which the picture would fold back over itself; Infinity when it never does. */
  readonly fold: number;
}

/** Radius on the frame of what a pinhole would show at `radius`, both in focal lengths. */
export const distorted = ({ k1, k2 }: Pick<Distortion, 'k1' | 'k2'>, radius: number): number => {
  const r2 = radius * radius;
  return radius * (1 + r2 * (k1 + r2 * k2));
};

/** Where its slope 1 + 3·k1·r² + 5·k2·r⁴ comes to nothing first. */
function foldOf(k1: number, k2: number): number {
  const under = 9 * k1 * k1 - 20 * k2;
  // One over the root, which stays a number when k2 is nothing.
  const twice = under < 0 ? 0 : Math.sqrt(under) - 3 * k1;
  return twice > 0 ? Math.sqrt(2 / twice) : Infinity;
}

/** The inverse of `distorted`. A radius that the lens never reaches gives the one where it folds. */
export function undistorted(distortion: Distortion, radius: number): number {
  const { k1, k2, fold } = distortion;
  if (fold < Infinity && radius >= distorted(distortion, fold)) return fold;
  let [low, high] = [0, Math.min(fold, Math.max(1, radius))];
  while (high < fold && distorted(distortion, high) < radius) high = Math.min(fold, high * 2);
  let found = Math.min(high, radius);
  for (let i = 0; i < 40; i++) {
    const off = distorted(distortion, found) - radius;
    if (Math.abs(off) < 1e-12) break;
    if (off > 0) high = found;
    else low = found;
    const r2 = found * found;
    const next = found - off / (1 + r2 * (3 * k1 + r2 * 5 * k2));
    // Newton where it stays between what is known to be too little and too much, halving where not.
    found = next > low && next < high ? next : (low + high) / 2;
  }
  return found;
}

/** Undefined for a pinhole. @throws RangeError when the frame's corner lies beyond the fold: two places would share a pixel */
export function distortionOf({ k1 = 0, k2 = 0, image }: Aim, focal: number): Distortion | undefined {
  if (k1 === 0 && k2 === 0) return undefined;
  const distortion = { k1, k2, fold: foldOf(k1, k2) };
  const corner = Math.hypot(image.width, image.height) / 2 / focal;
  const reach = distortion.fold < Infinity ? distorted(distortion, distortion.fold) : Infinity;
  if (!Number.isFinite(k1 + k2) || reach <= corner)
    throw new RangeError(`couldn't project: with k1 ${k1} and k2 ${k2} the frame folds over itself`);
  return distortion;
}
