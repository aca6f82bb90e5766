// SPDX-License-Identifier: AGPL-3.0-or-later
// The fourteen cameras that stream: hand-placed, because a picture that somebody watches must be worth watching.
import type { Local } from '@louver/sightline';
import { bent } from './grid.ts';
import type { PlanStreet } from './plan.ts';
import { bearingOf, direction, distance } from './plane.ts';
import { type Spot, type SpotKind, kerbside } from './spots.ts';

export type ShotScene =
  | 'homes'
  | 'junction'
  | 'roundabout'
  | 'market'
  | 'school'
  | 'alley'
  | 'hospital'
  | 'park'
  | 'river'
  | 'avenue';

/** `at`: a street and a point near it, in grid coordinates; `to`: what it looks at, likewise. */
interface Shot {
  readonly scene: ShotScene;
  readonly kind: SpotKind;
  readonly name: string;
  readonly street: string;
  readonly at: Local;
  readonly side: 1 | -1;
  readonly to: Local;
  readonly height: number;
  readonly tilt: number;
  readonly hfov: number;
}

const SHOTS: readonly Shot[] = [
  {
    scene: 'homes',
    kind: 'road',
    name: 'Đại lộ Gió Ngàn – dãy nhà phố',
    street: 's-c4-1',
    at: [4, 0.35],
    side: -1,
    to: [3.96, 1.4],
    height: 6,
    tilt: -9,
    hfov: 74,
  },
  {
    scene: 'homes',
    kind: 'road',
    name: 'Đường Đất Đỏ – khu nhà ở',
    street: 's-c5',
    at: [5, 5.16],
    side: 1,
    to: [5.015, 5.8],
    height: 5.2,
    tilt: -7,
    hfov: 82,
  },
  {
    scene: 'homes',
    kind: 'road',
    name: 'Đường Bến Gió – trước dãy nhà',
    street: 's-r1',
    at: [2.1, 1],
    side: -1,
    to: [2.7, 1.08],
    height: 5,
    tilt: -7,
    hfov: 84,
  },
  {
    scene: 'homes',
    kind: 'porch',
    name: 'Nhà dân Đường Lưng Đồi',
    street: 's-r5',
    at: [3.15, 5],
    side: 1,
    to: [3.5, 4.8],
    height: 3.4,
    tilt: -6,
    hfov: 88,
  },
  {
    scene: 'homes',
    kind: 'road',
    name: 'Đường Thông Reo – khu dân cư',
    street: 's-r6',
    at: [5.92, 6],
    side: 1,
    to: [5.2, 6.005],
    height: 5.4,
    tilt: -7,
    hfov: 80,
  },
  {
    scene: 'homes',
    kind: 'road',
    name: 'Đường Sao Khuê – nhà ống',
    street: 's-c3',
    at: [3, 0.42],
    side: -1,
    to: [2.985, 1.1],
    height: 5.2,
    tilt: -8,
    hfov: 78,
  },
  {
    scene: 'alley',
    kind: 'alley',
    name: 'Hẻm Nắng Mai – giữa hẻm',
    street: 's-a64',
    at: [6.5, 4.6],
    side: 1,
    to: [6.47, 4.1],
    height: 3.8,
    tilt: -9,
    hfov: 86,
  },
  {
    scene: 'roundabout',
    kind: 'junction',
    name: 'Bùng binh Hoa Gió',
    street: 's-roundabout',
    at: [4.26, 2.74],
    side: -1,
    to: [3.93, 3.08],
    height: 8.5,
    tilt: -17,
    hfov: 84,
  },
  {
    scene: 'junction',
    kind: 'junction',
    name: 'Ngã tư Hoa Sữa – Cà Phê',
    street: 's-r3-1',
    at: [1.16, 3],
    side: 1,
    to: [0.9, 2.98],
    height: 8,
    tilt: -16,
    hfov: 82,
  },
  {
    scene: 'market',
    kind: 'market',
    name: 'Chợ Mai – cổng chính',
    street: 's-r2',
    at: [2.18, 2],
    side: -1,
    to: [2.6, 2.22],
    height: 5.6,
    tilt: -9,
    hfov: 82,
  },
  {
    scene: 'school',
    kind: 'school',
    name: 'Trường học Nắng Mai – cổng trường',
    street: 's-r4',
    at: [1.12, 4],
    side: -1,
    to: [1.6, 4.3],
    height: 5.4,
    tilt: -8,
    hfov: 80,
  },
  {
    scene: 'hospital',
    kind: 'hospital',
    name: 'Bệnh viện Suối Gió – cổng',
    street: 's-r2',
    at: [5.1, 2],
    side: -1,
    to: [5.6, 2.35],
    height: 5.8,
    tilt: -7,
    hfov: 80,
  },
  {
    scene: 'river',
    kind: 'road',
    name: 'Đường Bờ Suối – bờ kè',
    street: 's-r0',
    at: [1.75, 0],
    side: 1,
    to: [2.5, -0.12],
    height: 6.2,
    tilt: -10,
    hfov: 80,
  },
  {
    scene: 'park',
    kind: 'park',
    name: 'Công viên Hồ Gương – bờ hồ',
    street: 's-r5',
    at: [6.1, 5],
    side: 1,
    to: [6.55, 5.42],
    height: 6.4,
    tilt: -11,
    hfov: 84,
  },
];

export interface ShotSpot extends Spot {
  readonly scene: ShotScene;
}

/** Beyond the kerb of an ordinary street: under the eaves of the first row. */
const ON_THE_WALL_M = 2.9;

function metresAlong(street: PlanStreet, to: Local): number {
  let [best, walked, at] = [Number.POSITIVE_INFINITY, 0, 0];
  street.line.forEach((p, i) => {
    const from = street.line[i - 1] ?? p;
    const d = distance(from, p);
    // Quarters of a segment are a few metres: near enough for a pole.
    for (let s = 0; s <= 1; s += 0.125) {
      const q: Local = [from[0] + (p[0] - from[0]) * s, from[1] + (p[1] - from[1]) * s];
      if (distance(q, to) < best) [best, at] = [distance(q, to), walked + d * s];
    }
    walked += d;
  });
  return at;
}

export function shotSpots(streets: readonly PlanStreet[]): ShotSpot[] {
  return SHOTS.map(({ street: id, at: near, side, to, ...shot }) => {
    const street = streets.find((s) => s.id === id);
    if (!street) throw new Error(`couldn't place ${shot.name}: no street ${id}`);
    const { at } = kerbside(
      street,
      metresAlong(street, bent(...near)),
      side,
      false,
      shot.kind === 'porch' ? ON_THE_WALL_M : undefined,
    );
    return { ...shot, at, heading: bearingOf(direction(at, bent(...to))), range: 90 };
  });
}
