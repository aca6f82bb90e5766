// SPDX-License-Identifier: AGPL-3.0-or-later
// Buildings, streets and areas from our own properties or from OSM's tags.
import { BuildingUse, OSM_BUILDING_USE, isHome, type FieldError } from '@louver/contract';
import { z } from 'zod';
import { Fields, asNumber, asOption } from './fields.ts';
import { readShape, type Shape } from './geometry.ts';
import type { SourceRow } from './source-row.ts';

export interface GroundCandidate {
  row: number;
  sourceId: string;
  shape: Shape;
  /** Columns beside the shape. */
  values: { [column: string]: string | number | boolean | null };
  notes: string[];
}
export type GroundRow =
  | { ok: true; candidate: GroundCandidate }
  | { ok: false; row: number; key: string | null; errors: FieldError[]; notes: string[] };

const METRES_PER_LEVEL = 3;
const ASSUMED_HEIGHT = 6;
const Name = z.string().max(200);
const Height = z.number().min(0).max(1000);

function groundRow(
  source: SourceRow,
  types: readonly Shape['type'][],
  read: (fields: Fields) => GroundCandidate['values'] | undefined,
): GroundRow {
  const fields = new Fields(source);
  const key = source.id ?? fields.text('id') ?? null;
  if (key === null) fields.refuse('id', 'is missing: without it the same file could not be read twice');
  else if (key.length > 200) fields.refuse('id', 'has more than 200 signs');
  const values = read(fields);
  const shape = readShape(source.geometry, types, fields.errors);
  if (fields.errors.length > 0 || key === null || values === undefined || shape === undefined)
    return { ok: false, row: source.row, key, errors: fields.errors, notes: fields.notes };
  return { ok: true, candidate: { row: source.row, sourceId: key, shape, values, notes: fields.notes } };
}

const OUTLINE = ['Polygon', 'MultiPolygon'] as const;

export const readBuilding = (source: SourceRow): GroundRow =>
  groundRow(source, OUTLINE, (fields) => {
    const use = useOf(fields);
    const height = heightOf(fields);
    const minHeight = metres(fields, 'min_height') ?? levels(fields, 'building:min_level') ?? 0;
    if (height !== undefined && minHeight >= height)
      fields.refuse('min_height', `is not below the height of ${height} m`);
    if (height === undefined) return undefined;
    const { home, ...known } = use;
    return { use: known.use, isHome: home, name: fields.get('name', Name) ?? null, height, minHeight };
  });

/**
 * `residential: true` makes a home of whatever it is; `false` unmakes none, because such lists are made from the same tag,
 * which for most buildings says only "yes": in doubt a building is somebody's home.
 */
function useOf(fields: Fields): { use: BuildingUse; home: boolean } {
  const own = fields.get('use', BuildingUse, asOption);
  const use = own ?? OSM_BUILDING_USE[fields.text('building') ?? ''] ?? 'unknown';
  const residential = fields.raw('residential') === true;
  if (residential && use === 'unknown') return { use: 'apartments', home: true };
  if (residential && use === 'retail') return { use: 'shop-house', home: true };
  if (use === 'unknown') fields.notes.push('use is not known: counts as a home');
  return { use, home: residential || isHome(use) };
}

function heightOf(fields: Fields): number | undefined {
  const height = metres(fields, 'height') ?? levels(fields, 'building:levels');
  if (height !== undefined) return height;
  if (fields.raw('height') !== undefined && fields.errors.length > 0) return undefined;
  fields.notes.push(`height assumed: ${ASSUMED_HEIGHT} m`);
  return ASSUMED_HEIGHT;
}

/** `12`, `12.5 m`; what a mapper wrote otherwise is said and left away, what our own file has wrong is refused. */
function metres(fields: Fields, name: string): number | undefined {
  const own = fields.raw('use') !== undefined;
  if (own) return fields.get(name, Height, asNumber);
  const text = fields.text(name);
  const match = text === undefined ? null : /^(\d+(?:\.\d+)?)\s*m?$/.exec(text);
  const value = match ? Number(match[1]) : Number.NaN;
  if (value <= 1000 && (value > 0 || name === 'min_height')) return value;
  if (text !== undefined) fields.notes.push(`${name}=${text} is not a height in metres and was left away`);
  return undefined;
}

function levels(fields: Fields, name: string): number | undefined {
  const text = fields.text(name);
  if (text === undefined) return undefined;
  const count = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (count > 0 && count <= 200) return count * METRES_PER_LEVEL;
  if (count !== 0) fields.notes.push(`${name}=${text} is not a number of levels and was left away`);
  return undefined;
}

const StreetClass = z.enum(['arterial', 'collector', 'street', 'alley', 'path']);
const HIGHWAYS: Readonly<Record<string, z.infer<typeof StreetClass>>> = {
  motorway: 'arterial',
  trunk: 'arterial',
  primary: 'arterial',
  secondary: 'collector',
  tertiary: 'collector',
  residential: 'street',
  unclassified: 'street',
  living_street: 'street',
  road: 'street',
  service: 'alley',
  pedestrian: 'path',
  footway: 'path',
  path: 'path',
  cycleway: 'path',
  steps: 'path',
  track: 'path',
};

export const readStreet = (source: SourceRow): GroundRow =>
  groundRow(source, ['LineString', 'MultiLineString'], (fields) => {
    const highway = fields.text('highway')?.replace(/_link$/, '');
    const kind = fields.get('class', StreetClass, asOption) ?? (highway === undefined ? undefined : HIGHWAYS[highway]);
    if (kind === undefined && fields.errors.length === 0)
      fields.refuse(
        highway === undefined ? 'class' : 'highway',
        highway === undefined ? 'is missing' : `${highway} is not a street`,
      );
    return kind === undefined ? undefined : { class: kind, name: fields.get('name', Name) ?? null };
  });

const AreaKind = z.enum(['water', 'park', 'square', 'farmland', 'forest']);
const AREA_TAGS: readonly [key: string, values: Readonly<Record<string, z.infer<typeof AreaKind>>>][] = [
  ['natural', { water: 'water', wood: 'forest' }],
  ['waterway', { riverbank: 'water', dock: 'water' }],
  ['leisure', { park: 'park', garden: 'park', playground: 'park' }],
  ['place', { square: 'square' }],
  [
    'landuse',
    {
      forest: 'forest',
      farmland: 'farmland',
      farm: 'farmland',
      orchard: 'farmland',
      meadow: 'farmland',
      grass: 'park',
      reservoir: 'water',
    },
  ],
];

export const readArea = (source: SourceRow): GroundRow =>
  groundRow(source, OUTLINE, (fields) => {
    const tagged = AREA_TAGS.map(([key, values]) => values[fields.text(key) ?? '']).find((kind) => kind !== undefined);
    const kind = fields.get('kind', AreaKind, asOption) ?? tagged;
    if (kind === undefined && fields.errors.length === 0)
      fields.refuse('kind', `expected ${AreaKind.options.join(', ')}`);
    return kind === undefined ? undefined : { kind, name: fields.get('name', Name) ?? null };
  });
