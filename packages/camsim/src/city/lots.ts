// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Local } from '@louver/sightline';
import { BLOCKS, type BlockUse, type PlanArea, type PlanStreet, type StreetClass } from './plan.ts';
import { bent, blockRing } from './grid.ts';
import { Ground } from './ground.ts';
import { add, along, direction, leftOf, lengthOf, lot, middle } from './plane.ts';
import { type Random, between, seeded } from './random.ts';

export type DemoUse =
  | 'house'
  | 'shop-house'
  | 'apartments'
  | 'hotel'
  | 'office'
  | 'retail'
  | 'industrial'
  | 'school'
  | 'hospital'
  | 'worship'
  | 'public'
  | 'police';

export interface PlanBuilding {
  readonly use: DemoUse;
  readonly name: string | null;
  /** Metres. */
  readonly height: number;
  /** Counter-clockwise, open; the first edge is the front. */
  readonly ring: readonly Local[];
  /** Kept first when there are more lots than houses. */
  readonly rank: number;
}

const STOREY_M = 3.3;
const storeys = (n: number): number => Math.round(n * STOREY_M * 10) / 10 + 0.8;

/** Slow waves over the town: where it is dense and where gardens are left. */
const density = ([e, n]: Local): number =>
  Math.sin(e / 61 + 1) * Math.cos(n / 47) + 0.6 * Math.sin(e / 23 + n / 31) - Math.hypot(e, n) / 420;

const RANK: Record<StreetClass, number> = { arterial: 2.6, collector: 1.6, street: 0.9, alley: 0.7 };

interface HouseKind {
  readonly use: DemoUse;
  readonly width: number;
  readonly depth: number;
  readonly height: number;
}

function houseKind(random: Random, kind: StreetClass): HouseKind {
  const roll = random();
  const tube = (use: DemoUse, low: number, high: number): HouseKind => ({
    use,
    width: between(random, 4.2, 6),
    depth: between(random, 12, 19),
    height: storeys(Math.round(between(random, low, high))),
  });
  if (kind === 'alley') return { ...tube('house', 1, 3), depth: between(random, 9, 13) };
  if (kind === 'street') {
    if (roll < 0.16) return { use: 'house', width: between(random, 8, 11), depth: 13, height: storeys(2) };
    return tube(roll < 0.3 ? 'shop-house' : 'house', 1, 4);
  }
  if (kind === 'collector') {
    if (roll < 0.05) return { use: 'retail', width: 9, depth: 15, height: storeys(1) };
    return tube(roll < 0.55 ? 'shop-house' : 'house', 2, 4);
  }
  if (roll < 0.07) return { use: 'office', width: 14, depth: 18, height: storeys(Math.round(between(random, 5, 9))) };
  if (roll < 0.11) return { use: 'hotel', width: 11, depth: 18, height: storeys(Math.round(between(random, 6, 9))) };
  if (roll < 0.17) return { use: 'retail', width: 10, depth: 17, height: storeys(2) };
  return tube('shop-house', 3, 5);
}

function housesAlong(street: PlanStreet, ground: Ground, random: Random): PlanBuilding[] {
  const found: PlanBuilding[] = [];
  const length = lengthOf(street.line);
  for (const side of [1, -1]) {
    let kind = houseKind(random, street.class);
    for (let at = kind.width / 2; at < length - kind.width / 2;) {
      const { at: on, way } = along(street.line, at);
      const left = leftOf(way);
      const outward: Local = [left[0] * side, left[1] * side];
      const setback = street.width / 2 + street.pavement + (street.class === 'street' ? 0.6 : 0.2);
      const ring = lot(add(on, outward, setback), outward, kind.width, kind.depth);
      if (!ground.isFree(ring, street)) {
        at += 0.8;
        continue;
      }
      ground.take(ring);
      const rank = RANK[street.class] + density(on) + 0.25 * random();
      found.push({ use: kind.use, name: null, height: kind.height, ring, rank });
      const gap = random() < 0.12 ? between(random, 1.5, 5) : 0.06;
      const next = houseKind(random, street.class);
      at += kind.width / 2 + gap + next.width / 2;
      kind = next;
    }
  }
  return found;
}

