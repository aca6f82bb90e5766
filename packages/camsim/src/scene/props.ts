// SPDX-License-Identifier: AGPL-3.0-or-later
// Trees, poles, cables and parked motorbikes: what makes a street look lived in.
import { type Local, type Vec3, contains } from '@louver/sightline';
import { add, distance, distanceToLine, leftOf, direction } from '../city/plane.ts';
import { type Random, between, pick, seeded } from '../city/random.ts';
import { type FlatFace, parkedBike, placed } from './figures.ts';
import type { SceneBuilding } from './houses.ts';
import { smooth } from './noise.ts';
import { type SceneArea, type SceneStreet, steps } from './roads.ts';
import { type Colour, type Leaves, type Paint, type Surface, put } from './surface.ts';
import { normalOf } from './view.ts';

export interface Props {
  readonly surfaces: readonly Surface[];
  readonly leaves: readonly Leaves[];
}

const REACH_M = 130;
/** Nothing grows or stands right before the lens. */
const CLEAR_M = 9;
const GREENS: readonly Colour[] = [
  [74, 112, 48],
  [92, 128, 56],
  [62, 98, 52],
  [108, 134, 62],
];
const PINE: Colour = [52, 84, 54];

const plainPaint =
  (colour: Colour): Paint =>
  (s) =>
    put(s, colour, 0.88 + 0.24 * smooth(s.east * 3 + s.north * 2, s.up * 1.3));

const surfaceOf = ({ ring, normal, colour }: FlatFace): Surface => ({
  rings: [ring],
  normal,
  paint: plainPaint(colour),
  building: -1,
});

/** Thin square column. */
function post([e, n]: Local, half: number, [low, high]: readonly [number, number], colour: Colour): Surface[] {
  const ring: Local[] = [
    [e - half, n - half],
    [e + half, n - half],
    [e + half, n + half],
    [e - half, n + half],
  ];
  return ring.map(([x1, y1], i): Surface => {
    const [x2, y2] = ring[(i + 1) % 4] as Local;
    const side: Vec3[] = [
      [x1, y1, low],
      [x2, y2, low],
      [x2, y2, high],
      [x1, y1, high],
    ];
    const normal = normalOf(side);
    const length = Math.hypot(...normal);
    return {
      rings: [side],
      normal: [normal[0] / length, normal[1] / length, 0],
      paint: plainPaint(colour),
      building: -1,
    };
  });
}

interface Tree {
  readonly at: Local;
  readonly height: number;
  readonly pine: boolean;
}

function plant({ at, height, pine }: Tree, random: Random, into: { surfaces: Surface[]; leaves: Leaves[] }): void {
  into.surfaces.push(...post(at, pine ? 0.14 : 0.11, [0, height * 0.7], [96, 78, 62]));
  const colour = pine ? PINE : pick(random, GREENS);
  const clumps = pine ? 6 : 11;
  for (let i = 0; i < clumps; i++) {
    const share = i / (clumps - 1);
    const angle = i * 2.4 + random();
    const spread = pine ? 0.5 * (1 - share) : height * 0.19 * Math.sqrt(random());
    const up = pine ? height * (0.4 + 0.58 * share) : height * between(random, 0.56, 0.92);
    const radius = pine ? Math.max(0.4, height * 0.13 * (1.15 - share)) : height * between(random, 0.1, 0.17);
    const centre: Vec3 = [at[0] + spread * Math.cos(angle), at[1] + spread * Math.sin(angle), up];
    into.leaves.push({ centre, radius, colour, seed: Math.floor(random() * 200) });
  }
}

interface Surroundings {
  readonly streets: readonly SceneStreet[];
  readonly areas: readonly SceneArea[];
  readonly buildings: readonly SceneBuilding[];
}

function isOpen(at: Local, { streets, areas, buildings }: Surroundings, margin: number): boolean {
  if (Math.hypot(...at) < CLEAR_M) return false;
  if (buildings.some(({ ring }) => distance(ring[0] as Local, at) < 60 && contains(ring, at))) return false;
  if (areas.some((a) => a.kind === 'water' && contains(a.ring, at))) return false;
  return streets.every((s) => distanceToLine(at, s.line) > s.width / 2 + s.pavement + margin);
}

/** Gardens and woods, on a jittered square grid. */
function wildTrees(around: Surroundings, ahead: Local, random: Random): Tree[] {
  const trees: Tree[] = [];
  const step = 7;
  for (let e = -REACH_M; e <= REACH_M; e += step) {
    for (let n = -REACH_M; n <= REACH_M; n += step) {
      const at: Local = [e + between(random, 0, step), n + between(random, 0, step)];
      const [chance, height] = [random(), between(random, 3.2, 8)];
      if (at[0] * ahead[0] + at[1] * ahead[1] < 0 || Math.hypot(...at) > REACH_M) continue;
      const area = around.areas.find((a) => contains(a.ring, at));
      const wanted = area ? { forest: 0.85, park: 0.28, farmland: 0.04, water: 0, square: 0.05 }[area.kind] : 0.34;
      if (chance < wanted && isOpen(at, around, 1.5))
        trees.push({ at, height: height * (area?.kind === 'forest' ? 1.7 : 1), pine: area?.kind === 'forest' });
    }
  }
  return trees;
}

