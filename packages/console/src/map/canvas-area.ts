// SPDX-License-Identifier: AGPL-3.0-or-later

/** A part of the canvas, in CSS pixels. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What is empty of a picture of that size that was moved: a strip along an edge, or two that meet in a corner. */
export function uncovered({ x, y }: { x: number; y: number }, width: number, height: number): Area[] {
  const strips: Area[] = [];
  if (x !== 0) strips.push({ x: x > 0 ? 0 : width + x, y: 0, width: Math.abs(x), height });
  if (y !== 0)
    strips.push({ x: Math.max(0, x), y: y > 0 ? 0 : height + y, width: width - Math.abs(x), height: Math.abs(y) });
  return strips;
}

/** What is in view, and the four parts of the margin around it: together the whole, and no two of them overlap. */
export function viewFirst({ x, y, width, height }: Area, margin: { x: number; y: number }): Area[] {
  const inner = { x: x + margin.x, y: y + margin.y, width: width - 2 * margin.x, height: height - 2 * margin.y };
  if (margin.x <= 0 || margin.y <= 0 || inner.width <= 0 || inner.height <= 0) return [{ x, y, width, height }];
  return [
    inner,
    { x, y: inner.y, width: margin.x, height: inner.height },
    { x: inner.x + inner.width, y: inner.y, width: margin.x, height: inner.height },
    { x, y, width, height: margin.y },
    { x, y: inner.y + inner.height, width, height: margin.y },
  ];
}
