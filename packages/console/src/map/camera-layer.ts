// SPDX-License-Identifier: AGPL-3.0-or-later
import { BENCH } from './bench.ts';
import { hitAt, type Hit } from './camera-hit.ts';
import { drawMarks, isMarked } from './camera-marks.ts';
import { CameraPainter } from './camera-painter.ts';
import { type Area, viewFirst } from './canvas-area.ts';
import type { CameraStore } from './camera-store.ts';
import { FloatingCanvas } from './floating-canvas.ts';
import { L } from './leaflet.ts';
import { worldSize } from './mercator.ts';
import type { Sprites } from './sprites.ts';

/** A map that has rested so long is drawn anew in its middle, so that the next drag has its margin on all sides. */
const REST_MS = 160;
/** Where cones reach further, nothing is kept: whoever stands so far outside of a strip is not looked for. */
const FAR_PX = 600;

/**
 * Two canvases over the map: all cameras, and above them the one in hand and the one under the pointer, which changes with
 * every move of the mouse. What was drawn of the first is kept while the map is panned, and only what comes into view is added.
 */
export class CameraLayer extends L.Layer {
  #cameras = new FloatingCanvas();
  #marks = new FloatingCanvas();
  #store: CameraStore | undefined;
  #painter: CameraPainter;
  #marked = { selected: -1, hovered: -1 };
  /** What the canvas shows is no longer what the store says. */
  #isStale = true;
  #isZooming = false;
  /** Parts of the margin that are not drawn yet. */
  #left: Area[] = [];
  #frame = 0;
  #marksFrame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(sprites: Sprites) {
    super();
    this.#painter = new CameraPainter(sprites);
  }

  override onAdd(map: L.Map): this {
    map.getPane('overlayPane')?.append(this.#cameras.element, this.#marks.element);
    this.redraw();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.#frame);
    cancelAnimationFrame(this.#marksFrame);
    clearTimeout(this.#rest);
    this.#cameras.element.remove();
    this.#marks.element.remove();
    return this;
  }

  override getEvents(): { [name: string]: L.LeafletEventHandlerFn } {
    const follow = (to: Pick<L.ZoomAnimEvent, 'center' | 'zoom'>) => {
      for (const canvas of [this.#cameras, this.#marks]) canvas.followZoom(this._map, to);
    };
    return {
      zoomstart: () => (this.#isZooming = true),
      zoomend: () => (this.#isZooming = false),
      moveend: () => this.#settle(),
      viewreset: () => this.#draw(),
      resize: () => this.#draw(),
      move: () => {
        clearTimeout(this.#rest);
        if (!this.#isZooming && this.#cameras.isLeft(this._map)) this.#drawSoon();
      },
      zoomanim: (event) => follow(event as L.ZoomAnimEvent),
      zoom: () => follow({ center: this._map.getCenter(), zoom: this._map.getZoom() }),
    };
  }

  setStore(store: CameraStore | undefined): void {
    this.#store = store;
    if (BENCH && window.louverBench !== undefined) window.louverBench.cameras = () => store?.visibleCount ?? 0;
    this.#marked.hovered = -1;
    this.redraw();
  }

  setSprites(sprites: Sprites): void {
    this.#painter = new CameraPainter(sprites);
    this.redraw();
  }

  setSelected(index: number): void {
    this.#marked.selected = index;
    this.#drawMarksSoon();
  }

  setHovered(index: number): void {
    if (this.#marked.hovered === index) return;
    this.#marked.hovered = index;
    this.#drawMarksSoon();
  }

  /** Draws everything anew with the next frame, however often it is asked for. */
  redraw(): void {
    this.#isStale = true;
    this.#drawSoon();
  }

  /** What lies under a point of the container. */
  hit(point: L.Point): Hit | undefined {
    if (this.#store === undefined || !this._map) return undefined;
    const zoom = this._map.getZoom();
    return hitAt(this.#store, this._map.project(this._map.containerPointToLatLng(point), zoom), zoom);
  }

  /** The place of the members of a cluster, for the map to open it. */
  boundsOfCluster(at: number): L.LatLngBounds | undefined {
    const zoom = this._map.getZoom();
    const clusters = this.#store?.clustersAt(zoom);
    if (clusters === undefined) return undefined;
    const size = worldSize(zoom);
    const corner = (x: number, y: number) => this._map.unproject(L.point(x * size, y * size), zoom);
    return L.latLngBounds(
      corner(clusters.minX[at]!, clusters.minY[at]!),
      corner(clusters.maxX[at]!, clusters.maxY[at]!),
    );
  }

  /** After a pan the canvas still covers the view. */
  #settle(): void {
    clearTimeout(this.#rest);
    // With the next frame: the ground is drawn in this one, and until then the old picture, scaled, is in its place.
    if (this.#isStale || this._map.getZoom() !== this.#cameras.zoom || this.#cameras.isLeft(this._map))
      this.#drawSoon();
    this.#rest = setTimeout(() => {
      if (!this.#cameras.isCentred(this._map)) this.#draw();
      this.#foresee(this.#cameras.zoom - 1, this.#cameras.zoom + 1);
    }, REST_MS);
  }

  /** The next zoom is most likely one step away; its clusters are made while nothing moves, one grid at a time. */
  #foresee(...zooms: number[]): void {
    clearTimeout(this.#rest);
    const [next, ...later] = zooms;
    if (next === undefined) return;
    this.#rest = setTimeout(() => {
      this.#store?.clustersAt(next);
      this.#foresee(...later);
    }, REST_MS / 2);
  }

  #drawSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #drawMarksSoon(): void {
    cancelAnimationFrame(this.#marksFrame);
    this.#marksFrame = requestAnimationFrame(() => this.#drawMarks());
  }

  #draw(): void {
    const ctx = this.#cameras.element.getContext('2d');
    // While it is scaled it stays as it is: what has changed is drawn when the zoom has ended.
    if (!this._map || ctx === null || this.#isZooming) return;
    const began = performance.now();
    const store = this.#store;
    const reach = store === undefined ? 0 : CameraPainter.reach(store, this._map.getZoom(), this._map.getCenter().lat);
    const isWhole = this.#isStale || this.#left.length > 0 || reach > FAR_PX;
    const areas = this.#cameras.lay(this._map, ctx, !isWhole);
    this.#isStale = false;
    // What is in view at once, the margin around it in the frames that follow: all of it would take longer than a frame.
    const [whole] = areas;
    const isFresh = whole !== undefined && whole.width === this.#cameras.size.width && areas.length === 1;
    const parts =
      isFresh && whole.height === this.#cameras.size.height ? viewFirst(whole, this.#cameras.border) : areas;
    this.#left = parts === areas ? [] : parts.slice(1);
    for (const area of parts === areas ? areas : parts.slice(0, 1)) this.#paint(ctx, area, reach);
    if (BENCH) performance.measure('louver.map.draw', { start: began, end: performance.now() });
    this.#drawMarks();
    if (this.#left.length > 0) this.#frame = requestAnimationFrame(() => this.#drawLeft(reach));
  }

  #drawLeft(reach: number): void {
    const ctx = this.#cameras.element.getContext('2d');
    const area = this.#left.shift();
    if (!this._map || ctx === null || area === undefined) return;
    this.#paint(ctx, area, reach);
    if (this.#left.length > 0) this.#frame = requestAnimationFrame(() => this.#drawLeft(reach));
  }

  #paint(ctx: CanvasRenderingContext2D, area: Area, reach: number): void {
    if (this.#store !== undefined) this.#painter.paint(ctx, this.#store, this.#cameras, area, Math.min(reach, FAR_PX));
  }

  /** Not even laid over the map when there is nothing on it: a second canvas costs every frame of a pan. */
  #drawMarks(): void {
    const { element } = this.#marks;
    const isNeeded = this.#store !== undefined && isMarked(this.#marked);
    element.hidden = !isNeeded;
    const ctx = element.getContext('2d');
    if (!this._map || ctx === null || this.#store === undefined || !isNeeded || this.#isZooming) return;
    this.#marks.lay(this._map, ctx, false);
    drawMarks(ctx, this.#store, this.#marked, this.#marks, this.#painter.sprites);
  }
}
