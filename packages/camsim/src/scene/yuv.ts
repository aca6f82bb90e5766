// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Picture } from './shade.ts';
import type { Colour } from './surface.ts';

/** Planar 4:2:0, BT.709, limited range. Width and height are even. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

/** Planes over one buffer in the order that `-pix_fmt yuv420p` reads. */
export function frameOver(buffer: Buffer, width: number, height: number): Frame {
  const luma = width * height;
  const chroma = luma / 4;
  return {
    width,
    height,
    y: buffer.subarray(0, luma),
    u: buffer.subarray(luma, luma + chroma),
    v: buffer.subarray(luma + chroma, luma + 2 * chroma),
  };
}

export const frameBytes = (width: number, height: number): number => (width * height * 3) / 2;

const lumaOf = (r: number, g: number, b: number): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** A colour as whole Y, U, V. */
export function yuvOf([r, g, b]: Colour): readonly [y: number, u: number, v: number] {
  const luma = lumaOf(Math.min(255, r), Math.min(255, g), Math.min(255, b));
  return [
    Math.round(16 + (luma * 219) / 255),
    Math.round(128 + ((Math.min(255, b) - luma) / 1.8556) * (224 / 255)),
    Math.round(128 + ((Math.min(255, r) - luma) / 1.5748) * (224 / 255)),
  ];
}

export function toYuv({ width, height, rgb }: Picture): Frame {
  const frame = frameOver(Buffer.alloc(frameBytes(width, height)), width, height);
  const at = (x: number, y: number, c: number): number => rgb[(y * width + x) * 3 + c] as number;
  for (let i = 0; i < width * height; i++) {
    frame.y[i] = Math.round(
      16 + (lumaOf(rgb[i * 3] as number, rgb[i * 3 + 1] as number, rgb[i * 3 + 2] as number) * 219) / 255,
    );
  }
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const mean = (c: number): number => (at(x, y, c) + at(x + 1, y, c) + at(x, y + 1, c) + at(x + 1, y + 1, c)) / 4;
      const [, u, v] = yuvOf([mean(0), mean(1), mean(2)]);
      frame.u[(y / 2) * (width / 2) + x / 2] = u;
      frame.v[(y / 2) * (width / 2) + x / 2] = v;
    }
  }
  return frame;
}
