// SPDX-License-Identifier: AGPL-3.0-or-later
import { ExposureRules, type SurroundingBuilding } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

export interface Around {
  lon: number;
  lat: number;
  range: number;
}

/** Nearest first. One row more than `most` tells that there are more. Not parsed here: the answer is, whole. */
export const buildingsAround = (tx: Tx, { lon, lat, range }: Around, most: number) =>
  tx.rows<SurroundingBuilding & { metres: number }>(sql`
    WITH place AS (SELECT ST_SetSRID(ST_Point(${lon}, ${lat}), 4326)::geography AS here)
    SELECT b.id, b.source_id AS "sourceId", b.is_home AS home, b.height_m AS height, b.min_height_m AS "minHeight",
           ST_AsGeoJSON(b.footprint, 9)::json AS footprint, ST_Distance(b.footprint::geography, here) AS metres
    FROM buildings b, place
    WHERE ST_DWithin(b.footprint::geography, here, ${range})
    ORDER BY metres, b.id
    LIMIT ${most + 1}
  `);

export const ruleInForce = (tx: Tx) =>
  tx.one(
    z.object({ policyVersion: z.number().int(), rules: ExposureRules }),
    sql`
      SELECT version AS "policyVersion", rules FROM exposure_policies
      WHERE effective_from <= now() ORDER BY version DESC LIMIT 1
    `,
  );
