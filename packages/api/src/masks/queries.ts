// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  Actor,
  AimId,
  CameraId,
  JurisdictionPath,
  MaskSetId,
  MaskSetOrigin,
  MaskSetState,
  PersonId,
} from '@louver/contract';
import type { AccountId, MaskPolygons } from '@louver/contract';
import { join, sql, type Sql, type Tx } from '@louver/db';
import { z } from 'zod';
import { instantOf, microsecondsOf } from '../http/cursor.ts';

/** Checked when they came in, and once more on the way out: here their shape is enough. */
const StoredPolygons = z.array(z.array(z.tuple([z.number(), z.number()])));
const Frame = z.object({ width: z.number(), height: z.number() });

export const cameraIsVisible = async (tx: Tx, cameraId: CameraId): Promise<boolean> =>
  (await tx.maybeOne(z.object({}), sql`SELECT 1 AS one FROM cameras WHERE id = ${cameraId}`)) !== undefined;

/** Of the current aim, or of the one that a camera that turns stands at. What lies over the picture: the active set, or what geometry has added to it, once a media worker has burned that in. */
export const findMasksInForce = (tx: Tx, cameraId: CameraId) =>
  tx.maybeOne(
    z.object({ aimId: AimId, version: z.number(), frame: Frame, polygons: StoredPolygons }),
    sql`
      SELECT mask_sets.aim_id AS "aimId", mask_sets.version, mask_sets.polygons,
             json_build_object('width', mask_sets.frame_width, 'height', mask_sets.frame_height) AS frame
      FROM mask_sets JOIN aims ON aims.id = mask_sets.aim_id
        AND CASE WHEN aims.preset_token IS NULL THEN aims.is_current
                 ELSE EXISTS (SELECT FROM camera_ptz WHERE camera_ptz.aim_id = aims.id AND camera_ptz.state = 'still') END
      WHERE mask_sets.camera_id = ${cameraId} AND (
        mask_sets.state = 'active' OR (mask_sets.burned_in_at IS NOT NULL AND mask_sets.state IN ('proposed', 'approved')))
      ORDER BY mask_sets.version DESC
      LIMIT 1
    `,
  );

const MaskSetRow = z.object({
  id: MaskSetId,
  aimId: AimId,
  cameraId: CameraId,
  cameraCode: z.string(),
  jurisdiction: JurisdictionPath,
  version: z.number(),
  state: MaskSetState,
  polygons: StoredPolygons,
  frame: Frame,
  digest: z.string(),
  reason: z.string(),
  origin: MaskSetOrigin,
  author: Actor.nullable(),
  authorPersonId: PersonId.nullable(),
  decidedBy: Actor.nullable(),
  decisionNote: z.string().nullable(),
  createdAt: z.string(),
  decidedAt: z.string().nullable(),
  activatedAt: z.string().nullable(),
  enforcedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  renewFrom: z.string().nullable(),
  renews: z.number().nullable(),
  uncovers: z.object({ version: z.number(), share: z.number(), polygons: StoredPolygons }).nullable(),
  place: z.string(),
});
export type MaskSetRow = z.infer<typeof MaskSetRow>;

const maskSets = sql`
  SELECT mask_sets.id, mask_sets.aim_id AS "aimId", mask_sets.camera_id AS "cameraId", cameras.code AS "cameraCode",
         cameras.jurisdiction::text AS jurisdiction, mask_sets.version, mask_sets.state, mask_sets.polygons,
         json_build_object('width', mask_sets.frame_width, 'height', mask_sets.frame_height) AS frame,
         mask_sets.digest, mask_sets.reason, mask_sets.origin, mask_sets.author_person_id AS "authorPersonId",
         CASE WHEN mask_sets.author_id IS NOT NULL
              THEN json_build_object('id', mask_sets.author_id, 'name', author.name) END AS author,
         CASE WHEN mask_sets.decided_by IS NOT NULL
              THEN json_build_object('id', mask_sets.decided_by, 'name', decider.name) END AS "decidedBy",
         mask_sets.decision_note AS "decisionNote", mask_sets.created_at AS "createdAt",
         mask_sets.decided_at AS "decidedAt", mask_sets.activated_at AS "activatedAt", mask_sets.enforced_at AS "enforcedAt",
         mask_sets.expires_at AS "expiresAt",
         mask_sets.expires_at - (mask_rules() ->> 'remindDays')::float8 * interval '1 day' AS "renewFrom",
         renewed.version AS renews,
         CASE WHEN compared.id IS NOT NULL
              THEN json_build_object('version', compared.version, 'share', mask_sets.uncovered_share,
                                     'polygons', mask_sets.uncovered) END AS uncovers,
         ${microsecondsOf(sql`mask_sets.created_at`)} AS place
  FROM mask_sets
  JOIN cameras ON cameras.id = mask_sets.camera_id
  LEFT JOIN persons AS author ON author.id = mask_sets.author_person_id
  LEFT JOIN persons AS decider ON decider.id = mask_sets.decider_person_id
  LEFT JOIN mask_sets AS renewed ON renewed.id = mask_sets.renews_id
  LEFT JOIN mask_sets AS compared ON compared.id = mask_sets.compared_with_id
`;

