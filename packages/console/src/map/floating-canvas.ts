// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Area } from './camera-painter.ts';
import { L } from './leaflet.ts';

/** How far beyond the edges a canvas reaches, as a part of the view: a drag stays inside it most of the time. */
const MARGIN = 0.2;

/**
 * A canvas over the map and a margin around it. It moves with the map's pane by CSS while somebody pans or zooms; laid anew
 * at the same zoom it keeps what it shows, moved, and says which parts are empty.
 */
export class FloatingCanvas {
  readonly element = L.DomUtil.create('canvas', 'leaflet-zoom-animated');
  /** Top left in world pixels of `zoom`. */
  origin = L.point(0, 0);
  zoom = -1;
  #centre = L.latLng(0, 0);
  #ratio = 0;

  constructor() {
    this.element.setAttribute('aria-hidden', 'true');
  }

  /** Whether the view has come to lie beyond the margin. */
  isLeft(map: L.Map): boolean {
    if (map.getZoom() !== this.zoom) return false;
    const corner = map.project(map.containerPointToLatLng([0, 0]), this.zoom).subtract(this.origin);
    const room = map.getSize().multiplyBy(2 * MARGIN);
    return corner.x < 0 || corner.y < 0 || corner.x > room.x || corner.y > room.y;
  }

  isCentred(map: L.Map): boolean {
    return map.getCenter().equals(this.#centre);
  }

  followZoom(map: L.Map, { center, zoom }: Pick<L.ZoomAnimEvent, 'center' | 'zoom'>): void {
    const scale = map.getZoomScale(zoom, this.zoom);
    const half = map.getSize().multiplyBy(0.5 + MARGIN);
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
    const margin = size.multiplyBy(MARGIN).round();
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
      ctx.globalCompositeOperation = 'copy';
      ctx.drawImage(this.element, moved.x, moved.y, this.element.width / ratio, this.element.height / ratio);
      ctx.globalCompositeOperation = 'source-over';
      return uncovered(moved, width, height);
    }
    ctx.clearRect(0, 0, width, height);
    return [{ x: 0, y: 0, width, height }];
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

/** What is empty of a picture that was moved: a strip along an edge, or two that meet in a corner. */
function uncovered({ x, y }: L.Point, width: number, height: number): Area[] {
  const strips: Area[] = [];
  if (x !== 0) strips.push({ x: x > 0 ? 0 : width + x, y: 0, width: Math.abs(x), height });
  if (y !== 0)
    strips.push({ x: Math.max(0, x), y: y > 0 ? 0 : height + y, width: width - Math.abs(x), height: Math.abs(y) });
  return strips;
}
