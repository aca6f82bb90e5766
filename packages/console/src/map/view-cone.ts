// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraStore } from './camera-store.ts';
import { metresPerPixel } from './mercator.ts';

interface Cone {
  store: CameraStore;
  index: number;
  x: number;
  y: number;
  zoom: number;
  colour: string;
  strong: boolean;
}

/** A chosen camera shows its direction from far away too, if not its true reach. */
const LEAST_STRONG = 44;

/** The sector that a camera sees, true to scale; none when nobody has stated where it looks. */
export function drawCone(ctx: CanvasRenderingContext2D, { store, index, x, y, zoom, colour, strong }: Cone): void {
  const { headingDeg, hfovDeg, rangeMetres, lat } = store.columns;
  const heading = headingDeg[index]!;
  if (Number.isNaN(heading)) return;
  const hfov = Number.isNaN(hfovDeg[index]!) ? 60 : hfovDeg[index]!;
  const metres = Number.isNaN(rangeMetres[index]!) ? 40 : rangeMetres[index]!;
  const reach = Math.max(metres / metresPerPixel(lat[index]!, zoom), strong ? LEAST_STRONG : 0);
  const [from, to] = [heading - 90 - hfov / 2, heading - 90 + hfov / 2].map((deg) => (deg * Math.PI) / 180);
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.arc(x, y, reach, from!, to!);
  ctx.closePath();
  ctx.fillStyle = ctx.strokeStyle = colour;
  // The more of them the screen holds, the less each may say; and least says a camera that gives no picture.
  const weight = strong ? 1 : Math.min(1, 0.45 + (zoom - 16) * 0.28);
  const speaks = strong || store.isInUse(index);
  ctx.globalAlpha = strong ? 0.26 : 0.09 * weight;
  if (speaks) ctx.fill();
  ctx.globalAlpha = strong ? 0.95 : (speaks ? 0.5 : 0.16) * weight;
  ctx.lineWidth = strong ? 1.5 : 1;
  ctx.stroke();
  ctx.globalAlpha = 1;
}

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
