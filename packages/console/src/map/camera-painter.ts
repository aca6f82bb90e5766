// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraStore } from './camera-store.ts';
import type { Area } from './canvas-area.ts';
import type { Clusters } from './cluster-grid.ts';
import { ConeSprites, type ConeStyle } from './cone-sprites.ts';
import { metresPerPixel, worldSize } from './mercator.ts';
import { blit } from './sprite.ts';
import { clusterRadius, type Sprites } from './sprites.ts';
import { sectorOf } from './view-cone.ts';

export const CONES_FROM = 16;
/** Pixels around a box within which a cluster or glyph may reach into it. */
const SPRITE_REACH = Math.ceil(clusterRadius(1e6)) + 8;
const [LIT, SPEAKING, QUIET] = [0, 1, 2];

/** Where the canvas lies: its top left in world pixels of its zoom. */
export interface Placed {
  origin: { x: number; y: number };
  zoom: number;
}

/**
 * Draws what a part of the map shows, always the same for the same part: what is drawn beside it later has to join on.
 * Hence the order by number, and whatever reaches in from outside is drawn as well.
 */
export class CameraPainter {
  readonly sprites: Sprites;
  /** Kept for every zoom: whoever looks closer also steps back. */
  readonly #cones = new Map<number, ConeSprites>();

  constructor(sprites: Sprites) {
    this.sprites = sprites;
  }

  /** How far outside of a part a camera may stand that is seen in it. */
  static reach(store: CameraStore, zoom: number, lat: number): number {
    if (zoom < CONES_FROM) return SPRITE_REACH;
    return Math.max(SPRITE_REACH, Math.ceil(store.longestRange / metresPerPixel(lat, zoom)) + 2);
  }

  /** @param reach pixels around the part in which cameras are looked for */
  paint(ctx: CanvasRenderingContext2D, store: CameraStore, placed: Placed, area: Area, reach: number): void {
    ctx.save();
    ctx.beginPath();
    ctx.rect(area.x, area.y, area.width, area.height);
    ctx.clip();
    const clusters = store.clustersAt(placed.zoom);
    if (clusters === undefined) this.#paintCameras(ctx, store, placed, boxAround(placed, area, reach));
    else this.#paintClusters(ctx, store, clusters, placed, boxAround(placed, area, reach));
    ctx.restore();
  }

  #paintClusters(
    ctx: CanvasRenderingContext2D,
    store: CameraStore,
    clusters: Clusters,
    { origin, zoom }: Placed,
    { minX, minY, maxX, maxY }: Box,
  ): void {
    const size = worldSize(zoom);
    for (const at of clusters.order) {
      const [x, y] = [clusters.x[at]!, clusters.y[at]!];
      if (x < minX || x > maxX || y < minY || y > maxY) continue;
      const count = clusters.count[at]!;
      const sprite =
        count === 1
          ? this.sprites.glyph(store.glyph[clusters.member[at]!]!)
          : this.sprites.cluster(count, clusters.streaming[at]!, clusters.troubled[at]!);
      blit(ctx, sprite, x * size - origin.x, y * size - origin.y);
    }
  }

  #paintCameras(ctx: CanvasRenderingContext2D, store: CameraStore, { origin, zoom }: Placed, box: Box): void {
    const size = worldSize(zoom);
    const indices = Uint32Array.from(store.within(box.minX, box.minY, box.maxX, box.maxY)).sort();
    if (zoom >= CONES_FROM) {
      const cones = this.#conesAt(zoom);
      for (const index of indices) {
        const [x, y] = [store.x[index]! * size - origin.x, store.y[index]! * size - origin.y];
        const sector = sectorOf(store, index, x, y, zoom);
        const style = store.isLit(index) ? LIT : store.isInUse(index) ? SPEAKING : QUIET;
        if (sector !== undefined) cones.draw(ctx, style, sector);
      }
    }
    for (const index of indices) {
      const sprite = this.sprites.glyph(store.glyph[index]!);
      blit(ctx, sprite, store.x[index]! * size - origin.x, store.y[index]! * size - origin.y);
    }
  }

  #conesAt(zoom: number): ConeSprites {
    const kept = this.#cones.get(zoom) ?? new ConeSprites(stylesAt(zoom, this.sprites.colours), this.sprites.ratio);
    this.#cones.set(zoom, kept);
    return kept;
  }
}

/** The more of them the screen holds, the less each may say; and least says a camera that gives no picture. */
function stylesAt(zoom: number, { lit, cone }: Sprites['colours']): ConeStyle[] {
  const weight = Math.min(1, 0.45 + (zoom - 16) * 0.28);
  const speaking = { fill: 0.09 * weight, stroke: 0.5 * weight };
  return [
    { colour: lit, ...speaking },
    { colour: cone, ...speaking },
    { colour: cone, fill: 0, stroke: 0.16 * weight },
  ];
}

type Box = Record<'minX' | 'minY' | 'maxX' | 'maxY', number>;

/** A part of the canvas and what lies around it, on the world as 0…1. */
function boxAround({ origin, zoom }: Placed, { x, y, width, height }: Area, reach: number): Box {
  const size = worldSize(zoom);
  return {
    minX: (origin.x + x - reach) / size,
    minY: (origin.y + y - reach) / size,
    maxX: (origin.x + x + width + reach) / size,
    maxY: (origin.y + y + height + reach) / size,
  };
}
