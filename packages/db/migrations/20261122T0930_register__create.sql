-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What the public is told. The views and functions run as their owner and hold what anybody may know, so that a transaction on
-- nobody's behalf reads the register and can't reach further: a camera that is counted and not shown isn't in them.

-- Nothing is released, and the table is empty wherever this runs: there is nobody to break and nothing to wait for.
-- squawk-ignore-file constraint-missing-not-valid, require-concurrent-index-creation

-- What a device can do, whether or not it is used. The list is fixed: a new kind of device is a decision, not an entry.
CREATE FUNCTION is_capability_list(capabilities text[]) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$
    SELECT capabilities <@ ARRAY['microphone', 'speaker', 'infrared', 'thermal', 'zoom', 'motion-detection', 'object-detection',
                                 'people-counting', 'number-plates', 'face-detection', 'face-recognition', 'gait-recognition']
  $$;
ALTER TABLE cameras
  ADD COLUMN capabilities text[] NOT NULL DEFAULT '{}' CONSTRAINT camera_capabilities_known CHECK (is_capability_list(capabilities)),
  -- Where people reach who answers for the camera. Of an office, never of a person.
  ADD COLUMN contact text,
  -- ISO 3166-1: where what it records is kept.
  ADD COLUMN storage_country text CONSTRAINT camera_storage_country_coded CHECK (storage_country ~ '^[A-Z]{2}$');

