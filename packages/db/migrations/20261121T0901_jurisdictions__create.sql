-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The tree of places that somebody may be responsible for: country, province, commune or ward.
-- The path is the key, because every permission question is "is it below?", which ltree answers from an index.

CREATE TABLE jurisdictions (
  path     ltree PRIMARY KEY,
  kind     text NOT NULL CONSTRAINT jurisdiction_kind_known CHECK (kind IN ('country', 'province', 'commune')),
  name     text NOT NULL,
  name_en  text,
  -- The state's unit code, where there is one: imports name wards by it.
  code     text,
  boundary geometry(MultiPolygon, 4326)
);
CREATE INDEX jurisdictions_path_idx ON jurisdictions USING gist (path);
CREATE INDEX jurisdictions_boundary_idx ON jurisdictions USING gist (boundary);
CREATE UNIQUE INDEX jurisdictions_code_idx ON jurisdictions (kind, code) WHERE code IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON jurisdictions TO louver_api;
GRANT SELECT ON jurisdictions TO louver_worker;
