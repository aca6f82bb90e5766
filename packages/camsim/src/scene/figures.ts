// SPDX-License-Identifier: AGPL-3.0-or-later
// Cars, motorbikes and people, out of a few flat faces each. Model axes: x forward, y left, z up, metres.
import type { Local, Vec3 } from '@louver/sightline';
import { type Random, between, pick } from '../city/random.ts';
import type { Colour } from './surface.ts';
import { normalOf } from './view.ts';

export interface FlatFace {
  readonly ring: readonly Vec3[];
  /** Unit. */
  readonly normal: Vec3;
  readonly colour: Colour;
}

export type Figure = readonly FlatFace[];

function face(ring: readonly Vec3[], colour: Colour): FlatFace {
  const n = normalOf(ring);
  const length = Math.hypot(...n) || 1;
  return { ring, normal: [n[0] / length, n[1] / length, n[2] / length], colour };
}

type Span = readonly [from: number, to: number];

/** Box whose top may be smaller than its bottom. */
function box(x: Span, y: Span, z: Span, colour: Colour, top: { x?: Span; y?: Span; side?: Colour } = {}): FlatFace[] {
  const [tx, ty, side] = [top.x ?? x, top.y ?? y, top.side ?? colour];
  const low: Vec3[] = [
    [x[0], y[0], z[0]],
    [x[1], y[0], z[0]],
    [x[1], y[1], z[0]],
    [x[0], y[1], z[0]],
  ];
  const high: Vec3[] = [
    [tx[0], ty[0], z[1]],
    [tx[1], ty[0], z[1]],
    [tx[1], ty[1], z[1]],
    [tx[0], ty[1], z[1]],
  ];
  const walls = low.map((p, i) =>
    face([p, low[(i + 1) % 4] as Vec3, high[(i + 1) % 4] as Vec3, high[i] as Vec3], side),
  );
  return [...walls, face(high, colour)];
}

const BLACK: Colour = [34, 34, 36];
const GLASS: Colour = [52, 62, 70];
const SKINS: readonly Colour[] = [
  [196, 150, 116],
  [178, 132, 98],
  [208, 164, 130],
];

/** Wheel seen from both sides. */
function wheel(x: number, y: number, radius: number): FlatFace[] {
  const ring = Array.from({ length: 10 }, (_, i): Vec3 => {
    const a = (i * 2 * Math.PI) / 10;
    return [x + radius * Math.cos(a), y, radius + radius * Math.sin(a)];
  });
  const hub = ring.map((p): Vec3 => [x + (p[0] - x) * 0.5, y * 1.01, radius + (p[2] - radius) * 0.5]);
  const faces = [face(ring, BLACK), face(ring.toReversed(), BLACK)];
  return [...faces, face(hub, [150, 152, 156]), face(hub.toReversed(), [150, 152, 156])];
}

/** Round column or cone of eight sides. */
function round(x: number, y: number, z: Span, radius: Span, colour: Colour): FlatFace[] {
  const at = (r: number, height: number): Vec3[] =>
    Array.from({ length: 8 }, (_, i): Vec3 => [
      x + r * Math.cos((i * Math.PI) / 4),
      y + r * Math.sin((i * Math.PI) / 4),
      height,
    ]);
  const [low, high] = [at(radius[0], z[0]), at(radius[1], z[1])];
  const sides = low.map((p, i) =>
    face([p, low[(i + 1) % 8] as Vec3, high[(i + 1) % 8] as Vec3, high[i] as Vec3], colour),
  );
  return [...sides, face(high, colour)];
}

const CAR_COLOURS: readonly Colour[] = [
  [236, 236, 234],
  [226, 226, 228],
  [38, 40, 44],
  [150, 154, 160],
  [170, 28, 32],
  [34, 70, 130],
  [196, 190, 178],
  [92, 98, 104],
];

