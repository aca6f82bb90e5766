// SPDX-License-Identifier: AGPL-3.0-or-later
// What a machine keeps of a picture in order to know the scene again: how many edges run in which of four directions in each
// cell of a coarse grid. Light, rain and the hour change how bright an edge is, and seldom where it is and how it runs.
import type { FrameSize } from '@louver/contract';

/** At 250 pixels a metre, where a person can be identified, a cell is five centimetres wide: a head is three or four of them. */
export const GRID = { columns: 96, rows: 54, directions: 4 } as const;
export const CELLS = GRID.columns * GRID.rows;
/** Gradients are taken at four points a cell and axis. */
const FINE = 4;
const [FINE_WIDTH, FINE_HEIGHT] = [GRID.columns * FINE, GRID.rows * FINE];
/** Steps of 8 bits between neighbours that noise and the encoder make by themselves. */
const NOISE = 8;
/** tan(22.5°): where one of the four directions ends. */
const OCTANT = 0.4142;

/** Of a picture, or of several of one scene. */
export interface Scene {
  /** Strength of edges, `directions` values a cell, row by row; 0 where nothing is known. */
  readonly edges: Float32Array;
  /** 1 where the picture can be seen: not under a mask, nor beside one. */
  readonly known: Uint8Array;
}

/** Fewer samples than the picture has: the mean of two by two around each point. */
function shrink(luma: Uint8Array, { width, height }: FrameSize): Uint8Array {
  const fine = new Uint8Array(FINE_WIDTH * FINE_HEIGHT);
  for (let y = 0; y < FINE_HEIGHT; y++) {
    const row = Math.min(height - 2, Math.max(0, Math.floor(((y + 0.5) * height) / FINE_HEIGHT - 0.5)));
    for (let x = 0; x < FINE_WIDTH; x++) {
      const at = row * width + Math.min(width - 2, Math.max(0, Math.floor(((x + 0.5) * width) / FINE_WIDTH - 0.5)));
      fine[y * FINE_WIDTH + x] = (luma[at]! + luma[at + 1]! + luma[at + width]! + luma[at + width + 1]!) >> 2;
    }
  }
  return fine;
}

/** 0 level, 1 falling, 2 upright, 3 rising: how the brightness changes, whichever side is the brighter one. */
function directionOf(dx: number, dy: number): number {
  const [across, down] = [Math.abs(dx), Math.abs(dy)];
  if (down < OCTANT * across) return 0;
  if (across < OCTANT * down) return 2;
  return dx > 0 === dy > 0 ? 1 : 3;
}

/**
 * @param luma one plane of 8 bits, `size.width` samples a row, at least 2 × 2
 * @param known 1 for each cell that can be seen
 */
export function describeScene(luma: Uint8Array, size: FrameSize, known: Uint8Array): Scene {
  const fine = shrink(luma, size);
  const edges = new Float32Array(CELLS * GRID.directions);
  for (let y = 1; y < FINE_HEIGHT - 1; y++) {
    for (let x = 1; x < FINE_WIDTH - 1; x++) {
      const cell = Math.floor(y / FINE) * GRID.columns + Math.floor(x / FINE);
      if (known[cell] === 0) continue;
      const at = y * FINE_WIDTH + x;
      const [dx, dy] = [fine[at + 1]! - fine[at - 1]!, fine[at + FINE_WIDTH]! - fine[at - FINE_WIDTH]!];
      const strength = Math.abs(dx) + Math.abs(dy) - NOISE;
      if (strength > 0) edges[cell * GRID.directions + directionOf(dx, dy)]! += strength;
    }
  }
  // One lamp must not weigh as much as a street.
  for (let i = 0; i < edges.length; i++) edges[i] = Math.sqrt(edges[i]!);
  return { edges, known };
}

/** @param covered one byte a sample of `size`, not 0 where a mask was drawn */
export function knownCells(covered: Uint8Array, { width, height }: FrameSize): Uint8Array {
  const hidden = new Uint8Array(CELLS);
  for (let y = 0; y < height; y++) {
    const row = Math.min(GRID.rows - 1, Math.floor((y * GRID.rows) / height)) * GRID.columns;
    for (let x = 0; x < width; x++)
      if (covered[y * width + x] !== 0)
        hidden[row + Math.min(GRID.columns - 1, Math.floor((x * GRID.columns) / width))] = 1;
  }
  const known = new Uint8Array(CELLS);
  for (let y = 0; y < GRID.rows; y++)
    for (let x = 0; x < GRID.columns; x++) known[y * GRID.columns + x] = isFree(hidden, x, y);
  return known;
}

/** The edge of a mask stays where it is however the camera is turned: neither it nor what an encoder smears of it counts. */
function isFree(hidden: Uint8Array, x: number, y: number): 0 | 1 {
  for (let j = Math.max(0, y - 1); j <= Math.min(GRID.rows - 1, y + 1); j++)
    for (let i = Math.max(0, x - 1); i <= Math.min(GRID.columns - 1, x + 1); i++)
      if (hidden[j * GRID.columns + i] === 1) return 0;
  return 1;
}
