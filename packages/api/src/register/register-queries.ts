// SPDX-License-Identifier: AGPL-3.0-or-later
// Only views and functions that hold what anybody may know: a transaction on nobody's behalf reads nothing else.
import { empty, sql, type Sql, type Tx } from '@louver/db';
import { Capability, DoriLevel, HostPremises, Mobility, NoticeKind } from '@louver/contract';
import { z } from 'zod';

const count = async (tx: Tx, query: Sql): Promise<number> =>
  (await tx.one(z.object({ count: z.number() }), query)).count;

const Notice = z.object({
  id: z.string(),
  uid: z.string(),
  kind: NoticeKind,
  ward: z.string(),
  wardPath: z.string(),
  inWard: z.boolean(),
  cameraCode: z.string().nullable(),
  cameras: z.number().nullable(),
  announced: z.boolean().nullable(),
  homes: z.number().nullable(),
  level: DoriLevel.exclude(['none']).nullable(),
  holdsFrom: z.string().nullable(),
  commentsUntil: z.string().nullable(),
  commentsOpen: z.boolean(),
  publishedAt: z.string(),
});

export interface NoticeFilter {
  cameraCode?: string;
  /** A place that exists; what lies below it counts. */
  ward?: string | undefined;
}

const told = ({ cameraCode, ward }: NoticeFilter): Sql => sql`
  WHERE ${cameraCode === undefined ? sql`true` : sql`n.camera_code = ${cameraCode}`}
    AND ${ward === undefined ? sql`true` : sql`n.jurisdiction <@ ${ward}::ltree`}`;

/** Newest first. */
export const findNotices = (tx: Tx, limit: number, offset = 0, filter: NoticeFilter = {}) =>
  tx.many(
    Notice,
    sql`
      SELECT n.id, n.uid, n.kind, j.name AS ward, j.path::text AS "wardPath", j.kind = 'commune' AS "inWard",
             n.camera_code AS "cameraCode",
             (n.detail -> 'cameras')::integer AS cameras, (n.detail -> 'announced')::boolean AS announced,
             (n.detail -> 'homes')::integer AS homes, n.detail ->> 'level' AS level,
             n.holds_from AS "holdsFrom", n.comments_until AS "commentsUntil",
             coalesce(n.comments_until > now(), false) AS "commentsOpen", n.published_at AS "publishedAt"
      FROM public_notices n JOIN jurisdictions j ON j.path = n.jurisdiction
      ${told(filter)}
      ORDER BY n.published_at DESC, n.id DESC
      LIMIT ${limit} OFFSET ${offset}
    `,
  );

export const countNotices = (tx: Tx, filter: NoticeFilter = {}): Promise<number> =>
  count(tx, sql`SELECT count(*)::integer AS count FROM public_notices n ${told(filter)}`);

/** Planned ones are in `planned` alone; of those nobody is told where they will be unless they will be shown. */
export const countCameras = (tx: Tx) =>
  tx.one(
    z.object({ shown: z.number(), counted: z.number(), planned: z.number() }),
    sql`
      SELECT coalesce(sum(cameras) FILTER (WHERE status = 'live' AND publication = 'shown'), 0)::integer AS shown,
             coalesce(sum(cameras) FILTER (WHERE status = 'live' AND publication = 'counted'), 0)::integer AS counted,
             coalesce(sum(cameras) FILTER (WHERE status = 'planned'), 0)::integer AS planned
      FROM public_camera_counts
    `,
  );

const Box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const Ward = z.object({
  path: z.string(),
  name: z.string(),
  shown: z.number(),
  counted: z.number(),
  bounds: Box.nullable(),
});

