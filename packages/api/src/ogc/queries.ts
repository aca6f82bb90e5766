// SPDX-License-Identifier: AGPL-3.0-or-later
// Only views that hold what anybody may know: a transaction on nobody's behalf reads nothing else.
import { empty, join, sql, type Sql, type Tx } from '@louver/db';
import { z } from 'zod';

/** Pages are told apart by the last feature of the one before: what is added meanwhile neither repeats nor hides one. */
export interface ItemFilter {
  /** Spans of longitude, two across the date line, and one of latitude. */
  box?: { spans: readonly (readonly [number, number])[]; south: number; north: number };
  /** Instants; null is open. */
  time?: { from: string | null; to: string | null };
  after?: string;
  limit: number;
}

const Properties = z.record(z.string(), z.unknown());
const Feature = z.object({
  id: z.string(),
  geometry: z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) }).nullable(),
  properties: Properties,
});
export type Feature = z.infer<typeof Feature>;

const geometry = sql`
  CASE WHEN f.location IS NOT NULL THEN json_build_object('type', 'Point', 'coordinates', json_build_array(
    round(ST_X(f.location)::numeric, 7), round(ST_Y(f.location)::numeric, 7))) END AS geometry`;

const inBox = ({ box }: ItemFilter): Sql[] => {
  if (!box) return [];
  const parts = box.spans.map(
    ([west, east]) => sql`f.location && ST_MakeEnvelope(${west}, ${box.south}, ${east}, ${box.north}, 4326)`,
  );
  return [sql`(${join(parts, ' OR ')})`];
};

/** What begins at a moment and lasts is there in every interval that ends after it began; a moment lies in the interval or not. */
const inTime = ({ time }: ItemFilter, column: Sql, lasts: boolean): Sql[] => {
  if (!time) return [];
  const parts: Sql[] = [];
  if (time.to !== null) parts.push(sql`${column} <= ${time.to}::timestamptz`);
  if (!lasts && time.from !== null) parts.push(sql`${column} >= ${time.from}::timestamptz`);
  return parts;
};

const where = (parts: Sql[]): Sql => (parts.length === 0 ? empty : sql`WHERE ${join(parts, ' AND ')}`);

const cameras = sql`
  SELECT f.code AS id, ${geometry},
         json_build_object(
           'code', f.code, 'name', f.name, 'ward', j.name, 'jurisdiction', f.jurisdiction::text, 'status', f.status,
           'operator', f.operator, 'owner', f.owner, 'contact', f.contact, 'hostPremises', f.host_premises, 'purpose', f.purpose,
           'legalBasis', f.legal_basis, 'retentionDays', f.retention_days, 'storageCountry', f.storage_country,
           'mobility', f.mobility, 'manufacturer', f.manufacturer, 'model', f.model,
           'capabilities', array_to_string(f.capabilities, ','), 'audio', f.has_audio,
           'biometricCapable', f.has_biometrics OR f.capabilities && ARRAY['face-recognition', 'gait-recognition'],
           'registered', to_char(f.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) AS properties
  FROM public_cameras f JOIN jurisdictions j ON j.path = f.jurisdiction`;

const instant = (column: Sql): Sql => sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const notices = sql`
  SELECT f.id::text AS id, ${geometry},
         json_build_object(
           'kind', f.kind, 'ward', j.name, 'jurisdiction', f.jurisdiction::text, 'cameraCode', f.camera_code,
           'announced', f.detail -> 'announced', 'cameras', f.detail -> 'cameras',
           'homes', f.detail -> 'homes', 'level', f.detail -> 'level',
           'holdsFrom', ${instant(sql`f.holds_from`)}, 'commentsUntil', ${instant(sql`f.comments_until`)},
           'published', ${instant(sql`f.published_at`)}) AS properties
  FROM public_notices f JOIN jurisdictions j ON j.path = f.jurisdiction`;

const Count = z.object({ count: z.number() });
const LARGEST_ID = '9223372036854775807';
/** What can be no number of a notice is after none, and is none. */
const noticeId = (text: string): string => (/^\d{1,18}$/.test(text) ? text : LARGEST_ID);

export interface Source {
  find(tx: Tx, filter: ItemFilter): Promise<Feature[]>;
  count(tx: Tx, filter: ItemFilter): Promise<number>;
  one(tx: Tx, id: string): Promise<Feature | undefined>;
}

const cameraParts = (filter: ItemFilter) => [...inBox(filter), ...inTime(filter, sql`f.created_at`, true)];
const noticeParts = (filter: ItemFilter) => [...inBox(filter), ...inTime(filter, sql`f.published_at`, false)];

export const SOURCES: Record<'cameras' | 'notices', Source> = {
  cameras: {
    find: (tx, filter) => {
      const after = filter.after === undefined ? [] : [sql`f.code > ${filter.after}`];
      const parts = where([...cameraParts(filter), ...after]);
      return tx.many(Feature, sql`${cameras} ${parts} ORDER BY f.code LIMIT ${filter.limit}`);
    },
    count: async (tx, filter) =>
      (await tx.one(Count, sql`SELECT count(*)::integer AS count FROM public_cameras f ${where(cameraParts(filter))}`))
        .count,
    one: (tx, id) => tx.maybeOne(Feature, sql`${cameras} WHERE f.code = ${id}`),
  },
  notices: {
    find: (tx, filter) => {
      const after = filter.after === undefined ? [] : [sql`f.id > ${noticeId(filter.after)}::bigint`];
      const parts = where([...noticeParts(filter), ...after]);
      return tx.many(Feature, sql`${notices} ${parts} ORDER BY f.id LIMIT ${filter.limit}`);
    },
    count: async (tx, filter) =>
      (await tx.one(Count, sql`SELECT count(*)::integer AS count FROM public_notices f ${where(noticeParts(filter))}`))
        .count,
    one: (tx, id) => tx.maybeOne(Feature, sql`${notices} WHERE f.id = ${noticeId(id)}::bigint`),
  },
};

const Extent = z.object({
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  since: z.string().nullable(),
});

const extent = (from: Sql, column: Sql): Sql => sql`
  SELECT CASE WHEN ST_Extent(location) IS NOT NULL THEN json_build_array(
           ST_XMin(ST_Extent(location)), ST_YMin(ST_Extent(location)), ST_XMax(ST_Extent(location)), ST_YMax(ST_Extent(location))) END AS box,
         ${instant(sql`min(${column})`)} AS since
  FROM ${from}`;

/** Where and since when there is something. */
export const extents = async (tx: Tx) => ({
  cameras: await tx.one(Extent, extent(sql`public_cameras`, sql`created_at`)),
  notices: await tx.one(Extent, extent(sql`public_notices`, sql`published_at`)),
});
