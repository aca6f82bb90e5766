// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  clipNear,
  faces,
  isHome,
  localFrame,
  localRings,
  projector,
  type Aim,
  type Building,
  type Projector,
  type Vec3,
} from '@louver/sightline';

/** One side of a building as an SVG path in pixels of the drawing; later ones are nearer and cover what is behind. */
interface DrawnSide {
  home: boolean;
  path: string;
}

export interface DrawnView {
  width: number;
  height: number;
  /** Where the sky ends, in pixels from the top; the ground is below. */
  horizon: number;
  sides: DrawnSide[];
}

/** Small, because it is drawn, not photographed: no more can be told from it than from a plan of the town. */
const WIDTH = 640;
/** A page for a cheap phone draws what stands nearest. */
const MOST_SIDES = 240;

/** What an aim looks at, from footprints and heights alone. No picture is involved, so nobody has looked. */
export function drawnView(aim: Aim, buildings: readonly Building[]): DrawnView {
  const height = Math.round((WIDTH * aim.image.height) / aim.image.width);
  const view = projector({ ...aim, image: { width: WIDTH, height } });
  const frame = localFrame(aim.position);
  const found = buildings.flatMap((building) => {
    const corners = localRings(building.footprint, frame).flat(2);
    const distance = Math.min(...corners.map(([east, north]) => Math.hypot(east, north)));
    if (!(distance <= aim.range)) return [];
    return faces(building, frame).flatMap(({ rings }) => {
      const side = drawSide(view, rings);
      return side ? [{ home: isHome(building), distance, ...side }] : [];
    });
  });
  found.sort((a, b) => b.distance - a.distance || b.depth - a.depth);
  const sides = found.slice(-MOST_SIDES).map(({ home, path }) => ({ home, path }));
  return { width: WIDTH, height, horizon: horizonOf(view), sides };
}

function drawSide(view: Projector, rings: readonly (readonly Vec3[])[]) {
  const outer = rings[0]!.map((point) => view.toCamera(point));
  if (!facesCamera(outer)) return undefined;
  const drawn = rings
    .map((ring) => clipNear(ring.map((point) => view.toCamera(point))).map((point) => view.toPixel(point)!))
    .filter((ring) => ring.length >= 3);
  const shown = drawn[0];
  if (!shown || !meetsFrame(shown, view)) return undefined;
  const path = drawn.map((ring) => `M${ring.map(({ x, y }) => `${px(x)} ${px(y)}`).join('L')}Z`).join('');
  return { path, depth: outer.reduce((sum, [, , depth]) => sum + depth, 0) / outer.length };
}

/** Far outside is as good as just outside, and shorter. */
const px = (value: number): number => Math.round(Math.min(9999, Math.max(-9999, value)));

const meetsFrame = (ring: readonly { x: number; y: number }[], { width, height }: Projector): boolean => {
  const [xs, ys] = [ring.map(({ x }) => x), ring.map(({ y }) => y)];
  return Math.max(...xs) > 0 && Math.min(...xs) < width && Math.max(...ys) > 0 && Math.min(...ys) < height;
};

/** Newell's normal against the line to the camera: what shows its back has another side of the same building before it. */
function facesCamera(ring: readonly Vec3[]): boolean {
  let towards = 0;
  const [mx, my, mz] = [0, 1, 2].map((axis) => ring.reduce((sum, point) => sum + point[axis]!, 0)) as [
    number,
    number,
    number,
  ];
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!;
    towards +=
      (a[1] - b[1]) * (a[2] + b[2]) * mx + (a[2] - b[2]) * (a[0] + b[0]) * my + (a[0] - b[0]) * (a[1] + b[1]) * mz;
  });
  return towards < 0;
}

/** In the middle of the frame; out of it when the camera looks steeply down, or up. */
function horizonOf({ basis: { up, forward }, focal, height }: Projector): number {
  if (Math.abs(up[2]) < 1e-6) return forward[2] > 0 ? height : 0;
  return Math.min(height, Math.max(0, Math.round(height / 2 + (focal * forward[2]) / up[2])));
}
