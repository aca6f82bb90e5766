// SPDX-License-Identifier: AGPL-3.0-or-later
// Which pieces a view of the base map is made of, and which of them are kept.

/** CSS pixels of a side: one tile of data at its own zoom, so that nothing is laid out twice. */
export const PIECE = 512;

export interface Piece {
  zoom: number;
  x: number;
  y: number;
}

/** World pixels of a zoom. */
interface Span {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const keyOf = ({ zoom, x, y }: Piece): string => `${zoom}/${x}/${y}`;

/** How many pieces the world has across. */
const across = (zoom: number): number => 2 ** Math.max(0, zoom - 1);

/** The piece that shows the same: the world repeats to the east and west. */
export const wrapped = ({ zoom, x, y }: Piece): Piece => {
  const count = across(zoom);
  return { zoom, x: ((x % count) + count) % count, y };
};

/** All pieces that touch a span, nearest to its middle first; none beyond the poles. */
export function piecesOver({ x, y, width, height }: Span, zoom: number): Piece[] {
  const [left, right] = [Math.floor(x / PIECE), Math.ceil((x + width) / PIECE)];
  const [top, bottom] = [Math.max(0, Math.floor(y / PIECE)), Math.min(across(zoom), Math.ceil((y + height) / PIECE))];
  const pieces: Piece[] = [];
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) pieces.push({ zoom, x: column, y: row });
  const far = (piece: Piece) =>
    Math.hypot((piece.x + 0.5) * PIECE - x - width / 2, (piece.y + 0.5) * PIECE - y - height / 2);
  return pieces.toSorted((a, b) => far(a) - far(b));
}

/** Pieces of other zooms that show something of what a piece shows, the best first: its quarters, then what it is a part of. */
export function standIns({ zoom, x, y }: Piece): Piece[][] {
  const quarters = [0, 1, 2, 3].map((i) => ({ zoom: zoom + 1, x: x * 2 + (i & 1), y: y * 2 + (i >> 1) }));
  const wholes = [1, 2, 3]
    .filter((up) => zoom - up >= 1)
    .map((up) => [{ zoom: zoom - up, x: Math.floor(x / 2 ** up), y: Math.floor(y / 2 ** up) }]);
  return [quarters, ...wholes];
}

/** Keeps what was used last, up to a weight; what is let go is told, because a picture has to be closed. */
export class LastUsed<T> {
  readonly #most: number;
  readonly #letGo: (value: T) => void;
  readonly #kept = new Map<string, T>();

  constructor(most: number, letGo: (value: T) => void) {
    this.#most = most;
    this.#letGo = letGo;
  }

  get size(): number {
    return this.#kept.size;
  }

  has(key: string): boolean {
    return this.#kept.has(key);
  }

  /** Asked for is used. */
  get(key: string): T | undefined {
    const value = this.#kept.get(key);
    if (value === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, value);
    return value;
  }

  set(key: string, value: T): void {
    const before = this.#kept.get(key);
    if (before !== undefined) this.#letGo(before);
    this.#kept.delete(key);
    this.#kept.set(key, value);
    for (const [oldest, gone] of this.#kept) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
      this.#letGo(gone);
    }
  }

  clear(): void {
    for (const value of this.#kept.values()) this.#letGo(value);
    this.#kept.clear();
  }
}
