// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Tx } from '@louver/db';
import type { CameraCandidate } from './camera-row.ts';
import { inBatches } from './fates.ts';
import { camerasClose } from './queries.ts';

export interface Near {
  metres: number;
  /** For people: another row of the file, or a camera that is there. */
  what: string;
}

const WGS84_A = 6_378_137;
const WGS84_E2 = 0.006_694_379_990_14;

/** Local metres by the radii of curvature: exact to millimetres at the hundred metres that are asked for. */
function metresBetween([lonA, latA]: readonly [number, number], [lonB, latB]: readonly [number, number]): number {
  const rad = Math.PI / 180;
  const lat = ((latA + latB) / 2) * rad;
  const w = 1 - WGS84_E2 * Math.sin(lat) ** 2;
  const turn = ((((lonB - lonA + 180) % 360) + 360) % 360) - 180;
  const east = (turn * rad * WGS84_A * Math.cos(lat)) / Math.sqrt(w);
  const north = ((latB - latA) * rad * WGS84_A * (1 - WGS84_E2)) / w ** 1.5;
  return Math.hypot(east, north);
}

/** The new cameras that stand this close to one that is there, or to an earlier row that is kept. */
export async function nearDuplicates(tx: Tx, fresh: CameraCandidate[], metres: number): Promise<Map<number, Near>> {
  const near = new Map<number, Near>();
  if (metres === 0) return near;
  await inBatches(fresh, async (batch) => {
    const points = batch.map(({ row, code, location }) => ({
      row,
      code,
      lon: location.coordinates[0],
      lat: location.coordinates[1],
    }));
    for (const { row, code, metres: away } of await camerasClose(tx, points, metres))
      near.set(row, { metres: away, what: `camera ${code}` });
  });
  const kept = fresh.filter(({ row }) => !near.has(row));
  for (const [row, found] of nearInFile(kept, metres)) near.set(row, found);
  return near;
}

/** A degree of latitude is nowhere shorter, a degree of longitude nowhere shorter than this times the cosine of its latitude. */
const METRES_PER_DEGREE = 110_500;

/** The new cameras that stand this close to an earlier one of the file. Whoever is kept stands apart from the others kept. */
export function nearInFile(rows: readonly CameraCandidate[], metres: number): Map<number, Near> {
  const near = new Map<number, Near>();
  const cells = new Map<string, CameraCandidate[]>();
  for (const candidate of rows) {
    const { coordinates } = candidate.location;
    const keys = cellsAround(coordinates, metres);
    const other = firstWithin(metres, coordinates, keys, cells);
    if (other) {
      near.set(candidate.row, {
        metres: metresBetween(other.location.coordinates, coordinates),
        what: `row ${other.row} (${other.code})`,
      });
      continue;
    }
    const own = keys[0]!;
    const cell = cells.get(own);
    if (cell) cell.push(candidate);
    else cells.set(own, [candidate]);
  }
  return near;
}

function firstWithin(
  metres: number,
  place: readonly [number, number],
  keys: readonly string[],
  cells: ReadonlyMap<string, readonly CameraCandidate[]>,
): CameraCandidate | undefined {
  for (const key of keys)
    for (const kept of cells.get(key) ?? []) if (metresBetween(kept.location.coordinates, place) <= metres) return kept;
  return undefined;
}

/** The cell of a place first, then its neighbours: whoever is near stands in one of them. Cells are as high and at least as wide as the distance. */
function cellsAround([lon, lat]: readonly [number, number], metres: number): string[] {
  const row = Math.floor((lat * METRES_PER_DEGREE) / metres);
  const keys = new Set<string>();
  for (const at of [row, row - 1, row + 1]) {
    const columns = columnsOf(at, metres);
    const turned = (((lon + 180) % 360) + 360) % 360;
    const column = Math.min(columns - 1, Math.floor((turned / 360) * columns));
    for (const step of [0, -1, 1]) keys.add(`${at}:${(column + step + columns) % columns}`);
  }
  return [...keys];
}

/** How many cells go round the earth in a row of them: fewer towards the poles, measured where the neighbouring rows are shortest. */
function columnsOf(row: number, metres: number): number {
  const farthest = (Math.max(Math.abs(row - 1), Math.abs(row + 2)) * metres) / METRES_PER_DEGREE;
  const shortest = farthest >= 90 ? 0 : Math.cos((farthest * Math.PI) / 180);
  return Math.max(1, Math.floor((360 * METRES_PER_DEGREE * shortest) / metres));
}
