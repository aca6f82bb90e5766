// SPDX-License-Identifier: AGPL-3.0-or-later
import { raw, sql, type Sql, type Tx } from '@louver/db';
import type { GroundCandidate } from './ground-row.ts';

export type GroundKind = 'buildings' | 'streets' | 'areas';

/** Name of the shape's column and the columns beside it, as they are in the table and in the candidate. */
const TABLES: Record<
  GroundKind,
  { shape: string; area: boolean; columns: readonly [column: string, value: string, type: string][] }
> = {
  buildings: {
    shape: 'footprint',
    area: true,
    columns: [
      ['use', 'use', 'text'],
      ['is_home', 'isHome', 'boolean'],
      ['name', 'name', 'text'],
      ['height_m', 'height', 'float8'],
      ['min_height_m', 'minHeight', 'float8'],
    ],
  },
  streets: {
    shape: 'line',
    area: false,
    columns: [
      ['class', 'class', 'text'],
      ['name', 'name', 'text'],
    ],
  },
  areas: {
    shape: 'outline',
    area: true,
    columns: [
      ['kind', 'kind', 'text'],
      ['name', 'name', 'text'],
    ],
  },
};

/** Rings that cross themselves become the polygons that they enclose; a ring that encloses nothing becomes empty. */
export const repaired = (shape: Sql, area: boolean): Sql =>
  area
    ? sql`ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_Force2D(ST_GeomFromGeoJSON(${shape}))), 3))`
    : sql`ST_Multi(ST_Force2D(ST_GeomFromGeoJSON(${shape})))`;

/** Which shapes have to be mended, and of which nothing would be left. */
export const examineShapes = (tx: Tx, shapes: { row: number; shape: unknown }[]) =>
  tx.rows<{ row: number; valid: boolean; empty: boolean }>(sql`
    SELECT r.row, ST_IsValid(ST_GeomFromGeoJSON(r.shape)) AS valid, ST_IsEmpty(${repaired(sql`r.shape`, true)}) AS empty
    FROM json_to_recordset(${JSON.stringify(shapes)}::json) AS r (row integer, shape json)
  `);

/** @returns the rows that were written; the others were there already, exactly so */
export function putGround(tx: Tx, kind: GroundKind, candidates: GroundCandidate[]) {
  const { shape, area, columns } = TABLES[kind];
  const names = columns.map(([column]) => column);
  const all = [...names, shape];
  const list = (of: readonly string[], prefix: string) => raw(of.map((name) => `${prefix}${name}`).join(', '));
  const records = candidates.map((candidate) => ({
    ...candidate.values,
    sourceId: candidate.sourceId,
    shape: candidate.shape,
  }));
  return tx.rows<{ sourceId: string; created: boolean }>(sql`
    INSERT INTO ${raw(kind)} AS t (source_id, ${list(all, '')})
    SELECT r."sourceId", ${list(
      columns.map(([, value]) => `"${value}"`),
      'r.',
    )}, ${repaired(sql`r.shape`, area)}
    FROM json_to_recordset(${JSON.stringify(records)}::json)
         AS r ("sourceId" text, shape json, ${raw(columns.map(([, value, type]) => `"${value}" ${type}`).join(', '))})
    ON CONFLICT (source_id) DO UPDATE SET (${list(all, '')}) = ROW (${list(all, 'EXCLUDED.')})
    WHERE (${list(all, 't.')}) IS DISTINCT FROM (${list(all, 'EXCLUDED.')})
    RETURNING t.source_id AS "sourceId", t.xmax = 0 AS created
  `);
}

/** A sequence, so not undone by a rollback: a tile drawn once too often is no harm, one drawn too seldom is. */
export const bumpGroundVersion = (tx: Tx) => tx.run(sql`SELECT nextval('ground_version')`);
