// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Local, Vec3 } from '@louver/sightline';
import { add, direction, distance, leftOf } from '../city/plane.ts';
import { type Random, hashOf, pick, seeded } from '../city/random.ts';
import { type FacadePaint, type GridLook, gridFacade, houseFront, houseSide, sheetWall } from './facade.ts';
import { paintFlatRoof, paintSheet, paintTiles } from './roof.ts';
import { type Colour, type Paint, type Surface, darken, put } from './surface.ts';
import { normalOf } from './view.ts';

/** A building in metres around the camera: everything drawn of it stays inside its prism, but for awnings over the pavement. */
export interface SceneBuilding {
  readonly id: string;
  readonly use: string;
  readonly height: number;
  /** Counter-clockwise and open; the first edge is the front. */
  readonly ring: readonly Local[];
}

type Put = (rings: readonly (readonly Vec3[])[], paint: Paint) => void;

const unit = (v: Vec3): Vec3 => {
  const length = Math.hypot(...v) || 1;
  return [v[0] / length, v[1] / length, v[2] / length];
};

/** A wall over one edge of a footprint, painted in its own coordinates. */
function wall(draw: Put, a: Local, b: Local, [bottom, top]: readonly [number, number], paint: FacadePaint): void {
  const [dx, dy] = direction(a, b);
  const ring: Vec3[] = [
    [a[0], a[1], bottom],
    [b[0], b[1], bottom],
    [b[0], b[1], top],
    [a[0], a[1], top],
  ];
  draw([ring], (s) => paint(s, (s.east - a[0]) * dx + (s.north - a[1]) * dy, s.up));
}

const atHeight = (ring: readonly Local[], up: number): Vec3[] => ring.map(([e, n]): Vec3 => [e, n, up]);

interface Roofing {
  readonly colour: Colour;
  readonly paint: (s: Parameters<Paint>[0], along: number, down: number, colour: Colour) => void;
}

/** Ridge roof on a four-cornered footprint. `hip` is the share of the ridge that the ends cut off, 0 for gables. */
function ridgeRoof(draw: Put, ring: readonly Local[], eaves: number, top: number, hip: number, roofing: Roofing): void {
  const corner = (i: number): Local => ring[i % 4] as Local;
  const along = distance(corner(0), corner(1)) > distance(corner(1), corner(2)) ? 1 : 0;
  // The ridge joins the middles of the two short ends.
  const end = (i: number): Local => {
    const [p, q] = [corner(along + i), corner(along + i + 1)];
    return [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
  };
  const [from, to] = [end(0), end(2)];
  const inset = (a: Local, b: Local): Local => add(a, direction(a, b), hip * distance(a, b));
  const [r1, r2] = [inset(from, to), inset(to, from)];
  const v = (p: Local, up: number): Vec3 => [p[0], p[1], up];
  const slopes: Vec3[][] = [
    [v(corner(along + 1), eaves), v(corner(along + 2), eaves), v(r2, top), v(r1, top)],
    [v(corner(along + 3), eaves), v(corner(along), eaves), v(r1, top), v(r2, top)],
    [v(corner(along), eaves), v(corner(along + 1), eaves), v(r1, top)],
    [v(corner(along + 2), eaves), v(corner(along + 3), eaves), v(r2, top)],
  ];
  for (const slope of slopes) {
    const [a, b] = [slope[0] as Vec3, slope[1] as Vec3];
    const [dx, dy] = direction([a[0], a[1]], [b[0], b[1]]);
    const down = (s: { east: number; north: number; up: number }): number =>
      Math.hypot((s.east - a[0]) * -dy + (s.north - a[1]) * dx, s.up - eaves);
    draw([slope], (s) => roofing.paint(s, (s.east - a[0]) * dx + (s.north - a[1]) * dy, down(s), roofing.colour));
  }
}

function block(
  draw: Put,
  ring: readonly Local[],
  heights: readonly [number, number],
  paint: (edge: number, width: number) => FacadePaint,
  roof = true,
): void {
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length] as Local;
    wall(draw, a, b, heights, paint(i, distance(a, b)));
  });
  if (roof) draw([atHeight(ring, heights[1])], paintFlatRoof);
}

