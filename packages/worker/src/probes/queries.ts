// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraId, JurisdictionPath, StreamState } from '@louver/contract';
import { emitAfterCommit, sql, type Tx } from '@louver/db';
import { z } from 'zod';
import type { SeenState } from './sightings.ts';

/** Writes what was seen; tells open pages only when the state or its sentence is another one. */
export async function writeSighting(
  tx: Tx,
  cameraId: CameraId,
  state: SeenState,
  detail: string | null,
): Promise<void> {
  // Cameras that are gone are not written.
  const before = await tx.maybeOne(
    z.object({ jurisdiction: JurisdictionPath, state: StreamState.nullable(), detail: z.string().nullable() }),
    sql`
      SELECT cameras.jurisdiction::text AS jurisdiction, camera_health.state, camera_health.detail
      FROM cameras LEFT JOIN camera_health ON camera_health.camera_id = cameras.id
      WHERE cameras.id = ${cameraId}
    `,
  );
  if (!before) return;
  const { since } = await tx.one(
    z.object({ since: z.string() }),
    sql`
      INSERT INTO camera_health (camera_id, state, detail) VALUES (${cameraId}, ${state}, ${detail})
      ON CONFLICT (camera_id) DO UPDATE SET
        since = CASE WHEN camera_health.state = excluded.state THEN camera_health.since ELSE now() END,
        state = excluded.state, detail = excluded.detail, checked_at = now()
      RETURNING since
    `,
  );
  if (before.state === state && before.detail === detail) return;
  await emitAfterCommit(tx, 'camera.status', { cameraId, jurisdiction: before.jurisdiction, state, since, detail });
}

/** Every live camera that has an address, with the address as it lies in the database. */
export const findProbeTargets = (tx: Tx) =>
  tx.many(
    z.object({ cameraId: CameraId, sealed: z.instanceof(Buffer) }),
    sql`
      SELECT cameras.id AS "cameraId", camera_streams.sealed
      FROM cameras JOIN camera_streams ON camera_streams.camera_id = cameras.id
      WHERE cameras.status = 'live'
      ORDER BY cameras.id
    `,
  );
