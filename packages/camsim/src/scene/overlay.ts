// SPDX-License-Identifier: AGPL-3.0-or-later
import { GLYPH, columnsOf, hasInk } from './font.ts';
import type { Frame } from './yuv.ts';

const WHITE = 235;
const BLACK = 16;

function box(frame: Frame, left: number, top: number, width: number, height: number, luma: number): void {
  for (let y = Math.max(0, top); y < Math.min(frame.height, top + height); y++) {
    frame.y.fill(luma, y * frame.width + Math.max(0, left), y * frame.width + Math.min(frame.width, left + width));
    if (y % 2) continue;
    const row = (y / 2) * (frame.width / 2);
    frame.u.fill(128, row + (Math.max(0, left) >> 1), row + (Math.min(frame.width, left + width) >> 1));
    frame.v.fill(128, row + (Math.max(0, left) >> 1), row + (Math.min(frame.width, left + width) >> 1));
  }
}

/** Burns a line of text in, white with a dark edge; `x` counts from the right when it is negative. */
export function burnText(frame: Frame, text: string, x: number, y: number, scale: number): void {
  const left = x < 0 ? frame.width + x - columnsOf(text) * scale : x;
  const edge = Math.max(1, Math.round(scale / 2));
  const each = (visit: (px: number, py: number) => void): void => {
    for (let row = 0; row < GLYPH.height; row++) {
      for (let column = 0; column < columnsOf(text); column++) {
        if (hasInk(text, column, row)) visit(left + column * scale, y + row * scale);
      }
    }
  };
  each((px, py) => box(frame, px - edge, py - edge, scale + 2 * edge, scale + 2 * edge, BLACK));
  each((px, py) => box(frame, px, py, scale, scale, WHITE));
}

const BITS = 10;
const BLOCK = 32;
const MARGIN = 16;

/** Ten blocks at the lower left, the highest bit first, white for 1: survives any encoder and can be read at any scale. */
export function burnBarcode(frame: Frame, number: number): void {
  for (let i = 0; i < BITS; i++) {
    const luma = (number >> (BITS - 1 - i)) & 1 ? WHITE : BLACK;
    box(frame, MARGIN + i * BLOCK, frame.height - MARGIN - BLOCK, BLOCK, BLOCK, luma);
  }
}

/** Reads a barcode from a luma plane of a frame that was burned at `scale` times its size (1 by default). */
export function readBarcode(luma: Uint8Array, width: number, height: number, scale = 1): number {
  const y = Math.round(height - (MARGIN + BLOCK / 2) * scale);
  let number = 0;
  for (let i = 0; i < BITS; i++) {
    const x = Math.round((MARGIN + (i + 0.5) * BLOCK) * scale);
    number = number * 2 + ((luma[y * width + x] ?? 0) > 128 ? 1 : 0);
  }
  return number;
}
