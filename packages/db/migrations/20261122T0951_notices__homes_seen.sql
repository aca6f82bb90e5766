-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The neighbourhood is told when a camera begins to see homes that it did not see when the public was last told of it. The database
-- says it by itself, in the transaction that keeps the measurement: whoever turns a camera, calibrates it or reads in buildings
-- can't do so without it.

-- Nothing is released, and the tables are small wherever this runs.
-- squawk-ignore-file constraint-missing-not-valid

ALTER TABLE notices
  DROP CONSTRAINT notice_kind_known,
  ADD CONSTRAINT notice_kind_known CHECK (kind IN (
    'camera-planned', 'camera-dropped', 'camera-new', 'camera-moved', 'camera-stopped', 'purpose-changed', 'homes-seen', 'clock-passed'));

-- Since when a camera is in the inventory. Not `created_at`, which whoever writes cameras can write. One row a camera, so that two
-- measurements of one camera are told one after the other.
CREATE TABLE told_cameras (
  camera_id uuid PRIMARY KEY REFERENCES cameras (id) ON DELETE CASCADE,
  since     timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The homes that a camera sees as far as was told. Nobody reads it but the function below: whose home it is stands in no notice.
CREATE TABLE told_homes (
  camera_id   uuid NOT NULL REFERENCES told_cameras (camera_id) ON DELETE CASCADE,
  -- No foreign key: an import may replace buildings.
  building_id uuid NOT NULL,
  -- Since when the camera has not seen it. Null: it does.
  gone_at     timestamptz,
  PRIMARY KEY (camera_id, building_id)
);

-- What the map of homes says of a camera. Nothing of one that is counted and not shown: no notice may come from it.
CREATE FUNCTION homes_in_sight(camera uuid) RETURNS TABLE (building_id uuid, dori text, pixels_per_metre double precision)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    SELECT DISTINCT ON (e.building_id) e.building_id, e.dori, e.pixels_per_metre
    FROM cameras c
    JOIN aims a ON a.camera_id = c.id AND a.retired_at IS NULL
    JOIN exposure_runs r ON r.aim_id = a.id AND r.superseded_at IS NULL
    JOIN exposures e ON e.run_id = r.id AND e.dori <> 'none'
    WHERE c.id = camera AND c.publication = 'shown' AND c.status <> 'retired'
    ORDER BY e.building_id, e.pixels_per_metre DESC
  $$;

-- Compared is with what was told, not with the last measurement: a home that flickers in and out is told once. After thirty days
-- out of sight it is forgotten, and told again when it comes back: who lives there by then was told nothing.
-- What a camera sees within a day of being entered belongs to the notice that it was entered, and what a planned one will see
-- is told when it is at work.
CREATE FUNCTION tell_of_homes(camera uuid) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
DECLARE
  the_camera cameras;
  is_entered boolean;
BEGIN
  -- Most measurements change nothing here, and wait for nobody.
  IF NOT EXISTS (
       SELECT FROM homes_in_sight(camera) s
       FULL JOIN (SELECT * FROM told_homes WHERE told_homes.camera_id = camera) t USING (building_id)
       WHERE t.camera_id IS NULL OR (s.dori IS NULL) <> (t.gone_at IS NOT NULL)) THEN
    RETURN;
  END IF;
  SELECT * INTO the_camera FROM cameras WHERE id = camera FOR KEY SHARE;
  INSERT INTO told_cameras (camera_id) VALUES (camera) ON CONFLICT DO NOTHING;
  SELECT since > clock_timestamp() - interval '1 day' INTO STRICT is_entered FROM told_cameras WHERE camera_id = camera FOR UPDATE;
  DELETE FROM told_homes WHERE camera_id = camera AND gone_at < clock_timestamp() - interval '30 days';
  IF the_camera.status = 'live' AND NOT is_entered THEN
    INSERT INTO notices (key, kind, jurisdiction, camera_id, detail)
    SELECT concat_ws(':', 'homes-seen', camera, pg_current_xact_id()), 'homes-seen', the_camera.jurisdiction, camera,
           jsonb_build_object('homes', count(*), 'level', (array_agg(s.dori ORDER BY s.pixels_per_metre DESC))[1])
    FROM homes_in_sight(camera) s
    WHERE NOT EXISTS (SELECT FROM told_homes t WHERE t.camera_id = camera AND t.building_id = s.building_id)
    HAVING count(*) > 0;
  END IF;
  INSERT INTO told_homes (camera_id, building_id)
  SELECT camera, s.building_id FROM homes_in_sight(camera) s
  WHERE the_camera.status = 'live' OR is_entered
     OR EXISTS (SELECT FROM told_homes t WHERE t.camera_id = camera AND t.building_id = s.building_id)
  ON CONFLICT (camera_id, building_id) DO UPDATE SET gone_at = NULL WHERE told_homes.gone_at IS NOT NULL;
  UPDATE told_homes SET gone_at = clock_timestamp()
  WHERE camera_id = camera AND gone_at IS NULL
    AND NOT EXISTS (SELECT FROM homes_in_sight(camera) s WHERE s.building_id = told_homes.building_id);
END
$$;

CREATE FUNCTION begin_telling_of_homes() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  INSERT INTO told_cameras (camera_id) SELECT id FROM entered;
  RETURN NULL;
END
$$;
CREATE TRIGGER cameras_begin_telling AFTER INSERT ON cameras
  REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION begin_telling_of_homes();

CREATE FUNCTION tell_of_homes_of_aim() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  PERFORM tell_of_homes(NEW.camera_id);
  RETURN NULL;
END
$$;
CREATE FUNCTION tell_of_homes_of_camera() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  PERFORM tell_of_homes(NEW.id);
  RETURN NULL;
END
$$;
-- At the end of the transaction: a measurement is written before its homes.
CREATE CONSTRAINT TRIGGER exposure_runs_tell_homes AFTER INSERT ON exposure_runs
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tell_of_homes_of_aim();
-- Whoever stops looking that way is measured no more.
CREATE CONSTRAINT TRIGGER aims_tell_homes AFTER UPDATE OF retired_at ON aims
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.retired_at IS DISTINCT FROM NEW.retired_at) EXECUTE FUNCTION tell_of_homes_of_aim();
CREATE CONSTRAINT TRIGGER cameras_tell_homes AFTER UPDATE OF status, publication ON cameras
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.status <> NEW.status OR OLD.publication <> NEW.publication)
  EXECUTE FUNCTION tell_of_homes_of_camera();

REVOKE EXECUTE ON FUNCTION homes_in_sight(uuid), tell_of_homes(uuid), begin_telling_of_homes(), tell_of_homes_of_aim(),
  tell_of_homes_of_camera() FROM PUBLIC;