function streetTrees({ streets, buildings }: Surroundings, random: Random): Tree[] {
  return streets
    .filter((s) => !s.roundabout && s.class !== 'alley')
    .flatMap((street) =>
      [...steps(street.line, street.class === 'street' ? 15 : 11, 5)].flatMap(({ at, way }) =>
        [1, -1].flatMap((side): Tree[] => {
          const place = add(at, leftOf(way), side * (street.width / 2 + 0.9));
          const skip = random() < 0.45 || Math.hypot(...place) < CLEAR_M * 1.6 || Math.hypot(...place) > REACH_M;
          const crossing = streets.some((o) => o !== street && distanceToLine(place, o.line) < o.width / 2 + 3);
          if (skip || crossing || buildings.some(({ ring }) => contains(ring, place))) return [];
          return [{ at: place, height: between(random, 4, 6.5), pine: false }];
        }),
      ),
    );
}

/** A hanging cable as thin upright ribbons. */
function cable(a: Vec3, b: Vec3, sag: number, thickness: number): Surface[] {
  const steps_ = 6;
  const at = (i: number): Vec3 => {
    const s = i / steps_;
    return [a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s, a[2] + (b[2] - a[2]) * s - 4 * sag * s * (1 - s)];
  };
  const across = leftOf(direction([a[0], a[1]], [b[0], b[1]]));
  return Array.from({ length: steps_ }, (_, i): Surface => {
    const [p, q] = [at(i), at(i + 1)];
    const ring: Vec3[] = [p, q, [q[0], q[1], q[2] + thickness], [p[0], p[1], p[2] + thickness]];
    return {
      rings: [ring],
      normal: [across[0], across[1], 0],
      paint: plainPaint([44, 44, 46]),
      building: -1,
      flat: true,
    };
  });
}

function polesAndCables(streets: readonly SceneStreet[], random: Random): Surface[] {
  return streets.flatMap((street) => {
    if (street.roundabout) return [];
    const off = street.width / 2 + (street.class === 'alley' ? 0.1 : 0.5);
    const poles = [...steps(street.line, 33, 11)]
      .map(({ at, way }) => add(at, leftOf(way), -off))
      .filter((p) => Math.hypot(...p) > CLEAR_M && Math.hypot(...p) < REACH_M)
      .filter((p) => streets.every((o) => o === street || distanceToLine(p, o.line) > o.width / 2 + 0.3));
    return poles.flatMap((at, i) => {
      const before = poles[i - 1];
      const wires =
        before && distance(before, at) < 40 && distanceToLine([0, 0], [before, at]) > CLEAR_M
          ? [8.1, 7.6, 6.3, 6.15, 5.95].flatMap((up) =>
              cable(
                [before[0], before[1], up],
                [at[0], at[1], up],
                between(random, 0.3, 0.9),
                up > 7 ? 0.025 : between(random, 0.035, 0.09),
              ),
            )
          : [];
      return [
        ...post(at, 0.13, [0, 8.4], [150, 148, 142]),
        ...post(add(at, [0.16, 0]), 0.16, [5.6, 6.5], [92, 96, 98]),
        ...wires,
      ];
    });
  });
}

function parked(buildings: readonly SceneBuilding[], random: Random): Surface[] {
  return buildings.flatMap(({ ring, use }) => {
    const [a, b] = [ring[0] as Local, ring[1] as Local];
    if (use !== 'shop-house' && use !== 'retail' && random() > 0.25) return [];
    if (Math.hypot(...a) > 70) return [];
    const [way, width] = [direction(a, b), distance(a, b)];
    const out = leftOf(direction(b, a));
    const faces: FlatFace[] = [];
    for (let u = 0.5; u < Math.min(width, 12) - 0.4; u += 0.62) {
      const bike = parkedBike(random);
      const turn = between(random, -0.25, 0.25);
      const at = add(add(a, way, u), out, 1.15);
      if (random() < 0.42 && Math.hypot(...at) > 4) faces.push(...placed(bike, at, add(out, way, turn)));
    }
    return faces.map(surfaceOf);
  });
}

/** `ahead` is the camera's way on the ground; nothing behind it is made. */
export function streetProps(around: Surroundings, ahead: Local, seed: number): Props {
  const into = { surfaces: [] as Surface[], leaves: [] as Leaves[] };
  for (const tree of [...streetTrees(around, seeded(seed)), ...wildTrees(around, ahead, seeded(seed + 1))]) {
    plant(tree, seeded(Math.round(tree.at[0] * 31 + tree.at[1] * 17)), into);
  }
  into.surfaces.push(
    ...polesAndCables(around.streets, seeded(seed + 2)),
    ...parked(around.buildings, seeded(seed + 3)),
  );
  return into;
}
