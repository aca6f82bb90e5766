// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Aim } from './aim.ts';
import { type Local, type LonLat, localFrame } from './local-frame.ts';
import { type Point2, clipHalfPlane, convexHull } from './polygon.ts';
import { type Projector, projector } from './projector.ts';
import { type Vec3, cross, dot, plusScaled } from './vec3.ts';

const ARC_STEPS = 72;

function disc(radius: number): Point2[] {
  return Array.from({ length: ARC_STEPS }, (_, i): Point2 => {
    const a = (i * 2 * Math.PI) / ARC_STEPS;
    return [radius * Math.cos(a), radius * Math.sin(a)];
  });
}

const SIDE_STEPS = 16;

/** Rays whose planes bound the view: the frame's corners, or for a lens that bends its edges the convex hull of those. */
function cornersOf({ image: { width, height }, k1 = 0, k2 = 0 }: Aim, view: Projector): Vec3[] {
  if (k1 === 0 && k2 === 0) return [view.ray(0, 0), view.ray(width, 0), view.ray(width, height), view.ray(0, height)];
  const { right, up, forward } = view.basis;
  const edge = Array.from({ length: SIDE_STEPS }, (_, i) => i / SIDE_STEPS).flatMap((s) => [
    view.ray(s * width, 0),
    view.ray(width, s * height),
    view.ray((1 - s) * width, height),
    view.ray(0, (1 - s) * height),
  ]);
  const hull = convexHull(edge.map((ray): Point2 => [dot(ray, right), dot(ray, up)]));
  return hull.map(([u, v]) => plusScaled(plusScaled(forward, right, u), up, v));
}

/** Ground that falls into the frame, within range, as an open convex ring of local metres. Empty above the horizon. */
export function groundInView(aim: Aim): Local[] {
  const view = projector(aim);
  const corners = cornersOf(aim, view);
  let ring = disc(aim.range);
  corners.forEach((corner, i) => {
    // The plane through the eye and one side of the frame; its normal points out of the view.
    const normal: Vec3 = cross(corner, corners[(i + 1) % corners.length] as Vec3);
    const outward = dot(normal, view.basis.forward) < 0 ? 1 : -1;
    ring = clipHalfPlane(ring, [normal[0] * outward, normal[1] * outward], normal[2] * outward * aim.position.height);
  });
  return ring;
}

/** Plain wedge for a view that touches no ground within range. */
function wedge(aim: Aim): Local[] {
  const steps = 24;
  return Array.from({ length: steps + 1 }, (_, i): Local => {
    const a = ((aim.heading + aim.hfov * (i / steps - 0.5)) * Math.PI) / 180;
    return [aim.range * Math.sin(a), aim.range * Math.cos(a)];
  });
}

/**
 * What a map shows of an aim: the ground in view and the camera's own place, closed ring of degrees, at most `range`
 * metres from the camera.
 */
export function viewCone(aim: Aim): LonLat[] {
  const ground = groundInView(aim);
  const frame = localFrame(aim.position);
  const hull = convexHull([[0, 0], ...(ground.length >= 3 ? ground : wedge(aim))]);
  const ring = hull.map((p) => frame.fromLocal(p));
  return [...ring, ...ring.slice(0, 1)];
}
