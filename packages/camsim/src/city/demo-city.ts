// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Aim, type Building, type Local, type LonLat, contains, localFrame } from '@louver/sightline';
import { COLUMNS, ROWS, bentRing } from './grid.ts';
import { type DemoUse, planBuildings } from './lots.ts';
import { WARDS, type WardKey } from './names.ts';
import { type Papers, papersOf } from './papers.ts';
import { type AreaKind, type StreetClass, planAreas, planStreets } from './plan.ts';
import { distance, middle } from './plane.ts';
import { type Random, hashOf, pick, seeded } from './random.ts';
import { type ShotScene, type ShotSpot, shotSpots } from './shots.ts';
import { type Spot, planSpots, spaced } from './spots.ts';

type Ring = readonly LonLat[];
export interface Polygon {
  readonly type: 'Polygon';
  /** Closed rings, outer first, counter-clockwise (RFC 7946). */
  readonly coordinates: readonly Ring[];
}

export interface DemoWard {
  readonly key: WardKey;
  /** ltree path. */
  readonly jurisdiction: string;
  readonly prefix: string;
  readonly name: string;
  readonly nameEn: string;
  readonly polygon: Polygon;
}

export interface DemoStreet {
  readonly id: string;
  readonly name: string;
  readonly class: StreetClass;
  readonly roundabout: boolean;
  /** Carriageway, and the pavement on each side, metres. */
  readonly width: number;
  readonly pavement: number;
  readonly line: { readonly type: 'LineString'; readonly coordinates: readonly LonLat[] };
}

export interface DemoArea {
  readonly id: string;
  readonly kind: AreaKind;
  readonly name: string;
  readonly polygon: Polygon;
}

/** The first edge of the footprint is the front, towards the street. */
export interface DemoBuilding extends Building {
  readonly use: DemoUse;
  readonly name: string | null;
  readonly ward: WardKey;
  readonly footprint: Polygon;
}

export interface DemoCamera extends Papers {
  /** Ward prefix and number: `HS-0123`. Also the name of its RTSP mount. */
  readonly code: string;
  readonly name: string;
  readonly ward: WardKey;
  readonly jurisdiction: string;
  readonly location: { readonly type: 'Point'; readonly coordinates: LonLat };
  readonly status: 'planned' | 'live' | 'retired';
  readonly mobility: 'fixed' | 'ptz' | 'dome';
  readonly manufacturer: string;
  readonly model: string;
  readonly hasAudio: boolean;
  readonly hasBiometrics: boolean;
  readonly aim: Aim;
  /** What a streaming camera looks at; null for one that is only in the inventory. */
  readonly streaming: ShotScene | null;
}

export interface DemoCity {
  readonly wards: readonly DemoWard[];
  readonly streets: readonly DemoStreet[];
  readonly areas: readonly DemoArea[];
  readonly buildings: readonly DemoBuilding[];
  readonly cameras: readonly DemoCamera[];
}

/** Over Buôn Ma Thuột's coordinates, where this district does not exist. */
export const CITY_CENTRE = { lon: 108.05, lat: 12.68 };
const CAMERA_COUNT = 454;
const BUILDING_COUNT = 1500;
const FRAME = { width: 1280, height: 720 };

const frame = localFrame(CITY_CENTRE);
/** 1e-7 degrees is a centimetre; more digits would only make files longer. */
const round = ([lon, lat]: LonLat): LonLat => [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];
const toLonLat = (p: Local): LonLat => round(frame.fromLocal(p));

function polygon(ring: readonly Local[]): Polygon {
  const open = ring.map(toLonLat);
  return { type: 'Polygon', coordinates: [[...open, ...open.slice(0, 1)]] };
}

/** Boundaries run along the middle of streets: one west of the avenue, the others south and north of the boulevard. */
const WARD_CORNERS: Record<WardKey, readonly Local[]> = {
  hoa_sua: [
    [-0.5, -0.9],
    [4, -0.9],
    [4, 3],
    [4, ROWS + 0.55],
    [-0.5, ROWS + 0.55],
    [-0.5, 3],
  ],
  ben_gio: [
    [4, -0.9],
    [COLUMNS + 0.5, -0.9],
    [COLUMNS + 0.5, 3],
    [4, 3],
  ],
  doi_thong: [
    [4, 3],
    [COLUMNS + 0.5, 3],
    [COLUMNS + 0.5, ROWS + 0.55],
    [4, ROWS + 0.55],
  ],
};

const wardRings = WARDS.map((ward) => ({ ward, ring: bentRing(WARD_CORNERS[ward.key]) }));

