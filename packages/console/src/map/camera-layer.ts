// SPDX-License-Identifier: AGPL-3.0-or-later
import { BENCH } from './bench.ts';
import type { CameraStore } from './camera-store.ts';
import type { Clusters } from './cluster-grid.ts';
import { L } from './leaflet.ts';
import { worldSize } from './mercator.ts';
import { drawCone, drawRing } from './view-cone.ts';
import { clusterRadius, GLYPH_SIZE, type Sprites } from './sprites.ts';

/** How far beyond the edges the canvas reaches, as a part of the view: a drag stays inside it most of the time. */
const MARGIN = 0.2;
/** A map that has rested so long is drawn anew in its middle, so that the next drag has its margin on all sides. */
const REST_MS = 160;
const CONES_FROM = 16;
const REACH = 11;

export type Hit = { kind: 'camera'; index: number } | { kind: 'cluster'; at: number; count: number; troubled: number };

/**
 * One canvas over the map. It moves with the map's pane by CSS while somebody pans or zooms, and is drawn again when they
 * stop; what it draws are sprites from typed columns.
 */
export class CameraLayer extends L.Layer {
  #canvas = L.DomUtil.create('canvas', 'leaflet-zoom-animated');
  #store: CameraStore | undefined;
  #sprites: Sprites;
  #selected = -1;
  #hovered = -1;
  /** Top left of the canvas in world pixels of `#zoom`. */
  #origin = L.point(0, 0);
  #zoom = 0;
  #centre = L.latLng(0, 0);
  #frame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(sprites: Sprites) {
    super();
    this.#sprites = sprites;
    this.#canvas.setAttribute('aria-hidden', 'true');
  }

  override onAdd(map: L.Map): this {
    map.getPane('overlayPane')?.append(this.#canvas);
    this.redraw();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
    this.#canvas.remove();
    return this;
  }

  override getEvents(): { [name: string]: L.LeafletEventHandlerFn } {
    return {
      moveend: () => this.#settle(),
      viewreset: () => this.#draw(),
      resize: () => this.#draw(),
      move: () => {
        clearTimeout(this.#rest);
        if (this.#isOutside()) this.redraw();
      },
      zoomanim: (event) => this.#followZoom(event as L.ZoomAnimEvent),
      zoom: () => this.#followZoom({ center: this._map.getCenter(), zoom: this._map.getZoom() }),
    };
  }

  setStore(store: CameraStore | undefined): void {
    this.#store = store;
    this.#hovered = -1;
    this.redraw();
  }

  setSprites(sprites: Sprites): void {
    this.#sprites = sprites;
    this.redraw();
  }

  setSelected(index: number): void {
    this.#selected = index;
    this.redraw();
  }

  setHovered(index: number): void {
    if (this.#hovered === index) return;
    this.#hovered = index;
    this.redraw();
  }

  /** Draws with the next frame, however often it is asked for. */
  redraw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** What lies under a point of the container. */
  hit(point: L.Point): Hit | undefined {
    const store = this.#store;
    if (store === undefined || !this._map) return undefined;
    const zoom = this._map.getZoom();
    const size = worldSize(zoom);
    const world = this._map.project(this._map.containerPointToLatLng(point), zoom);
    const clusters = store.clustersAt(zoom);
    if (clusters !== undefined) return hitCluster(clusters, world, size);
    const [x, y, reach] = [world.x / size, world.y / size, REACH / size];
    let [best, least] = [-1, Infinity];
    for (const index of store.within(x - reach, y - reach, x + reach, y + reach)) {
      const distance = (store.x[index]! - x) ** 2 + (store.y[index]! - y) ** 2;
      if (distance < least) [best, least] = [index, distance];
    }
    return best < 0 ? undefined : { kind: 'camera', index: best };
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

  #followZoom({ center, zoom }: Pick<L.ZoomAnimEvent, 'center' | 'zoom'>): void {
    const map = this._map;
    const scale = map.getZoomScale(zoom, this.#zoom);
    const half = map.getSize().multiplyBy(0.5 + MARGIN);
    const pane = L.DomUtil.getPosition(map.getPane('mapPane')!);
    const newOrigin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(pane).round();
    const offset = half.multiplyBy(-scale).add(map.project(this.#centre, zoom)).subtract(newOrigin);
    L.DomUtil.setTransform(this.#canvas, offset, scale);
  }

  /** After a zoom there is nothing to see before the drawing; after a pan the canvas still covers the view. */
  #settle(): void {
    clearTimeout(this.#rest);
    if (this._map.getZoom() !== this.#zoom) this.#draw();
    else if (this.#isOutside()) this.redraw();
    this.#rest = setTimeout(() => {
      if (!this._map.getCenter().equals(this.#centre)) this.#draw();
      // The next zoom is most likely one step away; its clusters are made while nothing moves.
      this.#store?.clustersAt(this.#zoom - 1);
      this.#store?.clustersAt(this.#zoom + 1);
    }, REST_MS);
  }

  #isOutside(): boolean {
    const map = this._map;
    if (map.getZoom() !== this.#zoom) return false;
    const corner = map.project(map.containerPointToLatLng([0, 0]), this.#zoom).subtract(this.#origin);
    const room = map.getSize().multiplyBy(2 * MARGIN);
    return corner.x < 0 || corner.y < 0 || corner.x > room.x || corner.y > room.y;
  }

  #draw(): void {
    const map = this._map;
    if (!map) return;
    const began = performance.now();
    const ctx = this.#place(map);
    if (this.#store !== undefined && ctx !== null) {
      const clusters = this.#store.clustersAt(this.#zoom);
      if (clusters === undefined) this.#drawCameras(ctx, this.#store);
      else this.#drawClusters(ctx, this.#store, clusters);
      this.#drawMarked(ctx, this.#store);
    }
    if (BENCH) performance.measure('louver.map.draw', { start: began, end: performance.now() });
  }

  /** Lays the canvas over the view and its margin, and clears it. */
  #place(map: L.Map): CanvasRenderingContext2D | null {
    const size = map.getSize();
    const margin = size.multiplyBy(MARGIN).round();
    const corner = map.containerPointToLayerPoint(margin.multiplyBy(-1));
    this.#zoom = map.getZoom();
    this.#centre = map.getCenter();
    this.#origin = map.getPixelOrigin().add(corner);
    L.DomUtil.setTransform(this.#canvas, corner, 1);
    const ratio = window.devicePixelRatio;
    const [width, height] = [size.x + 2 * margin.x, size.y + 2 * margin.y];
    const [deviceWidth, deviceHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#canvas.width !== deviceWidth || this.#canvas.height !== deviceHeight) {
      this.#canvas.width = deviceWidth;
      this.#canvas.height = deviceHeight;
      this.#canvas.style.width = `${width}px`;
      this.#canvas.style.height = `${height}px`;
    }
    const ctx = this.#canvas.getContext('2d');
    ctx?.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx?.clearRect(0, 0, width, height);
    return ctx;
  }

  #box(): { minX: number; minY: number; maxX: number; maxY: number; size: number } {
    const size = worldSize(this.#zoom);
    const ratio = window.devicePixelRatio;
    return {
      size,
      minX: this.#origin.x / size,
      minY: this.#origin.y / size,
      maxX: (this.#origin.x + this.#canvas.width / ratio) / size,
      maxY: (this.#origin.y + this.#canvas.height / ratio) / size,
    };
  }

  #drawClusters(ctx: CanvasRenderingContext2D, store: CameraStore, clusters: Clusters): void {
    const { minX, minY, maxX, maxY, size } = this.#box();
    for (const at of clusters.order) {
      const [x, y] = [clusters.x[at]!, clusters.y[at]!];
      if (x < minX || x > maxX || y < minY || y > maxY) continue;
      const count = clusters.count[at]!;
      const sprite =
        count === 1
          ? this.#sprites.glyph(store.glyph[clusters.member[at]!]!)
          : this.#sprites.cluster(count, clusters.streaming[at]!, clusters.troubled[at]!);
      this.#blit(ctx, sprite, x * size - this.#origin.x, y * size - this.#origin.y);
    }
  }

  #drawCameras(ctx: CanvasRenderingContext2D, store: CameraStore): void {
    const { minX, minY, maxX, maxY, size } = this.#box();
    const reach = 120 / size;
    const indices = store.within(minX - reach, minY - reach, maxX + reach, maxY + reach);
    const place = (index: number) =>
      [store.x[index]! * size - this.#origin.x, store.y[index]! * size - this.#origin.y] as const;
    if (this.#zoom >= CONES_FROM) {
      const { lit, cone } = this.#sprites.colours;
      for (const index of indices) {
        if (index === this.#selected) continue;
        const [x, y] = place(index);
        drawCone(ctx, { store, index, x, y, zoom: this.#zoom, colour: store.isLit(index) ? lit : cone, strong: false });
      }
    }
    for (const index of indices) {
      const [x, y] = place(index);
      this.#blit(ctx, this.#sprites.glyph(store.glyph[index]!), x, y);
    }
  }

  /** The camera in hand and the one under the pointer; the first also where it is hidden in a cluster. */
  #drawMarked(ctx: CanvasRenderingContext2D, store: CameraStore): void {
    const size = worldSize(this.#zoom);
    const { select, lit } = this.#sprites.colours;
    for (const index of [this.#hovered, this.#selected]) {
      if (index < 0 || index >= store.columns.count) continue;
      const x = store.x[index]! * size - this.#origin.x;
      const y = store.y[index]! * size - this.#origin.y;
      const chosen = index === this.#selected;
      const colour = store.isLit(index) ? lit : select;
      if (chosen || this.#zoom >= CONES_FROM - 2)
        drawCone(ctx, { store, index, x, y, zoom: this.#zoom, colour, strong: chosen });
      this.#blit(ctx, this.#sprites.glyph(store.glyph[index]!), x, y);
      drawRing(ctx, x, y, select, chosen);
    }
  }

  #blit(ctx: CanvasRenderingContext2D, sprite: HTMLCanvasElement, x: number, y: number): void {
    const ratio = window.devicePixelRatio;
    const [width, height] = [sprite.width / ratio, sprite.height / ratio];
    // Whole pixels: a sprite between two is blurred.
    ctx.drawImage(sprite, Math.round(x - width / 2), Math.round(y - height / 2), width, height);
  }
}

function hitCluster(clusters: Clusters, world: L.Point, size: number): Hit | undefined {
  for (let i = clusters.length - 1; i >= 0; i--) {
    const at = clusters.order[i]!;
    const count = clusters.count[at]!;
    const [dx, dy] = [clusters.x[at]! * size - world.x, clusters.y[at]! * size - world.y];
    const reach = count === 1 ? GLYPH_SIZE / 2 + 1 : clusterRadius(count) + 2;
    if (dx * dx + dy * dy > reach * reach) continue;
    return count === 1
      ? { kind: 'camera', index: clusters.member[at]! }
      : { kind: 'cluster', at, count, troubled: clusters.troubled[at]! };
  }
  return undefined;
}
