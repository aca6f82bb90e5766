// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  type Aim,
  type Building,
  type Local,
  type LonLat,
  type Point2,
  type Vec3,
  localFrame,
  localRings,
} from '@louver/sightline';
import type { DemoArea, DemoStreet } from '../city/demo-city.ts';
import { hashOf } from '../city/random.ts';
import { distanceToLine } from '../city/plane.ts';
import { paintOpenGround } from './ground-paints.ts';
import { type SceneBuilding, houseSurfaces } from './houses.ts';
import { SunView } from './light.ts';
import { type Props, streetProps } from './props.ts';
import { type SceneArea, type SceneStreet, groundSurfaces } from './roads.ts';
import { FIRST_SURFACE_ID, GROUND_ID, type Picture, shade } from './shade.ts';
import { rough } from './noise.ts';
import type { Leaves, Surface } from './surface.ts';
import { DepthBuffer, type SampledView, sampledView } from './view.ts';

/** A house looks like what it is used for. */
interface UsedBuilding extends Building {
  readonly use: string;
}

/** What there is to see; demoCity() is one. */
export interface Surroundings {
  readonly buildings: readonly UsedBuilding[];
  readonly streets: readonly Pick<DemoStreet, 'class' | 'roundabout' | 'width' | 'pavement' | 'line'>[];
  readonly areas: readonly Pick<DemoArea, 'kind' | 'polygon'>[];
}

/** The street without what moves, at `SAMPLES` by `SAMPLES` samples a pixel. */
export interface Still {
  readonly view: SampledView;
  readonly picture: Picture;
  /** 1/depth at every sample. */
  readonly near: Float32Array;
  readonly sun: SunView;
  readonly streets: readonly SceneStreet[];
  /** Building visible at each pixel as an index into `buildingIds`; -1 where there is none. */
  readonly ids: Int32Array;
  readonly buildingIds: readonly string[];
}

const SAMPLES = 2;
/** Buildings further away than this are lost in the haze. */
const REACH_M = 330;

interface Scene {
  readonly view: SampledView;
  readonly buildings: readonly SceneBuilding[];
  readonly streets: readonly SceneStreet[];
  readonly areas: readonly SceneArea[];
  readonly surfaces: readonly Surface[];
  readonly leaves: readonly Leaves[];
}

function nearBuildings(aim: Aim, buildings: readonly UsedBuilding[]): SceneBuilding[] {
  const frame = localFrame(aim.position);
  return buildings.flatMap(({ id, use, height, footprint }) => {
    const corner = footprint.type === 'Polygon' ? footprint.coordinates[0]?.[0] : footprint.coordinates[0]?.[0]?.[0];
    if (!corner || Math.hypot(...frame.toLocal(corner)) > REACH_M) return [];
    return localRings(footprint, frame).flatMap(([ring]) => (ring ? [{ id, use, height, ring }] : []));
  });
}

function build(aim: Aim, { buildings, streets, areas }: Surroundings, withProps: boolean): Scene {
  const frame = localFrame(aim.position);
  const locally = (line: readonly LonLat[]): Local[] => line.map((p) => frame.toLocal(p));
  const near = nearBuildings(aim, buildings);
  const sceneStreets = streets
    .map(({ line, ...street }): SceneStreet => ({ ...street, line: locally(line.coordinates) }))
    .filter((s) => distanceToLine([0, 0], s.line) < REACH_M);
  const sceneAreas = areas.map(({ kind, polygon }): SceneArea => ({
    kind,
    ring: locally(polygon.coordinates[0]?.slice(1) ?? []),
  }));
  const heading = (aim.heading * Math.PI) / 180;
  const around = { streets: sceneStreets, areas: sceneAreas, buildings: near };
  const props: Props = withProps
    ? streetProps(around, [Math.sin(heading), Math.cos(heading)], hashOf(`${aim.position.lon},${aim.position.lat}`))
    : { surfaces: [], leaves: [] };
  return {
    ...around,
    view: sampledView(aim, SAMPLES),
    surfaces: [...groundSurfaces(sceneStreets, sceneAreas), ...near.flatMap(houseSurfaces), ...props.surfaces],
    leaves: props.leaves,
  };
}

function drawGround(buffer: DepthBuffer, view: SampledView): void {
  const plane = view.inverseDepth([0, 0, 1], [0, 0, 0]);
  if (!plane) return;
  const screen: Point2[] = [
    [0, 0],
    [view.width, 0],
    [view.width, view.height],
    [0, view.height],
  ];
  // 1/depth is positive exactly below the horizon; the bias leaves the last pixels before it to the sky.
  buffer.draw([screen], plane, GROUND_ID);
}