const TILE_COLOURS: readonly Colour[] = [
  [164, 74, 52],
  [182, 92, 62],
  [140, 62, 50],
  [120, 80, 70],
];
const SHEET_COLOURS: readonly Colour[] = [
  [70, 112, 150],
  [150, 64, 54],
  [110, 140, 118],
  [176, 178, 176],
];
const tiles = (random: Random): Roofing => ({ colour: pick(random, TILE_COLOURS), paint: paintTiles });
const sheets = (random: Random): Roofing => ({ colour: pick(random, SHEET_COLOURS), paint: paintSheet });

/** The part of a lot from one share of its depth to another. */
function slice([a, b, c, d]: readonly Local[], from: number, to: number): Local[] {
  const mix = (p: Local, q: Local, s: number): Local => [p[0] + (q[0] - p[0]) * s, p[1] + (q[1] - p[1]) * s];
  const [fl, fr, br, bl] = [a, b, c, d] as [Local, Local, Local, Local];
  return [mix(fl, bl, from), mix(fr, br, from), mix(fr, br, to), mix(fl, bl, to)];
}

function awning(draw: Put, ring: readonly Local[], random: Random): void {
  const [a, b] = [ring[0] as Local, ring[1] as Local];
  const out = leftOf(direction(b, a));
  const reach = 1 + random() * 0.7;
  const [p, q] = [add(a, out, reach), add(b, out, reach)];
  const [first, second] = [
    pick(random, SHEET_COLOURS),
    random() < 0.5 ? ([236, 232, 224] as const) : pick(random, TILE_COLOURS),
  ];
  const [dx, dy] = direction(a, b);
  const paint: Paint = (s) => {
    const u = (s.east - a[0]) * dx + (s.north - a[1]) * dy;
    put(s, u % 0.8 < 0.4 ? first : second);
  };
  const ring3: Vec3[] = [
    [p[0], p[1], 2.45],
    [q[0], q[1], 2.45],
    [b[0], b[1], 2.8],
    [a[0], a[1], 2.8],
  ];
  draw([ring3], paint);
  draw([ring3.toReversed()], (s) => {
    paint(s);
    darken(s, 0.55);
  });
}

function tubeHouse(draw: Put, building: SceneBuilding, random: Random): void {
  const { ring, height, use } = building;
  const id = hashOf(building.id);
  const shop = use === 'shop-house';
  const paint =
    (top: number) =>
    (edge: number, width: number): FacadePaint =>
      edge === 0 ? houseFront(id, { width, height: top }, shop) : houseSide(id + edge, { width, height: top });
  const roll = random();
  const low = height < 7.8;
  if (ring.length === 4 && roll < (low ? 0.7 : 0.2)) {
    const eaves = height - 1.9;
    block(draw, ring, [0, eaves], paint(eaves), false);
    ridgeRoof(draw, ring, eaves, height, random() < 0.4 ? 0.25 : 0, random() < 0.55 ? tiles(random) : sheets(random));
  } else if (ring.length === 4 && height > 7 && roll < 0.65) {
    const body = height - 2.7;
    block(draw, ring, [0, body], paint(body));
    block(draw, slice(ring, 0.5, 0.85), [body, height], (edge, width) => houseSide(id + edge, { width, height }));
    if (random() < 0.5) {
      const [a, b, c, d] = slice(ring, 0.08, 0.5) as [Local, Local, Local, Local];
      const roofing = sheets(random);
      const canopy: Vec3[] = [
        [a[0], a[1], height - 0.5],
        [b[0], b[1], height - 0.5],
        [c[0], c[1], height - 0.1],
        [d[0], d[1], height - 0.1],
      ];
      draw([canopy], (s) => roofing.paint(s, s.east, s.north, roofing.colour));
      draw([canopy.toReversed()], (s) => put(s, roofing.colour, 0.5));
    }
  } else block(draw, ring, [0, height], paint(height));
  if (shop && random() < 0.6) awning(draw, ring, random);
}