function wardAt(p: Local): (typeof WARDS)[number] {
  const found = wardRings.find(({ ring }) => contains(ring, p));
  if (!found) throw new Error(`couldn't find the ward of ${p.join(', ')}`);
  return found.ward;
}

const MODELS: Record<DemoCamera['mobility'], readonly string[]> = {
  fixed: ['Sao Khuê SK-2', 'Sao Khuê SK-4', 'Mắt Gió MG-100'],
  dome: ['Sao Khuê SD-2', 'Mắt Gió MD-20'],
  ptz: ['Sao Khuê SP-30', 'Mắt Gió MP-25'],
};

function mobilityOf(spot: Spot, random: Random): DemoCamera['mobility'] {
  if (spot.kind === 'junction') return random() < 0.35 ? 'ptz' : 'fixed';
  return ['school', 'market', 'hospital', 'office', 'police', 'apartments'].includes(spot.kind) && random() < 0.4
    ? 'dome'
    : 'fixed';
}

function statusOf(random: Random): DemoCamera['status'] {
  const roll = random();
  if (roll < 0.035) return 'planned';
  return roll < 0.065 ? 'retired' : 'live';
}

function cameraAt(spot: Spot, scene: ShotScene | null, number: number): DemoCamera {
  const ward = wardAt(spot.at);
  const code = `${ward.prefix}-${String(number).padStart(4, '0')}`;
  const random = seeded(hashOf(code));
  const [lon, lat] = toLonLat(spot.at);
  const mobility = scene ? 'fixed' : mobilityOf(spot, random);
  const [manufacturer = '', model = ''] = pick(random, MODELS[mobility]).split(/ (?=\S+$)/);
  const tenth = (x: number): number => Math.round(x * 10) / 10;
  return {
    code,
    name: spot.name,
    ward: ward.key,
    jurisdiction: ward.jurisdiction,
    location: { type: 'Point', coordinates: [lon, lat] },
    ...papersOf(spot.kind, ward.name),
    status: scene ? 'live' : statusOf(random),
    mobility,
    manufacturer,
    model,
    hasAudio: spot.kind === 'porch' && random() < 0.3,
    hasBiometrics: spot.kind === 'police' && random() < 0.5,
    aim: {
      position: { lon, lat, height: tenth(spot.height) },
      heading: tenth(spot.heading) % 360,
      tilt: spot.tilt,
      roll: 0,
      hfov: spot.hfov,
      image: FRAME,
      range: spot.range,
    },
    streaming: scene,
  };
}

function camerasOf(shots: readonly ShotSpot[], others: readonly Spot[]): DemoCamera[] {
  const free = others.filter((spot) => shots.every((shot) => distance(shot.at, spot.at) > 4));
  // A stride through all wards and kinds, so that streaming cameras do not have the first numbers.
  const every = Math.floor((CAMERA_COUNT - shots.length) / shots.length);
  const order: { spot: Spot; scene: ShotScene | null }[] = free
    .slice(0, CAMERA_COUNT - shots.length)
    .map((spot) => ({ spot, scene: null }));
  shots.forEach((spot, i) => order.splice(i * (every + 1) + 11, 0, { spot, scene: spot.scene }));
  const numbers = new Map<WardKey, number>();
  return order.map(({ spot, scene }) => {
    const { key } = wardAt(spot.at);
    const number = (numbers.get(key) ?? 0) + 1;
    numbers.set(key, number);
    return cameraAt(spot, scene, number);
  });
}

/** The demo district, the same for the same seed: three wards, 1,500 buildings, 454 cameras of which 14 stream. */
export function demoCity(seed = 7): DemoCity {
  const streets = planStreets(seeded(seed));
  const areas = planAreas();
  const buildings = planBuildings(streets, areas, BUILDING_COUNT, seed);
  const spots = spaced(planSpots(buildings, streets, seeded(seed + 1)), 2);
  return {
    wards: wardRings.map(({ ward, ring }) => ({ ...ward, polygon: polygon(ring) })),
    streets: streets.map(({ line, ...street }) => ({
      ...street,
      line: { type: 'LineString', coordinates: line.map(toLonLat) },
    })),
    areas: areas.map(({ ring, ...area }) => ({ ...area, polygon: polygon(ring) })),
    buildings: buildings.map(({ use, name, height, ring }, i) => ({
      id: `demo-b${String(i + 1).padStart(4, '0')}`,
      use,
      name,
      ward: wardAt(middle(ring)).key,
      height: Math.round(height * 10) / 10,
      minHeight: 0,
      footprint: polygon(ring),
    })),
    cameras: camerasOf(shotSpots(streets), spots),
  };
}
