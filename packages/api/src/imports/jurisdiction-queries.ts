// SPDX-License-Identifier: AGPL-3.0-or-later
import { sql, type Tx } from '@louver/db';
import { repaired } from './ground-queries.ts';
import type { JurisdictionCandidate } from './jurisdiction-row.ts';

/** @returns the paths that were written; the others were there already, exactly so */
export function putJurisdictions(tx: Tx, candidates: JurisdictionCandidate[]) {
  const records = candidates.map(({ path, kind, name, nameEn, code, boundary }) => ({
    path,
    kind,
    name,
    nameEn,
    code,
    boundary,
  }));
  return tx.rows<{ path: string; created: boolean }>(sql`
    INSERT INTO jurisdictions AS j (path, kind, name, name_en, code, boundary)
    SELECT r.path, r.kind, r.name, r."nameEn", r.code,
           CASE WHEN json_typeof(r.boundary) = 'object' THEN ${repaired(sql`r.boundary`, true)} END
    FROM json_to_recordset(${JSON.stringify(records)}::json)
         AS r (path ltree, kind text, name text, "nameEn" text, code text, boundary json)
    ON CONFLICT (path) DO UPDATE SET
      kind = EXCLUDED.kind, name = EXCLUDED.name, name_en = coalesce(EXCLUDED.name_en, j.name_en),
      code = coalesce(EXCLUDED.code, j.code), boundary = coalesce(EXCLUDED.boundary, j.boundary)
    WHERE (j.kind, j.name, j.name_en, j.code, j.boundary) IS DISTINCT FROM
          (EXCLUDED.kind, EXCLUDED.name, coalesce(EXCLUDED.name_en, j.name_en), coalesce(EXCLUDED.code, j.code),
           coalesce(EXCLUDED.boundary, j.boundary))
    RETURNING j.path::text AS path, j.xmax = 0 AS created
  `);
}
