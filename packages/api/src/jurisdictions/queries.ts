// SPDX-License-Identifier: AGPL-3.0-or-later
import { Jurisdiction } from '@louver/contract';
import { sql, type Tx } from '@louver/db';

/** Every jurisdiction below the actor's own, each with the cameras in it and below it. */
export const heldJurisdictions = (tx: Tx) =>
  tx.many(
    Jurisdiction,
    sql`
      WITH counted AS (SELECT jurisdiction, count(*) AS cameras FROM cameras GROUP BY jurisdiction),
      -- A camera counts for its own path and for every path above it: a join on <@ would compare all with all.
      summed AS (
        SELECT subpath(jurisdiction, 0, depth) AS path, sum(cameras)::integer AS cameras
        FROM counted, generate_series(1, nlevel(jurisdiction)) AS depth GROUP BY 1
      )
      SELECT j.path::text AS path, j.name, j.name_en AS "nameEn", j.kind, coalesce(s.cameras, 0) AS cameras,
             CASE WHEN j.boundary IS NOT NULL THEN json_build_array(
               ST_XMin(j.boundary), ST_YMin(j.boundary), ST_XMax(j.boundary), ST_YMax(j.boundary)) END AS bbox
      FROM jurisdictions j LEFT JOIN summed s USING (path)
      WHERE j.path <@ (SELECT actor_jurisdictions())
      ORDER BY j.path
    `,
  );
