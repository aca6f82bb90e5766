// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  Aim,
  type AimCalibration,
  type AimDraft,
  type AimId,
  type CameraId,
  JurisdictionPath,
  PtzStanding,
} from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

const columns = sql`
  a.id, a.camera_id AS "cameraId", a.name,
  json_build_object('lon', ST_X(a.position), 'lat', ST_Y(a.position), 'height', a.height_m) AS position,
  a.heading_deg AS heading, a.tilt_deg AS tilt, a.roll_deg AS roll, a.hfov_deg AS hfov,
  json_build_object('width', a.frame_width, 'height', a.frame_height) AS image, a.range_m AS range, a.k1, a.k2, a.calibration,
  CASE WHEN a.preset_token IS NOT NULL THEN json_build_object('token', a.preset_token, 'position',
    json_build_object('pan', a.preset_pan, 'tilt', a.preset_tilt, 'zoom', a.preset_zoom)) END AS preset`;

/** Locks the camera, so that of two aims made at once one becomes current. */
export const lockCameraOfAims = (tx: Tx, cameraId: CameraId) =>
  tx.maybeOne(
    z.object({ jurisdiction: JurisdictionPath }),
    sql`SELECT jurisdiction::text AS jurisdiction FROM cameras WHERE id = ${cameraId} FOR UPDATE`,
  );

type Calibrated = AimDraft & { calibration: AimCalibration };

/** A camera's first aim is its current one; a further one waits until somebody turns the camera to it. */
export const insertAim = (tx: Tx, cameraId: CameraId, aim: Calibrated) =>
  tx.one(
    Aim.extend({ isCurrent: z.boolean() }),
    sql`
      INSERT INTO aims AS a (camera_id, name, is_current, position, height_m, heading_deg, tilt_deg, roll_deg, hfov_deg,
                             frame_width, frame_height, range_m, k1, k2, calibration,
                             preset_token, preset_pan, preset_tilt, preset_zoom)
      VALUES (${cameraId}, ${aim.name}, NOT EXISTS (SELECT FROM aims WHERE camera_id = ${cameraId} AND is_current),
              ST_SetSRID(ST_Point(${aim.position.lon}, ${aim.position.lat}), 4326),
              ${aim.position.height}, ${aim.heading}, ${aim.tilt}, ${aim.roll}, ${aim.hfov}, ${aim.image.width},
              ${aim.image.height}, ${aim.range}, ${aim.k1 ?? 0}, ${aim.k2 ?? 0}, ${aim.calibration},
              ${aim.preset?.token ?? null}, ${aim.preset?.position.pan ?? null}, ${aim.preset?.position.tilt ?? null},
              ${aim.preset?.position.zoom ?? null})
      RETURNING ${columns}, a.is_current AS "isCurrent"
    `,
  );

/** Only of those in use. Locks the row, so that the before-image in the record is the one that was changed. */
export const lockAim = (tx: Tx, id: AimId) =>
  tx.maybeOne(
    Aim.extend({ jurisdiction: JurisdictionPath, isCurrent: z.boolean() }),
    sql`
      SELECT ${columns}, c.jurisdiction::text AS jurisdiction, a.is_current AS "isCurrent"
      FROM aims a JOIN cameras c ON c.id = a.camera_id WHERE a.id = ${id} AND a.retired_at IS NULL
      FOR UPDATE OF a
    `,
  );

export const updateAim = (tx: Tx, id: AimId, aim: Calibrated & Pick<Aim, 'preset'>) =>
  tx.one(
    Aim,
    sql`
      UPDATE aims a SET
        name = ${aim.name}, position = ST_SetSRID(ST_Point(${aim.position.lon}, ${aim.position.lat}), 4326),
        height_m = ${aim.position.height}, heading_deg = ${aim.heading}, tilt_deg = ${aim.tilt}, roll_deg = ${aim.roll},
        hfov_deg = ${aim.hfov}, frame_width = ${aim.image.width}, frame_height = ${aim.image.height}, range_m = ${aim.range},
        k1 = ${aim.k1 ?? 0}, k2 = ${aim.k2 ?? 0}, calibration = ${aim.calibration},
        preset_token = ${aim.preset?.token ?? null}, preset_pan = ${aim.preset?.position.pan ?? null},
        preset_tilt = ${aim.preset?.position.tilt ?? null}, preset_zoom = ${aim.preset?.position.zoom ?? null}, updated_at = now()
      WHERE a.id = ${id} RETURNING ${columns}
    `,
  );

/** Its masks go with it. */
export const retireAim = (tx: Tx, id: AimId) =>
  tx.run(sql`UPDATE aims SET retired_at = clock_timestamp() WHERE id = ${id}`);

/** Undefined when there is no such camera. */
export const findPtz = (tx: Tx, cameraId: CameraId) =>
  tx.maybeOne(
    PtzStanding,
    sql`
      SELECT c.mobility = 'ptz' OR EXISTS (SELECT FROM aims a WHERE a.camera_id = c.id AND a.preset_token IS NOT NULL
               AND a.retired_at IS NULL) AS turns,
             coalesce(p.state, 'unknown') AS state,
             CASE WHEN coalesce(p.state, 'unknown') <> 'unknown' THEN p.reason
                  WHEN NOT EXISTS (SELECT FROM camera_devices d WHERE d.camera_id = c.id) THEN 'no-device'
                  ELSE coalesce(p.reason, 'not-watched') END AS reason, p.aim_id AS "aimId", p.position,
             coalesce(p.presets, '[]') AS presets,
             to_char(p.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS since
      FROM cameras c LEFT JOIN camera_ptz p ON p.camera_id = c.id WHERE c.id = ${cameraId}
    `,
  );