/** Buildings of one block in its own axes: x, y from the middle towards the right and the back, width, depth, height. */
type Sketch = readonly [
  use: DemoUse,
  name: string | null,
  x: number,
  y: number,
  width: number,
  depth: number,
  height: number,
];

const SKETCHES: Partial<Record<BlockUse, readonly Sketch[]>> = {
  square: [
    ['public', 'UBND Phường Hoa Sữa', -12, 16, 26, 11, 11.5],
    ['police', 'Công an Phường Hoa Sữa', 20, 16, 17, 11, 10],
  ],
  school: [
    ['school', 'Trường học', 0, 12, 50, 10, 11.2],
    ['school', null, -27, -9, 9, 28, 7.6],
  ],
  market: [
    ['retail', 'Chợ Mai', 0, -4, 44, 30, 8.5],
    ['retail', null, -18, 29, 14, 6, 4.2],
    ['retail', null, 2, 29, 14, 6, 4.2],
    ['retail', null, 22, 29, 14, 6, 4.2],
  ],
  hospital: [
    ['hospital', 'Bệnh viện Suối Gió', 0, 10, 54, 14, 17.5],
    ['hospital', null, 20, -13, 18, 16, 8],
  ],
  worship: [
    ['worship', 'Chùa Đồi Thông', 0, 4, 19, 16, 9.5],
    ['worship', null, 20, 10, 7, 7, 13],
  ],
  apartments: [
    ['apartments', 'Chung cư Cà Phê A', 0, -24, 52, 12, 21],
    ['apartments', 'Chung cư Cà Phê B', 0, -2, 52, 12, 24.3],
    ['apartments', 'Chung cư Cà Phê C', 0, 20, 52, 12, 17.7],
  ],
  offices: [
    ['public', 'UBND phường', -14, 10, 26, 12, 11.5],
    ['police', 'Công an phường', 20, 10, 17, 12, 10],
    ['office', 'Bưu điện', 16, -14, 20, 12, 8],
  ],
  warehouses: [
    ['industrial', 'Kho cà phê 1', -16, 14, 34, 20, 9],
    ['industrial', 'Kho cà phê 2', 22, 14, 30, 20, 8],
    ['industrial', 'Xưởng sấy', 0, -14, 46, 18, 10],
  ],
};

/** Buildings that a town has few of, each on a block of its own, the front towards the block's lower street. */
function landmarks(ground: Ground): PlanBuilding[] {
  const found: PlanBuilding[] = [];
  for (const [key, use] of BLOCKS) {
    const [u, v] = key.split(',').map(Number) as [number, number];
    const centre = middle(blockRing(u, v, 0.1));
    const right = direction(bent(u, v + 0.5), bent(u + 1, v + 0.5));
    const back = leftOf(right);
    for (const [kind, name, x, y, width, depth, height] of SKETCHES[use] ?? []) {
      const ring = lot(add(add(centre, right, x), back, y - depth / 2), back, width, depth);
      found.push({ use: kind, name, height, ring, rank: Number.POSITIVE_INFINITY });
    }
    // Nothing else is built on such a block.
    ground.take(blockRing(u, v, 0.1));
  }
  return found;
}

const CLASSES: readonly StreetClass[] = ['arterial', 'collector', 'street', 'alley'];

/** Exactly `count` buildings: landmarks, then houses where the town is densest. */
export function planBuildings(
  streets: readonly PlanStreet[],
  areas: readonly PlanArea[],
  count: number,
  seed: number,
): PlanBuilding[] {
  const ground = new Ground(streets, areas);
  const random = seeded(seed);
  const all = landmarks(ground);
  for (const kind of CLASSES) {
    for (const street of streets) {
      if (street.class === kind && !street.roundabout) all.push(...housesAlong(street, ground, random));
    }
  }
  return all.toSorted((a, b) => b.rank - a.rank).slice(0, count);
}