/** Wards that have cameras or a boundary, by name. Planned cameras are counted like the others. */
export const findWards = (tx: Tx, path?: string) =>
  tx.many(
    Ward,
    sql`
      SELECT j.path::text AS path, j.name,
             coalesce(sum(c.cameras) FILTER (WHERE c.publication = 'shown'), 0)::integer AS shown,
             coalesce(sum(c.cameras) FILTER (WHERE c.publication = 'counted'), 0)::integer AS counted,
             CASE WHEN j.boundary IS NOT NULL THEN
               json_build_array(ST_XMin(j.boundary), ST_YMin(j.boundary), ST_XMax(j.boundary), ST_YMax(j.boundary)) END AS bounds
      FROM jurisdictions j LEFT JOIN public_camera_counts c ON c.jurisdiction <@ j.path
      WHERE j.kind = 'commune' ${path === undefined ? empty : sql`AND j.path::text = ${path}`}
      GROUP BY j.path
      HAVING j.boundary IS NOT NULL OR count(c.cameras) > 0
      ORDER BY j.name, j.path
    `,
  );

export interface ListFilter {
  q?: string;
  ward?: string;
}

const isBiometric = sql`(c.has_biometrics OR c.capabilities && ARRAY['face-recognition', 'gait-recognition'])`;

/** The owner of a private house can't be searched for: that would tell who it is. */
const matches = ({ q, ward }: ListFilter): Sql => {
  const literal = q?.trim().replaceAll(/[\\%_]/g, String.raw`\$&`);
  return sql`
    ${
      literal
        ? sql`(c.search LIKE '%' || search_text(${literal}) || '%' AND (c.host_premises <> 'private-house' OR search_text(c.code, c.name, c.operator) LIKE '%' || search_text(${literal}) || '%')
       OR c.jurisdiction IN (SELECT path FROM jurisdictions WHERE search_text(name, name_en) LIKE '%' || search_text(${literal}) || '%'))`
        : sql`true`
    }
    AND ${ward ? sql`c.jurisdiction::text = ${ward}` : sql`true`}`;
};

const Listed = z.object({
  code: z.string(),
  name: z.string(),
  ward: z.string(),
  operator: z.string().nullable(),
  status: z.enum(['planned', 'live']),
  biometric: z.boolean(),
});

export const listCameras = (tx: Tx, filter: ListFilter, limit: number, offset: number) =>
  tx.many(
    Listed,
    sql`
      SELECT c.code, c.name, j.name AS ward, c.operator, c.status, ${isBiometric} AS biometric
      FROM public_cameras c JOIN jurisdictions j ON j.path = c.jurisdiction
      WHERE ${matches(filter)}
      ORDER BY c.code
      LIMIT ${limit} OFFSET ${offset}
    `,
  );

export const countListed = (tx: Tx, filter: ListFilter): Promise<number> =>
  count(tx, sql`SELECT count(*)::integer AS count FROM public_cameras c WHERE ${matches(filter)}`);

/** West, south, east, north of what is shown. */
export const findBounds = async (tx: Tx): Promise<z.output<typeof Box> | undefined> =>
  (
    await tx.one(
      z.object({ bounds: Box.nullable() }),
      sql`
        SELECT CASE WHEN box IS NOT NULL THEN json_build_array(ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)) END AS bounds
        FROM (SELECT ST_Extent(location) AS box FROM public_cameras) extent
      `,
    )
  ).bounds ?? undefined;

const Registered = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  ward: z.string(),
  status: z.enum(['planned', 'live']),
  operator: z.string().nullable(),
  owner: z.string().nullable(),
  contact: z.string().nullable(),
  hostPremises: HostPremises,
  purpose: z.string().nullable(),
  legalBasis: z.string().nullable(),
  retentionDays: z.number().nullable(),
  storageCountry: z.string().nullable(),
  mobility: Mobility,
  manufacturer: z.string().nullable(),
  model: z.string().nullable(),
  hasAudio: z.boolean(),
  hasBiometrics: z.boolean(),
  capabilities: z.array(Capability),
  lon: z.number(),
  lat: z.number(),
  registeredAt: z.string(),
  reviewedAt: z.string().nullable(),
});