-- Something that the public is told. Only grows; `key` tells the same event from another one, so that it is told once.
CREATE TABLE notices (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key            text NOT NULL CONSTRAINT notice_told UNIQUE,
  kind           text NOT NULL CONSTRAINT notice_kind_known CHECK (kind IN (
                   'camera-planned', 'camera-new', 'camera-stopped', 'purpose-changed', 'clock-passed')),
  jurisdiction   ltree NOT NULL REFERENCES jurisdictions (path),
  camera_id      uuid REFERENCES cameras (id) ON DELETE CASCADE,
  -- What the sentence needs: dates, stages and numbers. Never persons, never text that somebody typed.
  detail         jsonb NOT NULL DEFAULT '{}',
  -- From when what is announced holds, and until when anybody may say something about it.
  holds_from     timestamptz,
  comments_until timestamptz,
  published_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX notices_published_idx ON notices (published_at DESC, id DESC);
CREATE INDEX notices_camera_idx ON notices (camera_id, id DESC);
CREATE TRIGGER notices_only_grow BEFORE UPDATE ON notices FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT INSERT (key, kind, jurisdiction, camera_id, detail, holds_from, comments_until) ON notices TO louver_api, louver_worker;
GRANT SELECT (id, key) ON notices TO louver_api, louver_worker;

-- Retired cameras go: they see nobody any more. Whose house it is belongs to nobody's business.
CREATE VIEW public_cameras AS
SELECT c.id, c.code, c.name, c.jurisdiction, c.location, c.operator, c.contact, c.host_premises, c.purpose, c.legal_basis,
       c.retention_days, c.storage_country, c.status, c.mobility, c.manufacturer, c.model, c.has_audio, c.has_biometrics,
       c.capabilities, c.created_at, c.updated_at, c.search,
       CASE WHEN c.host_premises <> 'private-house' THEN c.owner END AS owner
FROM cameras c
WHERE c.publication = 'shown' AND c.status <> 'retired';

-- A notice about a camera that is not shown names its ward and nothing else.
CREATE VIEW public_notices AS
SELECT n.id, n.kind, n.jurisdiction, c.code AS camera_code, c.location,
       CASE WHEN n.camera_id IS NULL OR c.id IS NOT NULL THEN n.detail ELSE '{}' END AS detail,
       n.holds_from, n.comments_until, n.published_at
FROM notices n
LEFT JOIN public_cameras c ON c.id = n.camera_id;

-- Every camera that is not retired, by ward: also those that are not shown.
CREATE VIEW public_camera_counts AS
SELECT jurisdiction, publication, status, count(*)::integer AS cameras
FROM cameras
WHERE status <> 'retired'
GROUP BY jurisdiction, publication, status;

CREATE VIEW public_aims AS
SELECT a.id, a.camera_id, a.name, a.is_current, a.position, a.height_m, a.heading_deg, a.tilt_deg, a.roll_deg, a.hfov_deg,
       a.frame_width, a.frame_height, a.range_m
FROM aims a
JOIN public_cameras c ON c.id = a.camera_id
WHERE a.retired_at IS NULL;

-- What lies over the picture: the active set, or what geometry has added to it, once a media worker has burned that in.
CREATE VIEW public_masks AS
SELECT DISTINCT ON (m.aim_id) m.aim_id, m.camera_id, m.version, m.polygons, m.decided_at, coalesce(m.activated_at, m.burned_in_at) AS since
FROM mask_sets m
JOIN public_cameras c ON c.id = m.camera_id
WHERE m.state = 'active' OR (m.burned_in_at IS NOT NULL AND m.state IN ('proposed', 'approved'))
ORDER BY m.aim_id, m.version DESC;

-- When somebody last decided about what a camera may show: over its masks, or over a home that it sees.
CREATE VIEW public_reviews AS
SELECT camera_id, max(at) AS reviewed_at
FROM (
  SELECT camera_id, decided_at AS at FROM mask_sets WHERE decided_at IS NOT NULL
  UNION ALL
  SELECT f.camera_id, d.decided_at FROM finding_decisions d JOIN findings f ON f.id = d.finding_id
) decisions
JOIN public_cameras c ON c.id = decisions.camera_id
GROUP BY camera_id;

-- Looks that were opened, from the record, by month as people here count them. Numbers, never who.
CREATE VIEW public_viewing_counts AS
SELECT r.camera_id, to_char(r.at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM') AS month, count(*)::integer AS viewings
FROM records r
JOIN public_cameras c ON c.id = r.camera_id
WHERE r.action = 'viewing.open'
GROUP BY r.camera_id, month;

-- The homes in a box and which cameras can see each: shown ones by their code, the others as a number. Nothing of the latter
-- is told but that they are: neither how well they see, which would be a distance, nor which homes the same one sees.
CREATE FUNCTION public_homes(box geometry(Polygon, 4326))
  RETURNS TABLE (footprint geometry(MultiPolygon, 4326), cameras jsonb, counted integer)
  LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    SELECT b.footprint, coalesce(s.cameras, '[]'), coalesce(s.counted, 0)
    FROM buildings b
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_array(code, dori, round(metres), status) ORDER BY metres, code) FILTER (WHERE publication = 'shown') AS cameras,
             (count(*) FILTER (WHERE publication = 'counted' AND status = 'live'))::integer AS counted
      FROM (
        -- The aim that sees the home best speaks for its camera.
        SELECT DISTINCT ON (c.id) c.code, c.publication, c.status, e.dori, e.distance_metres AS metres
        FROM exposures e
        JOIN exposure_runs r ON r.id = e.run_id AND r.superseded_at IS NULL
        JOIN aims a ON a.id = r.aim_id AND a.retired_at IS NULL
        JOIN cameras c ON c.id = r.camera_id AND c.status <> 'retired'
        WHERE e.building_id = b.id AND e.dori <> 'none'
        ORDER BY c.id, e.pixels_per_metre DESC
      ) best
    ) s ON true
    WHERE b.is_home AND b.footprint && box
  $$;

-- Changes whenever an answer of public_homes may be different.
CREATE INDEX exposure_runs_finished_idx ON exposure_runs (finished_at);
CREATE INDEX exposure_runs_superseded_idx ON exposure_runs (superseded_at);
CREATE INDEX cameras_updated_idx ON cameras (updated_at);
CREATE INDEX aims_retired_idx ON aims (retired_at) WHERE retired_at IS NOT NULL;
CREATE FUNCTION public_homes_version() RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    SELECT concat_ws('-', (SELECT last_value FROM ground_version),
                     (SELECT extract(epoch FROM max(finished_at)) FROM exposure_runs),
                     (SELECT extract(epoch FROM max(superseded_at)) FROM exposure_runs),
                     (SELECT extract(epoch FROM max(retired_at)) FROM aims),
                     (SELECT extract(epoch FROM max(updated_at)) FROM cameras))
  $$;
REVOKE EXECUTE ON FUNCTION public_homes, public_homes_version FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public_homes, public_homes_version TO louver_api;

GRANT SELECT ON public_cameras, public_notices, public_camera_counts, public_aims, public_masks, public_reviews,
  public_viewing_counts TO louver_api;
