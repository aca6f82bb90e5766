-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Numbered versions of an aim's masks, and the rules that no page can forget: two people, fixed steps, nothing edited afterwards.

CREATE TABLE mask_sets (
  id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  aim_id           uuid NOT NULL,
  camera_id        uuid NOT NULL REFERENCES cameras (id),
  version          integer NOT NULL,
  state            text NOT NULL CONSTRAINT mask_set_state_known
                   CHECK (state IN ('draft', 'proposed', 'approved', 'active', 'retired', 'rejected')),
  -- [[[x, y], …], …] as fractions of the frame, origin top left.
  polygons         jsonb NOT NULL,
  frame_width      integer NOT NULL,
  frame_height     integer NOT NULL,
  digest           text NOT NULL CONSTRAINT mask_set_digest_is_sha256 CHECK (digest ~ '^[0-9a-f]{64}$'),
  reason           text NOT NULL,
  -- Drawn by a person, or computed from a measurement: then nobody is its author.
  origin           text NOT NULL DEFAULT 'person' CONSTRAINT mask_set_origin_known CHECK (origin IN ('person', 'geometry')),
  author_id        uuid REFERENCES accounts (id),
  author_person_id uuid REFERENCES persons (id),
  decided_by       uuid REFERENCES accounts (id),
  decider_person_id uuid REFERENCES persons (id),
  decision_note    text,
  created_at       timestamptz NOT NULL DEFAULT now(),
  decided_at       timestamptz,
  activated_at     timestamptz,
  CONSTRAINT mask_set_of_its_cameras_aim FOREIGN KEY (aim_id, camera_id) REFERENCES aims (id, camera_id),
  CONSTRAINT mask_set_version_taken UNIQUE (aim_id, version),
  CONSTRAINT mask_set_has_author CHECK ((origin = 'person') = (author_id IS NOT NULL) AND (author_id IS NULL) = (author_person_id IS NULL)),
  CONSTRAINT mask_author_decides CHECK (decider_person_id IS NULL OR decider_person_id <> author_person_id),
  CONSTRAINT mask_set_in_force_was_decided CHECK (state NOT IN ('approved', 'active') OR (decided_by IS NOT NULL AND decided_at IS NOT NULL))
);
CREATE UNIQUE INDEX mask_sets_one_active ON mask_sets (aim_id) WHERE state = 'active';
CREATE INDEX mask_sets_camera_idx ON mask_sets (camera_id, version DESC);
CREATE INDEX mask_sets_open_idx ON mask_sets (created_at) WHERE state = 'proposed';

-- Persons come from the accounts, never from the caller: one person with two accounts is one person.
-- Roles too: a supervisor draws, a reviewer decides, and neither with an account that was disabled. What no person drew any
-- reviewer may decide.
CREATE FUNCTION guard_mask_set() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
DECLARE
  account accounts;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state NOT IN ('draft', 'proposed') THEN
      RAISE EXCEPTION 'a mask set begins as draft or proposed, not as %', NEW.state USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.origin = 'person' THEN
      SELECT * INTO account FROM accounts WHERE id = NEW.author_id;
      IF account.role IS NULL OR account.role NOT IN ('supervisor', 'reviewer') OR account.disabled_at IS NOT NULL THEN
        RAISE EXCEPTION 'masks are proposed by a supervisor or reviewer whose account is not disabled' USING ERRCODE = 'check_violation', CONSTRAINT = 'mask_author_may_draw';
      END IF;
    END IF;
    NEW.author_person_id := account.person_id;
    NEW.decided_by := NULL;
    NEW.decider_person_id := NULL;
    NEW.decision_note := NULL;
    NEW.decided_at := NULL;
    NEW.activated_at := NULL;
    RETURN NEW;
  END IF;
  IF (NEW.aim_id, NEW.camera_id, NEW.version, NEW.polygons, NEW.frame_width, NEW.frame_height, NEW.digest, NEW.author_id, NEW.author_person_id)
     IS DISTINCT FROM
     (OLD.aim_id, OLD.camera_id, OLD.version, OLD.polygons, OLD.frame_width, OLD.frame_height, OLD.digest, OLD.author_id, OLD.author_person_id) THEN
    RAISE EXCEPTION 'what a mask set covers never changes: make a new version' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
    ('draft', 'proposed'), ('proposed', 'approved'), ('proposed', 'rejected'), ('proposed', 'retired'),
    ('approved', 'active'), ('approved', 'retired'), ('active', 'retired'), ('draft', 'retired')) THEN
    RAISE EXCEPTION 'a mask set does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation', CONSTRAINT = 'mask_set_decided';
  END IF;
  IF NEW.decided_by IS DISTINCT FROM OLD.decided_by THEN
    IF OLD.decided_by IS NOT NULL THEN
      RAISE EXCEPTION 'this mask set was decided' USING ERRCODE = 'check_violation', CONSTRAINT = 'mask_set_decided';
    END IF;
    SELECT * INTO account FROM accounts WHERE id = NEW.decided_by;
    NEW.decider_person_id := account.person_id;
    -- The author's own decision is left to mask_author_decides, which says what is wrong with it.
    IF account.person_id IS DISTINCT FROM NEW.author_person_id AND (account.role <> 'reviewer' OR account.disabled_at IS NOT NULL) THEN
      RAISE EXCEPTION 'masks are decided by a reviewer whose account is not disabled' USING ERRCODE = 'check_violation', CONSTRAINT = 'mask_decider_is_reviewer';
    END IF;
  ELSIF NEW.decider_person_id IS DISTINCT FROM OLD.decider_person_id THEN
    RAISE EXCEPTION 'who decided a mask set never changes' USING ERRCODE = 'check_violation';
  END IF;
  IF (OLD.decision_note IS NOT NULL AND NEW.decision_note IS DISTINCT FROM OLD.decision_note)
     OR (OLD.decided_at IS NOT NULL AND NEW.decided_at IS DISTINCT FROM OLD.decided_at)
     OR (OLD.activated_at IS NOT NULL AND NEW.activated_at IS DISTINCT FROM OLD.activated_at) THEN
    RAISE EXCEPTION 'when and why a mask set was decided never changes' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER mask_sets_guard BEFORE INSERT OR UPDATE ON mask_sets FOR EACH ROW EXECUTE FUNCTION guard_mask_set();

