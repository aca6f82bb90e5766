-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Masks are approved for a time. Before it is over somebody looks at them again and another person approves them anew; when
-- it is over there is no picture. And what a version uncovers is worked out here, where nobody can leave it out.

-- Nothing is released, and the tables are empty wherever this runs: there is nobody to break and nothing to wait for.
-- squawk-ignore-file adding-foreign-key-constraint, constraint-missing-not-valid, require-concurrent-index-creation

-- How long, in days. The newest version whose date has come is in force; it holds for what is approved from then on.
CREATE TABLE mask_policies (
  version        integer PRIMARY KEY CONSTRAINT mask_policy_version_counts CHECK (version > 0),
  effective_from timestamptz NOT NULL,
  rules          jsonb NOT NULL CONSTRAINT mask_policy_complete
                 CHECK (jsonb_typeof(rules -> 'livesDays') = 'number' AND (rules ->> 'livesDays')::float8 BETWEEN 0 AND 3650
                   AND jsonb_typeof(rules -> 'remindDays') = 'number' AND (rules ->> 'remindDays')::float8 BETWEEN 0 AND 3650),
  reason         text NOT NULL,
  created_at     timestamptz NOT NULL DEFAULT now()
);
INSERT INTO mask_policies (version, effective_from, rules, reason) VALUES
  (1, '2026-01-01T00:00:00Z', '{"livesDays": 365, "remindDays": 30}', 'The first rule: a year, and a month to look again');
CREATE TRIGGER mask_policies_guard BEFORE UPDATE OR DELETE ON mask_policies FOR EACH ROW EXECUTE FUNCTION guard_policy();

CREATE FUNCTION mask_rules() RETURNS jsonb
  LANGUAGE sql STABLE
  AS $$ SELECT rules FROM public.mask_policies WHERE effective_from <= now() ORDER BY version DESC LIMIT 1 $$;

ALTER TABLE mask_sets
  ADD COLUMN expires_at timestamptz,
  -- When a worker has said on the record that they have.
  ADD COLUMN expired_at timestamptz,
  -- The set in force whose polygons it repeats.
  ADD COLUMN renews_id uuid REFERENCES mask_sets (id),
  -- The set in force that it was compared with, and what was covered by that one and is not by this: a share of the frame, and
  -- outlines in the form of `polygons`.
  ADD COLUMN compared_with_id uuid REFERENCES mask_sets (id),
  ADD COLUMN uncovered_share double precision,
  ADD COLUMN uncovered jsonb,
  ADD CONSTRAINT mask_set_in_force_expires CHECK (state NOT IN ('approved', 'active') OR expires_at IS NOT NULL),
  ADD CONSTRAINT mask_set_compared CHECK ((compared_with_id IS NULL) = (uncovered_share IS NULL) AND (compared_with_id IS NULL) = (uncovered IS NULL)),
  ADD CONSTRAINT mask_set_renewal_uncovers_nothing CHECK (renews_id IS NULL OR uncovered_share = 0);
CREATE INDEX mask_sets_expiring_idx ON mask_sets (expires_at) WHERE state IN ('approved', 'active');

-- What polygons cover, in fractions of the frame: its area is the share.
CREATE FUNCTION masked_area(polygons jsonb) RETURNS geometry(MultiPolygon, 0)
  LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_temp
  AS $$
    SELECT ST_Multi(coalesce(ST_UnaryUnion(ST_Collect(outline)), ST_GeomFromText('POLYGON EMPTY')))
    FROM jsonb_array_elements(polygons) AS ring,
    LATERAL (
      SELECT ST_MakeValid(ST_MakePolygon(ST_AddPoint(line, ST_StartPoint(line)))) AS outline
      FROM (SELECT ST_MakeLine(ST_Point((point ->> 0)::float8, (point ->> 1)::float8) ORDER BY place) AS line
            FROM jsonb_array_elements(ring) WITH ORDINALITY AS t (point, place)) AS drawn
    ) AS closed
  $$;

-- Where two outlines follow the same edge a sliver is left that no pixel knows of.
CREATE FUNCTION uncovered_by(before jsonb, after jsonb, OUT share double precision, OUT polygons jsonb)
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_temp
  AS $$