export const findMaskSet = (tx: Tx, id: MaskSetId) =>
  tx.maybeOne(MaskSetRow, sql`${maskSets} WHERE mask_sets.id = ${id}`);

export interface MaskSetFilter {
  state?: MaskSetState[];
  origin?: MaskSetOrigin;
  cameraId?: CameraId;
  before?: readonly [place: string, id: MaskSetId];
  limit: number;
}

/** Newest first. */
export function listMaskSets(tx: Tx, { state, origin, cameraId, before, limit }: MaskSetFilter) {
  // What geometry proposes waits in the queue of exposures, and would drown what people drew here.
  const wanted: Sql[] = [
    origin
      ? sql`mask_sets.origin = ${origin}`
      : sql`NOT (mask_sets.origin = 'geometry' AND mask_sets.state = 'proposed')`,
  ];
  if (state) wanted.push(sql`mask_sets.state = ANY (${state}::text[])`);
  if (cameraId) wanted.push(sql`mask_sets.camera_id = ${cameraId}`);
  if (before) wanted.push(sql`(mask_sets.created_at, mask_sets.id) < (${instantOf(before[0])}, ${before[1]}::uuid)`);
  return tx.many(
    MaskSetRow,
    sql`${maskSets} WHERE ${join(wanted, ' AND ')} ORDER BY mask_sets.created_at DESC, mask_sets.id DESC LIMIT ${limit}`,
  );
}

/** Everything that changes an aim's mask sets waits here for whoever came first, so that versions and states follow one another. */
export const lockAim = (tx: Tx, aimId: AimId) =>
  tx.maybeOne(
    z.object({ cameraId: CameraId, frame: Frame, jurisdiction: JurisdictionPath }),
    sql`
      SELECT aims.camera_id AS "cameraId", cameras.jurisdiction::text AS jurisdiction,
             json_build_object('width', aims.frame_width, 'height', aims.frame_height) AS frame
      FROM aims JOIN cameras ON cameras.id = aims.camera_id
      WHERE aims.id = ${aimId} AND aims.retired_at IS NULL
      FOR UPDATE OF aims
    `,
  );

/** Read under the lock of the aim. Version 0 stands for "none"; `shown` is what geometry has added to it, when that is burned in. */
export const readVersions = (tx: Tx, aimId: AimId) =>
  tx.one(
    z.object({
      last: z.number(),
      inForce: z.number(),
      shown: z.number().nullable(),
      inForceDigest: z.string().nullable(),
    }),
    sql`
      SELECT coalesce(max(version), 0) AS last,
             max(version) FILTER (WHERE burned_in_at IS NOT NULL AND state IN ('proposed', 'approved')) AS shown,
             coalesce(max(version) FILTER (WHERE state IN ('approved', 'active')), 0) AS "inForce",
             (array_agg(digest ORDER BY version DESC) FILTER (WHERE state IN ('approved', 'active')))[1] AS "inForceDigest"
      FROM mask_sets WHERE aim_id = ${aimId}
    `,
  );

export interface NewMaskSet {
  aimId: AimId;
  cameraId: CameraId;
  version: number;
  polygons: MaskPolygons;
  frame: { width: number; height: number };
  digest: string;
  reason: string;
  authorId: AccountId;
  /** The set in force that it repeats. */
  renewsId: MaskSetId | null;
}

export const insertProposal = (tx: Tx, set: NewMaskSet) =>
  tx.one(
    z.object({ id: MaskSetId }),
    sql`
      INSERT INTO mask_sets (aim_id, camera_id, version, state, polygons, frame_width, frame_height, digest, reason, author_id, renews_id,
                             created_at)
      VALUES (${set.aimId}, ${set.cameraId}, ${set.version}, 'proposed', ${JSON.stringify(set.polygons)}::jsonb,
              ${set.frame.width}, ${set.frame.height}, ${set.digest}, ${set.reason}, ${set.authorId}, ${set.renewsId},
              clock_timestamp())
      RETURNING id
    `,
  );

export const decide = (tx: Tx, id: MaskSetId, state: 'approved' | 'rejected', decidedBy: AccountId, note: string) =>
  tx.run(sql`
    UPDATE mask_sets
    SET state = ${state}, decided_by = ${decidedBy}, decision_note = ${note}, decided_at = clock_timestamp()
    WHERE id = ${id}
  `);

/** Whatever was drawn before this set was approved, and whatever it replaces before it was burned in. */
export const retireSuperseded = (tx: Tx, aimId: AimId, approved: MaskSetId) =>
  tx.many(
    z.object({ id: MaskSetId }),
    sql`
      UPDATE mask_sets SET state = 'retired'
      WHERE aim_id = ${aimId} AND id <> ${approved} AND state IN ('draft', 'proposed', 'approved')
      RETURNING id
    `,
  );

/** The former set first: an aim has one active set at any moment. */
export async function activate(tx: Tx, aimId: AimId, id: MaskSetId): Promise<void> {
  await tx.run(
    sql`UPDATE mask_sets SET state = 'retired' WHERE aim_id = ${aimId} AND state = 'active' AND id <> ${id}`,
  );
  await tx.run(sql`UPDATE mask_sets SET state = 'active', activated_at = clock_timestamp() WHERE id = ${id}`);
}