-- Sent at commit. A media worker that holds the camera stops its picture at once and goes on with the new masks.
CREATE FUNCTION tell_masks_changed() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  PERFORM pg_notify('masks_changed', CASE WHEN TG_OP = 'DELETE' THEN OLD.camera_id ELSE NEW.camera_id END::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER mask_sets_tell AFTER INSERT OR UPDATE ON mask_sets FOR EACH ROW EXECUTE FUNCTION tell_masks_changed();

-- What else decides whether a camera has a picture and which masks lie over it: its current aim, its address, its status.
CREATE TRIGGER aims_tell_made AFTER INSERT ON aims
  FOR EACH ROW WHEN (NEW.is_current) EXECUTE FUNCTION tell_masks_changed();
CREATE TRIGGER aims_tell_turned AFTER UPDATE OF is_current ON aims
  FOR EACH ROW WHEN (OLD.is_current <> NEW.is_current) EXECUTE FUNCTION tell_masks_changed();
CREATE TRIGGER camera_streams_tell AFTER INSERT OR UPDATE OR DELETE ON camera_streams
  FOR EACH ROW EXECUTE FUNCTION tell_masks_changed();

CREATE FUNCTION tell_masks_changed_of_camera() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  PERFORM pg_notify('masks_changed', NEW.id::text);
  RETURN NULL;
END
$$;
CREATE TRIGGER cameras_tell AFTER UPDATE OF status ON cameras
  FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION tell_masks_changed_of_camera();

-- A camera that was moved or turned sees something else: whatever was drawn for the old view loses its force here,
-- in the same transaction, whoever wrote it. SECURITY DEFINER, so that row-level security cannot hide a set from it.
CREATE FUNCTION retire_masks_of_changed_aim() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  UPDATE mask_sets SET state = 'retired' WHERE aim_id = NEW.id AND state IN ('draft', 'proposed', 'approved', 'active');
  RETURN NULL;
END
$$;
CREATE TRIGGER aims_retire_masks
  AFTER UPDATE OF position, height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height ON aims
  FOR EACH ROW
  WHEN ((OLD.position, OLD.height_m, OLD.heading_deg, OLD.tilt_deg, OLD.roll_deg, OLD.hfov_deg, OLD.frame_width, OLD.frame_height)
        IS DISTINCT FROM
        (NEW.position, NEW.height_m, NEW.heading_deg, NEW.tilt_deg, NEW.roll_deg, NEW.hfov_deg, NEW.frame_width, NEW.frame_height))
  EXECUTE FUNCTION retire_masks_of_changed_aim();

CREATE FUNCTION retire_masks_of_moved_camera() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  UPDATE mask_sets SET state = 'retired' WHERE camera_id = NEW.id AND state IN ('draft', 'proposed', 'approved', 'active');
  RETURN NULL;
END
$$;
CREATE TRIGGER cameras_retire_masks AFTER UPDATE OF location ON cameras
  FOR EACH ROW WHEN (NOT ST_Equals(OLD.location, NEW.location)) EXECUTE FUNCTION retire_masks_of_moved_camera();

-- Masks were drawn over one picture. Where it comes from is set by one person; without this, that person alone would put
-- another camera's picture under them. A new password for the same address keeps them.
CREATE FUNCTION retire_masks_of_changed_stream() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  UPDATE mask_sets SET state = 'retired'
  WHERE camera_id IN (OLD.camera_id, NEW.camera_id) AND state IN ('draft', 'proposed', 'approved', 'active');
  RETURN NULL;
END
$$;
CREATE TRIGGER camera_streams_retire_masks AFTER INSERT OR DELETE ON camera_streams
  FOR EACH ROW EXECUTE FUNCTION retire_masks_of_changed_stream();
CREATE TRIGGER camera_streams_retire_masks_of_address AFTER UPDATE ON camera_streams
  FOR EACH ROW WHEN ((OLD.camera_id, OLD.address_mac) IS DISTINCT FROM (NEW.camera_id, NEW.address_mac))
  EXECUTE FUNCTION retire_masks_of_changed_stream();

REVOKE EXECUTE ON FUNCTION guard_mask_set(), tell_masks_changed(), tell_masks_changed_of_camera(), retire_masks_of_changed_aim(),
  retire_masks_of_moved_camera(), retire_masks_of_changed_stream() FROM PUBLIC;

ALTER TABLE mask_sets ENABLE ROW LEVEL SECURITY;
CREATE POLICY mask_sets_by_camera ON mask_sets TO louver_api
  USING (EXISTS (SELECT FROM cameras WHERE cameras.id = mask_sets.camera_id));
CREATE POLICY mask_sets_for_worker ON mask_sets TO louver_worker USING (true);

GRANT SELECT, INSERT ON mask_sets TO louver_api;
GRANT UPDATE (state, decided_by, decided_at, decision_note, activated_at) ON mask_sets TO louver_api;
GRANT SELECT, UPDATE (state, activated_at) ON mask_sets TO louver_worker;
