-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A camera that turns has an aim for each of its presets, with masks of its own. Which of them it looks along is not written
-- by anybody who answers requests: whoever holds its stream asks the device, picture by picture.

-- Nothing is released, and the table is empty wherever this runs.
-- squawk-ignore-file require-concurrent-index-creation, constraint-missing-not-valid

ALTER TABLE aims
  -- ONVIF's token of the preset, and where the head stands there, in the device's own units. Null for a fixed camera's aim.
  ADD COLUMN preset_token text CONSTRAINT aim_preset_token_sane CHECK (length(preset_token) BETWEEN 1 AND 64),
  ADD COLUMN preset_pan double precision CONSTRAINT aim_preset_pan_sane CHECK (preset_pan BETWEEN -1000 AND 1000),
  ADD COLUMN preset_tilt double precision CONSTRAINT aim_preset_tilt_sane CHECK (preset_tilt BETWEEN -1000 AND 1000),
  ADD COLUMN preset_zoom double precision CONSTRAINT aim_preset_zoom_sane CHECK (preset_zoom BETWEEN -1000 AND 1000),
  -- Out of use for ever: what was recorded of it stays.
  ADD COLUMN retired_at timestamptz,
  ADD CONSTRAINT aim_preset_whole CHECK (num_nulls(preset_token, preset_pan, preset_tilt, preset_zoom) IN (0, 4)),
  ADD CONSTRAINT aim_is_current CHECK (NOT is_current OR retired_at IS NULL);
CREATE UNIQUE INDEX aim_preset_taken ON aims (camera_id, preset_token) WHERE retired_at IS NULL;

CREATE FUNCTION guard_retired_aim() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  RAISE EXCEPTION 'an aim that was retired never changes' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER aims_guard_retired BEFORE UPDATE ON aims
  FOR EACH ROW WHEN (OLD.retired_at IS NOT NULL AND OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION guard_retired_aim();

-- Masks were drawn for what is seen where the head stood.
CREATE TRIGGER aims_retire_masks_of_preset AFTER UPDATE OF preset_token, preset_pan, preset_tilt, preset_zoom, retired_at ON aims
  FOR EACH ROW
  WHEN ((OLD.preset_token, OLD.preset_pan, OLD.preset_tilt, OLD.preset_zoom, OLD.retired_at)
        IS DISTINCT FROM (NEW.preset_token, NEW.preset_pan, NEW.preset_tilt, NEW.preset_zoom, NEW.retired_at))
  EXECUTE FUNCTION retire_masks_of_changed_aim();
CREATE TRIGGER aims_tell_preset_made AFTER INSERT ON aims
  FOR EACH ROW WHEN (NEW.preset_token IS NOT NULL AND NOT NEW.is_current) EXECUTE FUNCTION tell_masks_changed();
CREATE TRIGGER aims_tell_preset AFTER UPDATE OF preset_token, preset_pan, preset_tilt, preset_zoom, retired_at ON aims
  FOR EACH ROW
  WHEN ((OLD.preset_token, OLD.preset_pan, OLD.preset_tilt, OLD.preset_zoom, OLD.retired_at)
        IS DISTINCT FROM (NEW.preset_token, NEW.preset_pan, NEW.preset_tilt, NEW.preset_zoom, NEW.retired_at))
  EXECUTE FUNCTION tell_masks_changed();

-- A camera of which it is known that it turns shows nothing but presets. Who says that it does not turn says that one mask fits.
CREATE TRIGGER cameras_tell_mobility AFTER UPDATE OF mobility ON cameras
  FOR EACH ROW WHEN ((OLD.mobility = 'ptz') <> (NEW.mobility = 'ptz')) EXECUTE FUNCTION tell_masks_changed_of_camera();
CREATE TRIGGER cameras_retire_masks_of_mobility AFTER UPDATE OF mobility ON cameras
  FOR EACH ROW WHEN (OLD.mobility = 'ptz' AND NEW.mobility <> 'ptz') EXECUTE FUNCTION retire_masks_of_moved_camera();

-- What nobody looks along any more shows no home.
CREATE FUNCTION want_exposures_of_retired_aim() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  PERFORM want_exposures(ARRAY[NEW.id], 'aim-changed');
  RETURN NULL;
END
$$;
CREATE TRIGGER aims_want_exposures_retired AFTER UPDATE OF retired_at ON aims
  FOR EACH ROW WHEN (OLD.retired_at IS NULL AND NEW.retired_at IS NOT NULL) EXECUTE FUNCTION want_exposures_of_retired_aim();

REVOKE EXECUTE ON FUNCTION guard_retired_aim(), want_exposures_of_retired_aim() FROM PUBLIC;

-- Where it looks as far as a worker knows, for people to read. No picture hangs on it.
CREATE TABLE camera_ptz (
  camera_id uuid PRIMARY KEY REFERENCES cameras (id) ON DELETE CASCADE,
  state     text NOT NULL CONSTRAINT camera_ptz_state_known CHECK (state IN ('still', 'moving', 'unknown')),
  reason    text,
  aim_id    uuid,
  position  jsonb,
  -- [{token, name, position}, …] as the device told them.
  presets   jsonb NOT NULL DEFAULT '[]' CONSTRAINT camera_ptz_presets_are_few CHECK (jsonb_array_length(presets) <= 128),
  since     timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT camera_ptz_of_its_cameras_aim FOREIGN KEY (aim_id, camera_id) REFERENCES aims (id, camera_id) ON DELETE CASCADE,
  CONSTRAINT camera_ptz_still_at_an_aim CHECK ((state = 'still') = (aim_id IS NOT NULL))
);

ALTER TABLE camera_ptz ENABLE ROW LEVEL SECURITY;
CREATE POLICY ptz_by_camera ON camera_ptz FOR SELECT TO louver_api
  USING (EXISTS (SELECT FROM cameras WHERE cameras.id = camera_ptz.camera_id));
CREATE POLICY ptz_for_worker ON camera_ptz TO louver_worker USING (true);

GRANT SELECT ON camera_ptz TO louver_api;
GRANT SELECT, INSERT, UPDATE ON camera_ptz TO louver_worker;
GRANT UPDATE (preset_token, preset_pan, preset_tilt, preset_zoom, retired_at) ON aims TO louver_api;
