// SPDX-License-Identifier: AGPL-3.0-or-later
import { BuildingUse } from './place.ts';

/**
 * The one table of uses: what the map calls it, whether somebody lives there, and the values of OSM's `building` key that
 * mean it (wiki.openstreetmap.org/wiki/Key:building). To change what counts as a home, change a line here and import the
 * buildings again. Whatever is not listed is `unknown`, hence a home: in doubt a building is somebody's.
 */
const USES: readonly (readonly [use: BuildingUse, lives: 'home' | 'no home', osm: string])[] = [
  ['house', 'home', 'house detached semidetached_house terrace bungalow villa'],
  ['apartments', 'home', 'apartments residential'],
  ['shop-house', 'home', ''],
  ['dormitory', 'home', 'dormitory'],
  ['unknown', 'home', 'yes'],
  ['hotel', 'no home', 'hotel'],
  ['office', 'no home', 'office commercial'],
  ['retail', 'no home', 'retail supermarket kiosk'],
  ['industrial', 'no home', 'industrial warehouse construction'],
  ['school', 'no home', 'school university college kindergarten'],
  ['hospital', 'no home', 'hospital clinic'],
  ['worship', 'no home', 'church cathedral chapel temple pagoda shrine mosque'],
  ['public', 'no home', 'civic public government museum stadium'],
  ['police', 'no home', 'police'],
  ['transport', 'no home', 'train_station transportation parking'],
  ['outbuilding', 'no home', 'garage garages shed roof service'],
];

const HOMES: ReadonlySet<BuildingUse> = new Set(USES.flatMap(([use, lives]) => (lives === 'home' ? [use] : [])));

export const isHome = (use: BuildingUse): boolean => HOMES.has(use);

/** OSM `building=*` values to uses. What is not listed is `unknown`. */
export const OSM_BUILDING_USE: Readonly<Record<string, BuildingUse>> = Object.fromEntries(
  USES.flatMap(([use, , osm]) => (osm === '' ? [] : osm.split(' ').map((tag) => [tag, use] as const))),
);

/** A use of ours or of OSM's, as somebody wrote it, in lower case. */
export function useOfText(text: string): BuildingUse {
  const own = BuildingUse.safeParse(text);
  if (own.success) return own.data;
  return Object.hasOwn(OSM_BUILDING_USE, text) ? OSM_BUILDING_USE[text]! : 'unknown';
}
