// SPDX-License-Identifier: AGPL-3.0-or-later
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

export const homesVersion = async (tx: Tx): Promise<string> =>
  (await tx.one(z.object({ version: z.string() }), sql`SELECT public_homes_version() AS version`)).version;

/**
 * The body of a tile as JSON text: every home whose outline touches it, with who can see it. Written by the database, because
 * an area of a city holds twenty thousand homes. Six digits of a degree are a hand's breadth.
 */
export const drawHomes = async (tx: Tx, z_: number, x: number, y: number): Promise<string> => {
  const [row] = await tx.rows<{ body: string }>(sql`
    SELECT json_build_object('homes', coalesce(json_agg(json_build_array(rings, cameras, counted)), '[]'))::text AS body
    FROM (
      SELECT (SELECT json_agg(ring) FROM json_array_elements(ST_AsGeoJSON(h.footprint, 6)::json -> 'coordinates') part,
                                         json_array_elements(part) ring) AS rings,
             h.cameras, h.counted
      FROM public_homes(ST_Transform(ST_TileEnvelope(${z_}, ${x}, ${y}), 4326)) h
      -- In no order that says anything.
      ORDER BY h.footprint
    ) homes
  `);
  return row!.body;
};
