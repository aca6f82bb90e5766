// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Local } from '@louver/sightline';
import { COLUMNS, ROWS, bent, bentLine, bentRing, blockRing } from './grid.ts';
import { distance, shrink } from './plane.ts';
import { type Random } from './random.ts';
import { ALLEY_NAMES, COLUMN_NAMES, ROW_NAMES } from './names.ts';

export type StreetClass = 'arterial' | 'collector' | 'street' | 'alley';

export interface PlanStreet {
  readonly id: string;
  readonly name: string;
  readonly class: StreetClass;
  readonly roundabout: boolean;
  /** Carriageway and one pavement, metres. */
  readonly width: number;
  readonly pavement: number;
  readonly line: readonly Local[];
}

export type AreaKind = 'water' | 'park' | 'square' | 'farmland' | 'forest';

export interface PlanArea {
  readonly id: string;
  readonly kind: AreaKind;
  readonly name: string;
  readonly ring: readonly Local[];
}

/** What a block holds that is not houses. */
export type BlockUse =
  | 'square'
  | 'school'
  | 'market'
  | 'park'
  | 'lake'
  | 'hospital'
  | 'forest'
  | 'farmland'
  | 'worship'
  | 'apartments'
  | 'offices'
  | 'warehouses';

export const BLOCKS: ReadonlyMap<string, BlockUse> = new Map<string, BlockUse>([
  ['3,3', 'square'],
  ['1,4', 'school'],
  ['6,1', 'school'],
  ['7,4', 'school'],
  ['2,2', 'market'],
  ['6,5', 'lake'],
  ['2,5', 'park'],
  ['5,2', 'hospital'],
  ['8,5', 'forest'],
  ['8,4', 'forest'],
  ['0,0', 'farmland'],
  ['0,5', 'farmland'],
  ['8,2', 'worship'],
  ['1,1', 'apartments'],
  ['5,4', 'offices'],
  ['4,1', 'offices'],
  ['8,0', 'warehouses'],
]);

const SIZES: Record<StreetClass, { width: number; pavement: number }> = {
  arterial: { width: 14, pavement: 4 },
  collector: { width: 10, pavement: 3 },
  street: { width: 7.5, pavement: 2.5 },
  alley: { width: 3.8, pavement: 0.3 },
};

export const ROUNDABOUT = { u: 4, v: 3, radius: 17 };
const ARTERIAL_ROW = 3;
const ARTERIAL_COLUMN = 4;
const COLLECTOR_ROWS: readonly number[] = [1, 5];
const COLLECTOR_COLUMNS: readonly number[] = [1, 7];
/** How far streets run on beyond the last block, in blocks. */
const OVERHANG = 0.4;

function classOf(index: number, arterial: number, collectors: readonly number[]): StreetClass {
  if (index === arterial) return 'arterial';
  return collectors.includes(index) ? 'collector' : 'street';
}

const street = (
  id: string,
  name: string,
  kind: StreetClass,
  line: readonly Local[],
  roundabout = false,
): PlanStreet => ({
  id,
  name,
  class: kind,
  roundabout,
  ...SIZES[kind],
  line,
});

/** Cuts the part inside the roundabout's ring out of a line. */
function aroundRoundabout(line: readonly Local[]): Local[][] {
  const centre = bent(ROUNDABOUT.u, ROUNDABOUT.v);
  const parts: Local[][] = [[]];
  line.forEach((p, i) => {
    const before = line[i - 1];
    const out = distance(p, centre) >= ROUNDABOUT.radius;
    const wasOut = before !== undefined && distance(before, centre) >= ROUNDABOUT.radius;
    if (before && out !== wasOut) {
      const [inner, outer] = out ? [before, p] : [p, before];
      parts.at(-1)?.push(onRing(centre, inner, outer));
      if (!out) parts.push([]);
      else parts.splice(-1, 1, [onRing(centre, inner, outer)]);
    }
    if (out) parts.at(-1)?.push(p);
  });
  return parts.filter((part) => part.length > 1);
}

/** Where the segment from inside to outside crosses the ring, by bisection. */
function onRing(centre: Local, inside: Local, outside: Local): Local {
  let [low, high] = [0, 1];
  const at = (s: number): Local => [inside[0] + (outside[0] - inside[0]) * s, inside[1] + (outside[1] - inside[1]) * s];
  for (let i = 0; i < 30; i++) {
    const mid = (low + high) / 2;
    if (distance(at(mid), centre) < ROUNDABOUT.radius) low = mid;
    else high = mid;
  }
  return at(high);
}

