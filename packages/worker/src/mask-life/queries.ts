// SPDX-License-Identifier: AGPL-3.0-or-later
import { AimId, CameraId, FindingId, JurisdictionPath, MaskSetId, MaskSetState } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

const Ended = z.object({
  id: MaskSetId,
  aimId: AimId,
  cameraId: CameraId,
  jurisdiction: JurisdictionPath,
  version: z.number().int(),
  state: MaskSetState,
  digest: z.string(),
  expiresAt: z.string(),
});
type Ended = z.infer<typeof Ended>;

/** Sets in force whose time was over at `now`, and of which nobody has said so. */
export const markExpired = (tx: Tx, now: Date): Promise<Ended[]> =>
  tx.many(
    Ended,
    sql`
      UPDATE mask_sets SET expired_at = clock_timestamp()
      FROM cameras
      WHERE cameras.id = mask_sets.camera_id AND mask_sets.state IN ('approved', 'active')
        AND mask_sets.expires_at <= ${now} AND mask_sets.expired_at IS NULL
      RETURNING mask_sets.id, mask_sets.aim_id AS "aimId", mask_sets.camera_id AS "cameraId",
                cameras.jurisdiction::text AS jurisdiction, mask_sets.version, mask_sets.state, mask_sets.digest,
                mask_sets.expires_at AS "expiresAt"
    `,
  );

const About = z.object({
  id: FindingId,
  aimId: AimId,
  cameraId: CameraId,
  jurisdiction: JurisdictionPath,
  maskSetId: MaskSetId,
});

/** Of each aim the newest set in force, when it is to be renewed and no finding says so. */
export const openReminders = (tx: Tx, now: Date) =>
  tx.many(
    About.extend({ dueAt: z.string() }),
    sql`
      WITH newest AS (
        SELECT DISTINCT ON (aim_id) id, aim_id, camera_id, version, expires_at
        FROM mask_sets WHERE state IN ('approved', 'active') ORDER BY aim_id, version DESC
      ), opened AS (
        INSERT INTO findings (kind, aim_id, camera_id, mask_set_id, detail, due_at)
        SELECT 'masks-expiring', newest.aim_id, newest.camera_id, newest.id,
               jsonb_build_object('version', newest.version, 'expiresAt', to_char(newest.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
               newest.expires_at
        FROM newest
        WHERE newest.expires_at <= ${now}::timestamptz + (mask_rules() ->> 'remindDays')::float8 * interval '1 day'
        ON CONFLICT (aim_id, kind) WHERE state = 'open' DO NOTHING
        RETURNING id, aim_id, camera_id, mask_set_id, due_at
      )
      SELECT opened.id, opened.aim_id AS "aimId", opened.camera_id AS "cameraId", opened.mask_set_id AS "maskSetId",
             opened.due_at AS "dueAt", cameras.jurisdiction::text AS jurisdiction
      FROM opened JOIN cameras ON cameras.id = opened.camera_id
    `,
  );

/** Reminders of sets that are not in force any more, or not the newest. */
export const closeReminders = (tx: Tx) =>
  tx.many(
    About.extend({ renewedBy: MaskSetId.nullable() }),
    sql`
      WITH newest AS (
        SELECT findings.id AS finding_id, cameras.jurisdiction,
               (SELECT later.id FROM mask_sets later WHERE later.aim_id = findings.aim_id AND later.state IN ('approved', 'active')
                ORDER BY later.version DESC LIMIT 1) AS id
        FROM findings JOIN cameras ON cameras.id = findings.camera_id
        WHERE findings.kind = 'masks-expiring' AND findings.state = 'open'
      )
      UPDATE findings SET state = 'closed', closed_at = clock_timestamp()
      FROM newest
      WHERE newest.finding_id = findings.id AND newest.id IS DISTINCT FROM findings.mask_set_id
      RETURNING findings.id, findings.aim_id AS "aimId", findings.camera_id AS "cameraId", findings.mask_set_id AS "maskSetId",
                newest.jurisdiction::text AS jurisdiction, newest.id AS "renewedBy"
    `,
  );

/** Of a view that the camera does not have any more: there is nothing left to decide. */
export const closeFormerScenes = (tx: Tx) =>
  tx.many(
    About.omit({ maskSetId: true }),
    sql`
      UPDATE findings SET state = 'closed', closed_at = clock_timestamp()
      FROM cameras
      WHERE findings.kind = 'scene-shift' AND findings.state = 'open' AND cameras.id = findings.camera_id
        AND NOT EXISTS (SELECT FROM scene_references
                        WHERE scene_references.id = (findings.detail ->> 'referenceId')::uuid AND scene_references.ended_at IS NULL)
      RETURNING findings.id, findings.aim_id AS "aimId", findings.camera_id AS "cameraId", cameras.jurisdiction::text AS jurisdiction
    `,
  );
