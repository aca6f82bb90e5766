// SPDX-License-Identifier: AGPL-3.0-or-later
// What is kept of an aim: the edges that were there in every one of several pictures, in sixteen steps. Whoever walked or drove
// through was not in all of them, and is not in it.
import { createHash } from 'node:crypto';
import { CELLS, GRID, type Scene } from './grid.ts';

/** Written beside what is kept: another way of describing a picture can't be compared with it. */
export const ALGORITHM = 'edges-96x54x4/1';
const VALUES = CELLS * GRID.directions;
const KNOWN_BYTES = CELLS / 8;
export const REFERENCE_BYTES = KNOWN_BYTES + VALUES / 2;
/** Of the square root of an edge's strength. */
const STEP = 4;

/** The middle of what was seen in each place. @throws RangeError without any */
export function middleOf(scenes: readonly Scene[]): Scene {
  const [first] = scenes;
  if (!first) throw new RangeError('of no scene there is no middle');
  const edges = new Float32Array(VALUES);
  const seen = new Float32Array(scenes.length);
  for (let i = 0; i < VALUES; i++) {
    for (const [n, scene] of scenes.entries()) seen[n] = scene.edges[i]!;
    seen.sort();
    edges[i] = seen[Math.floor((seen.length - 1) / 2)]!;
  }
  return { edges, known: first.known };
}

/** One bit a cell: known; then four bits a direction and cell. */
export function encodeScene({ edges, known }: Scene): Buffer {
  const bytes = Buffer.alloc(REFERENCE_BYTES);
  for (let cell = 0; cell < CELLS; cell++) if (known[cell] === 1) bytes[cell >> 3]! |= 1 << (cell & 7);
  for (let i = 0; i < VALUES; i++)
    bytes[KNOWN_BYTES + (i >> 1)]! |= Math.min(15, Math.round(edges[i]! / STEP)) << (4 * (i & 1));
  return bytes;
}

/** @throws RangeError on other bytes than `encodeScene` gives */
export function decodeScene(bytes: Uint8Array): Scene {
  if (bytes.length !== REFERENCE_BYTES) throw new RangeError('not what is kept of a scene');
  const known = Uint8Array.from({ length: CELLS }, (_, cell) => (bytes[cell >> 3]! >> (cell & 7)) & 1);
  const edges = Float32Array.from(
    { length: VALUES },
    (_, i) => ((bytes[KNOWN_BYTES + (i >> 1)]! >> (4 * (i & 1))) & 15) * STEP,
  );
  return { edges, known };
}

export const digestOfScene = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
