// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraId } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';
import type { HeadReport } from './turning.ts';

/** For people to read: no picture hangs on it. */
export async function writeHead(
  tx: Tx,
  { cameraId, state, reason, aimId, position, presets }: HeadReport,
): Promise<void> {
  const told = presets === undefined ? null : JSON.stringify(presets);
  await tx.run(sql`
    INSERT INTO camera_ptz AS known (camera_id, state, reason, aim_id, position, presets)
    SELECT ${cameraId}, ${state}, ${reason}, ${aimId}::uuid, ${position && JSON.stringify(position)}::jsonb, coalesce(${told}::jsonb, '[]')
    WHERE EXISTS (SELECT FROM cameras WHERE id = ${cameraId})
      AND (${aimId}::uuid IS NULL OR EXISTS (SELECT FROM aims WHERE id = ${aimId}::uuid))
    ON CONFLICT (camera_id) DO UPDATE SET
      since = CASE WHEN (known.state, known.reason, known.aim_id) IS DISTINCT FROM (EXCLUDED.state, EXCLUDED.reason, EXCLUDED.aim_id)
                   THEN clock_timestamp() ELSE known.since END,
      state = EXCLUDED.state, reason = EXCLUDED.reason, aim_id = EXCLUDED.aim_id,
      position = coalesce(EXCLUDED.position, known.position),
      presets = CASE WHEN ${told}::jsonb IS NULL THEN known.presets ELSE EXCLUDED.presets END
  `);
}

/** Cameras that turn and can be asked. */
export const findHeads = (tx: Tx) =>
  tx.many(
    z.object({ cameraId: CameraId }),
    sql`
      SELECT cameras.id AS "cameraId" FROM cameras
      JOIN camera_devices ON camera_devices.camera_id = cameras.id
      JOIN camera_streams ON camera_streams.camera_id = cameras.id
      WHERE cameras.status = 'live' AND (cameras.mobility = 'ptz' OR EXISTS (
        SELECT FROM aims WHERE aims.camera_id = cameras.id AND aims.preset_token IS NOT NULL AND aims.retired_at IS NULL))
    `,
  );
