// SPDX-License-Identifier: AGPL-3.0-or-later
import { type CameraStore, RANGE } from './camera-store.ts';
import { metresPerPixel } from './mercator.ts';

/** What a camera sees, on the canvas: pixels and compass degrees. */
export interface Sector {
  x: number;
  y: number;
  heading: number;
  hfov: number;
  reach: number;
}

interface Look {
  colour: string;
  /** Opacity; 0 for none. */
  fill: number;
  stroke: number;
  width: number;
}

/** A chosen camera shows its direction from far away too, if not its true reach. */
const LEAST_STRONG = 44;
const HFOV = 60;

/** The sector of a camera, true to scale; none when nobody has stated where it looks. */
export function sectorOf(store: CameraStore, index: number, x: number, y: number, zoom: number): Sector | undefined {
  const { headingDeg, hfovDeg, rangeMetres, lat } = store.columns;
  const heading = headingDeg[index]!;
  if (Number.isNaN(heading)) return undefined;
  const hfov = Number.isNaN(hfovDeg[index]!) ? HFOV : hfovDeg[index]!;
  const metres = Number.isNaN(rangeMetres[index]!) ? RANGE : rangeMetres[index]!;
  return { x, y, heading, hfov, reach: metres / metresPerPixel(lat[index]!, zoom) };
}

export function drawSector(ctx: CanvasRenderingContext2D, { x, y, heading, hfov, reach }: Sector, look: Look): void {
  const [from, to] = [heading - 90 - hfov / 2, heading - 90 + hfov / 2].map((deg) => (deg * Math.PI) / 180);
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.arc(x, y, reach, from!, to!);
  ctx.closePath();
  ctx.fillStyle = ctx.strokeStyle = look.colour;
  ctx.globalAlpha = look.fill;
  if (look.fill > 0) ctx.fill();
  ctx.globalAlpha = look.stroke;
  ctx.lineWidth = look.width;
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** Large enough to be seen from far away, and stronger than every other. */
export const strongSector = (sector: Sector): Sector => ({ ...sector, reach: Math.max(sector.reach, LEAST_STRONG) });

/** Corners around a camera: a reticle, which no state uses as its shape. */
export function drawRing(ctx: CanvasRenderingContext2D, x: number, y: number, colour: string, chosen: boolean): void {
  const [cx, cy, half, arm] = [Math.round(x), Math.round(y), chosen ? 14 : 12, 5];
  ctx.beginPath();
  for (const [sx, sy] of [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const) {
    ctx.moveTo(cx + sx * half, cy + sy * (half - arm));
    ctx.lineTo(cx + sx * half, cy + sy * half);
    ctx.lineTo(cx + sx * (half - arm), cy + sy * half);
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = chosen ? 2.5 : 1.5;
  ctx.globalAlpha = chosen ? 1 : 0.8;
  ctx.stroke();
  ctx.globalAlpha = 1;
}
