// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimGeometry, BuildingUse } from '@louver/contract';
import {
  clipNear,
  faces,
  localFrame,
  localRings,
  projector,
  type Building,
  type Projector,
  type Vec3,
} from '@louver/sightline';

export interface NearBuilding {
  id: string;
  use: BuildingUse;
  home: boolean;
  height: number;
  minHeight: number;
  footprint: { type: 'Polygon' | 'MultiPolygon'; coordinates: unknown[] };
}

/** One side of a building in pixels of the frame; later ones are nearer and cover what is behind. */
export interface Side {
  building: string;
  home: boolean;
  kind: 'wall' | 'roof' | 'underside';
  /** An SVG path. */
  path: string;
  /** How squarely it faces the camera, 0…1: light for walls. */
  facing: number;
}

export interface Wireframe {
  sides: Side[];
  /** Lines on the ground every ten metres, as one SVG path. */
  ground: string;
  /** The horizon as two points in pixels, or null when it is out of the frame. */
  horizon: readonly [readonly [number, number], readonly [number, number]] | null;
  homes: number;
}

/** How far buildings are drawn: a home may be masked well beyond the range in which a camera is of use. */
export const reachOf = ({ range }: Pick<AimGeometry, 'range'>): number =>
  Math.min(MOST_METRES, Math.max(250, Math.ceil(range * 2)));
const MOST_METRES = 500;

/**
 * Buildings as the aim sees them, from footprints and heights alone: no picture, so no look. Drawn far to near by each
 * building's nearest corner, which is right for houses that stand apart and good enough for those that touch.
 */
export function wireframe(aim: AimGeometry, buildings: readonly NearBuilding[]): Wireframe {
  const view = projector(aim);
  const frame = localFrame(aim.position);
  const within = reachOf(aim);
  const found: (Side & { distance: number; depth: number })[] = [];
  const homes = new Set<string>();
  for (const near of buildings) {
    const building: Building = { ...near, footprint: near.footprint as Building['footprint'] };
    const [centre] = localRings(building.footprint, frame).flat(1);
    if (centre === undefined) continue;
    const distance = Math.min(...centre.map(([east, north]) => Math.hypot(east, north)));
    if (distance > within) continue;
    for (const face of faces(building, frame)) {
      const side = projectFace(view, face.rings);
      if (side === undefined) continue;
      if (near.home) homes.add(near.id);
      found.push({ building: near.id, home: near.home, kind: face.kind, distance, ...side });
    }
  }
  found.sort((a, b) => b.distance - a.distance || b.depth - a.depth);
  return {
    sides: found.map(({ building, home, kind, path, facing }) => ({ building, home, kind, path, facing })),
    ground: groundLines(view, within),
    horizon: horizonOf(view),
    homes: homes.size,
  };
}

function projectFace(view: Projector, rings: readonly (readonly Vec3[])[]) {
  const outer = rings[0]!.map((point) => view.toCamera(point));
  const facing = facingOf(outer);
  // Its back is to the camera: then another side of the same building stands before it.
  if (facing <= 0) return undefined;
  const drawn = rings.flatMap((ring) => {
    const clipped = clipNear(ring.map((point) => view.toCamera(point)));
    return clipped.length < 3 ? [] : [clipped.map((point) => view.toPixel(point)!)];
  });
  const shown = drawn[0];
  if (shown === undefined || !meetsFrame(shown, view)) return undefined;
  const path = drawn.map((ring) => `M${ring.map(({ x, y }) => `${px(x)} ${px(y)}`).join('L')}Z`).join('');
  return { path, facing, depth: outer.reduce((sum, [, , depth]) => sum + depth, 0) / outer.length };
}

const px = (value: number): number => Math.round(Math.min(1e5, Math.max(-1e5, value)) * 10) / 10;

const meetsFrame = (ring: readonly { x: number; y: number }[], { width, height }: Projector): boolean => {
  const [xs, ys] = [ring.map(({ x }) => x), ring.map(({ y }) => y)];
  return Math.max(...xs) > 0 && Math.min(...xs) < width && Math.max(...ys) > 0 && Math.min(...ys) < height;
};

/** Cosine between a face's normal and the line to the camera (Newell's normal, which bears rings that are not quite flat). */
function facingOf(ring: readonly Vec3[]): number {
  const normal: [number, number, number] = [0, 0, 0];
  const middle: [number, number, number] = [0, 0, 0];
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!;
    normal[0] += (a[1] - b[1]) * (a[2] + b[2]);
    normal[1] += (a[2] - b[2]) * (a[0] + b[0]);
    normal[2] += (a[0] - b[0]) * (a[1] + b[1]);
    for (const axis of [0, 1, 2] as const) middle[axis] += a[axis] / ring.length;
  });
  const length = Math.hypot(...normal) * Math.hypot(...middle);
  if (length === 0) return 0;
  return -(normal[0] * middle[0] + normal[1] * middle[1] + normal[2] * middle[2]) / length;
}

function groundLines(view: Projector, within: number): string {
  const reach = Math.min(within, 120);
  const parts: string[] = [];
  const line = (a: Vec3, b: Vec3) => {
    // A line is a polygon of no width to the clipper, which wants three corners.
    const clipped = clipNear([view.toCamera(a), view.toCamera(b), view.toCamera(b)], 1);
    const ends = clipped.map((point) => view.toPixel(point)!);
    if (ends.length >= 2 && meetsFrame(ends, view)) {
      const [from, to] = [ends[0]!, ends.find(({ x, y }) => x !== ends[0]!.x || y !== ends[0]!.y)];
      if (to !== undefined) parts.push(`M${px(from.x)} ${px(from.y)}L${px(to.x)} ${px(to.y)}`);
    }
  };
  for (let at = -reach; at <= reach; at += 10) {
    line([at, -reach, 0], [at, reach, 0]);
    line([-reach, at, 0], [reach, at, 0]);
  }
  return parts.join('');
}

function horizonOf(view: Projector): Wireframe['horizon'] {
  const { right, up, forward } = view.basis;
  // Points of the frame whose ray is level: r·right.z + u·up.z + forward.z = 0.
  if (Math.abs(up[2]) < 1e-6) return null;
  const yAt = (x: number) => {
    const r = (x - view.width / 2) / view.focal;
    return view.height / 2 + (view.focal * (forward[2] + r * right[2])) / up[2];
  };
  const [left, end] = [yAt(0), yAt(view.width)];
  if (Math.max(left, end) < 0 || Math.min(left, end) > view.height) return null;
  return [
    [0, px(left)],
    [view.width, px(end)],
  ];
}
