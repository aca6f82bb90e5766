-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Masks that follow from a measurement. They have no author, so any reviewer may decide them. Such a set may lie over the
-- picture before anybody decided it, and only if it adds to what was approved (docs/adr/0007).

-- Nothing is released, and the table is empty wherever this runs: there is nobody to break and nothing to wait for.
-- squawk-ignore-file adding-foreign-key-constraint, constraint-missing-not-valid, require-concurrent-index-creation

ALTER TABLE mask_sets
  -- The measurement that a set from geometry follows from.
  ADD COLUMN run_id uuid REFERENCES exposure_runs (id),
  -- The approved set whose polygons an enforced set begins with.
  ADD COLUMN extends_id uuid REFERENCES mask_sets (id),
  ADD COLUMN enforced_at timestamptz,
  -- When a media worker first showed it, while it was enforced.
  ADD COLUMN burned_in_at timestamptz,
  ADD CONSTRAINT mask_set_has_origin CHECK ((origin = 'geometry') = (run_id IS NOT NULL)),
  ADD CONSTRAINT mask_set_enforced_extends CHECK ((enforced_at IS NULL) = (extends_id IS NULL) AND (extends_id IS NULL OR origin = 'geometry'));
CREATE UNIQUE INDEX mask_sets_one_enforced ON mask_sets (aim_id) WHERE state = 'proposed' AND enforced_at IS NOT NULL;

-- Masks add up: what begins with the very polygons of the approved set, or lies over the whole frame, covers no less.
CREATE FUNCTION adds_only(base jsonb, polygons jsonb) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$
    SELECT polygons -> 0 = '[[0, 0], [1, 0], [1, 1], [0, 1]]'::jsonb
      OR coalesce((SELECT jsonb_agg(ring ORDER BY place) FROM jsonb_array_elements(polygons) WITH ORDINALITY AS t (ring, place)
                   WHERE place <= jsonb_array_length(base)), '[]'::jsonb) = base
  $$;

CREATE FUNCTION guard_mask_set_from_geometry() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
DECLARE
  base mask_sets;
BEGIN
  IF TG_OP = 'INSERT' THEN
    -- But for one that is carried over to masks that people approved meanwhile: it only adds to them.
    IF NEW.origin = 'geometry' AND session_user = 'louver_api' AND NOT (NEW.enforced_at IS NOT NULL AND EXISTS (
      SELECT FROM mask_sets WHERE aim_id = NEW.aim_id AND run_id = NEW.run_id AND enforced_at IS NOT NULL AND state = 'retired')) THEN
      RAISE EXCEPTION 'masks from geometry come from a measurement' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.enforced_at IS NOT NULL THEN
      SELECT * INTO base FROM mask_sets WHERE id = NEW.extends_id AND aim_id = NEW.aim_id AND state IN ('approved', 'active');
      IF NOT FOUND OR (base.frame_width, base.frame_height) <> (NEW.frame_width, NEW.frame_height)
         OR NOT coalesce(adds_only(base.polygons, NEW.polygons), false) THEN
        RAISE EXCEPTION 'what is enforced without a person only adds to the approved set'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'mask_set_only_adds';
      END IF;
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.origin, NEW.run_id, NEW.extends_id, NEW.enforced_at) IS DISTINCT FROM (OLD.origin, OLD.run_id, OLD.extends_id, OLD.enforced_at)
     OR (OLD.burned_in_at IS NOT NULL AND NEW.burned_in_at IS DISTINCT FROM OLD.burned_in_at) THEN
    RAISE EXCEPTION 'where a mask set comes from never changes' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.enforced_at IS NOT NULL AND OLD.state = 'proposed' AND NEW.state = 'rejected' AND session_user = 'louver_api'
     AND EXISTS (SELECT FROM findings WHERE aim_id = OLD.aim_id AND kind = 'home-exposed' AND state = 'open') THEN
    RAISE EXCEPTION 'these masks stay until the finding is decided' USING ERRCODE = 'check_violation', CONSTRAINT = 'mask_set_enforced';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER mask_sets_guard_geometry BEFORE INSERT OR UPDATE ON mask_sets FOR EACH ROW EXECUTE FUNCTION guard_mask_set_from_geometry();

-- While its finding is open an enforced set goes only with the aim, the place or the address that it was made for, which take
-- every set and the picture with them, or for one that covers no less of what it added. Asked at the end of the transaction.
CREATE FUNCTION keep_enforced() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  IF EXISTS (SELECT FROM findings WHERE aim_id = NEW.aim_id AND kind = 'home-exposed' AND state = 'open')
     AND EXISTS (SELECT FROM mask_sets WHERE aim_id = NEW.aim_id AND state IN ('approved', 'active'))
     AND NOT EXISTS (SELECT FROM mask_sets WHERE aim_id = NEW.aim_id AND state = 'proposed' AND enforced_at IS NOT NULL) THEN
    RAISE EXCEPTION 'these masks stay until the finding is decided' USING ERRCODE = 'check_violation', CONSTRAINT = 'mask_set_enforced';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER mask_sets_keep_enforced AFTER UPDATE ON mask_sets DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.enforced_at IS NOT NULL AND OLD.state = 'proposed' AND NEW.state = 'retired') EXECUTE FUNCTION keep_enforced();

-- What is approved decides which homes are covered, hence what is to be flagged.
CREATE FUNCTION want_exposures_of_masked_aim() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  PERFORM want_exposures(ARRAY[NEW.aim_id], 'masks-changed');
  RETURN NULL;
END
$$;
CREATE TRIGGER mask_sets_want_exposures AFTER UPDATE OF state ON mask_sets
  FOR EACH ROW WHEN ((OLD.state IN ('approved', 'active')) <> (NEW.state IN ('approved', 'active')))
  EXECUTE FUNCTION want_exposures_of_masked_aim();

REVOKE EXECUTE ON FUNCTION guard_mask_set_from_geometry(), keep_enforced(), want_exposures_of_masked_aim() FROM PUBLIC;

GRANT INSERT ON mask_sets TO louver_worker;
GRANT UPDATE (burned_in_at) ON mask_sets TO louver_worker;
-- A row is locked before its masks are counted, and that asks for the right to update something. The policy lets nothing through.
CREATE POLICY aims_locked_by_worker ON aims FOR UPDATE TO louver_worker USING (true) WITH CHECK (false);
GRANT UPDATE (updated_at) ON aims TO louver_worker;
