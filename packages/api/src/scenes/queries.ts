// SPDX-License-Identifier: AGPL-3.0-or-later
import { AimId, CameraId, FindingState, JurisdictionPath, SceneFinding } from '@louver/contract';
import type { AccountId, FindingId } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

export const findSceneFinding = (tx: Tx, id: FindingId) =>
  tx.maybeOne(
    SceneFinding,
    sql`
      SELECT f.id AS "findingId", f.state,
             coalesce((
               SELECT json_agg(json_build_object(
                        'note', d.note, 'by', json_build_object('id', d.account_id, 'name', p.name),
                        'at', to_char(d.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                        'completes', d.completes) ORDER BY d.id)
               FROM finding_decisions d JOIN persons p ON p.id = d.person_id WHERE d.finding_id = f.id), '[]') AS decisions
      FROM findings f JOIN cameras c ON c.id = f.camera_id
      WHERE f.id = ${id} AND f.kind = 'scene-shift'
    `,
  );

/** The aim first, in the order in which everybody who decides over what it shows waits. */
export async function lockSceneFinding(tx: Tx, id: FindingId) {
  await tx.run(sql`SELECT 1 FROM aims WHERE id = (SELECT aim_id FROM findings WHERE id = ${id}) FOR UPDATE`);
  return tx.maybeOne(
    z.object({ aimId: AimId, cameraId: CameraId, jurisdiction: JurisdictionPath, state: FindingState }),
    sql`
      SELECT f.aim_id AS "aimId", f.camera_id AS "cameraId", c.jurisdiction::text AS jurisdiction, f.state
      FROM findings f JOIN cameras c ON c.id = f.camera_id
      WHERE f.id = ${id} AND f.kind = 'scene-shift' FOR UPDATE OF f
    `,
  );
}

/** Whose word it is, and whether it is enough, are the database's to say. */
export const insertSameScene = (tx: Tx, id: FindingId, note: string, accountId: AccountId) =>
  tx.one(
    z.object({ completes: z.boolean() }),
    sql`
      INSERT INTO finding_decisions (finding_id, decision, note, account_id) VALUES (${id}, 'same-scene', ${note}, ${accountId})
      RETURNING completes
    `,
  );

export const endSceneFinding = (tx: Tx, id: FindingId) =>
  tx.run(
    sql`UPDATE findings SET state = 'decided', closed_at = clock_timestamp() WHERE id = ${id} AND kind = 'scene-shift'`,
  );