function drawLeaves(buffer: DepthBuffer, view: SampledView, { centre, radius, seed }: Leaves, id: number): void {
  const at = view.camera.project(centre);
  if (!at || at.depth < 1.5) return;
  const r = (view.camera.focal / at.depth) * radius * view.scale;
  const [cx, cy] = [at.x * view.scale, at.y * view.scale];
  const { near, surface, width, height } = buffer;
  for (let y = Math.max(0, Math.floor(cy - r)); y <= Math.min(height - 1, cy + r); y++) {
    for (let x = Math.max(0, Math.floor(cx - r)); x <= Math.min(width - 1, cx + r); x++) {
      const [dx, dy] = [(x - cx) / r, (y - cy) / r];
      const d2 = dx * dx + dy * dy;
      // Ragged edge: leaves stick out, sky shines through.
      const ragged = 0.5 + 0.7 * rough(dx * 4.5 + seed, dy * 4.5 + seed * 3);
      if (d2 > ragged) continue;
      const value = 1 / (at.depth - radius * Math.sqrt(Math.max(0, 1 - d2)) * 0.8);
      const i = y * width + x;
      if (value > (near[i] as number)) {
        near[i] = value;
        surface[i] = id;
      }
    }
  }
}

function draw({ view, surfaces, leaves }: Scene): DepthBuffer {
  const buffer = new DepthBuffer(view.width, view.height);
  drawGround(buffer, view);
  // One plane for all that lies flat: equal depths, so the order decides.
  const ground = view.inverseDepth([0, 0, 1], [0, 0, 0]);
  surfaces.forEach(({ rings, normal, flat }, i) => {
    const first = rings[0]?.[0] as Vec3;
    const onGround = flat && normal[2] === 1;
    if (
      !onGround &&
      !flat &&
      normal[0] * -first[0] + normal[1] * -first[1] + normal[2] * (view.camera.eye[2] - first[2]) <= 0
    )
      return;
    const plane = onGround ? ground : view.inverseDepth(normal, first);
    const screen = rings.map((ring) => view.toScreen(ring)).filter((ring) => ring.length >= 3);
    if (plane && screen.length) buffer.draw(screen, plane, FIRST_SURFACE_ID + i);
  });
  leaves.forEach((leaf, i) => drawLeaves(buffer, view, leaf, FIRST_SURFACE_ID + surfaces.length + i));
  return buffer;
}

/** Most frequent building among a pixel's samples that are not background, so that thin edges still count. */
function idsOf(scene: Scene, buffer: DepthBuffer): Int32Array {
  const { width, height } = scene.view.camera;
  const ids = new Int32Array(width * height).fill(-1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let s = 0; s < SAMPLES * SAMPLES; s++) {
        const at = (y * SAMPLES + Math.floor(s / SAMPLES)) * buffer.width + x * SAMPLES + (s % SAMPLES);
        const building = scene.surfaces[(buffer.surface[at] as number) - FIRST_SURFACE_ID]?.building ?? -1;
        if (building >= 0) ids[y * width + x] = building;
      }
    }
  }
  return ids;
}

/** Which building each pixel shows when no leaf, pole or parked motorbike stands before it: those are no cover for a home. */
export function visibleBuildings(aim: Aim, surroundings: Surroundings): Pick<Still, 'ids' | 'buildingIds'> {
  const scene = build(aim, surroundings, false);
  return { ids: idsOf(scene, draw(scene)), buildingIds: scene.buildings.map((b) => b.id) };
}

export function renderStill(aim: Aim, surroundings: Surroundings): Still {
  const scene = build(aim, surroundings, true);
  const buffer = draw(scene);
  const heading = (aim.heading * Math.PI) / 180;
  const sun = new SunView([45 * Math.sin(heading), 45 * Math.cos(heading), 0]);
  for (const surface of scene.surfaces) sun.add(surface);
  for (const leaf of scene.leaves) sun.addLeaves(leaf);
  const { view, surfaces, leaves, streets } = scene;
  return {
    view,
    picture: shade({ view, buffer, surfaces, leaves, ground: paintOpenGround, sun }),
    near: buffer.near,
    sun,
    streets,
    ids: idsOf(scene, buffer),
    buildingIds: scene.buildings.map((b) => b.id),
  };
}
