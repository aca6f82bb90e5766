// SPDX-License-Identifier: AGPL-3.0-or-later
import { type CameraId, FindingId, JurisdictionPath } from '@louver/contract';
import { appendRecord, sql, type Tx } from '@louver/db';
import { z } from 'zod';
import { ALGORITHM, digestOfScene } from './reference.ts';
import { type Covered, SCENE_SHIFT, type SceneShift } from './shift.ts';

export const findReference = (tx: Tx, id: string) =>
  tx.maybeOne(
    z.object({ cells: z.instanceof(Buffer), algorithm: z.string(), digest: z.string() }),
    sql`SELECT cells, algorithm, digest FROM scene_references WHERE id = ${id} AND ended_at IS NULL`,
  );

export const jurisdictionOf = async (tx: Tx, cameraId: CameraId): Promise<JurisdictionPath> =>
  (
    await tx.one(
      z.object({ jurisdiction: JurisdictionPath }),
      sql`SELECT jurisdiction::text AS jurisdiction FROM cameras WHERE id = ${cameraId}`,
    )
  ).jurisdiction;

/**
 * Keeps what an aim looks like, unless something is kept already, or its masks went meanwhile.
 * @returns the id of it
 */
export async function keepReference(
  tx: Tx,
  cameraId: CameraId,
  { id: maskSetId, aimId, version }: Covered,
  cells: Buffer,
): Promise<string | undefined> {
  const digest = digestOfScene(cells);
  const kept = await tx.maybeOne(
    z.object({ id: z.uuid() }),
    sql`
      INSERT INTO scene_references (aim_id, camera_id, cells, algorithm, digest, mask_set_id)
      SELECT aim_id, camera_id, ${cells}, ${ALGORITHM}, ${digest}, id FROM mask_sets
      WHERE id = ${maskSetId} AND state NOT IN ('retired', 'rejected')
      ON CONFLICT (aim_id) WHERE ended_at IS NULL DO NOTHING RETURNING id
    `,
  );
  if (!kept) return undefined;
  const jurisdiction = await jurisdictionOf(tx, cameraId);
  const detail = { aimId, maskSetId, version, algorithm: ALGORITHM, digest };
  await appendRecord(tx, { action: 'scene.refer', actor: null, subject: kept.id, cameraId, jurisdiction, detail });
  return kept.id;
}

/** Findings about a reference that is not the present one. @returns those that it closed */
export const closeFormerShifts = (tx: Tx, { maskSet, referenceId }: SceneShift) =>
  tx.many(
    z.object({ id: FindingId }),
    sql`
      UPDATE findings SET state = 'closed', closed_at = clock_timestamp()
      WHERE aim_id = ${maskSet.aimId} AND kind = ${SCENE_SHIFT} AND state = 'open' AND detail ->> 'referenceId' <> ${referenceId}
      RETURNING id
    `,
  );

/** @returns undefined when one is open about the same reference */
export const insertShift = (tx: Tx, { cameraId, maskSet }: SceneShift, detail: object) =>
  tx.maybeOne(
    z.object({ id: FindingId, dueAt: z.string() }),
    sql`
      INSERT INTO findings (kind, aim_id, camera_id, mask_set_id, detail, due_at)
      VALUES (${SCENE_SHIFT}, ${maskSet.aimId}, ${cameraId}, ${maskSet.id}, ${JSON.stringify(detail)}::jsonb,
              clock_timestamp() + interval '24 hours')
      ON CONFLICT (aim_id, kind) WHERE state = 'open' DO NOTHING RETURNING id, due_at AS "dueAt"
    `,
  );
