// SPDX-License-Identifier: AGPL-3.0-or-later
// Many rows travel as one JSON parameter: a statement per thousand rows instead of a thousand statements.
import { AimCalibration, AimDraft, AimId, CameraDraft, CameraId, JurisdictionPath } from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

/** Two imports of one kind one after the other: each would find the other's rows missing and then taken. */
export const lockImports = (tx: Tx, kind: string) =>
  tx.run(sql`SELECT pg_advisory_xact_lock(hashtext(${`louver import ${kind}`}))`);

export const knownJurisdictions = (tx: Tx) =>
  tx.many(
    z.object({ path: JurisdictionPath, kind: z.string(), code: z.string().nullable() }),
    sql`SELECT path::text AS path, kind, code FROM jurisdictions`,
  );

/** The deepest jurisdiction whose boundary holds each point; points outside of all are left out. */
export const jurisdictionsAt = (tx: Tx, points: { row: number; lon: number; lat: number }[]) =>
  tx.rows<{ row: number; path: JurisdictionPath }>(sql`
    SELECT p.row, j.path::text AS path
    FROM json_to_recordset(${JSON.stringify(points)}::json) AS p (row integer, lon float8, lat float8)
    CROSS JOIN LATERAL (
      SELECT path FROM jurisdictions
      WHERE ST_Covers(boundary, ST_SetSRID(ST_Point(p.lon, p.lat), 4326)) ORDER BY nlevel(path) DESC, path LIMIT 1
    ) j
  `);

/** `notBefore`: a day that is still to come, on which it may be live at the earliest. */
const KnownCamera = CameraDraft.extend({ id: CameraId, notBefore: z.string().nullable() });
export type KnownCamera = z.infer<typeof KnownCamera>;

/** Locked, so that what is compared is what is changed. */
export const lockCamerasByCode = (tx: Tx, codes: string[]) =>
  tx.many(
    KnownCamera,
    sql`
      SELECT id, code, name, jurisdiction::text AS jurisdiction,
             json_build_object('type', 'Point', 'coordinates', json_build_array(ST_X(location), ST_Y(location))) AS location,
             owner, operator, host_premises AS "hostPremises", purpose, legal_basis AS "legalBasis",
             retention_days AS "retentionDays", publication, status, mobility, manufacturer, model,
             has_audio AS "hasAudio", has_biometrics AS "hasBiometrics",
             CASE WHEN live_not_before > local_today() THEN live_not_before::text END AS "notBefore"
      FROM cameras WHERE code = ANY(${codes}::text[]) FOR UPDATE
    `,
  );

const KnownAim = z.object({ id: AimId, cameraId: CameraId, ...AimDraft.shape, calibration: AimCalibration });
export type KnownAim = z.infer<typeof KnownAim>;

export const lockAimsOf = (tx: Tx, cameraIds: CameraId[]) =>
  tx.many(
    KnownAim,
    sql`
      SELECT id, camera_id AS "cameraId", name,
             json_build_object('lon', ST_X(position), 'lat', ST_Y(position), 'height', height_m) AS position,
             heading_deg AS heading, tilt_deg AS tilt, roll_deg AS roll, hfov_deg AS hfov,
             json_build_object('width', frame_width, 'height', frame_height) AS image, range_m AS range, k1, k2, calibration
      FROM aims WHERE camera_id = ANY(${cameraIds}::uuid[]) AND retired_at IS NULL FOR UPDATE
    `,
  );

/** For each row the nearest other camera within so many metres. Through the view, whose place can be looked up by index. */
export const camerasClose = (tx: Tx, rows: { row: number; code: string; lon: number; lat: number }[], metres: number) =>
  tx.rows<{ row: number; code: string; metres: number }>(sql`
    SELECT p.row, near.code, near.metres
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS p (row integer, code text, lon float8, lat float8)
    CROSS JOIN LATERAL (
      SELECT c.code, ST_Distance(c.location::geography, ST_SetSRID(ST_Point(p.lon, p.lat), 4326)::geography) AS metres
      FROM visible_cameras c
      WHERE c.code <> p.code
        AND ST_DWithin(c.location::geography, ST_SetSRID(ST_Point(p.lon, p.lat), 4326)::geography, ${metres})
      ORDER BY metres LIMIT 1
    ) near
  `);

