// SPDX-License-Identifier: AGPL-3.0-or-later
import { longitudeSpans, type CameraFilter } from '@louver/contract';
import { empty, join, sql, type Sql } from '@louver/db';

const within = ({ bbox }: CameraFilter): Sql[] =>
  bbox === undefined
    ? []
    : [
        sql`(${join(
          longitudeSpans(bbox).map(
            ([west, east]) => sql`c.location && ST_MakeEnvelope(${west}, ${bbox.south}, ${east}, ${bbox.north}, 4326)`,
          ),
          ' OR ',
        )})`,
      ];

const oneOf = (column: Sql, values: readonly string[] | undefined): Sql[] =>
  values === undefined || values.length === 0 ? [] : [sql`${column} = ANY(${values}::text[])`];

/** Every word must occur, in any order; `%` and `_` are letters like any other. */
const searched = (q: string | undefined): Sql[] =>
  (q ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => sql`c.search LIKE '%' || search_text(${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}) || '%'`);

/** What a filter asks of `visible_cameras AS c` (or `visible_camera_aims`); nothing when it asks for everything. */
export function whereMatches(filter: CameraFilter, ...further: Sql[]): Sql {
  const conditions = [
    ...within(filter),
    ...searched(filter.q),
    ...oneOf(sql`c.status`, filter.status),
    ...oneOf(sql`c.stream_state`, filter.state),
    ...oneOf(sql`c.mobility`, filter.mobility),
    ...oneOf(sql`c.host_premises`, filter.hostPremises),
    ...(filter.jurisdiction === undefined ? [] : [sql`c.jurisdiction <@ ${filter.jurisdiction}::ltree`]),
    ...further,
  ];
  return conditions.length === 0 ? empty : sql`WHERE ${join(conditions, ' AND ')}`;
}
