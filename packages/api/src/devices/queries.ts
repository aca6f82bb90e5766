// SPDX-License-Identifier: AGPL-3.0-or-later
import { type CameraId, DeviceStanding, JurisdictionPath } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

const Place = z.object({ jurisdiction: JurisdictionPath });

/** Locks the row: who sets a device and who switches it on come one after the other. */
export const lockCameraOfDevice = (tx: Tx, cameraId: CameraId) =>
  tx.maybeOne(Place, sql`SELECT jurisdiction::text AS jurisdiction FROM cameras WHERE id = ${cameraId} FOR UPDATE`);

/** Undefined when there is no such camera. */
export const findDevice = (tx: Tx, cameraId: CameraId) =>
  tx.maybeOne(
    DeviceStanding,
    sql`
      SELECT d.camera_id IS NOT NULL AS "hasDevice",
             json_build_object('wanted', coalesce(d.masks_wanted, false), 'able', d.masks_able,
               'state', coalesce(d.masks_state, 'idle'), 'reason', d.masks_reason,
               'since', to_char(d.masks_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS "onDeviceMasks"
      FROM cameras c LEFT JOIN camera_devices d ON d.camera_id = c.id WHERE c.id = ${cameraId}
    `,
  );

/** @returns whether there was one before */
export async function putSealedDevice(tx: Tx, cameraId: CameraId, sealed: Buffer): Promise<boolean> {
  const replaced = await tx.run(
    sql`UPDATE camera_devices SET sealed = ${sealed}, updated_at = clock_timestamp() WHERE camera_id = ${cameraId}`,
  );
  if (replaced === 0) await tx.run(sql`INSERT INTO camera_devices (camera_id, sealed) VALUES (${cameraId}, ${sealed})`);
  return replaced > 0;
}

/** @returns whether there was one */
export const deleteDevice = async (tx: Tx, cameraId: CameraId): Promise<boolean> =>
  (await tx.run(sql`DELETE FROM camera_devices WHERE camera_id = ${cameraId}`)) > 0;

/** @returns whether there is a device */
export const setMasksWanted = async (tx: Tx, cameraId: CameraId, wanted: boolean): Promise<boolean> =>
  (await tx.run(sql`
    UPDATE camera_devices SET masks_wanted = ${wanted}, updated_at = clock_timestamp() WHERE camera_id = ${cameraId}
  `)) > 0;