function mainStreets(): PlanStreet[] {
  const streets: PlanStreet[] = [];
  const put = (key: string, name: string, kind: StreetClass, line: Local[]): void => {
    const parts = kind === 'arterial' ? aroundRoundabout(line) : [line];
    parts.forEach((part, i) =>
      streets.push(street(`s-${key}${parts.length > 1 ? `-${i + 1}` : ''}`, name, kind, part)),
    );
  };
  for (let v = 0; v <= ROWS; v++) {
    const kind = classOf(v, ARTERIAL_ROW, COLLECTOR_ROWS);
    put(`r${v}`, ROW_NAMES[v] as string, kind, bentLine([-OVERHANG, v], [COLUMNS + OVERHANG, v]));
  }
  for (let u = 0; u <= COLUMNS; u++) {
    const kind = classOf(u, ARTERIAL_COLUMN, COLLECTOR_COLUMNS);
    put(`c${u}`, COLUMN_NAMES[u] as string, kind, bentLine([u, 0], [u, ROWS + OVERHANG]));
  }
  const [cx, cy] = bent(ROUNDABOUT.u, ROUNDABOUT.v);
  const ring = Array.from({ length: 33 }, (_, i): Local => {
    const a = (i / 32) * 2 * Math.PI;
    return [cx + ROUNDABOUT.radius * Math.cos(a), cy + ROUNDABOUT.radius * Math.sin(a)];
  });
  streets.push(street('s-roundabout', 'Bùng binh Hoa Gió', 'arterial', ring, true));
  return streets;
}

function alleys(random: Random): PlanStreet[] {
  const found: PlanStreet[] = [];
  for (let u = 0; u < COLUMNS; u++) {
    for (let v = 0; v < ROWS; v++) {
      if (BLOCKS.has(`${u},${v}`) || random() < 0.15) continue;
      const at = u + 0.42 + 0.16 * random();
      const through = random() < 0.5;
      const line = bentLine([at, v], [at + 0.04, through ? v + 1 : v + 0.62]);
      const number = 3 + Math.floor(random() * 140);
      found.push(street(`s-a${u}${v}`, `Hẻm ${number} ${ROW_NAMES[v]?.replace('Đường ', '')}`, 'alley', line));
      if (random() < 0.4) {
        const branch = bentLine([at, v + 0.5], [at + (random() < 0.5 ? 0.32 : -0.32), v + 0.5]);
        found.push(street(`s-b${u}${v}`, `Ngõ ${ALLEY_NAMES[found.length % ALLEY_NAMES.length]}`, 'alley', branch));
      }
    }
  }
  return found;
}

export const planStreets = (random: Random): PlanStreet[] => [...mainStreets(), ...alleys(random)];

const AREA_OF_BLOCK: Partial<Record<BlockUse, { kind: AreaKind; name: string; inset: number }>> = {
  square: { kind: 'square', name: 'Quảng trường Hoa Sữa', inset: 0.1 },
  park: { kind: 'park', name: 'Vườn hoa Cà Phê', inset: 0.09 },
  lake: { kind: 'park', name: 'Công viên Hồ Gương', inset: 0.09 },
  forest: { kind: 'forest', name: 'Đồi thông', inset: 0.09 },
  farmland: { kind: 'farmland', name: 'Rẫy cà phê', inset: 0.09 },
  worship: { kind: 'park', name: 'Vườn chùa Đồi Thông', inset: 0.09 },
  school: { kind: 'square', name: 'Sân trường', inset: 0.09 },
  market: { kind: 'square', name: 'Sân Chợ Mai', inset: 0.08 },
  hospital: { kind: 'square', name: 'Sân bệnh viện', inset: 0.09 },
  offices: { kind: 'square', name: 'Sân ủy ban', inset: 0.09 },
  apartments: { kind: 'square', name: 'Sân chung cư Cà Phê', inset: 0.09 },
  warehouses: { kind: 'square', name: 'Bãi kho Rẫy Cũ', inset: 0.08 },
};

export function planAreas(): PlanArea[] {
  const areas: PlanArea[] = [];
  for (const [key, use] of BLOCKS) {
    const [u, v] = key.split(',').map(Number) as [number, number];
    const known = AREA_OF_BLOCK[use];
    if (known) areas.push({ id: `a-${u}${v}`, kind: known.kind, name: known.name, ring: blockRing(u, v, known.inset) });
    if (use === 'lake')
      areas.push({ id: `a-${u}${v}-lake`, kind: 'water', name: 'Hồ Gương', ring: shrink(blockRing(u, v, 0.24), 0.05) });
  }
  const river = bentRing([
    [-0.45, -0.85],
    [COLUMNS + 0.45, -0.85],
    [COLUMNS + 0.45, -0.35],
    [-0.45, -0.35],
  ]);
  areas.push({ id: 'a-river', kind: 'water', name: 'Suối Gió', ring: river });
  return areas;
}
