// SPDX-License-Identifier: AGPL-3.0-or-later
// What the browser loads to answer about one home: whole areas, so that what is loaded says nothing about the home.

/** Of everything that a ward needs, at this zoom or a coarser one. Some 2.4 km a side at the equator's end of Vietnam. */
export const AREA_ZOOM = 14;
/** A ward larger than this is loaded in coarser areas. */
export const MOST_AREAS = 24;

export type TileName = readonly [z: number, x: number, y: number];

/** What the page says to its script. */
export interface HomeCheckData {
  /** All tiles of the ward. The script loads each of them twice, as a map and as homes, and then nothing any more. */
  tiles: readonly TileName[];
  /** West, south, east, north in degrees. */
  bounds: readonly [number, number, number, number];
}

type SeenHow = 'detect' | 'observe' | 'recognise' | 'identify';

/** A camera that can see a home: its code, how well, from how many metres, and whether it is only planned. */
export type Sight = readonly [code: string, how: SeenHow, metres: number, status: 'live' | 'planned'];

/** One home: its outline as rings of degrees, who can see it, and how many cameras can whose place is not shown. */
export type Home = readonly [
  rings: readonly (readonly (readonly [lon: number, lat: number])[])[],
  sights: readonly Sight[],
  counted: number,
];

/** The body of `/civic/homes/{z}/{x}/{y}`. */
export interface HomeTile {
  homes: readonly Home[];
}

export const mapTileAddress = ([z, x, y]: TileName): string => `/civic/map/${z}/${x}/${y}`;
export const homeTileAddress = ([z, x, y]: TileName): string => `/civic/homes/${z}/${x}/${y}`;

const column = (lon: number, z: number): number => Math.floor(((lon + 180) / 360) * 2 ** z);
const row = (lat: number, z: number): number =>
  Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z);

/** Every tile that a box touches: at AREA_ZOOM, or coarser when it would be too many. */
export function tilesOver([west, south, east, north]: HomeCheckData['bounds']): TileName[] {
  for (let z = AREA_ZOOM; z > 0; z -= 1) {
    const [x0, x1] = [column(west, z), column(east, z)];
    const [y0, y1] = [row(north, z), row(south, z)];
    if ((x1 - x0 + 1) * (y1 - y0 + 1) > MOST_AREAS) continue;
    const found: TileName[] = [];
    for (let x = x0; x <= x1; x += 1) for (let y = y0; y <= y1; y += 1) found.push([z, x, y]);
    return found;
  }
  return [[0, 0, 0]];
}
