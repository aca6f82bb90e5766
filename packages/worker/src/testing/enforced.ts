// SPDX-License-Identifier: AGPL-3.0-or-later
// Sets that geometry has added over a home, as a measurement leaves them: whatever was enforced before goes.
import type { AimId, CameraId, MaskPolygons, MaskSetId } from '@louver/contract';
import { digestOf } from '@louver/ledger';
import { type Database, anAccount, recordApproval } from '@louver/testkit';

export interface Enforced {
  readonly maskSetId: MaskSetId;
  readonly cameraId: CameraId;
  readonly aimId: AimId;
  readonly version: number;
  readonly digest: string;
}

export async function anEnforcedSet(db: Database, baseId: MaskSetId, added: MaskPolygons): Promise<Enforced> {
  const { rows } = await db.query(
    `SELECT aim_id AS "aimId", camera_id AS "cameraId", polygons, frame_width AS width, frame_height AS height,
            (SELECT max(version) + 1 FROM mask_sets m WHERE m.aim_id = base.aim_id) AS version
     FROM mask_sets base WHERE id = $1`,
    [baseId],
  );
  const base = rows[0] as {
    aimId: AimId;
    cameraId: CameraId;
    polygons: MaskPolygons;
    width: number;
    height: number;
    version: number;
  };
  const { aimId, cameraId, width, height, version } = base;
  const polygons = [...base.polygons, ...added];
  const digest = digestOf({ aimId, frame: { width, height }, polygons });
  await db.query(
    "UPDATE mask_sets SET state = 'retired' WHERE aim_id = $1 AND enforced_at IS NOT NULL AND state = 'proposed'",
    [aimId],
  );
  const made = await db.query(
    `INSERT INTO mask_sets (aim_id, camera_id, version, state, polygons, frame_width, frame_height, digest, reason, origin, run_id,
                            extends_id, enforced_at)
     VALUES ($1, $2, $3, 'proposed', $4, $5, $6, $7, 'a home shows', 'geometry', $8, $9, now()) RETURNING id`,
    [aimId, cameraId, version, JSON.stringify(polygons), width, height, digest, await aRun(db, base), baseId],
  );
  return { maskSetId: made.rows[0]!['id'] as MaskSetId, cameraId, aimId, version, digest };
}

async function aRun(db: Database, { aimId, cameraId }: { aimId: AimId; cameraId: CameraId }): Promise<unknown> {
  await db.query('UPDATE exposure_runs SET superseded_at = now() WHERE aim_id = $1 AND superseded_at IS NULL', [aimId]);
  const { rows } = await db.query(
    `INSERT INTO exposure_runs (aim_id, camera_id, inputs_digest, inputs, aim_digest, policy_version, viewshed)
     VALUES ($1, $2, $3, '{}', $3, 1, ST_Multi(ST_MakeEnvelope(108.05, 12.68, 108.0501, 12.6801, 4326))) RETURNING id`,
    [aimId, cameraId, digestOf({ aimId })],
  );
  return rows[0]!['id'];
}

/** A reviewer's yes to a proposal, as the API writes it while a worker holds the stream. */
export async function approveEnforced(db: Database, set: Enforced): Promise<void> {
  const { accountId } = await anAccount(db, { role: 'reviewer' });
  await recordApproval(db, { ...set, reviewer: accountId });
  await db.query(
    "UPDATE mask_sets SET state = 'approved', decided_by = $2, decided_at = now(), decision_note = 'seen' WHERE id = $1",
    [set.maskSetId, accountId],
  );
  await db.query("UPDATE mask_sets SET state = 'retired' WHERE aim_id = $1 AND id <> $2 AND state = 'proposed'", [
    set.aimId,
    set.maskSetId,
  ]);
}
