// SPDX-License-Identifier: AGPL-3.0-or-later
// All geometry of a plan happens here: the page stays free for the hand that drags.
import {
  drawSight,
  exposuresOf,
  findAim,
  footprintDistance,
  localFrame,
  masksOver,
  sightOf,
  viewshed,
  type Aim,
  type Building,
  type Palette,
} from '@louver/sightline';
import type { Looked, Reply, Request } from './messages-between.ts';

/** A drawing room of its own, dark in both themes as a picture would be. */
const PALETTE: Palette = {
  sky: [24, 42, 48],
  ground: [17, 29, 32],
  line: [42, 64, 70],
  building: [62, 84, 91],
  home: [150, 122, 62],
  slat: [84, 68, 34],
  edge: [128, 156, 164],
};

let buildings: readonly (Building & { id: string })[] = [];
let footprints = new Map<string, Building['footprint']>();

function look(aim: Aim, marginDeg: number): Looked {
  const sight = sightOf(aim, buildings, marginDeg);
  const frame = localFrame(aim.position);
  const homes = exposuresOf(sight).map((seen) => {
    const footprint = footprints.get(seen.buildingId);
    return { ...seen, facadeMetres: footprint ? footprintDistance(footprint, frame) : seen.distanceMetres };
  });
  return {
    aim,
    homes,
    masks: masksOver(sight, marginDeg),
    viewshed: viewshed(aim, buildings),
    drawing: drawSight(sight, PALETTE),
  };
}

function answer(request: Exclude<Request, { type: 'surroundings' }>): Reply {
  const { id, aim } = request;
  try {
    if (request.type === 'find') return { type: 'found', id, search: findAim(aim, buildings, request.wanted) };
    return { type: 'looked', id, looked: look(aim, request.marginDeg) };
  } catch {
    // Geometry refuses what no camera has; the page refuses it first, so this is for the half-typed number in between.
    return { type: 'failed', id };
  }
}

addEventListener('message', ({ data: request }: MessageEvent<Request>) => {
  if (request.type === 'surroundings') {
    buildings = request.buildings.map((each) => ({ ...each, footprint: each.footprint as Building['footprint'] }));
    footprints = new Map(buildings.map(({ id, footprint }) => [id, footprint]));
    return;
  }
  const reply = answer(request);
  const moved = reply.type === 'looked' ? [reply.looked.drawing.rgba.buffer] : [];
  // The pixels are handed over, not copied.
  postMessage(reply, { transfer: moved });
});
