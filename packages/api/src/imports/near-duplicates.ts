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

/** Cells of latitude that are as high as the distance: whoever is near stands in the same or a neighbouring one. */
function nearInFile(rows: CameraCandidate[], metres: number): Map<number, Near> {
  const near = new Map<number, Near>();
  const cells = new Map<number, CameraCandidate[]>();
  const cellOf = (lat: number) => Math.floor((lat * 110_500) / metres);
  for (const candidate of rows) {
    const { coordinates } = candidate.location;
    const cell = cellOf(coordinates[1]);
    const around = [cell - 1, cell, cell + 1].flatMap((at) => cells.get(at) ?? []);
    const other = around.find((kept) => metresBetween(kept.location.coordinates, coordinates) <= metres);
    if (other)
      near.set(candidate.row, {
        metres: metresBetween(other.location.coordinates, coordinates),
        what: `row ${other.row} (${other.code})`,
      });
    else cells.set(cell, [...(cells.get(cell) ?? []), candidate]);
  }
  return near;
}
