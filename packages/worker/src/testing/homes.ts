// SPDX-License-Identifier: AGPL-3.0-or-later
// Houses around the place where the test kit puts its cameras, in metres east and north of it.
import { randomUUID } from 'node:crypto';
import { localFrame } from '@louver/sightline';
import type { Database } from '@louver/testkit';

const FRAME = localFrame({ lon: 108.05, lat: 12.68 });

export interface GivenHouse {
  /** West, south, east, north. */
  box: readonly [number, number, number, number];
  use?: string;
  isHome?: boolean;
  height?: number;
}

export async function aHouse(
  db: Database,
  { box, use = 'house', isHome = true, height = 7 }: GivenHouse,
): Promise<string> {
  const [west, south, east, north] = box;
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const;
  const footprint = { type: 'MultiPolygon', coordinates: [[corners.map((corner) => FRAME.fromLocal(corner))]] };
  const { rows } = await db.query(
    `INSERT INTO buildings (source_id, use, is_home, height_m, footprint)
     VALUES ($1, $2, $3, $4, ST_SetSRID(ST_GeomFromGeoJSON($5), 4326)) RETURNING id`,
    [`t/${randomUUID()}`, use, isHome, height, JSON.stringify(footprint)],
  );
  return String(rows[0]!.id);
}
