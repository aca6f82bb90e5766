// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Canvas, type InverseDepth, NOBODY, fillConvex, fillEvenOdd, fillSpan } from './canvas.ts';
import type { Lens } from './lens.ts';
import type { Point2 } from './polygon.ts';
import { NEAR_M } from './projector.ts';
import { type Standing, covers, surrounds } from './standing.ts';
import { type Vec3, cross, dot, minus } from './vec3.ts';

/** Where surfaces of a home and of something else coincide (a footprint mapped twice), the home is what one sees. */
const HOME_FIRST = 1 + 1e-6;
/** A surface whose plane passes the eye this closely, in metres, is seen edge-on and covers nothing. */
const EDGE_ON_M = 1e-7;

/** Corners of the wall being painted, in camera space (right, down, forward), before and after clipping; then in cells. */
const corners = new Float64Array(12);
const clipped = new Float64Array(18);
const cells = new Float64Array(12);

/** 1/depth of the plane through the world's `normal`, `offset` metres before the eye along it. */
function inverseDepth(lens: Lens, normal: Vec3, offset: number, home: boolean): InverseDepth | undefined {
  if (Math.abs(offset) < EDGE_ON_M) return undefined;
  const factor = (home ? HOME_FIRST : 1) / offset;
  const a = (dot(normal, lens.right) / lens.focalX) * factor;
  const b = (dot(normal, lens.down) / lens.focalY) * factor;
  return { a, b, c: dot(normal, lens.forward) * factor - a * lens.centreX - b * lens.centreY };
}

function setCorner(lens: Lens, at: number, east: number, north: number, up: number): void {
  const { right, down, forward } = lens;
  corners[at] = east * right[0] + north * right[1] + up * right[2];
  corners[at + 1] = east * down[0] + north * down[1] + up * down[2];
  corners[at + 2] = east * forward[0] + north * forward[1] + up * forward[2];
}

/** Clips the four corners at the near plane and projects them. @returns how many corners are left */
function projectCorners({ near, focalX, focalY, centreX, centreY }: Lens): number {
  let count = 0;
  for (let i = 0, j = 9; i < 12; j = i, i += 3) {
    const [from, to] = [corners[j + 2] as number, corners[i + 2] as number];
    if (from >= near !== to >= near) {
      const s = (near - from) / (to - from);
      for (let k = 0; k < 2; k++) {
        const start = corners[j + k] as number;
        clipped[3 * count + k] = start + ((corners[i + k] as number) - start) * s;
      }
      clipped[3 * count++ + 2] = near;
    }
    if (to >= near) {
      for (let k = 0; k < 3; k++) clipped[3 * count + k] = corners[i + k] as number;
      count++;
    }
  }
  for (let i = 0; i < count; i++) {
    const depth = clipped[3 * i + 2] as number;
    cells[2 * i] = centreX + (focalX * (clipped[3 * i] as number)) / depth;
    cells[2 * i + 1] = centreY + (focalY * (clipped[3 * i + 1] as number)) / depth;
  }
  return count;
}

function paintWall(canvas: Canvas, lens: Lens, standing: Standing, from: Point2, to: Point2, owner: number): void {
  const [east, north] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(east, north);
  if (length === 0) return;
  const normal: Vec3 = [north / length, -east / length, 0];
  const offset = normal[0] * from[0] + normal[1] * from[1];
  if (standing.oriented && offset > 0) return;
  const depth = inverseDepth(lens, normal, offset, standing.home);
  if (!depth) return;
  const [bottom, top] = [standing.bottom - lens.eyeHeight, standing.top - lens.eyeHeight];
  setCorner(lens, 0, from[0], from[1], bottom);
  setCorner(lens, 3, to[0], to[1], bottom);
  setCorner(lens, 6, to[0], to[1], top);
  setCorner(lens, 9, from[0], from[1], top);
  const count = projectCorners(lens);
  if (count >= 3) fillConvex(canvas, cells, count, depth, owner);
}

/** The ring at a height above the eye, clipped at the near plane, in cells, x and y alternating. */
function projectRing(lens: Lens, ring: readonly Point2[], up: number): number[] {
  const { right, down, forward, near, focalX, focalY, centreX, centreY } = lens;
  const out: number[] = [];
  const push = (east: number, north: number, depth: number): void => {
    out.push(
      centreX + (focalX * (east * right[0] + north * right[1] + up * right[2])) / depth,
      centreY + (focalY * (east * down[0] + north * down[1] + up * down[2])) / depth,
    );
  };
  const depthOf = ([east, north]: Point2): number => east * forward[0] + north * forward[1] + up * forward[2];
  let from = ring.at(-1) as Point2;
  let before = depthOf(from);
  for (const to of ring) {
    const depth = depthOf(to);
    if (before >= near !== depth >= near) {
      const s = (near - before) / (depth - before);
      push(from[0] + (to[0] - from[0]) * s, from[1] + (to[1] - from[1]) * s, near);
    }
    if (depth >= near) push(to[0], to[1], depth);
    from = to;
    before = depth;
  }
  return out;
}