const CIVIC: Colour = [240, 206, 116];
const GRIDS: Record<string, Omit<GridLook, 'sign'> & { roof?: 'tiles' }> = {
  office: { wall: [206, 210, 212], frame: [236, 238, 238], bay: 3, glass: 0.86 },
  hotel: { wall: [232, 214, 190], frame: [150, 92, 60], bay: 3.4, glass: 0.55 },
  school: { wall: CIVIC, frame: [250, 244, 226], bay: 3.6, glass: 0.8, arcade: true, roof: 'tiles' },
  public: { wall: CIVIC, frame: [250, 246, 230], bay: 3.2, glass: 0.5, roof: 'tiles' },
  police: { wall: [244, 214, 128], frame: [24, 92, 60], bay: 3.2, glass: 0.5, roof: 'tiles' },
  hospital: { wall: [228, 236, 236], frame: [90, 150, 170], bay: 3.2, glass: 0.7 },
  apartments: { wall: [232, 204, 168], frame: [246, 242, 232], bay: 4, glass: 0.66, arcade: true },
};
const BOARDS: Record<string, { text: string; colour: Colour }> = {
  school: { text: 'TRUONG HOC NANG MAI', colour: [20, 84, 160] },
  public: { text: 'UBND PHUONG', colour: [176, 28, 30] },
  police: { text: 'CONG AN PHUONG', colour: [22, 110, 60] },
  hospital: { text: 'BENH VIEN SUOI GIO', colour: [24, 110, 150] },
  hotel: { text: 'KHACH SAN', colour: [120, 30, 40] },
};

function gridBuilding(draw: Put, building: SceneBuilding, random: Random): void {
  const { ring, height, use } = building;
  const look = GRIDS[use] as (typeof GRIDS)[string];
  const eaves = look.roof && ring.length === 4 ? height - 2 : height;
  const board = BOARDS[use];
  const paint = (edge: number, width: number): FacadePaint =>
    edge % 2 === 0
      ? gridFacade(
          hashOf(building.id) % 200,
          { width, height: eaves },
          edge === 0 && board ? { ...look, sign: board } : look,
        )
      : gridFacade(7, { width, height: eaves }, { ...look, glass: 0.24, arcade: false });
  block(draw, ring, [0, eaves], paint, eaves === height);
  if (eaves !== height) ridgeRoof(draw, ring, eaves, height, 0.18, tiles(random));
}

function hall(draw: Put, building: SceneBuilding, random: Random): void {
  const { ring, height, use } = building;
  const eaves = ring.length === 4 ? height * 0.72 : height;
  const colour: Colour = use === 'retail' ? [226, 220, 206] : pick(random, SHEET_COLOURS);
  const big = use === 'retail' && height > 8;
  const shops = use === 'retail' && !big;
  const paint = (edge: number, width: number): FacadePaint =>
    shops && edge === 0
      ? houseFront(hashOf(building.id), { width, height: eaves }, true)
      : sheetWall(colour, { width, height: eaves }, edge === 0 && big ? 'CHO MAI' : undefined);
  block(draw, ring, [0, eaves], paint, eaves === height);
  if (eaves !== height)
    ridgeRoof(draw, ring, eaves, height, 0, {
      colour: big ? [64, 116, 166] : pick(random, SHEET_COLOURS),
      paint: paintSheet,
    });
}

function temple(draw: Put, { ring, height, id }: SceneBuilding): void {
  const eaves = height * 0.5;
  const paint = (_: number, width: number): FacadePaint =>
    gridFacade(
      hashOf(id) % 100,
      { width, height: eaves },
      { wall: [236, 186, 84], frame: [128, 44, 30], bay: 3, glass: 0.6, arcade: true },
    );
  block(draw, ring, [0, eaves], paint, false);
  ridgeRoof(draw, ring, eaves, height, 0.28, { colour: [158, 60, 40], paint: paintTiles });
}

/** Everything visible of one building. `index` is its place in the scene and comes back in the id buffer. */
export function houseSurfaces(building: SceneBuilding, index: number): Surface[] {
  const surfaces: Surface[] = [];
  const draw: Put = (rings, paint) => {
    surfaces.push({ rings, paint, normal: unit(normalOf(rings[0] as readonly Vec3[])), building: index });
  };
  const random = seeded(hashOf(building.id) ^ 0x2545);
  if (building.use in GRIDS) gridBuilding(draw, building, random);
  else if (building.use === 'retail' || building.use === 'industrial') hall(draw, building, random);
  else if (building.use === 'worship') temple(draw, building);
  else tubeHouse(draw, building, random);
  return surfaces;
}
