// SPDX-License-Identifier: AGPL-3.0-or-later
import { AimId, CameraId, CameraStatus, FrameSize, JurisdictionPath, MaskPolygons, MaskSetId } from '@louver/contract';
import { appendRecord, emitAfterCommit, sql, type Tx } from '@louver/db';
import { digestOf } from '@louver/ledger';
import { z } from 'zod';

/** What decides whether a camera has a picture, and which masks are burned into it. */
export const Standing = z.object({
  cameraId: CameraId,
  status: CameraStatus,
  jurisdiction: JurisdictionPath,
  /** When the address was last written; null when there is none. */
  streamUpdatedAt: z.string().nullable(),
  masks: z
    .object({
      id: MaskSetId,
      aimId: AimId,
      version: z.number().int(),
      state: z.enum(['approved', 'active']),
      frame: FrameSize,
    })
    .nullable(),
});
export type Standing = z.infer<typeof Standing>;
export type MaskSetInForce = NonNullable<Standing['masks']>;

/** The newest decided mask set of each camera's current aim. Cameras that no longer exist are missing from the answer. */
export const findStandings = (tx: Tx, cameraIds: readonly CameraId[]) =>
  tx.many(
    Standing,
    sql`
      SELECT cameras.id AS "cameraId", cameras.status, cameras.jurisdiction::text AS jurisdiction,
             camera_streams.updated_at AS "streamUpdatedAt", in_force.masks
      FROM cameras
      LEFT JOIN camera_streams ON camera_streams.camera_id = cameras.id
      LEFT JOIN LATERAL (
        SELECT json_build_object(
                 'id', mask_sets.id, 'aimId', mask_sets.aim_id, 'version', mask_sets.version, 'state', mask_sets.state,
                 'frame', json_build_object('width', mask_sets.frame_width, 'height', mask_sets.frame_height)) AS masks
        FROM aims JOIN mask_sets ON mask_sets.aim_id = aims.id
        WHERE aims.camera_id = cameras.id AND aims.is_current AND mask_sets.state IN ('approved', 'active')
        ORDER BY mask_sets.version DESC
        LIMIT 1
      ) AS in_force ON true
      WHERE cameras.id = ANY(${[...cameraIds]}::uuid[])
    `,
  );

/**
 * Polygons of one version: they never change, so they are read once. None when they are not those whose digest was proposed
 * and approved: whoever edits them behind the application's back gets no picture.
 */
export async function findPolygons(tx: Tx, { id, aimId, frame }: MaskSetInForce): Promise<MaskPolygons | undefined> {
  const found = await tx.maybeOne(
    z.object({ polygons: MaskPolygons, digest: z.string() }),
    sql`SELECT polygons, digest FROM mask_sets WHERE id = ${id}`,
  );
  return found && digestOf({ aimId, frame, polygons: found.polygons }) === found.digest ? found.polygons : undefined;
}

export const findSealedStream = (tx: Tx, cameraId: CameraId) =>
  tx.maybeOne(
    z.object({ sealed: z.instanceof(Buffer), addressMac: z.string() }),
    sql`SELECT sealed, address_mac AS "addressMac" FROM camera_streams WHERE camera_id = ${cameraId}`,
  );

/**
 * States that a mask set is burned in: it is the active one from now on and the former one is retired.
 * False when it lost its force meanwhile, or was active already.
 */
export async function activateMasks(tx: Tx, standing: Standing, masks: MaskSetInForce): Promise<boolean> {
  // Locked first, so that two streams of one camera cannot both retire the other's set.
  const own = await tx.maybeOne(
    z.object({ state: z.string() }),
    sql`SELECT state FROM mask_sets WHERE id = ${masks.id} FOR UPDATE`,
  );
  if (own?.state !== 'approved') return false;
  const { cameraId, jurisdiction } = standing;
  const former = await tx.many(
    z.object({ version: z.number().int() }),
    sql`UPDATE mask_sets SET state = 'retired' WHERE aim_id = ${masks.aimId} AND state = 'active' RETURNING version`,
  );
  await tx.run(sql`UPDATE mask_sets SET state = 'active', activated_at = now() WHERE id = ${masks.id}`);
  await appendRecord(tx, {
    action: 'mask.activate',
    actor: null,
    subject: masks.id,
    cameraId,
    jurisdiction,
    detail: { version: masks.version, retired: former.map(({ version }) => version) },
  });
  for (const { version } of former)
    await emitAfterCommit(tx, 'masks.changed', { cameraId, jurisdiction, version, state: 'retired' });
  await emitAfterCommit(tx, 'masks.changed', { cameraId, jurisdiction, version: masks.version, state: 'active' });
  return true;
}
