// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Local } from '@louver/sightline';
import { COLUMNS, ROWS, bent } from './grid.ts';
import type { PlanBuilding } from './lots.ts';
import { BLOCKS, type PlanStreet, ROUNDABOUT } from './plan.ts';
import { add, along, bearingOf, direction, distance, distanceToLine, leftOf, lengthOf } from './plane.ts';
import { type Random, between } from './random.ts';

/** Why a camera is where it is; decides who owns it and what the register says. */
export type SpotKind =
  | 'junction'
  | 'road'
  | 'alley'
  | 'school'
  | 'market'
  | 'hospital'
  | 'office'
  | 'police'
  | 'park'
  | 'worship'
  | 'apartments'
  | 'warehouse'
  | 'porch'
  | 'shop';

/** A camera before it has papers. Metres, degrees. */
export interface Spot {
  readonly kind: SpotKind;
  readonly name: string;
  readonly at: Local;
  readonly heading: number;
  readonly tilt: number;
  readonly hfov: number;
  readonly height: number;
  readonly range: number;
}

const bare = (name: string): string => name.replace(/^(Đường|Đại lộ) /, '');

function nearestStreet(streets: readonly PlanStreet[], to: Local): PlanStreet {
  let best = streets[0] as PlanStreet;
  let least = Number.POSITIVE_INFINITY;
  for (const street of streets) {
    const d = distanceToLine(to, street.line) - street.width / 2;
    if (d < least) [best, least] = [street, d];
  }
  return best;
}

function junctions(streets: readonly PlanStreet[], random: Random): Spot[] {
  const rows = Array.from(
    { length: ROWS + 1 },
    (_, v) => streets.find((s) => s.id.startsWith(`s-r${v}`)) as PlanStreet,
  );
  const columns = Array.from(
    { length: COLUMNS + 1 },
    (_, u) => streets.find((s) => s.id.startsWith(`s-c${u}`)) as PlanStreet,
  );
  return columns.flatMap((column, u) =>
    rows.flatMap((row, v) => {
      const centre = bent(u, v);
      const turning = u === ROUNDABOUT.u && v === ROUNDABOUT.v;
      const weight = [row, column].filter((s) => s.class !== 'street').length;
      const count = turning ? 6 : 1 + weight + (random() < 0.3 ? 1 : 0);
      const reach = turning ? ROUNDABOUT.radius + 11 : Math.hypot(row.width / 2 + 1, column.width / 2 + 1);
      const east = bearingOf(direction(centre, bent(u + 0.1, v)));
      return Array.from({ length: count }, (_, i): Spot => {
        // Corners lie between the arms, at odd multiples of 45 degrees from the row's own way.
        const corner = ((east + 45 + (turning ? (i * 360) / count : i * 90)) * Math.PI) / 180;
        const at = add(centre, [Math.sin(corner), Math.cos(corner)], reach);
        const heading = (bearingOf(direction(at, centre)) + between(random, -14, 14) + 360) % 360;
        const name = turning
          ? `Bùng binh Hoa Gió ${i + 1}`
          : `Ngã tư ${bare(row.name)} – ${bare(column.name)} ${i + 1}`;
        return { kind: 'junction', name, at, heading, tilt: -18, hfov: 78, height: between(random, 6, 8), range: 70 };
      });
    }),
  );
}

/** On a pole at the kerb (or so many metres beyond it), looking along the street. */
export function kerbside(
  street: PlanStreet,
  metres: number,
  side: 1 | -1,
  back: boolean,
  beyondKerb = street.class === 'alley' ? -0.2 : 0.6,
): { at: Local; heading: number } {
  const { at, way } = along(street.line, metres);
  const left = leftOf(way);
  const place = add(at, left, side * (street.width / 2 + beyondKerb));
  // Turned a little towards the middle of the road.
  const inwards = (side === 1 ? 1 : -1) * (back ? -1 : 1) * 9;
  return { at: place, heading: (bearingOf(way) + (back ? 180 : 0) + inwards + 360) % 360 };
}

function roads(streets: readonly PlanStreet[], random: Random): Spot[] {
  return streets.flatMap((street) => {
    if (street.roundabout || (street.class === 'street' && random() < 0.3)) return [];
    const step = { arterial: 70, collector: 110, street: 260, alley: 75 }[street.class];
    const length = lengthOf(street.line);
    const count = Math.max(1, Math.floor(length / step));
    return Array.from({ length: count }, (_, i): Spot => {
      const alley = street.class === 'alley';
      const metres = Math.min(length - 2, (i + (alley ? 0.12 : 0.5)) * (length / count));
      const { at, heading } = kerbside(street, metres, i % 2 ? -1 : 1, !alley && random() < 0.5);
      const height = alley ? between(random, 3.4, 4.2) : between(random, 5, 7);
      const name = `${street.name}${count > 1 ? ` – cột ${i + 1}` : ''}`;
      return {
        kind: alley ? 'alley' : 'road',
        name,
        at,
        heading,
        tilt: alley ? -14 : -12,
        hfov: alley ? 84 : 72,
        height,
        range: alley ? 35 : 80,
      };
    });
  });
}

