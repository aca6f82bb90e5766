-- SPDX-License-Identifier: AGPL-3.0-or-later
-- How the numbers of an aim came about, and the lens they belong to. Masks are measured by these numbers: where some of them
-- were filled in because nobody knew better, masks lie somewhere, and there is no picture.

-- Nothing is released, and the tables are small wherever this runs.
-- squawk-ignore-file adding-required-field, constraint-missing-not-valid

ALTER TABLE aims
  -- measured: by points found on map and picture. stated: by a person, or a file, that gave every number. assumed: height,
  -- heading, tilt or field of view was filled in. Whoever says nothing assumes; what was there before had been looked at.
  ADD COLUMN calibration text NOT NULL DEFAULT 'stated'
    CONSTRAINT aim_calibration_known CHECK (calibration IN ('measured', 'stated', 'assumed')),
  -- Radial distortion after Brown and Conrady, as OpenCV has it.
  ADD COLUMN k1 double precision NOT NULL DEFAULT 0 CONSTRAINT aim_k1_sane CHECK (k1 BETWEEN -2 AND 2),
  ADD COLUMN k2 double precision NOT NULL DEFAULT 0 CONSTRAINT aim_k2_sane CHECK (k2 BETWEEN -2 AND 2);
ALTER TABLE aims ALTER COLUMN calibration SET DEFAULT 'assumed';
GRANT UPDATE (calibration, k1, k2) ON aims TO louver_api;

-- Another lens sees something else, as another angle does.
CREATE TRIGGER aims_retire_masks_of_lens AFTER UPDATE OF k1, k2 ON aims
  FOR EACH ROW WHEN ((OLD.k1, OLD.k2) IS DISTINCT FROM (NEW.k1, NEW.k2)) EXECUTE FUNCTION retire_masks_of_changed_aim();
CREATE TRIGGER aims_tell_calibration AFTER UPDATE OF calibration ON aims
  FOR EACH ROW WHEN ((NEW.is_current OR NEW.preset_token IS NOT NULL) AND OLD.calibration <> NEW.calibration) EXECUTE FUNCTION tell_masks_changed();

CREATE OR REPLACE FUNCTION want_exposures_of_changed_aims() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  PERFORM want_exposures((
    SELECT array_agg(a.id) FROM after_change a JOIN before_change b ON b.id = a.id
    WHERE (a.position, a.height_m, a.heading_deg, a.tilt_deg, a.roll_deg, a.hfov_deg, a.frame_width, a.frame_height, a.range_m,
           a.k1, a.k2, a.calibration)
          IS DISTINCT FROM
          (b.position, b.height_m, b.heading_deg, b.tilt_deg, b.roll_deg, b.hfov_deg, b.frame_width, b.frame_height, b.range_m,
           b.k1, b.k2, b.calibration)
  ), 'aim-changed');
  RETURN NULL;
END
$$;

-- Where the camera has a stream, an aim that nobody has calibrated is a finding.
ALTER TABLE findings
  DROP CONSTRAINT finding_kind_known,
  ADD CONSTRAINT finding_kind_known
    CHECK (kind IN ('home-exposed', 'masks-not-flat', 'scene-shift', 'masks-expiring', 'aim-uncalibrated'));
CREATE FUNCTION want_exposures_of_stream() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
DECLARE
  uncalibrated uuid[];
BEGIN
  SELECT array_agg(id) INTO uncalibrated FROM aims
  WHERE camera_id = CASE WHEN TG_OP = 'DELETE' THEN OLD.camera_id ELSE NEW.camera_id END AND calibration = 'assumed';
  IF uncalibrated IS NOT NULL THEN
    PERFORM want_exposures(uncalibrated, 'stream-changed');
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER camera_streams_want_exposures AFTER INSERT OR DELETE ON camera_streams
  FOR EACH ROW EXECUTE FUNCTION want_exposures_of_stream();

-- Over what nobody knows to be the view, nobody decides which parts of it are homes.
CREATE FUNCTION guard_masks_of_uncalibrated_aim() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  IF EXISTS (SELECT FROM aims WHERE id = NEW.aim_id AND calibration = 'assumed') THEN
    RAISE EXCEPTION 'the aim has to be calibrated before masks are approved for it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'aim_uncalibrated';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER mask_sets_guard_calibration BEFORE UPDATE OF state ON mask_sets
  FOR EACH ROW WHEN (OLD.state = 'proposed' AND NEW.state = 'approved') EXECUTE FUNCTION guard_masks_of_uncalibrated_aim();

REVOKE EXECUTE ON FUNCTION want_exposures_of_stream(), guard_masks_of_uncalibrated_aim() FROM PUBLIC;
