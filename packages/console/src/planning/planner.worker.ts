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
  type Sight,
} from '@louver/sightline';
import type { Drawn, Looked, Reply, Request } from './messages-between.ts';

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

function look(aim: Aim, sight: Sight): Looked {
  const frame = localFrame(aim.position);
  const homes = exposuresOf(sight).map((seen) => {
    const footprint = footprints.get(seen.buildingId);
    return { ...seen, facadeMetres: footprint ? footprintDistance(footprint, frame) : seen.distanceMetres };
  });
  return { aim, homes, viewshed: viewshed(aim, buildings, sight.standing) };
}

/** One of two columns and rows: enough for a picture that moves, at a quarter of the cost. */
const DRAFT = 2;
/** So long nobody moved it. */
const REST_MS = 120;

let rest: ReturnType<typeof setTimeout> | undefined;
let sight: Sight | undefined;

function draw(id: number, aim: Aim, sight: Sight, marginDeg: number): void {
  const masks = masksOver(sight, marginDeg);
  const drawn = (every: number): Drawn => ({ aim, masks, drawing: drawSight(sight, PALETTE, every) });
  reply({ type: 'drawn', id, drawn: drawn(DRAFT), fine: false });
  rest = setTimeout(() => reply({ type: 'drawn', id, drawn: drawn(1), fine: true }), REST_MS);
}

/** The pixels are handed over, not copied. */
const reply = (message: Reply) =>
  postMessage(message, { transfer: message.type === 'drawn' ? [message.drawn.drawing.rgba.buffer] : [] });

function answer(request: Exclude<Request, { type: 'surroundings' }>): void {
  const { id, aim } = request;
  try {
    if (request.type === 'find') return reply({ type: 'found', id, search: findAim(aim, buildings, request.wanted) });
    // The fine picture of the last one has been given up.
    sight = sightOf(aim, buildings, request.marginDeg, undefined, sight);
    reply({ type: 'looked', id, looked: look(aim, sight) });
    draw(id, aim, sight, request.marginDeg);
  } catch {
    // Geometry refuses what no camera has; the page refuses it first, so this is for the half-typed number in between.
    reply({ type: 'failed', id });
  }
}

addEventListener('message', ({ data: request }: MessageEvent<Request>) => {
  clearTimeout(rest);
  if (request.type === 'surroundings') {
    buildings = request.buildings.map((each) => ({ ...each, footprint: each.footprint as Building['footprint'] }));
    footprints = new Map(buildings.map(({ id, footprint }) => [id, footprint]));
    return;
  }
  answer(request);
});
