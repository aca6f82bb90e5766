// SPDX-License-Identifier: AGPL-3.0-or-later
// What the base map and the worker that paints it tell each other.
import type { BaseColours } from './base-style.ts';
import type { Piece } from './base-tiles.ts';

/** `begin` comes first and once; every `want` replaces the one before: pieces that nobody looks at any more are not painted. */
export type ToPainter =
  | { type: 'begin'; url: string; colours: BaseColours; ratio: number }
  | { type: 'want'; pieces: Piece[] };

/** A piece, painted; again when a name that reaches into it has come. */
export interface FromPainter {
  piece: Piece;
  picture: ImageBitmap;
}