/** Undefined for one that is not shown as well: nobody can tell the two apart. */
export const findCamera = (tx: Tx, code: string) =>
  tx.maybeOne(
    Registered,
    sql`
      SELECT c.id, c.code, c.name, j.name AS ward, c.status, c.operator, c.owner, c.contact, c.host_premises AS "hostPremises",
             c.purpose, c.legal_basis AS "legalBasis", c.retention_days AS "retentionDays", c.storage_country AS "storageCountry",
             c.mobility, c.manufacturer, c.model, c.has_audio AS "hasAudio", c.has_biometrics AS "hasBiometrics", c.capabilities,
             ST_X(c.location) AS lon, ST_Y(c.location) AS lat, c.created_at AS "registeredAt",
             (SELECT reviewed_at FROM public_reviews r WHERE r.camera_id = c.id) AS "reviewedAt"
      FROM public_cameras c JOIN jurisdictions j ON j.path = c.jurisdiction
      WHERE c.code = ${code}
    `,
  );

const Rings = z.array(z.array(z.tuple([z.number(), z.number()])));
const View = z.object({
  name: z.string(),
  aim: z.object({
    position: z.object({ lon: z.number(), lat: z.number(), height: z.number() }),
    heading: z.number(),
    tilt: z.number(),
    roll: z.number(),
    hfov: z.number(),
    image: z.object({ width: z.number(), height: z.number() }),
    range: z.number(),
  }),
  masks: z.object({ polygons: Rings, since: z.string().nullable() }).nullable(),
});

/** Aims of a camera and what lies over each, the current one first. */
export const findViews = (tx: Tx, cameraId: string) =>
  tx.many(
    View,
    sql`
      SELECT a.name,
             json_build_object(
               'position', json_build_object('lon', ST_X(a.position), 'lat', ST_Y(a.position), 'height', a.height_m),
               'heading', a.heading_deg, 'tilt', a.tilt_deg, 'roll', a.roll_deg, 'hfov', a.hfov_deg,
               'image', json_build_object('width', a.frame_width, 'height', a.frame_height), 'range', a.range_m) AS aim,
             CASE WHEN m.aim_id IS NOT NULL THEN json_build_object('polygons', m.polygons, 'since', m.since) END AS masks
      FROM public_aims a LEFT JOIN public_masks m ON m.aim_id = a.id
      WHERE a.camera_id = ${cameraId}
      ORDER BY a.is_current DESC, a.name
      LIMIT 6
    `,
  );

const LonLat = z.tuple([z.number(), z.number()]);
const Near = z.object({
  id: z.string(),
  home: z.boolean(),
  height: z.number(),
  minHeight: z.number(),
  footprint: z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(LonLat))) }),
});

/** Nearest first, and not more than are drawn. */
export const buildingsAround = (tx: Tx, { lon, lat }: { lon: number; lat: number }, metres: number) =>
  tx.many(
    Near,
    sql`
      WITH origin AS (SELECT ST_SetSRID(ST_Point(${lon}, ${lat}), 4326)::geography AS here)
      SELECT b.source_id AS id, b.is_home AS home, b.height_m AS height, b.min_height_m AS "minHeight",
             ST_AsGeoJSON(b.footprint, 7)::json AS footprint
      FROM buildings b, origin
      WHERE ST_DWithin(b.footprint::geography, here, ${metres})
      ORDER BY b.footprint::geography <-> here
      LIMIT 120
    `,
  );

/** Newest first; months in which nobody looked are there with a zero. */
export const viewingsByMonth = (tx: Tx, cameraId: string, now: Date, months: number) =>
  tx.many(
    z.object({ month: z.string(), viewings: z.number() }),
    sql`
      SELECT to_char(m, 'YYYY-MM') AS month, coalesce(v.viewings, 0) AS viewings
      FROM generate_series(0, ${months - 1}) AS back,
           LATERAL (SELECT date_trunc('month', ${now}::timestamptz AT TIME ZONE 'Asia/Ho_Chi_Minh') - make_interval(months => back) AS m) at
      LEFT JOIN public_viewing_counts v ON v.camera_id = ${cameraId} AND v.month = to_char(m, 'YYYY-MM')
      ORDER BY m DESC
    `,
  );
