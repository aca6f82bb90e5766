// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Area, uncovered } from './canvas-area.ts';
import { L } from './leaflet.ts';

/** A drag stays inside it most of the time. */
const MARGIN = 0.2;

/** Through which a picture is moved: drawn onto itself, it would be copied more than once, which without a GPU takes longer than a frame. */
const between = new OffscreenCanvas(1, 1);

/**
 * A canvas over the map and a margin around it. It moves with the map's pane by CSS while somebody pans or zooms; laid anew
 * at the same zoom it keeps what it shows, moved, and says which parts are empty.
 */
export class FloatingCanvas {
  readonly element = L.DomUtil.create('canvas', 'leaflet-zoom-animated');
  /** Top left in world pixels of `zoom`. */
  origin = L.point(0, 0);
  zoom = -1;
  readonly margin: number;
  #centre = L.latLng(0, 0);
  #ratio = 0;

  /** @param margin how far it reaches beyond each edge of the view, as a part of it */
  constructor(margin = MARGIN) {
    this.margin = margin;
    this.element.setAttribute('aria-hidden', 'true');
  }

  /** Pixels of the screen to a CSS pixel. */
  get ratio(): number {
    return this.#ratio;
  }

  /** In CSS pixels. */
  get size(): { width: number; height: number } {
    return { width: this.element.width / this.#ratio, height: this.element.height / this.#ratio };
  }

  /** CSS pixels between the edges of the canvas and of the view in its middle. */
  get border(): { x: number; y: number } {
    const { width, height } = this.size;
    const side = (pixels: number) => Math.round((pixels * this.margin) / (1 + 2 * this.margin));
    return { x: side(width), y: side(height) };
  }

  /** Whether the view has come to lie beyond the margin. */
  isLeft(map: L.Map): boolean {
    if (map.getZoom() !== this.zoom) return false;
    const corner = map.project(map.containerPointToLatLng([0, 0]), this.zoom).subtract(this.origin);
    const room = map.getSize().multiplyBy(2 * this.margin);
    return corner.x < 0 || corner.y < 0 || corner.x > room.x || corner.y > room.y;
  }

  isCentred(map: L.Map): boolean {
    return map.getCenter().equals(this.#centre);
  }

  followZoom(map: L.Map, { center, zoom }: Pick<L.ZoomAnimEvent, 'center' | 'zoom'>): void {
    const scale = map.getZoomScale(zoom, this.zoom);
    const half = map.getSize().multiplyBy(0.5 + this.margin);
    const pane = L.DomUtil.getPosition(map.getPane('mapPane')!);
    const newOrigin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(pane).round();
    const offset = half.multiplyBy(-scale).add(map.project(this.#centre, zoom)).subtract(newOrigin);
    L.DomUtil.setTransform(this.element, offset, scale);
  }

  /**
   * Lays the canvas with the view in its middle.
   * @returns the parts that have to be drawn: all of it unless `keep` and there is something to keep
   */
  lay(map: L.Map, ctx: CanvasRenderingContext2D, keep: boolean): Area[] {
    const size = map.getSize();
    const margin = size.multiplyBy(this.margin).round();
    const corner = map.containerPointToLayerPoint(margin.multiplyBy(-1));
    const before = { origin: this.origin, zoom: this.zoom };
    this.zoom = map.getZoom();
    this.#centre = map.getCenter();
    this.origin = map.getPixelOrigin().add(corner);
    L.DomUtil.setTransform(this.element, corner, 1);
    const [width, height] = [size.x + 2 * margin.x, size.y + 2 * margin.y];
    const isResized = this.#resize(width, height);
    const moved = before.origin.subtract(this.origin);
    const ratio = this.#ratio;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const canKeep = keep && !isResized && before.zoom === this.zoom && isWhole(moved.multiplyBy(ratio));
    if (canKeep && Math.abs(moved.x) < width && Math.abs(moved.y) < height) {
      this.#shift(ctx, moved);
      return uncovered(moved, width, height);
    }
    ctx.clearRect(0, 0, width, height);
    return [{ x: 0, y: 0, width, height }];
  }

  #shift(ctx: CanvasRenderingContext2D, { x, y }: L.Point): void {
    const { width, height } = this.element;
    if (between.width !== width || between.height !== height) [between.width, between.height] = [width, height];
    const hold = between.getContext('2d');
    hold?.clearRect(0, 0, width, height);
    hold?.drawImage(this.element, 0, 0);
    ctx.clearRect(0, 0, width / this.#ratio, height / this.#ratio);
    ctx.drawImage(between, x, y, width / this.#ratio, height / this.#ratio);
  }

  #resize(width: number, height: number): boolean {
    const ratio = window.devicePixelRatio;
    const [deviceWidth, deviceHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
    const { element } = this;
    if (element.width === deviceWidth && element.height === deviceHeight && this.#ratio === ratio) return false;
    this.#ratio = ratio;
    element.width = deviceWidth;
    element.height = deviceHeight;
    // Of what it holds, or a picture that is moved by whole pixels of it would be moved by other ones on the screen.
    element.style.width = `${deviceWidth / ratio}px`;
    element.style.height = `${deviceHeight / ratio}px`;
    return true;
  }
}

const isWhole = ({ x, y }: L.Point): boolean => Number.isInteger(x) && Number.isInteger(y);
