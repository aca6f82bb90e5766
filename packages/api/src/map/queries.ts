// SPDX-License-Identifier: AGPL-3.0-or-later
import { BuildingUse, Place } from '@louver/contract';
import { sql, type Sql, type Tx } from '@louver/db';
import { z } from 'zod';

export interface TileAddress {
  z: number;
  x: number;
  y: number;
}

/** From this zoom on a building is more than a dot. */
const BUILDINGS_FROM = 14;
/** Whatever is thinner than a pixel of the tile is left away. */
const EXTENT = 4096;
const BUFFER = 64;

/** Classes of streets that are drawn at a zoom, most important first. */
const streetClasses = (zoom: number): string[] =>
  ['arterial', 'collector', 'street', 'alley', 'path'].slice(0, zoom < 12 ? 1 : zoom < 14 ? 2 : zoom < 15 ? 4 : 5);

/** Web Mercator metres of about half a pixel at 256 pixels a tile: finer corners can't be seen. */
const tolerance = (zoom: number): number => 40_075_016.686 / 2 ** zoom / 512;

/** A sequence that was never used shows its first number already. */
export const groundVersion = async (tx: Tx): Promise<string> =>
  (
    await tx.one(
      z.object({ version: z.string() }),
      sql`SELECT (last_value - (NOT is_called)::integer)::text AS version FROM ground_version`,
    )
  ).version;

/**
 * Four layers in one answer. The box is turned into degrees once, so that the indexes on degrees serve,
 * and only what it holds is turned into metres.
 */
export async function drawTile(tx: Tx, { z, x, y }: TileAddress): Promise<Buffer> {
  const simple = (column: Sql): Sql => sql`ST_SimplifyPreserveTopology(ST_Transform(${column}, 3857), ${tolerance(z)})`;
  const drawn = (column: Sql): Sql => sql`ST_AsMVTGeom(${column}, box.metres, ${EXTENT}, ${BUFFER}, true)`;
  const tiny = tolerance(z) ** 2 * 16;
  const [row] = await tx.rows<{ tile: Buffer }>(sql`
    WITH box AS MATERIALIZED (
      SELECT ST_TileEnvelope(${z}, ${x}, ${y}) AS metres,
             ST_Transform(ST_TileEnvelope(${z}, ${x}, ${y}, margin => ${BUFFER / EXTENT}::float8), 4326) AS degrees
    )
    SELECT
      (SELECT coalesce(ST_AsMVT(t, 'areas', ${EXTENT}), '') FROM (
         SELECT a.kind, a.name, ${drawn(simple(sql`a.outline`))} AS geom FROM areas a, box
         WHERE a.outline && box.degrees AND (${z} >= 14 OR ST_Area(ST_Transform(ST_Envelope(a.outline), 3857)) > ${tiny})) t)
      || (SELECT coalesce(ST_AsMVT(t, 'buildings', ${EXTENT}), '') FROM (
         SELECT b.use, b.is_home AS home, ${drawn(sql`ST_Transform(b.footprint, 3857)`)} AS geom FROM buildings b, box
         WHERE ${z} >= ${BUILDINGS_FROM} AND b.footprint && box.degrees) t)
      || (SELECT coalesce(ST_AsMVT(t, 'streets', ${EXTENT}), '') FROM (
         SELECT s.class, s.name, ${drawn(simple(sql`s.line`))} AS geom FROM streets s, box
         WHERE s.class = ANY(${streetClasses(z)}::text[]) AND s.line && box.degrees) t)
      || (SELECT coalesce(ST_AsMVT(t, 'boundaries', ${EXTENT}), '') FROM (
         SELECT j.name, j.kind, ${drawn(simple(sql`j.boundary`))} AS geom FROM jurisdictions j, box
         WHERE j.boundary && box.degrees AND (${z} >= 10 OR j.kind <> 'commune')) t) AS tile
  `);
  return row!.tile;
}

const NearBuilding = z.object({
  id: z.string(),
  use: BuildingUse,
  home: z.boolean(),
  height: z.number(),
  minHeight: z.number(),
  footprint: z.object({ type: z.enum(['Polygon', 'MultiPolygon']), coordinates: z.array(z.unknown()) }),
});

/** Nearest first, and not more than a page can draw. In metres, hence geography and not degrees. */
export const buildingsNear = (tx: Tx, lon: number, lat: number, metres: number) =>
  tx.many(
    NearBuilding,
    sql`
      WITH origin AS (SELECT ST_SetSRID(ST_Point(${lon}, ${lat}), 4326)::geography AS here)
      SELECT b.source_id AS id, b.use, b.is_home AS home, b.height_m AS height, b.min_height_m AS "minHeight",
             ST_AsGeoJSON(b.footprint, 8)::json AS footprint
      FROM buildings b, origin
      WHERE ST_DWithin(b.footprint::geography, here, ${metres})
      ORDER BY b.footprint::geography <-> here
      LIMIT 5000
    `,
  );

const MAX_PLACES = 20;

/** Names that begin with what was typed come first, then the shortest: the more of a name was typed, the better it fits. */
export const placesNamed = (tx: Tx, q: string) => {
  const literal = q.replaceAll(/[\\%_]/g, String.raw`\$&`);
  return tx.many(
    Place,
    sql`
      WITH wanted AS (SELECT search_text(${literal}) AS text),
      found AS (
        SELECT 'jurisdiction' AS kind, j.name, search_text(j.name, j.name_en) AS search, ST_PointOnSurface(j.boundary) AS at
        FROM jurisdictions j, wanted
        WHERE j.boundary IS NOT NULL AND search_text(j.name, j.name_en) LIKE '%' || text || '%'
        UNION ALL
        -- A street is drawn in many pieces and named once: the longest piece says where to fly to.
        (SELECT DISTINCT ON (s.name) 'street', s.name, s.search, ST_LineInterpolatePoint(longest.line, 0.5)
         FROM streets s, wanted,
              LATERAL (SELECT geom AS line FROM ST_Dump(s.line) ORDER BY ST_Length(geom) DESC LIMIT 1) longest
         WHERE s.name IS NOT NULL AND s.search LIKE '%' || text || '%'
         ORDER BY s.name, ST_Length(s.line) DESC)
      )
      SELECT kind, name, json_build_array(ST_X(at), ST_Y(at)) AS location
      FROM found, wanted
      ORDER BY search NOT LIKE text || '%', length(name), kind, name
      LIMIT ${MAX_PLACES}
    `,
  );
};
