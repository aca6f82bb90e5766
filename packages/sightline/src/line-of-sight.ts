// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Point2 } from './polygon.ts';
import { type Standing, surrounds } from './standing.ts';
import type { Vec3 } from './vec3.ts';

/** Where the way from the origin to a point passes the outlines, 0 at the origin and 1 at the point, in order. */
function crossings(rings: readonly (readonly Point2[])[], east: number, north: number): number[] {
  const found: number[] = [];
  for (const ring of rings) {
    let from = ring.at(-1) as Point2;
    let before = east * from[1] - north * from[0];
    for (const to of ring) {
      const side = east * to[1] - north * to[0];
      if (before > 0 !== side > 0) {
        const s = before / (before - side);
        const [x, y] = [from[0] + s * (to[0] - from[0]), from[1] + s * (to[1] - from[1])];
        found.push(Math.abs(east) > Math.abs(north) ? x / east : y / north);
      }
      from = to;
      before = side;
    }
  }
  return found.sort((a, b) => a - b);
}

function stops({ polygons, bottom, top }: Standing, eyeHeight: number, [east, north, up]: Vec3): boolean {
  const heightAt = (s: number): number => eyeHeight + s * (up - eyeHeight);
  return polygons.some((rings) => {
    const passed = crossings(rings, east, north);
    for (let i = 0; i + 1 < passed.length; i += 2) {
      const [enter, leave] = [Math.max(0, passed[i] as number), Math.min(1, passed[i + 1] as number)];
      if (enter > leave) continue;
      const [a, b] = [heightAt(enter), heightAt(leave)];
      if (Math.max(a, b) > bottom && Math.min(a, b) < top) return true;
    }
    return false;
  });
}

/**
 * The first of the buildings (nearest first) that stands between the camera and a point, or around the point.
 * What is no home and surrounds the camera hides nothing, as when it is painted.
 * @param point east, north and height above the ground in metres, from the ground under the camera
 */
export const hiddenBy = (standing: readonly Standing[], eyeHeight: number, point: Vec3): Standing | undefined =>
  standing.find((building) => (building.home || !surrounds(building, eyeHeight)) && stops(building, eyeHeight, point));
