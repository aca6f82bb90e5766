// SPDX-License-Identifier: AGPL-3.0-or-later
// Streets that nobody planned: random aims among random buildings, the same for the same seed.
import type { Aim } from '../aim.ts';
import type { Building, Footprint } from '../building.ts';
import { type LocalFrame, type LonLat, localFrame } from '../local-frame.ts';
import type { Point2 } from '../polygon.ts';
import { footprintDistance } from '../standing.ts';

export type Random = () => number;

/** Numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const between = (random: Random, low: number, high: number): number => low + (high - low) * random();
const rectangle = (w: number, d: number): Point2[] => [
  [-w, -d],
  [w, -d],
  [w, d],
  [-w, d],
];

/** Rings around [0, 0]: a box, an L, a U, a courtyard, a triangle, a round tower. */
function shape(random: Random): Point2[][] {
  const [w, d] = [between(random, 2, 9), between(random, 2, 9)];
  const ell: Point2[] = [
    [-w, -d],
    [w, -d],
    [w, 0],
    [0, 0],
    [0, d],
    [-w, d],
  ];
  const cup: Point2[] = [
    [-w, -d],
    [w, -d],
    [w, d],
    [w / 2, d],
    [w / 2, -d / 2],
    [-w / 2, -d / 2],
    [-w / 2, d],
    [-w, d],
  ];
  const tower = Array.from({ length: 12 }, (_, i): Point2 => [
    w * Math.cos((i * Math.PI) / 6),
    w * Math.sin((i * Math.PI) / 6),
  ]);
  const kinds: Point2[][][] = [
    [rectangle(w, d)],
    [rectangle(w, d)],
    [ell],
    [cup],
    [rectangle(w + 2, d + 2), rectangle(w, d)],
    [rectangle(w, d).slice(0, 3)],
    [tower],
  ];
  return kinds[Math.floor(random() * kinds.length)] as Point2[][];
}

function place(frame: LocalFrame, rings: readonly Point2[][], at: Point2, angle: number): LonLat[][] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return rings.map((ring) => {
    const closed = [...ring, ring[0] as Point2];
    return closed.map(([x, y]) => frame.fromLocal([at[0] + x * cos - y * sin, at[1] + x * sin + y * cos]));
  });
}

/** As many homes as others. */
const HOMES = [true, true, undefined, true, false, false, false, false];

function building(random: Random, frame: LocalFrame, id: string, reach: number): Building {
  const [bearing, far] = [between(random, 0, 2 * Math.PI), between(random, 4, reach)];
  const at: Point2 = [far * Math.sin(bearing), far * Math.cos(bearing)];
  const angle = random() < 0.3 ? 0 : between(random, 0, Math.PI);
  const coordinates = place(frame, shape(random), at, angle);
  const twin: Point2 = [at[0] + between(random, 12, 25), at[1] + between(random, -10, 10)];
  const footprint: Footprint =
    random() < 0.15
      ? { type: 'MultiPolygon', coordinates: [coordinates, place(frame, shape(random), twin, angle)] }
      : { type: 'Polygon', coordinates };
  const minHeight = random() < 0.15 ? between(random, 2, 5) : 0;
  const home = HOMES[Math.floor(random() * HOMES.length)] ?? true;
  return { id, home, minHeight, height: minHeight + between(random, 2.5, 22), footprint };
}

export interface Scene {
  readonly aim: Aim;
  readonly buildings: readonly Building[];
}

export interface SceneOptions {
  /** Pixels of the frame. */
  width?: number;
  height?: number;
  buildings?: number;
  /** Furthest building, metres. */
  reach?: number;
}

function anyAim(random: Random, { width = 320, height = 180 }: SceneOptions): Aim {
  return {
    position: { lon: 108.05, lat: 12.68, height: between(random, 2, random() < 0.3 ? 30 : 9) },
    heading: between(random, 0, 360),
    tilt: random() < 0.8 ? between(random, -35, 10) : between(random, -90, 60),
    roll: random() < 0.5 ? 0 : between(random, -30, 30),
    hfov: random() < 0.85 ? between(random, 30, 110) : between(random, 5, 170),
    image: { width, height },
    range: 200,
  };
}

/** What a camera is within the walls of has tests of its own. */
const around = (aim: Aim, buildings: readonly Building[]): Scene => {
  const frame = localFrame(aim.position);
  const { height } = aim.position;
  return {
    aim,
    buildings: buildings.filter((b) => b.height < height - 0.01 || footprintDistance(b.footprint, frame) > 0.02),
  };
};

/** A camera with any heading, tilt, roll and field of view, and buildings of any shape on all sides of it, also one through another. */
export function randomScene(seed: number, options: SceneOptions = {}): Scene {
  const random = seeded(seed);
  const aim = anyAim(random, options);
  const { buildings = Math.floor(between(random, 4, 45)), reach = 90 } = options;
  const frame = localFrame(aim.position);
  const made = Array.from({ length: buildings }, (_, i) => building(random, frame, `b${i}`, reach));
  return around(aim, made);
}

/** A camera in a street of a town: narrow houses wall to wall along parallel streets, some lots empty. */
export function townScene(seed: number, options: SceneOptions = {}): Scene {
  const random = seeded(seed);
  const aim = anyAim(random, options);
  const frame = localFrame(aim.position);
  const { buildings = 200 } = options;
  const angle = between(random, 0, Math.PI);
  const [side, rows] = [between(random, 0.3, 7.7), 6];
  const made: Building[] = [];
  for (let i = 0; made.length < buildings; i++) {
    const [row, lot] = [(i % rows) - rows / 2, Math.floor(i / rows)];
    const along = (lot % 2 === 0 ? 1 : -1) * Math.ceil(lot / 2) * 5;
    // Two rows of houses back to back, 15 m deep each, then a street of 8 m.
    const across = Math.floor(row / 2) * 38 + (row % 2 === 0 ? 8 : 23) + 7.5 - side;
    if (random() < 0.1) continue;
    const at: Point2 = [
      along * Math.cos(angle) - across * Math.sin(angle),
      along * Math.sin(angle) + across * Math.cos(angle),
    ];
    const footprint: Footprint = { type: 'Polygon', coordinates: place(frame, [rectangle(2.5, 7.5)], at, angle) };
    const home = HOMES[Math.floor(random() * HOMES.length)] ?? true;
    made.push({ id: `t${i}`, home, minHeight: 0, height: 3.2 * Math.ceil(between(random, 0, 5)), footprint });
  }
  return around(aim, made);
}
