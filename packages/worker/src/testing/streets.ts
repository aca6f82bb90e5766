// SPDX-License-Identifier: AGPL-3.0-or-later
// Pictures of a street that does not exist: houses, signs and kerbs as boxes, the same for the same seed.
import type { FrameSize } from '@louver/contract';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0…255 */
  readonly luma: number;
}

/** @returns boxes over three frames side by side, so that a camera may turn either way */
export function aStreet({ width, height }: FrameSize, seed = 1): Box[] {
  let state = seed * 7919;
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  return Array.from({ length: 700 }, () => ({
    x: next(3 * width) - width,
    y: next(2 * height) - height / 2,
    width: 12 + next(width / 10),
    height: 12 + next(height / 6),
    luma: 40 + next(190),
  }));
}

export interface Taken {
  /** Pixels that the camera has turned to the right, and down. */
  readonly right?: number;
  readonly down?: number;
  /** Degrees about the middle. */
  readonly roll?: number;
  /** From light to light. */
  readonly light?: (luma: number, x: number, y: number) => number;
}

/** One plane of luma. */
export function photograph(street: readonly Box[], size: FrameSize, taken: Taken = {}): Uint8Array {
  const { width, height } = size;
  const { right = 0, down = 0, roll = 0, light = (luma) => luma } = taken;
  const wide = new Uint8Array(3 * width * 2 * height).fill(90);
  for (const box of street)
    for (let y = Math.max(0, box.y + height / 2); y < Math.min(2 * height, box.y + height / 2 + box.height); y++)
      wide.fill(
        box.luma,
        y * 3 * width + box.x + width,
        y * 3 * width + Math.min(3 * width, box.x + width + box.width),
      );
  const [cos, sin] = [Math.cos((roll * Math.PI) / 180), Math.sin((roll * Math.PI) / 180)];
  const picture = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x - width / 2, y - height / 2];
      const column = Math.round(u * cos - v * sin + width / 2 + right) + width;
      const row = Math.round(u * sin + v * cos + height / 2 + down) + height / 2;
      const luma = wide[Math.max(0, Math.min(2 * height - 1, row)) * 3 * width + column]!;
      picture[y * width + x] = Math.max(0, Math.min(255, light(luma, x, y)));
    }
  }
  return picture;
}