const cameraRecords = (drafts: (CameraDraft & { id?: CameraId })[]) => sql`
  json_to_recordset(${JSON.stringify(drafts.map(({ location, ...rest }) => ({ ...rest, lon: location.coordinates[0], lat: location.coordinates[1] })))}::json) AS r (
    id uuid, code text, name text, jurisdiction ltree, lon float8, lat float8, owner text, operator text, "hostPremises" text,
    purpose text, "legalBasis" text, "retentionDays" integer, publication text, status text, mobility text, manufacturer text,
    model text, "hasAudio" boolean, "hasBiometrics" boolean)`;

/** A code that somebody has whom the actor can't see is left out of the answer instead of failing the whole. */
export const insertCameras = (tx: Tx, drafts: CameraDraft[]) =>
  tx.rows<{ id: CameraId; code: string }>(sql`
    INSERT INTO cameras (code, name, jurisdiction, location, owner, operator, host_premises, purpose, legal_basis, retention_days,
                         publication, status, mobility, manufacturer, model, has_audio, has_biometrics)
    SELECT r.code, r.name, r.jurisdiction, ST_SetSRID(ST_Point(r.lon, r.lat), 4326), r.owner, r.operator, r."hostPremises",
           r.purpose, r."legalBasis", r."retentionDays", r.publication, r.status, r.mobility, r.manufacturer, r.model,
           r."hasAudio", r."hasBiometrics"
    FROM ${cameraRecords(drafts)}
    ON CONFLICT (code) DO NOTHING
    RETURNING id, code
  `);

export const updateCameras = (tx: Tx, drafts: (CameraDraft & { id: CameraId })[]) =>
  tx.run(sql`
    UPDATE cameras c SET
      name = r.name, jurisdiction = r.jurisdiction, location = ST_SetSRID(ST_Point(r.lon, r.lat), 4326), owner = r.owner,
      operator = r.operator, host_premises = r."hostPremises", purpose = r.purpose, legal_basis = r."legalBasis",
      retention_days = r."retentionDays", publication = r.publication, status = r.status, mobility = r.mobility,
      manufacturer = r.manufacturer, model = r.model, has_audio = r."hasAudio", has_biometrics = r."hasBiometrics", updated_at = now()
    FROM ${cameraRecords(drafts)}
    WHERE c.id = r.id
  `);

export type NewAim = AimDraft & Pick<KnownAim, 'calibration'>;

const aimRecords = (aims: readonly object[]) => sql`
  json_to_recordset(${JSON.stringify(aims)}::json) AS r (
    id uuid, "cameraId" uuid, "isCurrent" boolean, name text, position json, heading float8, tilt float8, roll float8, hfov float8,
    image json, range float8, k1 float8, k2 float8, calibration text)`;

export const insertAims = (tx: Tx, aims: (NewAim & { cameraId: CameraId; isCurrent: boolean })[]) =>
  tx.run(sql`
    INSERT INTO aims (camera_id, is_current, name, position, height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width,
                      frame_height, range_m, k1, k2, calibration)
    SELECT r."cameraId", r."isCurrent", r.name,
           ST_SetSRID(ST_Point((r.position->>'lon')::float8, (r.position->>'lat')::float8), 4326),
           (r.position->>'height')::float8, r.heading, r.tilt, r.roll, r.hfov, (r.image->>'width')::integer,
           (r.image->>'height')::integer, r.range, coalesce(r.k1, 0), coalesce(r.k2, 0), r.calibration
    FROM ${aimRecords(aims)}
  `);

export const updateAims = (tx: Tx, aims: KnownAim[]) =>
  tx.run(sql`
    UPDATE aims a SET
      name = r.name, position = ST_SetSRID(ST_Point((r.position->>'lon')::float8, (r.position->>'lat')::float8), 4326),
      height_m = (r.position->>'height')::float8, heading_deg = r.heading, tilt_deg = r.tilt, roll_deg = r.roll, hfov_deg = r.hfov,
      frame_width = (r.image->>'width')::integer, frame_height = (r.image->>'height')::integer, range_m = r.range,
      k1 = coalesce(r.k1, 0), k2 = coalesce(r.k2, 0), calibration = r.calibration, updated_at = now()
    FROM ${aimRecords(aims)}
    WHERE a.id = r.id
  `);