export function car(random: Random): Figure {
  const paint = pick(random, CAR_COLOURS);
  const taxi = random() < 0.12;
  const colour: Colour = taxi ? [22, 150, 110] : paint;
  const tall = random() < 0.4 ? 0.18 : 0;
  return [
    ...box([-2.05, 2.1], [-0.86, 0.86], [0.28, 0.82 + tall], colour, { x: [-2, 1.95], y: [-0.82, 0.82] }),
    ...box([-1.75, 1], [-0.8, 0.8], [0.82 + tall, 1.42 + tall], colour, {
      x: [-1.4, 0.35],
      y: [-0.66, 0.66],
      side: GLASS,
    }),
    ...box([2.02, 2.12], [-0.8, -0.45], [0.58, 0.74], [250, 248, 232]),
    ...box([2.02, 2.12], [0.45, 0.8], [0.58, 0.74], [250, 248, 232]),
    ...box([-2.1, -2], [-0.8, -0.5], [0.6, 0.82], [186, 26, 24]),
    ...box([-2.1, -2], [0.5, 0.8], [0.6, 0.82], [186, 26, 24]),
    ...box([-2.11, -2.02], [-0.25, 0.25], [0.5, 0.64], [240, 240, 236]),
    ...[-1.3, 1.32].flatMap((x) => [...wheel(x, 0.87, 0.32), ...wheel(x, -0.87, 0.32)]),
  ];
}

export function van(random: Random): Figure {
  const bus = random() < 0.5;
  const colour: Colour = bus
    ? pick(random, [
        [232, 190, 40],
        [36, 120, 70],
        [214, 60, 40],
      ])
    : pick(random, [
        [232, 232, 228],
        [60, 96, 150],
      ]);
  const long = bus ? 3.6 : 2.6;
  return [
    ...box([-long, long], [-1.02, 1.02], [0.4, 1.35], colour),
    ...box([-long, long], [-1.02, 1.02], [1.35, 2.1], bus ? GLASS : colour, { x: [-long, long - 0.25] }),
    ...box([-long, long - 0.25], [-1.02, 1.02], [2.1, bus ? 2.75 : 2.4], colour),
    ...box([long - 0.08, long + 0.02], [-0.9, 0.9], [1.3, 2], GLASS),
    ...[-long + 0.9, long - 0.9].flatMap((x) => [...wheel(x, 1.03, 0.42), ...wheel(x, -1.03, 0.42)]),
  ];
}

const SHIRTS: readonly Colour[] = [
  [210, 60, 56],
  [60, 96, 168],
  [236, 232, 224],
  [48, 52, 60],
  [92, 140, 92],
  [230, 180, 70],
  [170, 120, 170],
  [120, 170, 190],
];
const HELMETS: readonly Colour[] = [
  [220, 40, 40],
  [240, 240, 236],
  [40, 44, 52],
  [40, 100, 180],
  [240, 160, 50],
  [230, 130, 160],
];

function bike(colour: Colour): FlatFace[] {
  return [
    ...wheel(-0.6, 0.04, 0.28),
    ...wheel(0.62, 0.04, 0.28),
    ...box([-0.75, 0.3], [-0.12, 0.12], [0.34, 0.72], colour, { x: [-0.8, 0.1] }),
    ...box([0.3, 0.52], [-0.16, 0.16], [0.34, 0.98], colour, { x: [0.34, 0.44], y: [-0.1, 0.1] }),
    ...box([-0.7, 0], [-0.13, 0.13], [0.72, 0.8], BLACK),
    ...box([0.3, 0.4], [-0.34, 0.34], [0.96, 1.02], BLACK),
    ...box([-0.84, -0.76], [-0.08, 0.08], [0.58, 0.7], [190, 26, 24]),
  ];
}

export const parkedBike = (random: Random): Figure => bike(pick(random, CAR_COLOURS));

function helmet(x: number, colour: Colour): FlatFace[] {
  return [...round(x, 0, [1.46, 1.58], [0.14, 0.14], colour), ...round(x, 0, [1.58, 1.67], [0.14, 0.07], colour)];
}