BEGIN
  SELECT coalesce(sum(ST_Area(part.geom)), 0), coalesce(jsonb_agg(ring.points), '[]')
  INTO share, polygons
  FROM ST_Dump(CASE WHEN adds_only(before, after) THEN ST_GeomFromText('POLYGON EMPTY')
                    ELSE ST_Difference(masked_area(before), masked_area(after)) END) AS part
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(round(ST_X(corner.geom)::numeric, 6), round(ST_Y(corner.geom)::numeric, 6)) ORDER BY corner.path) AS points
    FROM ST_DumpPoints(ST_RemovePoint(ST_ExteriorRing(part.geom), ST_NPoints(ST_ExteriorRing(part.geom)) - 1)) AS corner
  ) AS ring
  WHERE GeometryType(part.geom) = 'POLYGON' AND ST_Area(part.geom) > 0.0000001;
END
$$;

CREATE FUNCTION guard_mask_life() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
DECLARE
  in_force mask_sets;
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.expires_at := NULL;
    NEW.expired_at := NULL;
  ELSIF NEW.renews_id IS DISTINCT FROM OLD.renews_id
     OR (OLD.expires_at, OLD.compared_with_id, OLD.uncovered_share, OLD.uncovered)
        IS DISTINCT FROM (NEW.expires_at, NEW.compared_with_id, NEW.uncovered_share, NEW.uncovered)
     OR (NEW.expired_at IS DISTINCT FROM OLD.expired_at AND (OLD.expired_at IS NOT NULL OR NOT coalesce(OLD.expires_at <= clock_timestamp(), false))) THEN
    RAISE EXCEPTION 'how long masks hold, and what they uncover, is worked out and never written' USING ERRCODE = 'check_violation', CONSTRAINT = 'mask_set_life';
  END IF;
  IF TG_OP = 'UPDATE' AND NOT (OLD.state = 'proposed' AND NEW.state = 'approved') THEN
    RETURN NEW;
  END IF;
  SELECT * INTO in_force FROM mask_sets
  WHERE aim_id = NEW.aim_id AND id <> NEW.id AND state IN ('approved', 'active') ORDER BY version DESC LIMIT 1;
  NEW.compared_with_id := in_force.id;
  NEW.uncovered_share := NULL;
  NEW.uncovered := NULL;
  IF in_force.id IS NOT NULL THEN
    SELECT share, polygons INTO NEW.uncovered_share, NEW.uncovered FROM uncovered_by(in_force.polygons, NEW.polygons);
  END IF;
  IF NEW.renews_id IS NOT NULL AND (NEW.renews_id IS DISTINCT FROM in_force.id
     OR (NEW.digest, NEW.polygons, NEW.frame_width, NEW.frame_height, NEW.origin)
        IS DISTINCT FROM (in_force.digest, in_force.polygons, in_force.frame_width, in_force.frame_height, 'person')) THEN
    RAISE EXCEPTION 'a renewal repeats the set that is in force' USING ERRCODE = 'check_violation', CONSTRAINT = 'mask_set_renews_the_same';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    -- The author is one of the two. What comes from a measurement has none, so that its reviewer would be alone.
    IF NEW.uncovered_share > 0 AND (NEW.author_person_id IS NULL OR NEW.decider_person_id IS NOT DISTINCT FROM NEW.author_person_id) THEN
      RAISE EXCEPTION 'what uncovers takes two persons' USING ERRCODE = 'check_violation', CONSTRAINT = 'mask_set_uncovers';
    END IF;
    -- Not from decided_at, which whoever decides writes.
    NEW.expires_at := clock_timestamp() + (mask_rules() ->> 'livesDays')::float8 * interval '1 day';
  END IF;
  RETURN NEW;
END
$$;
-- By its name after the guards that work out who the persons are.
CREATE TRIGGER mask_sets_guard_life BEFORE INSERT OR UPDATE ON mask_sets FOR EACH ROW EXECUTE FUNCTION guard_mask_life();

REVOKE EXECUTE ON FUNCTION guard_mask_life() FROM PUBLIC;

GRANT SELECT ON mask_policies TO louver_api, louver_worker;
GRANT UPDATE (expired_at) ON mask_sets TO louver_worker;
