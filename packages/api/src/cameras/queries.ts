// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  Camera,
  CameraDraft,
  CameraId,
  CameraStatus,
  Mobility,
  Publication,
  StreamState,
  type CameraColumns,
  type CameraFilter,
  type CameraSummary,
  type Point,
} from '@louver/contract';
import { sql, type Sql, type Tx } from '@louver/db';
import { z } from 'zod';
import { unpackColumns, type PackedColumns } from './columns.ts';
import { whereMatches } from './filter-queries.ts';

/** Every digit of it: a location that is read, rounded and written back would count as moved and cost the camera its masks. */
const location = sql`json_build_object('type', 'Point', 'coordinates', json_build_array(ST_X(c.location), ST_Y(c.location))) AS location`;

const statedColumns = sql`
  c.id, c.code, c.name, c.jurisdiction::text AS jurisdiction, ${location}, c.owner, c.operator,
  c.host_premises AS "hostPremises", c.purpose, c.legal_basis AS "legalBasis", c.retention_days AS "retentionDays",
  c.publication, c.status, c.mobility, c.manufacturer, c.model, c.has_audio AS "hasAudio", c.has_biometrics AS "hasBiometrics"`;

/** Cameras that the planner expects in a box; it takes half of them for visible. Twice as many are read in some 30 ms. */
const MANY = 8_000;
const Expected = z.object({ plan: z.tuple([z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })]) });

/**
 * Whether reading all that a box holds would take too long. Asked of the planner, which knows how many there are, but not that
 * codes follow places: left to itself it looks for a city along the codes, and finds the one whose codes come last at their end.
 */
async function holdsMany(tx: Tx, filter: CameraFilter): Promise<boolean> {
  if (filter.bbox === undefined) return true;
  const [row] = await tx.rows(
    sql`EXPLAIN (FORMAT JSON) SELECT FROM visible_cameras c ${whereMatches({ bbox: filter.bbox })}`,
  );
  return Expected.parse({ plan: row?.['QUERY PLAN'] }).plan[0].Plan['Plan Rows'] > MANY;
}

/**
 * Found by id first, so that only the page's rows are joined to streams, health and aims. Few are gathered by place and sorted;
 * of many the planner takes the first along the codes, which no two cameras share. Rows as they come: the route parses them.
 */
export async function pageOfCameras(tx: Tx, filter: CameraFilter, limit: number, after: string | undefined) {
  const further = after === undefined ? [] : [sql`c.code > ${after}`];
  const gathered = (await holdsMany(tx, filter)) ? sql`NOT MATERIALIZED` : sql`MATERIALIZED`;
  return tx.rows<z.input<typeof CameraSummary>>(sql`
    WITH found AS ${gathered} (SELECT c.id, c.code FROM visible_cameras c ${whereMatches(filter, ...further)}),
    page AS (SELECT id FROM found ORDER BY code LIMIT ${limit})
    SELECT c.id, c.code, c.name, c.jurisdiction::text AS jurisdiction, ${location}, c.operator,
           c.host_premises AS "hostPremises", c.publication, c.status, c.mobility, c.heading_deg AS "headingDeg",
           c.has_stream AS "hasStream", c.stream_state AS "streamState"
    FROM page JOIN visible_camera_aims c USING (id)
    ORDER BY c.code
  `);
}

const packed = (value: Sql): Sql => sql`coalesce(string_agg(${value}, ''::bytea), ''::bytea)`;
const float4 = (column: Sql): Sql => packed(sql`float4send(coalesce(${column}, 'NaN')::float4)`);
/** The place of a value among the options of its schema, as one byte. */
const option = (column: Sql, options: readonly string[]): Sql =>
  packed(sql`set_byte('\\x00'::bytea, 0, array_position(${options}::text[], ${column}) - 1)`);

/**
 * Everything that matches, for the map, as one row: 100,000 rows would take longer to read than to find.
 * Without a box every camera is wanted, so hashing four tables once beats looking each camera up; the planner can't know how
 * many lie below a path and would look them up.
 */
export async function cameraColumns(tx: Tx, filter: CameraFilter): Promise<CameraColumns> {
  if (filter.bbox === undefined) await tx.run(sql`SET LOCAL enable_nestloop = off`);
  const [row] = await tx.rows<PackedColumns & Record<string, unknown>>(sql`
    SELECT count(*)::integer AS count,
           ${packed(sql`float8send(ST_X(c.location))`)} AS lon, ${packed(sql`float8send(ST_Y(c.location))`)} AS lat,
           ${float4(sql`c.heading_deg`)} AS "headingDeg", ${float4(sql`c.hfov_deg`)} AS "hfovDeg",
           ${float4(sql`c.range_m`)} AS "rangeMetres", coalesce(string_agg(c.jurisdiction::text, ','), '') AS jurisdiction,
           ${option(sql`c.status`, CameraStatus.options)} AS status, ${option(sql`c.mobility`, Mobility.options)} AS mobility,
           ${option(sql`c.publication`, Publication.options)} AS publication,
           ${option(sql`c.stream_state`, StreamState.options)} AS "streamState", ${packed(sql`uuid_send(c.id)`)} AS id
    FROM visible_camera_aims c ${whereMatches(filter)}
  `);
  return unpackColumns(row!);
}