function paintLevel(canvas: Canvas, lens: Lens, standing: Standing, height: number, owner: number): void {
  const up = height - lens.eyeHeight;
  const depth = inverseDepth(lens, [0, 0, 1], up, standing.home);
  if (!depth) return;
  for (const rings of standing.polygons) {
    const seen = rings.map((ring) => projectRing(lens, ring, up)).filter((ring) => ring.length >= 6);
    if (seen.length > 0) fillEvenOdd(canvas, seen, depth, owner);
  }
}

/** Ground, which is nobody's and hides what is behind it. What is seen from below is within the hill. */
export function paintGround(canvas: Canvas, lens: Lens, [a, b, c]: readonly [Vec3, Vec3, Vec3]): void {
  const normal = cross(minus(b, a), minus(c, a));
  const length = Math.sqrt(dot(normal, normal));
  const offset = (dot(normal, a) - normal[2] * lens.eyeHeight) / length;
  if (!(offset < 0)) return;
  const depth = inverseDepth(lens, [normal[0] / length, normal[1] / length, normal[2] / length], offset, false);
  if (!depth) return;
  // A wall has four corners: the last one twice.
  [a, b, c, c].forEach(([east, north, up], i) => setCorner(lens, 3 * i, east, north, up - lens.eyeHeight));
  const count = projectCorners(lens);
  if (count >= 3) fillConvex(canvas, cells, count, depth, NOBODY);
}

/** A wall that is cut away because it is nearer still leaves its home to look at: every cell whose ray begins within it. */
function paintNear(canvas: Canvas, lens: Lens, standing: Standing, owner: number): void {
  const { right, down, forward, near } = lens;
  const depth: InverseDepth = { a: 0, b: 0, c: HOME_FIRST / near };
  for (let x = 0; x < canvas.columns; x++) {
    const u = (x + 0.5 - lens.centreX) / lens.focalX;
    for (let y = 0, first = -1; y <= canvas.rows; y++) {
      const v = (y + 0.5 - lens.centreY) / lens.focalY;
      const at = (axis: 0 | 1 | 2): number => near * (forward[axis] + u * right[axis] + v * down[axis]);
      const isWithin = y < canvas.rows && covers(standing, [at(0), at(1)], lens.eyeHeight + at(2));
      if (isWithin && first < 0) first = y;
      if (isWithin || first < 0) continue;
      fillSpan(canvas, x, first, y, depth, owner);
      first = -1;
    }
  }
}

/** Whether all of a building lies on the outer side of one side of the frame. */
function outOfSight(lens: Lens, { polygons, bottom, top }: Standing): boolean {
  const { right, down, forward, focalX, focalY, centreX, centreY, near, eyeHeight } = lens;
  let outside = 31;
  for (const rings of polygons) {
    for (const [east, north] of rings[0] ?? []) {
      for (const up of [bottom - eyeHeight, top - eyeHeight]) {
        const x = (east * right[0] + north * right[1] + up * right[2]) * focalX;
        const y = (east * down[0] + north * down[1] + up * down[2]) * focalY;
        const z = east * forward[0] + north * forward[1] + up * forward[2];
        outside &=
          (x < -z * centreX ? 1 : 0) |
          (x > z * centreX ? 2 : 0) |
          (y < -z * centreY ? 4 : 0) |
          (y > z * centreY ? 8 : 0) |
          (z < near ? 16 : 0);
        if (outside === 0) return false;
      }
    }
  }
  return true;
}

/**
 * Paints a building where nothing painted before is nearer. A camera within a home sees nothing but that home; one within anything else sees through
 * its walls, because a camera on an office's façade is often mapped half a metre inside and homes before it must count.
 */
export function paintBuilding(canvas: Canvas, lens: Lens, standing: Standing, owner: number): void {
  if (surrounds(standing, lens.eyeHeight)) {
    if (!standing.home) return;
    canvas.owners.fill(owner);
    canvas.inverse.fill(Infinity);
    canvas.least.fill(Infinity);
    return;
  }
  // In the corner of a border a ray is longer than in that of the frame, but not by so much.
  if (standing.home && standing.distance < 2 * NEAR_M) paintNear(canvas, lens, standing, owner);
  if (outOfSight(lens, standing)) return;
  for (const rings of standing.polygons) {
    for (const ring of rings) {
      let from = ring.at(-1) as Point2;
      for (const to of ring) {
        paintWall(canvas, lens, standing, from, to, owner);
        from = to;
      }
    }
  }
  if (lens.eyeHeight > standing.top) paintLevel(canvas, lens, standing, standing.top, owner);
  if (lens.eyeHeight < standing.bottom) paintLevel(canvas, lens, standing, standing.bottom, owner);
}
