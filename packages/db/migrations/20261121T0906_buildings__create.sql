-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The ground that the map draws and that geometry measures. Public facts, hence without row-level security.

CREATE TABLE buildings (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  source_id    text NOT NULL CONSTRAINT building_source_id_taken UNIQUE,
  use          text NOT NULL,
  -- Whether the use counts as a residential one. Unknown uses do: in doubt a building is somebody's home.
  is_home      boolean NOT NULL,
  name         text,
  height_m     double precision NOT NULL CONSTRAINT building_height_sane CHECK (height_m > 0 AND height_m <= 1000),
  min_height_m double precision NOT NULL DEFAULT 0 CONSTRAINT building_min_height_sane CHECK (min_height_m >= 0 AND min_height_m < height_m),
  footprint    geometry(MultiPolygon, 4326) NOT NULL CONSTRAINT building_footprint_valid CHECK (ST_IsValid(footprint) AND NOT ST_IsEmpty(footprint))
);
CREATE INDEX buildings_footprint_idx ON buildings USING gist (footprint);
CREATE INDEX buildings_footprint_geog_idx ON buildings USING gist ((footprint::geography));

CREATE TABLE streets (
  id        uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  source_id text NOT NULL CONSTRAINT street_source_id_taken UNIQUE,
  name      text,
  class     text NOT NULL CONSTRAINT street_class_known CHECK (class IN ('arterial', 'collector', 'street', 'alley', 'path')),
  line      geometry(MultiLineString, 4326) NOT NULL,
  search    text GENERATED ALWAYS AS (search_text(VARIADIC ARRAY[name])) STORED
);
CREATE INDEX streets_line_idx ON streets USING gist (line);
CREATE INDEX streets_search_idx ON streets USING gin (search gin_trgm_ops);

CREATE TABLE areas (
  id        uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  source_id text NOT NULL CONSTRAINT area_source_id_taken UNIQUE,
  kind      text NOT NULL CONSTRAINT area_kind_known CHECK (kind IN ('water', 'park', 'square', 'farmland', 'forest')),
  name      text,
  outline   geometry(MultiPolygon, 4326) NOT NULL
);
CREATE INDEX areas_outline_idx ON areas USING gist (outline);

-- Counts up with every change of the ground, so that cached tiles know when they are old.
CREATE SEQUENCE ground_version;

GRANT SELECT, INSERT, UPDATE ON buildings, streets, areas TO louver_api;
GRANT SELECT ON buildings, streets, areas TO louver_worker;
GRANT SELECT, USAGE, UPDATE ON SEQUENCE ground_version TO louver_api;