const KIND_OF_USE: Partial<Record<PlanBuilding['use'], { kind: SpotKind; count: number }>> = {
  school: { kind: 'school', count: 2 },
  hospital: { kind: 'hospital', count: 4 },
  public: { kind: 'office', count: 3 },
  police: { kind: 'police', count: 3 },
  worship: { kind: 'worship', count: 2 },
  apartments: { kind: 'apartments', count: 4 },
  industrial: { kind: 'warehouse', count: 2 },
};

/** On the walls of landmarks: the front first, then round the corners. */
function premises(buildings: readonly PlanBuilding[]): Spot[] {
  return buildings.flatMap((building) => {
    const known = building.name === 'Chợ Mai' ? { kind: 'market' as const, count: 8 } : KIND_OF_USE[building.use];
    if (!known || building.rank !== Number.POSITIVE_INFINITY) return [];
    return Array.from({ length: known.count }, (_, i): Spot => {
      const n = building.ring.length;
      const [a, b] = [building.ring[i % n] as Local, building.ring[(i + 1) % n] as Local];
      const out = leftOf(direction(b, a));
      const at = add(add(a, [b[0] - a[0], b[1] - a[1]], i < n ? 0.5 : 0.85), out, 0.3);
      const height = Math.min(5, building.height - 0.5);
      const name = `${building.name ?? 'Dãy nhà phụ'} – ${i === 0 ? 'mặt trước' : `góc ${i}`}`;
      return { kind: known.kind, name, at, heading: bearingOf(out), tilt: -20, hfov: 88, height, range: 40 };
    });
  });
}

function parks(): Spot[] {
  return [...BLOCKS].flatMap(([key, use]) => {
    if (use !== 'lake' && use !== 'park' && use !== 'square') return [];
    const [u, v] = key.split(',').map(Number) as [number, number];
    const centre = bent(u + 0.5, v + 0.5);
    const corners: Local[] = [
      [0.14, 0.14],
      [0.86, 0.14],
      [0.86, 0.86],
      [0.14, 0.86],
    ];
    return corners.map(([x, y], i): Spot => {
      const at = bent(u + x, v + y);
      const name = `${{ lake: 'Công viên Hồ Gương', park: 'Vườn hoa Cà Phê', square: 'Quảng trường Hoa Sữa' }[use]} ${i + 1}`;
      return {
        kind: 'park',
        name,
        at,
        heading: bearingOf(direction(at, centre)),
        tilt: -12,
        hfov: 80,
        height: 5.5,
        range: 70,
      };
    });
  });
}

/** Private cameras over a front door, looking out to the street and across it. */
function porches(buildings: readonly PlanBuilding[], streets: readonly PlanStreet[], random: Random): Spot[] {
  return buildings
    .filter((b) => (b.use === 'house' || b.use === 'shop-house') && random() < 0.16)
    .map((building): Spot => {
      const [a, b] = [building.ring[0] as Local, building.ring[1] as Local];
      const out = leftOf(direction(b, a));
      const at = add(add(a, [b[0] - a[0], b[1] - a[1]], 0.5), out, 0.25);
      const shop = building.use === 'shop-house';
      const name = `${shop ? 'Cửa hàng' : 'Nhà dân'} số ${1 + Math.floor(random() * 180)} ${bare(nearestStreet(streets, at).name)}`;
      const heading = (bearingOf(out) + between(random, -30, 30) + 360) % 360;
      return { kind: shop ? 'shop' : 'porch', name, at, heading, tilt: -16, hfov: 92, height: 2.9, range: 25 };
    });
}

/** More spots than a town needs, the most public ones first. */
export function planSpots(buildings: readonly PlanBuilding[], streets: readonly PlanStreet[], random: Random): Spot[] {
  return [
    ...premises(buildings),
    ...parks(),
    ...junctions(streets, random),
    ...roads(streets, random),
    ...porches(buildings, streets, random),
  ];
}

/** Drops spots that stand within `metres` of an earlier one. */
export function spaced(spots: readonly Spot[], metres: number): Spot[] {
  const kept: Spot[] = [];
  for (const spot of spots) if (kept.every((k) => distance(k.at, spot.at) >= metres)) kept.push(spot);
  return kept;
}
