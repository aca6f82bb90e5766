// SPDX-License-Identifier: AGPL-3.0-or-later
import { LonLat } from '@louver/contract';
import { sql, type Tx } from '@louver/db';

/** A point inside a ward, for whoever could only say which one it is. */
export const findPointIn = (tx: Tx, ward: string) =>
  tx.maybeOne(
    LonLat,
    sql`
      SELECT ST_X(p.at) AS lon, ST_Y(p.at) AS lat
      FROM jurisdictions j CROSS JOIN LATERAL (SELECT ST_PointOnSurface(j.boundary) AS at) p
      WHERE j.path::text = ${ward} AND j.kind = 'commune' AND j.boundary IS NOT NULL
    `,
  );