export const findCamera = (tx: Tx, id: CameraId) =>
  tx.maybeOne(
    Camera,
    sql`
      SELECT ${statedColumns}, c.live_not_before::text AS "liveNotBefore", c.created_at AS "createdAt", c.updated_at AS "updatedAt", s.camera_id IS NOT NULL AS "hasStream",
             json_build_object(
               'state', CASE WHEN s.camera_id IS NULL THEN 'none' ELSE coalesce(h.state, 'unknown') END,
               'since', CASE WHEN s.camera_id IS NOT NULL THEN to_char(h.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END,
               'detail', CASE WHEN s.camera_id IS NOT NULL THEN h.detail END) AS health,
             coalesce(
               (SELECT json_agg(json_build_object(
                  'id', a.id, 'cameraId', a.camera_id, 'name', a.name,
                  'position', json_build_object('lon', ST_X(a.position), 'lat', ST_Y(a.position), 'height', a.height_m),
                  'heading', a.heading_deg, 'tilt', a.tilt_deg, 'roll', a.roll_deg, 'hfov', a.hfov_deg,
                  'image', json_build_object('width', a.frame_width, 'height', a.frame_height), 'range', a.range_m,
                  'k1', a.k1, 'k2', a.k2, 'calibration', a.calibration,
                  'preset', CASE WHEN a.preset_token IS NOT NULL THEN json_build_object('token', a.preset_token, 'position',
                    json_build_object('pan', a.preset_pan, 'tilt', a.preset_tilt, 'zoom', a.preset_zoom)) END)
                ORDER BY a.is_current DESC, a.name, a.id)
                FROM aims a WHERE a.camera_id = c.id AND a.retired_at IS NULL), '[]') AS aims
      FROM cameras c
      LEFT JOIN camera_streams s ON s.camera_id = c.id
      LEFT JOIN camera_health h ON h.camera_id = c.id
      WHERE c.id = ${id}
    `,
  );

const point = ({ coordinates: [lon, lat] }: Point): Sql => sql`ST_SetSRID(ST_Point(${lon}, ${lat}), 4326)`;

export const insertCamera = (tx: Tx, draft: CameraDraft) =>
  tx.one(
    z.object({ id: CameraId }),
    sql`
      INSERT INTO cameras (code, name, jurisdiction, location, owner, operator, host_premises, purpose, legal_basis, retention_days,
                           publication, status, mobility, manufacturer, model, has_audio, has_biometrics)
      VALUES (${draft.code}, ${draft.name}, ${draft.jurisdiction}::ltree, ${point(draft.location)}, ${draft.owner}, ${draft.operator},
              ${draft.hostPremises}, ${draft.purpose}, ${draft.legalBasis}, ${draft.retentionDays}, ${draft.publication},
              ${draft.status}, ${draft.mobility}, ${draft.manufacturer}, ${draft.model}, ${draft.hasAudio}, ${draft.hasBiometrics})
      RETURNING id
    `,
  );

/** Locks the row, so that the before-image in the record is the one that was changed. */
export const lockCamera = (tx: Tx, id: CameraId) =>
  tx.maybeOne(
    CameraDraft.extend({ id: CameraId }),
    sql`SELECT ${statedColumns} FROM cameras c WHERE c.id = ${id} FOR UPDATE`,
  );

export const updateCamera = (tx: Tx, id: CameraId, draft: CameraDraft) =>
  tx.run(sql`
    UPDATE cameras SET
      code = ${draft.code}, name = ${draft.name}, jurisdiction = ${draft.jurisdiction}::ltree, location = ${point(draft.location)},
      owner = ${draft.owner}, operator = ${draft.operator}, host_premises = ${draft.hostPremises}, purpose = ${draft.purpose},
      legal_basis = ${draft.legalBasis}, retention_days = ${draft.retentionDays}, publication = ${draft.publication},
      status = ${draft.status}, mobility = ${draft.mobility}, manufacturer = ${draft.manufacturer}, model = ${draft.model},
      has_audio = ${draft.hasAudio}, has_biometrics = ${draft.hasBiometrics}, updated_at = now()
    WHERE id = ${id}
  `);

/** An aim that stood where the camera stood goes with it; one that was surveyed elsewhere stays. */
export const moveAims = (tx: Tx, id: CameraId, from: Point, to: Point) =>
  tx.run(sql`
    UPDATE aims SET position = ${point(to)}, updated_at = now(),
                    calibration = CASE calibration WHEN 'measured' THEN 'stated' ELSE calibration END
    WHERE camera_id = ${id} AND retired_at IS NULL AND ST_DWithin(position, ${point(from)}, 1e-8)
  `);

/**
 * Not ON CONFLICT, which would need the right to read what is sealed. The camera's row is locked, so nobody comes between.
 * Another `mac` than before costs the camera's masks their force, see `addressMac`.
 * @returns whether there was one before
 */
export async function putSealedStream(tx: Tx, id: CameraId, sealed: Buffer, mac: string): Promise<boolean> {
  const replaced = await tx.run(
    sql`UPDATE camera_streams SET sealed = ${sealed}, address_mac = ${mac}, updated_at = now() WHERE camera_id = ${id}`,
  );
  if (replaced === 0)
    await tx.run(sql`INSERT INTO camera_streams (camera_id, sealed, address_mac) VALUES (${id}, ${sealed}, ${mac})`);
  return replaced > 0;
}

/** Mask sets that lie over the camera's picture, or will. The database ends their force when the picture comes from elsewhere. */
export const countMasksInForce = (tx: Tx, id: CameraId) =>
  tx.one(
    z.object({ count: z.number().int() }),
    sql`SELECT count(*)::integer AS count FROM mask_sets WHERE camera_id = ${id} AND state IN ('approved', 'active')`,
  );

/** @returns whether there was one */
export const deleteStream = async (tx: Tx, id: CameraId): Promise<boolean> =>
  (await tx.run(sql`DELETE FROM camera_streams WHERE camera_id = ${id}`)) > 0;
