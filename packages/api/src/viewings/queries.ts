// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraId, CameraStatus, JurisdictionPath, ViewingId } from '@louver/contract';
import type { AccountId, PersonId, Role, ViewingKind } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

/**
 * A camera as far as it decides whether somebody may look. `frame` is null while nothing was approved for the current aim, or
 * for any preset of a camera that turns;
 * `maskVersion` is what will be seen: masks from geometry that lie over the approved ones, where there are some.
 */
export const findWatchable = (tx: Tx, cameraId: CameraId) =>
  tx.maybeOne(
    z.object({
      jurisdiction: JurisdictionPath,
      status: CameraStatus,
      hasStream: z.boolean(),
      frame: z.object({ width: z.number(), height: z.number() }).nullable(),
      maskVersion: z.number().nullable(),
      isExpired: z.boolean().nullable(),
      isUncalibrated: z.boolean(),
    }),
    sql`
      SELECT cameras.jurisdiction::text AS jurisdiction, cameras.status,
             EXISTS (SELECT FROM camera_streams WHERE camera_streams.camera_id = cameras.id) AS "hasStream",
             in_force.frame, coalesce(over.version, in_force.version) AS "maskVersion",
             in_force.expires_at <= clock_timestamp() AS "isExpired",
             EXISTS (SELECT FROM aims WHERE aims.camera_id = cameras.id AND aims.is_current AND aims.calibration = 'assumed')
               AS "isUncalibrated"
      FROM cameras
      LEFT JOIN LATERAL (
        SELECT mask_sets.aim_id, mask_sets.version, mask_sets.expires_at,
               json_build_object('width', mask_sets.frame_width, 'height', mask_sets.frame_height) AS frame
        FROM aims JOIN mask_sets ON mask_sets.aim_id = aims.id
        WHERE aims.camera_id = cameras.id AND aims.retired_at IS NULL AND (aims.is_current OR aims.preset_token IS NOT NULL)
          AND mask_sets.state IN ('approved', 'active')
        -- Of a camera that turns: where it stands, or where it may stand; when it gets there the worker looks at those masks again.
        ORDER BY (SELECT state = 'still' FROM camera_ptz WHERE camera_ptz.aim_id = aims.id) DESC NULLS LAST,
                 mask_sets.expires_at <= clock_timestamp(), aims.is_current DESC, mask_sets.version DESC
        LIMIT 1
      ) AS in_force ON true
      LEFT JOIN mask_sets over ON over.aim_id = in_force.aim_id AND over.state = 'proposed' AND over.enforced_at IS NOT NULL
      WHERE cameras.id = ${cameraId}
    `,
  );

export const findPolicy = (tx: Tx, role: Role) =>
  tx.maybeOne(
    z.object({ caseReferenceRequired: z.boolean(), maxMinutes: z.number() }),
    sql`
      SELECT case_reference_required AS "caseReferenceRequired", max_minutes AS "maxMinutes"
      FROM viewing_policies WHERE role = ${role}
    `,
  );

export interface NewViewing {
  id: ViewingId;
  cameraId: CameraId;
  accountId: AccountId;
  personId: PersonId;
  role: Role;
  jurisdiction: JurisdictionPath;
  kind: ViewingKind;
  purpose: string;
  caseReference: string | null;
  openedAt: Date;
  startBefore: Date;
  endsAt: Date;
  recordSeq: string;
}

export const insertViewing = (tx: Tx, viewing: NewViewing) =>
  tx.run(sql`
    INSERT INTO viewings (id, camera_id, account_id, person_id, role, jurisdiction, kind, purpose, case_reference,
                          opened_at, start_before, ends_at, record_seq)
    VALUES (${viewing.id}, ${viewing.cameraId}, ${viewing.accountId}, ${viewing.personId}, ${viewing.role},
            ${viewing.jurisdiction}::ltree, ${viewing.kind}, ${viewing.purpose}, ${viewing.caseReference},
            ${viewing.openedAt.toISOString()}, ${viewing.startBefore.toISOString()}, ${viewing.endsAt.toISOString()},
            ${viewing.recordSeq})
  `);

/** The exact text of a record that this transaction wrote. */
export const readEntry = async (tx: Tx, seq: string): Promise<string> => {
  const { entry } = await tx.one(
    z.object({ entry: z.string() }),
    sql`SELECT convert_from(entry, 'UTF8') AS entry FROM records WHERE seq = ${seq}::bigint`,
  );
  return entry;
};

/** One's own only: nobody ends somebody else's look. */
export const findOwnViewing = (tx: Tx, id: ViewingId, accountId: AccountId) =>
  tx.maybeOne(
    z.object({ id: ViewingId, startBefore: z.string(), closed: z.boolean() }),
    sql`
      SELECT id, start_before AS "startBefore", closed_at IS NOT NULL AS closed
      FROM viewings WHERE id = ${id} AND account_id = ${accountId}
    `,
  );

/** Undefined when it started or was closed after all. */
export const closeUnstarted = (tx: Tx, id: ViewingId) =>
  tx.maybeOne(
    z.object({
      cameraId: CameraId,
      jurisdiction: JurisdictionPath,
      purpose: z.string(),
      caseReference: z.string().nullable(),
    }),
    sql`
      UPDATE viewings
      SET closed_at = now(), end_reason = 'never-started', seconds_delivered = 0, frames_delivered = 0
      WHERE id = ${id} AND closed_at IS NULL AND started_at IS NULL
      RETURNING camera_id AS "cameraId", jurisdiction::text AS jurisdiction, purpose,
                case_reference AS "caseReference"
    `,
  );
