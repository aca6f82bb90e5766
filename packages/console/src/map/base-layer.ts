// SPDX-License-Identifier: AGPL-3.0-or-later
import type { FromPainter, ToPainter } from './base-messages.ts';
import type { BaseColours } from './base-style.ts';
import { keyOf, LastUsed, PIECE, piecesOver, standIns, wrapped, type Piece } from './base-tiles.ts';
import type { Area } from './canvas-area.ts';
import { FloatingCanvas } from './floating-canvas.ts';
import { L } from './leaflet.ts';

/** What painted pieces may take: two screens and more on any of them. */
const KEPT_BYTES = 96 * 2 ** 20;
const KEPT_AT_LEAST = 30;
const REST_MS = 160;
/** After a zoom. What is missing then is drawn from what there is. */
const PATIENCE_MS = 300;
/** Not the cameras' margin: the two are not to be drawn in the same frame of a drag. */
const MARGIN = 0.3;

/**
 * The ground below the cameras, on one canvas. An element for each piece would have to be styled, layered and composited
 * with every frame in which one comes or goes, and without a GPU that costs a drag more frames than painting does.
 */
export class BaseLayer extends L.Layer {
  readonly #begin: Extract<ToPainter, { type: 'begin' }>;
  readonly #canvas = new FloatingCanvas(MARGIN);
  readonly #pieces: LastUsed<ImageBitmap>;
  /** Came since the last drawing. */
  #fresh = new Map<string, Piece>();
  #worker: Worker | undefined;
  #isZooming = false;
  #frame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string, colours: BaseColours, ratio: number) {
    super();
    this.#begin = { type: 'begin', url, colours, ratio };
    const most = Math.max(KEPT_AT_LEAST, Math.floor(KEPT_BYTES / (4 * (PIECE * ratio) ** 2)));
    this.#pieces = new LastUsed(most, (picture) => picture.close());
  }

  override onAdd(map: L.Map): this {
    const worker = new Worker(new URL('./base-painter.worker.ts', import.meta.url), { type: 'module', name: 'map' });
    worker.addEventListener('message', ({ data }: MessageEvent<FromPainter>) => this.#take(data));
    this.#worker = worker;
    this.#tell(this.#begin);
    map.getPane('tilePane')?.append(this.#canvas.element);
    this.#draw();
    return this;
  }

  override onRemove(): this {
    this.#worker?.terminate();
    this.#worker = undefined;
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
    this.#canvas.element.remove();
    this.#pieces.clear();
    return this;
  }

  override getEvents(): { [name: string]: L.LeafletEventHandlerFn } {
    const follow = (to: Pick<L.ZoomAnimEvent, 'center' | 'zoom'>) => this.#canvas.followZoom(this._map, to);
    return {
      zoomstart: () => (this.#isZooming = true),
      zoomend: () => (this.#isZooming = false),
      moveend: () => this.#settle(),
      viewreset: () => this.#draw(),
      resize: () => this.#draw(),
      move: () => {
        clearTimeout(this.#rest);
        if (!this.#isZooming && this.#canvas.isLeft(this._map)) this.#drawSoon();
      },
      zoomanim: (event) => {
        const to = event as L.ZoomAnimEvent;
        follow(to);
        // The quarter of a second that it takes is enough to paint most of what it ends with.
        this.#want(to.center, to.zoom);
      },
      zoom: () => follow({ center: this._map.getCenter(), zoom: this._map.getZoom() }),
    };
  }

  /** After a zoom the old picture, scaled, stays until there is a better one: drawing it anew from the same pieces costs frames. */
  #settle(): void {
    clearTimeout(this.#rest);
    if (this._map.getZoom() !== this.#canvas.zoom) {
      this.#want(this._map.getCenter(), this._map.getZoom());
      if (this.#isThere()) this.#drawSoon();
      this.#rest = setTimeout(() => this.#drawSoon(), PATIENCE_MS);
      return;
    }
    if (this.#canvas.isLeft(this._map)) this.#drawSoon();
    this.#rest = setTimeout(() => {
      if (!this.#canvas.isCentred(this._map)) this.#draw();
    }, REST_MS);
  }

  /** Whether everything in view has been painted at this zoom. */
  #isThere(): boolean {
    const { min, max } = this._map.getPixelBounds();
    if (min === undefined || max === undefined) return false;
    const span = { x: min.x, y: min.y, width: max.x - min.x, height: max.y - min.y };
    return piecesOver(span, this._map.getZoom()).every((piece) => this.#pieces.has(keyOf(wrapped(piece))));
  }

  #take({ piece, picture }: FromPainter): void {
    const key = keyOf(piece);
    this.#pieces.set(key, picture);
    this.#fresh.set(key, piece);
    if (this.#isZooming) return;
    if (piece.zoom === this.#canvas.zoom) this.#frame ||= requestAnimationFrame(() => this.#drawFresh());
    else if (this._map.getZoom() === piece.zoom && this.#isThere()) this.#drawSoon();
  }

  #drawSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** All of the canvas that is not there yet. */
  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const ctx = this.#context();
    if (!this._map || ctx === null || this.#isZooming) return;
    const areas = this.#canvas.lay(this._map, ctx, true);
    for (const area of areas) this.#paint(ctx, area);
    this.#drawFresh();
    this.#want(this._map.getCenter(), this._map.getZoom());
  }

  #drawFresh(): void {
    this.#frame = 0;
    const ctx = this.#context();
    if (!this._map || ctx === null || this.#isZooming) return;
    const fresh = this.#fresh;
    this.#fresh = new Map();
    const { width, height } = this.#canvas.size;
    const { zoom, origin } = this.#canvas;
    for (const piece of piecesOver({ ...origin, width, height }, zoom))
      if (fresh.has(keyOf(wrapped(piece)))) this.#blit(ctx, piece, piece);
  }

  #paint(ctx: CanvasRenderingContext2D, area: Area): void {
    const { origin, zoom } = this.#canvas;
    ctx.save();
    ctx.beginPath();
    ctx.rect(area.x, area.y, area.width, area.height);
    ctx.clip();
    ctx.fillStyle = this.#begin.colours['--map-land'];
    ctx.fillRect(area.x, area.y, area.width, area.height);
    const span = { x: origin.x + area.x, y: origin.y + area.y, width: area.width, height: area.height };
    for (const piece of piecesOver(span, zoom)) {
      if (this.#blit(ctx, piece, piece)) continue;
      for (const others of standIns(piece))
        if (others.map((other) => this.#blit(ctx, other, piece)).some(Boolean)) break;
    }
    ctx.restore();
  }

  /** Draws a piece of any zoom where it belongs, but nothing outside of `frame`. @returns whether it is there */
  #blit(ctx: CanvasRenderingContext2D, piece: Piece, frame: Piece): boolean {
    const picture = this.#pieces.get(keyOf(wrapped(piece)));
    if (picture === undefined) return false;
    const { origin } = this.#canvas;
    const ratio = this.#canvas.ratio;
    // Whole pixels of the screen, and each edge the same for both neighbours: otherwise there are seams.
    const edge = (at: number, from: number) => Math.round((at - from) * ratio) / ratio;
    const scale = 2 ** (frame.zoom - piece.zoom) * PIECE;
    const box = { x: piece.x * scale, y: piece.y * scale, side: scale };
    const x = Math.max(box.x, frame.x * PIECE);
    const y = Math.max(box.y, frame.y * PIECE);
    const side = Math.min(scale, PIECE);
    const cut = picture.width / scale;
    const [left, top] = [edge(x, origin.x), edge(y, origin.y)];
    ctx.drawImage(
      picture,
      (x - box.x) * cut,
      (y - box.y) * cut,
      side * cut,
      side * cut,
      left,
      top,
      edge(x + side, origin.x) - left,
      edge(y + side, origin.y) - top,
    );
    return true;
  }

  #want(centre: L.LatLng, zoom: number): void {
    const size = this._map.getSize();
    const { margin } = this.#canvas;
    const middle = this._map.project(centre, zoom);
    const [width, height] = [size.x * (1 + 2 * margin), size.y * (1 + 2 * margin)];
    const span = { x: middle.x - width / 2, y: middle.y - height / 2, width, height };
    const missing = piecesOver(span, Math.round(zoom))
      .map(wrapped)
      .filter((piece) => !this.#pieces.has(keyOf(piece)));
    this.#tell({ type: 'want', pieces: missing });
  }

  #tell(message: ToPainter): void {
    // eslint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    this.#worker?.postMessage(message);
  }

  /** Nothing lies below it. */
  #context(): CanvasRenderingContext2D | null {
    return this.#canvas.element.getContext('2d', { alpha: false });
  }
}
