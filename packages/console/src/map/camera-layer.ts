// SPDX-License-Identifier: AGPL-3.0-or-later
import { BENCH } from './bench.ts';
import { hitAt, type Hit } from './camera-hit.ts';
import { drawMarks, isMarked } from './camera-marks.ts';
import { CameraPainter } from './camera-painter.ts';
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
      moveend: () => this.#settle(),
      viewreset: () => this.#draw(),
      resize: () => this.#draw(),
      move: () => {
        clearTimeout(this.#rest);
        if (this.#cameras.isLeft(this._map)) this.#drawSoon();
      },
      zoomanim: (event) => follow(event as L.ZoomAnimEvent),
      zoom: () => follow({ center: this._map.getCenter(), zoom: this._map.getZoom() }),
    };
  }

  setStore(store: CameraStore | undefined): void {
    this.#store = store;
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

  /** After a zoom there is nothing to see before the drawing; after a pan the canvas still covers the view. */
  #settle(): void {
    clearTimeout(this.#rest);
    if (this._map.getZoom() !== this.#cameras.zoom) this.#draw();
    else if (this.#cameras.isLeft(this._map)) this.#drawSoon();
    this.#rest = setTimeout(() => {
      if (!this.#cameras.isCentred(this._map)) this.#draw();
      // The next zoom is most likely one step away; its clusters are made while nothing moves.
      this.#store?.clustersAt(this.#cameras.zoom - 1);
      this.#store?.clustersAt(this.#cameras.zoom + 1);
    }, REST_MS);
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
    if (!this._map || ctx === null) return;
    const began = performance.now();
    const store = this.#store;
    const reach = store === undefined ? 0 : CameraPainter.reach(store, this._map.getZoom(), this._map.getCenter().lat);
    const areas = this.#cameras.lay(this._map, ctx, !this.#isStale && reach <= FAR_PX);
    this.#isStale = false;
    if (store !== undefined)
      for (const area of areas) this.#painter.paint(ctx, store, this.#cameras, area, Math.min(reach, FAR_PX));
    if (BENCH) performance.measure('louver.map.draw', { start: began, end: performance.now() });
    this.#drawMarks();
  }

  /** Not even laid over the map when there is nothing on it: a second canvas costs every frame of a pan. */
  #drawMarks(): void {
    const { element } = this.#marks;
    const isNeeded = this.#store !== undefined && isMarked(this.#marked);
    element.hidden = !isNeeded;
    const ctx = element.getContext('2d');
    if (!this._map || ctx === null || this.#store === undefined || !isNeeded) return;
    this.#marks.lay(this._map, ctx, false);
    drawMarks(ctx, this.#store, this.#marked, this.#marks, this.#painter.sprites);
  }
}