function riderAt(x: number, random: Random): FlatFace[] {
  const shirt = pick(random, SHIRTS);
  return [
    ...box([x - 0.16, x + 0.3], [-0.22, 0.22], [0.62, 0.84], [54, 58, 74]),
    ...box([x + 0.2, x + 0.34], [-0.22, -0.1], [0.28, 0.7], [54, 58, 74]),
    ...box([x + 0.2, x + 0.34], [0.1, 0.22], [0.28, 0.7], [54, 58, 74]),
    ...box([x - 0.2, x + 0.1], [-0.21, 0.21], [0.8, 1.36], shirt, { x: [x - 0.12, x + 0.1], y: [-0.19, 0.19] }),
    ...round(x + 0.02, 0, [1.36, 1.5], [0.1, 0.1], pick(random, SKINS)),
    ...helmet(x + 0.02, pick(random, HELMETS)),
  ];
}

export function motorbike(random: Random): Figure {
  const pillion = random() < 0.28;
  const arms = box([0, 0.42], [-0.28, 0.28], [1, 1.16], pick(random, SKINS), { x: [0.1, 0.42] });
  const load =
    random() < 0.15
      ? box(
          [-0.95, -0.4],
          [-0.3, 0.3],
          [0.8, 1.3],
          pick(random, [
            [190, 150, 90],
            [200, 60, 40],
          ]),
        )
      : [];
  return [
    ...bike(pick(random, CAR_COLOURS)),
    ...riderAt(-0.12, random),
    ...(pillion ? riderAt(-0.58, random) : load),
    ...arms,
  ];
}

/** Somebody on foot; `swing` in -1..1 is where the legs are. */
export function walker(random: Random): (swing: number) => Figure {
  const [shirt, skin] = [pick(random, SHIRTS), pick(random, SKINS)];
  const trousers = pick(random, [
    [52, 56, 70],
    [88, 76, 66],
    [120, 120, 124],
    [40, 44, 48],
  ] as const);
  const tall = between(random, 0.92, 1.06);
  const hat = random() < 0.35;
  return (swing) => {
    const leg = (y: number, s: number): FlatFace[] =>
      box([-0.08 + 0.26 * s, 0.08 + 0.26 * s], [y - 0.08, y + 0.08], [0, 0.8 * tall], trousers, { x: [-0.08, 0.08] });
    const arm = (y: number, s: number): FlatFace[] =>
      box([-0.05 + 0.2 * s, 0.06 + 0.2 * s], [y - 0.05, y + 0.05], [0.75 * tall, 1.36 * tall], shirt, {
        x: [-0.05, 0.06],
      });
    return [
      ...leg(0.1, swing),
      ...leg(-0.1, -swing),
      ...arm(0.26, -swing),
      ...arm(-0.26, swing),
      ...box([-0.12, 0.12], [-0.2, 0.2], [0.78 * tall, 1.4 * tall], shirt, { x: [-0.1, 0.1], y: [-0.18, 0.18] }),
      ...round(0, 0, [1.4 * tall, 1.62 * tall], [0.1, 0.11], skin),
      ...(hat
        ? round(0, 0, [1.58 * tall, 1.76 * tall], [0.25, 0.01], [226, 206, 150])
        : round(0.0, 0, [1.57 * tall, 1.66 * tall], [0.125, 0.09], [32, 28, 26])),
    ];
  };
}

/** Faces of a figure that stands at a place and looks along a way. */
export function placed(figure: Figure, [e, n]: Local, [wx, wy]: Local): FlatFace[] {
  const turn = ([x, y, z]: Vec3): Vec3 => [x * wx - y * wy, x * wy + y * wx, z];
  return figure.map(({ ring, normal, colour }) => ({
    ring: ring.map((p): Vec3 => {
      const [x, y, z] = turn(p);
      return [e + x, n + y, z];
    }),
    normal: turn(normal),
    colour,
  }));
}
