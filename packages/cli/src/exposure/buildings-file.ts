// SPDX-License-Identifier: AGPL-3.0-or-later
import { isHome, useOfText } from '@louver/contract';
import { type Building, type Footprint, repairFootprint } from '@louver/sightline';
import { z } from 'zod';
import { EXIT, Failure } from '../failure.ts';

const Collection = z.looseObject({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });
const FeatureShape = z.looseObject({
  id: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.looseObject({ type: z.string() }).nullish(),
});
const Position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)], z.number());
const Rings = z.array(z.array(Position));
const Outline = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: Rings }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(Rings) }),
]);

type Properties = Record<string, unknown>;

export interface BuildingsRead {
  buildings: Building[];
  /** What was repaired, assumed or left out, in sentences for people. */
  remarks: string[];
}

const METRES_PER_LEVEL = 3;
/** As in the import: two storeys. */
const ASSUMED_HEIGHT = 6;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

/** A number, or a text like `12`, `12.5 m`; undefined for anything else. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const match = /^(-?\d+(?:\.\d+)?)\s*m?$/.exec(textOf(value) ?? '');
  return match ? Number(match[1]) : undefined;
}

const inLevels = (value: unknown): number | undefined => {
  const levels = numberOf(value);
  return levels === undefined ? undefined : levels * METRES_PER_LEVEL;
};

function identify(feature: z.infer<typeof FeatureShape>, properties: Properties): string | undefined {
  for (const id of [properties.id, feature.id, properties['@id']]) {
    if (typeof id === 'number') return String(id);
    if (textOf(id) !== undefined) return textOf(id);
  }
  return undefined;
}

/** By `use`, or OSM's `building`; `residential: true` makes a home of whatever it is, and false unmakes none (as in the import). */
function homeOf(properties: Properties): boolean {
  const use = (textOf(properties.use) ?? textOf(properties.building) ?? 'unknown').toLowerCase();
  return properties.residential === true || isHome(useOfText(use));
}

/** @returns undefined for what can't be drawn; what could be a home is drawn in doubt */
function readFeature(raw: unknown, index: number, remark: (text: string) => void, assumed: string[]) {
  const feature = FeatureShape.safeParse(raw);
  const refuse = (where: string, what: string): never => {
    throw new Failure(EXIT.refused, `${where}: ${what}`);
  };
  if (!feature.success) return refuse(`features[${index}]`, 'is no GeoJSON feature');
  const properties = feature.data.properties ?? {};
  const id = identify(feature.data, properties);
  const name = id === undefined ? `features[${index}]` : `features[${index}] (${id})`;
  if (id === undefined) remark(`${name}: has no id and is called by its place in the file`);

  const { geometry } = feature.data;
  if (!geometry || !['Polygon', 'MultiPolygon'].includes(geometry.type)) {
    remark(`${name}: skipped, a ${geometry?.type ?? 'feature without geometry'} has no footprint`);
    return undefined;
  }
  const outline = Outline.safeParse(geometry);
  if (!outline.success) {
    const [issue] = outline.error.issues;
    return refuse(name, `geometry.${issue?.path.join('.')}: ${issue?.message}`);
  }

  const own = numberOf(properties.height);
  if (own !== undefined && own < 0) return refuse(name, `height: ${own} is below the ground`);
  let height = (own || inLevels(properties['building:levels'])) ?? 0;
  if (!(height > 0)) {
    height = ASSUMED_HEIGHT;
    assumed.push(id ?? name);
  }
  let minHeight = numberOf(properties.min_height) ?? inLevels(properties['building:min_level']) ?? 0;
  if (minHeight >= height) {
    remark(`${name}: min_height ${minHeight} is not below the height ${height} and was taken as 0`);
    minHeight = 0;
  }
  const building = { id: id ?? name, home: homeOf(properties), height, minHeight: Math.max(0, minHeight) };
  const footprint = footprintOf(outline.data, building.home, (text) => remark(`${name}: ${text}`));
  return footprint && { ...building, footprint };
}

const FLAWS = {
  'crosses-itself': 'its outline crosses itself',
  'no-area': 'its outline has no area',
} as const;

function footprintOf(
  outline: z.infer<typeof Outline>,
  home: boolean,
  remark: (text: string) => void,
): Footprint | undefined {
  const polygons = outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates;
  const drawn = polygons
    .filter(([outer]) => outer !== undefined && outer.length > 0)
    .map((rings) => rings.map((ring) => ring.map(([lon, lat]) => [lon, lat] as const)));
  if (drawn.length === 0) {
    remark('skipped, its outline is empty');
    return undefined;
  }
  const footprint: Footprint = { type: 'MultiPolygon', coordinates: drawn };
  const { footprint: repaired, flaws } = repairFootprint(footprint);
  for (const flaw of new Set(flaws))
    remark(
      `${FLAWS[flaw]}; ${home ? 'all that it may mean is covered' : 'it is no home and hides only what it surely does'}`,
    );
  return home ? repaired : footprint;
}

/** Ten names are enough to look them up. */
const NAMED = 10;

/**
 * Buildings of a FeatureCollection with `{id, use, height, min_height?}` or OSM's tags.
 * @throws Failure refused that names the feature
 */
export function parseBuildings(file: string, json: unknown): BuildingsRead {
  const collection = Collection.safeParse(json);
  if (!collection.success) throw new Failure(EXIT.refused, `${file} is no GeoJSON FeatureCollection`);
  const remarks: string[] = [];
  const assumed: string[] = [];
  const buildings = collection.data.features.flatMap((feature, index): Building[] => {
    const building = readFeature(feature, index, (text) => remarks.push(text), assumed);
    return building ? [building] : [];
  });
  if (assumed.length > 0) {
    const more = assumed.length > NAMED ? ` and ${assumed.length - NAMED} more` : '';
    remarks.push(`no height, ${ASSUMED_HEIGHT} m assumed: ${assumed.slice(0, NAMED).join(', ')}${more}`);
  }
  return { buildings, remarks };
}
