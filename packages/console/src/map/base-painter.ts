// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  Labelers,
  paint,
  TileCache,
  View,
  ZxySource,
  type LabelRule,
  type PaintRule,
  type PreparedTile,
} from 'protomaps-leaflet';
import type { FromPainter, ToPainter } from './base-messages.ts';
import { labelRules, paintRules } from './base-style.ts';
import { keyOf, PIECE, wrapped, type Piece } from './base-tiles.ts';

const DEEPEST_DATA = 15;
/** As many as a browser asks one server for at once. More would stand in its queue before what is wanted next. */
const AT_ONCE = 6;
/** Pieces whose names are known at once. Fewer than a screen and its margin hold, and they would be laid out in turns for ever. */
const LABELLED = 80;
/** Pixels beyond its edges from which a piece is painted too: lines are wider than nothing. */
const BLEED = 16;

type Layers = Map<string, PreparedTile[]>;

/** Paints pieces one after the other, those that were asked for last, and again those into which a new name reaches. */
export class BasePainter {
  readonly #send: (painted: FromPainter) => void;
  readonly #view: View;
  readonly #rules: PaintRule[];
  readonly #labelRules: LabelRule[];
  readonly #land: string;
  readonly #side: number;
  readonly #canvas: OffscreenCanvas;
  readonly #labelers: Labelers;
  readonly #ready = new Map<string, Layers>();
  readonly #painted = new Set<string>();
  #wanted: Piece[] = [];
  #again = new Map<string, Piece>();
  #fetching = new Set<string>();
  #zoom = -1;
  #isBusy = false;

  constructor({ url, colours, ratio }: Extract<ToPainter, { type: 'begin' }>, send: (painted: FromPainter) => void) {
    this.#send = send;
    this.#view = new View(new TileCache(new ZxySource(url, true), PIECE), DEEPEST_DATA, 1);
    this.#rules = paintRules(colours);
    this.#labelRules = labelRules(colours);
    this.#land = colours['--map-land'];
    this.#side = Math.round(PIECE * ratio);
    this.#canvas = new OffscreenCanvas(this.#side, this.#side);
    this.#labelers = new Labelers(asDrawing(this.#canvas), this.#labelRules, LABELLED, (touched) =>
      this.#repaint(touched),
    );
  }

  /** What is to be painted from now on, the most urgent first. */
  want(pieces: Piece[]): void {
    this.#wanted = pieces;
    const zoom = pieces[0]?.zoom;
    for (const [key, piece] of this.#again) if (piece.zoom !== zoom) this.#again.delete(key);
    if (zoom !== undefined && zoom !== this.#zoom) {
      this.#zoom = zoom;
      // Those of the zoom before are broken off by the first of this one.
      this.#fetching = new Set();
    }
    this.#fetchNext();
    this.#goOn();
  }

  #fetchNext(): void {
    const fetching = this.#fetching;
    for (const piece of this.#wanted) {
      if (fetching.size >= AT_ONCE) return;
      const key = keyOf(piece);
      if (this.#ready.has(key) || fetching.has(key)) continue;
      fetching.add(key);
      void this.#fetch(piece).finally(() => {
        fetching.delete(key);
        if (fetching === this.#fetching) this.#fetchNext();
      });
    }
  }

  async #fetch(piece: Piece): Promise<void> {
    // A piece holds four tiles of the display; all of them are cut from the same data.
    const tile = await this.#view
      .getDisplayTile({ z: piece.zoom, x: piece.x * 2, y: piece.y * 2 })
      .catch(() => undefined);
    if (tile === undefined) {
      // Asked for again with the next view, and until then not in the way of others.
      this.#wanted = this.#wanted.filter((other) => other !== piece);
      return;
    }
    this.#ready.set(keyOf(piece), new Map([['', [tile]]]));
    this.#goOn();
  }

  /** One piece a task: between two of them a new wish is heard. */
  #goOn(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    setTimeout(() => {
      this.#isBusy = false;
      if (this.#next()) this.#goOn();
    });
  }

  #next(): boolean {
    const at = this.#wanted.findIndex((piece) => this.#ready.has(keyOf(piece)));
    const piece = at >= 0 ? this.#wanted.splice(at, 1)[0] : this.#again.values().next().value;
    if (piece === undefined) return false;
    const key = keyOf(piece);
    this.#again.delete(key);
    const layers = this.#ready.get(key);
    if (layers === undefined) return true;
    this.#painted.add(key);
    this.#paint(piece, layers);
    // A copy: a canvas whose content is handed over is made anew, and that has to wait for another process.
    void createImageBitmap(this.#canvas).then((picture) => this.#send({ piece, picture }));
    if (at >= 0) this.#forget();
    return true;
  }

  #paint(piece: Piece, layers: Layers): void {
    this.#labelers.add(piece.zoom, layers);
    const ctx = asDrawing(this.#canvas);
    const scale = this.#side / PIECE;
    ctx.setTransform(scale, 0, 0, scale, 0, 0);
    ctx.fillStyle = this.#land;
    ctx.globalAlpha = 1;
    ctx.fillRect(0, 0, PIECE, PIECE);
    const [x, y] = [piece.x * PIECE, piece.y * PIECE];
    const box = { minX: x - BLEED, minY: y - BLEED, maxX: x + PIECE + BLEED, maxY: y + PIECE + BLEED };
    const names = this.#labelers.getIndex(piece.zoom) ?? null;
    // It reads no more of a point than x and y.
    paint(ctx, piece.zoom, layers, names, this.#rules, box, { x, y } as Parameters<typeof paint>[6], false);
  }

  /** @param touched tiles of the display, half a piece wide, as x:y:zoom */
  #repaint(touched: Set<string>): void {
    for (const tile of touched) {
      const [x = 0, y = 0, zoom = 0] = tile.split(':').map(Number);
      const piece = wrapped({ zoom, x: x >> 1, y: y >> 1 });
      const key = keyOf(piece);
      if (this.#painted.has(key)) this.#again.set(key, piece);
    }
  }

  /** What was fetched is small, but a day at the map is long. */
  #forget(): void {
    for (const key of this.#ready.keys()) {
      if (this.#ready.size <= 2 * LABELLED) return;
      this.#ready.delete(key);
      this.#painted.delete(key);
    }
  }
}

/** The library asks for a page's canvas; it uses what both kinds have. Read back often: pictures that leave are no textures. */
const asDrawing = (canvas: OffscreenCanvas): CanvasRenderingContext2D =>
  canvas.getContext('2d', { alpha: false, willReadFrequently: true }) as unknown as CanvasRenderingContext2D;
