-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Where every camera is, who answers for it, and whether it may be watched.
-- geometry, because the map reads far more often than anybody measures; the expression index serves the measuring.

CREATE TABLE cameras (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  code           text NOT NULL CONSTRAINT camera_code_taken UNIQUE,
  name           text NOT NULL,
  jurisdiction   ltree NOT NULL CONSTRAINT jurisdiction_not_found REFERENCES jurisdictions (path),
  location       geometry(Point, 4326) NOT NULL,
  owner          text,
  operator       text,
  host_premises  text NOT NULL DEFAULT 'unknown' CONSTRAINT camera_host_premises_known CHECK (host_premises IN (
                   'public-pole', 'traffic-gantry', 'police-building', 'public-building', 'school', 'market',
                   'private-house', 'private-business', 'other', 'unknown')),
  purpose        text,
  legal_basis    text,
  retention_days integer CONSTRAINT camera_retention_sane CHECK (retention_days BETWEEN 0 AND 3650),
  publication    text NOT NULL DEFAULT 'counted' CONSTRAINT camera_publication_known CHECK (publication IN ('shown', 'counted')),
  status         text NOT NULL DEFAULT 'planned' CONSTRAINT camera_status_known CHECK (status IN ('planned', 'live', 'retired')),
  mobility       text NOT NULL DEFAULT 'unknown' CONSTRAINT camera_mobility_known CHECK (mobility IN ('fixed', 'ptz', 'dome', 'unknown')),
  manufacturer   text,
  model          text,
  has_audio      boolean NOT NULL DEFAULT false,
  has_biometrics boolean NOT NULL DEFAULT false,
  created_at     timestamptz NOT NULL DEFAULT now(),
  updated_at     timestamptz NOT NULL DEFAULT now(),
  search         text GENERATED ALWAYS AS (search_text(VARIADIC ARRAY[code, name, operator, owner])) STORED
);
CREATE INDEX cameras_location_idx ON cameras USING gist (location);
CREATE INDEX cameras_location_geog_idx ON cameras USING gist ((location::geography));
CREATE INDEX cameras_jurisdiction_idx ON cameras USING gist (jurisdiction);
CREATE INDEX cameras_search_idx ON cameras USING gin (search gin_trgm_ops);

-- Where a view of a camera points. A fixed camera has one; of a PTZ camera's presets one is current.
CREATE TABLE aims (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  camera_id     uuid NOT NULL REFERENCES cameras (id) ON DELETE CASCADE,
  name          text NOT NULL,
  is_current    boolean NOT NULL DEFAULT true,
  position      geometry(Point, 4326) NOT NULL,
  height_m      double precision NOT NULL CONSTRAINT aim_height_sane CHECK (height_m BETWEEN 0 AND 500),
  heading_deg   double precision NOT NULL CONSTRAINT aim_heading_on_compass CHECK (heading_deg >= 0 AND heading_deg < 360),
  tilt_deg      double precision NOT NULL CONSTRAINT aim_tilt_sane CHECK (tilt_deg BETWEEN -90 AND 90),
  roll_deg      double precision NOT NULL CONSTRAINT aim_roll_sane CHECK (roll_deg BETWEEN -180 AND 180),
  hfov_deg      double precision NOT NULL CONSTRAINT aim_hfov_sane CHECK (hfov_deg > 0 AND hfov_deg < 180),
  frame_width   integer NOT NULL CONSTRAINT aim_frame_width_sane CHECK (frame_width BETWEEN 16 AND 8192),
  frame_height  integer NOT NULL CONSTRAINT aim_frame_height_sane CHECK (frame_height BETWEEN 16 AND 8192),
  range_m       double precision NOT NULL CONSTRAINT aim_range_sane CHECK (range_m > 0 AND range_m <= 5000),
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  -- For mask_sets, which name both: no set belongs to one camera's aim and to another camera.
  CONSTRAINT aim_of_one_camera UNIQUE (id, camera_id)
);
CREATE UNIQUE INDEX aims_one_current ON aims (camera_id) WHERE is_current;
CREATE INDEX aims_camera_idx ON aims (camera_id);

-- Where a stream is fetched. `sealed` is AES-256-GCM over {url, username, password}: the database alone opens no camera.
CREATE TABLE camera_streams (
  camera_id   uuid PRIMARY KEY REFERENCES cameras (id) ON DELETE CASCADE,
  sealed      bytea NOT NULL,
  -- HMAC-SHA256 over camera and url: tells a new address, which costs the masks their force, from a new password.
  address_mac text NOT NULL,
  updated_at  timestamptz NOT NULL DEFAULT now()
);

-- What the workers last saw of a camera. One row a camera; the story of its past is not kept here.
CREATE TABLE camera_health (
  camera_id  uuid PRIMARY KEY REFERENCES cameras (id) ON DELETE CASCADE,
  state      text NOT NULL CONSTRAINT camera_health_state_known
             CHECK (state IN ('unknown', 'reachable', 'streaming', 'unreachable', 'refused', 'withheld')),
  since      timestamptz NOT NULL DEFAULT now(),
  checked_at timestamptz NOT NULL DEFAULT now(),
  detail     text
);

ALTER TABLE cameras ENABLE ROW LEVEL SECURITY;
CREATE POLICY cameras_by_jurisdiction ON cameras TO louver_api
  USING (jurisdiction <@ (SELECT actor_jurisdictions())) WITH CHECK (jurisdiction <@ (SELECT actor_jurisdictions()));
CREATE POLICY cameras_for_worker ON cameras FOR SELECT TO louver_worker USING (true);

ALTER TABLE aims ENABLE ROW LEVEL SECURITY;
CREATE POLICY aims_by_camera ON aims TO louver_api
  USING (EXISTS (SELECT FROM cameras WHERE cameras.id = aims.camera_id));
CREATE POLICY aims_for_worker ON aims FOR SELECT TO louver_worker USING (true);

-- The API writes a stream's address and never reads it back: it may see that there is one, not what it is.
ALTER TABLE camera_streams ENABLE ROW LEVEL SECURITY;
CREATE POLICY streams_by_camera ON camera_streams TO louver_api
  USING (EXISTS (SELECT FROM cameras WHERE cameras.id = camera_streams.camera_id));
CREATE POLICY streams_for_worker ON camera_streams FOR SELECT TO louver_worker USING (true);

ALTER TABLE camera_health ENABLE ROW LEVEL SECURITY;
CREATE POLICY health_by_camera ON camera_health FOR SELECT TO louver_api
  USING (EXISTS (SELECT FROM cameras WHERE cameras.id = camera_health.camera_id));
CREATE POLICY health_for_worker ON camera_health TO louver_worker USING (true);

GRANT SELECT, INSERT, UPDATE ON cameras TO louver_api;
GRANT SELECT, INSERT ON aims TO louver_api;
-- Not the camera: an aim that went over to another one would take its masks along.
GRANT UPDATE (name, position, height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height, range_m,
              updated_at) ON aims TO louver_api;
GRANT INSERT, DELETE, SELECT (camera_id, updated_at), UPDATE (sealed, address_mac, updated_at) ON camera_streams TO louver_api;
GRANT SELECT ON camera_health TO louver_api;
GRANT SELECT ON cameras, aims, camera_streams TO louver_worker;
GRANT SELECT, INSERT, UPDATE ON camera_health TO louver_worker;
