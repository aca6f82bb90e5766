// SPDX-License-Identifier: AGPL-3.0-or-later
import { CONES_FROM, type Placed } from './camera-painter.ts';
import type { CameraStore } from './camera-store.ts';
import { worldSize } from './mercator.ts';
import { blit } from './sprite.ts';
import type { Sprites } from './sprites.ts';
import { drawRing, drawSector, sectorOf, strongSector } from './view-cone.ts';

export interface Marked {
  /** Of the camera in hand; -1 for none. */
  selected: number;
  /** Of the one under the pointer. */
  hovered: number;
}

export const isMarked = ({ selected, hovered }: Marked): boolean => selected >= 0 || hovered >= 0;

/** The camera in hand and the one under the pointer; the first also where it is hidden in a cluster. */
export function drawMarks(
  ctx: CanvasRenderingContext2D,
  store: CameraStore,
  { selected, hovered }: Marked,
  { origin, zoom }: Placed,
  sprites: Sprites,
): void {
  const size = worldSize(zoom);
  const { select, lit } = sprites.colours;
  for (const index of [hovered, selected]) {
    if (index < 0 || index >= store.columns.count) continue;
    const [x, y] = [store.x[index]! * size - origin.x, store.y[index]! * size - origin.y];
    const chosen = index === selected;
    const sector = sectorOf(store, index, x, y, zoom);
    const colour = store.isLit(index) ? lit : select;
    if (sector !== undefined && chosen)
      drawSector(ctx, strongSector(sector), { colour, fill: 0.26, stroke: 0.95, width: 1.5 });
    else if (sector !== undefined && zoom >= CONES_FROM - 2)
      drawSector(ctx, sector, { colour, fill: 0.14, stroke: 0.7, width: 1 });
    blit(ctx, sprites.glyph(store.glyph[index]!), x, y);
    drawRing(ctx, x, y, select, chosen);
  }
}
