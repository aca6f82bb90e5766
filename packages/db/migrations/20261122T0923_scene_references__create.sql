-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What an aim looks like to a machine: where edges lie in a coarse grid and how they run, outside of the masks. A picture
-- that does not look like it any more is of something else, and the masks lie over something else.

-- Nothing is released, and the tables are empty wherever this runs.
-- squawk-ignore-file require-concurrent-index-creation

CREATE TABLE scene_references (
  id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  aim_id      uuid NOT NULL,
  camera_id   uuid NOT NULL,
  -- Four bits a direction and cell; no sample of the picture. Bounded, so that no picture can be put here instead.
  cells       bytea NOT NULL CONSTRAINT scene_reference_is_small CHECK (octet_length(cells) <= 16384),
  algorithm   text NOT NULL,
  digest      text NOT NULL CONSTRAINT scene_reference_digest_is_of_cells CHECK (digest = encode(sha256(cells), 'hex')),
  -- What lay over the picture.
  mask_set_id uuid NOT NULL REFERENCES mask_sets (id),
  taken_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at    timestamptz,
  ended_why   text CONSTRAINT scene_reference_end_known CHECK (ended_why IN ('view-changed', 'same-scene')),
  CONSTRAINT scene_reference_of_its_cameras_aim FOREIGN KEY (aim_id, camera_id) REFERENCES aims (id, camera_id) ON DELETE CASCADE,
  CONSTRAINT scene_reference_ended_why CHECK ((ended_at IS NULL) = (ended_why IS NULL))
);
CREATE UNIQUE INDEX scene_references_one_current ON scene_references (aim_id) WHERE ended_at IS NULL;

CREATE FUNCTION guard_scene_reference() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
     OR to_jsonb(NEW) - 'ended_at' - 'ended_why' IS DISTINCT FROM to_jsonb(OLD) - 'ended_at' - 'ended_why' THEN
    RAISE EXCEPTION 'a reference ends once and otherwise never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER scene_references_guard BEFORE UPDATE ON scene_references FOR EACH ROW EXECUTE FUNCTION guard_scene_reference();

-- Masks are replaced by others while a camera looks the same way; all of them go only with the view that they were drawn for.
CREATE FUNCTION end_scene_of_changed_view() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM mask_sets WHERE aim_id = NEW.aim_id AND state IN ('approved', 'active')) THEN
    UPDATE scene_references SET ended_at = clock_timestamp(), ended_why = 'view-changed' WHERE aim_id = NEW.aim_id AND ended_at IS NULL;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER mask_sets_end_scene AFTER UPDATE OF state ON mask_sets
  FOR EACH ROW WHEN (OLD.state IN ('approved', 'active') AND NEW.state = 'retired') EXECUTE FUNCTION end_scene_of_changed_view();

-- Two persons have said that it is the same scene: what is seen next is the reference.
CREATE FUNCTION end_scene_of_decided_finding() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  UPDATE scene_references SET ended_at = clock_timestamp(), ended_why = 'same-scene' WHERE aim_id = NEW.aim_id AND ended_at IS NULL;
  PERFORM pg_notify('masks_changed', NEW.camera_id::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER findings_end_scene AFTER UPDATE OF state ON findings
  FOR EACH ROW WHEN (NEW.kind = 'scene-shift' AND OLD.state = 'open' AND NEW.state = 'decided')
  EXECUTE FUNCTION end_scene_of_decided_finding();

REVOKE EXECUTE ON FUNCTION guard_scene_reference(), end_scene_of_changed_view(), end_scene_of_decided_finding() FROM PUBLIC;

ALTER TABLE scene_references ENABLE ROW LEVEL SECURITY;
CREATE POLICY scene_references_by_camera ON scene_references FOR SELECT TO louver_api
  USING (EXISTS (SELECT FROM cameras WHERE cameras.id = scene_references.camera_id));
CREATE POLICY scene_references_for_worker ON scene_references TO louver_worker USING (true);

-- Who answers requests has no use for the cells.
GRANT SELECT (id, aim_id, camera_id, algorithm, digest, mask_set_id, taken_at, ended_at, ended_why) ON scene_references TO louver_api;
GRANT SELECT, INSERT ON scene_references TO louver_worker;
