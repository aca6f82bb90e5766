-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What the register tells the public by itself. The database writes these notices, so that no way into the inventory goes past
-- them: a planned camera is announced in the transaction that plans it, and can't be live before the day that was announced.

-- Nothing is released, and the tables are empty wherever this runs: there is nobody to break and nothing to wait for.
-- squawk-ignore-file constraint-missing-not-valid, require-concurrent-index-creation, adding-field-with-default,
-- squawk-ignore-file disallowed-unique-constraint

-- What holds in a place and is not the same everywhere. A row replaces the one before it for its place, from now on: what was
-- filed or announced before keeps what held then. Null: as the place above has it.
CREATE TABLE jurisdiction_rules (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  jurisdiction ltree NOT NULL REFERENCES jurisdictions (path),
  -- Remote area of the law on complaints, with its longer periods.
  remote       boolean,
  -- Days between the announcement of a planned camera and the first day on which it may be live.
  notice_days  integer CONSTRAINT jurisdiction_notice_days_sane CHECK (notice_days BETWEEN 5 AND 365),
  -- Days on which anybody may say something about it, counted from the same day.
  comment_days integer CONSTRAINT jurisdiction_comment_days_sane CHECK (comment_days BETWEEN 5 AND 365),
  -- Which document says so.
  reason       text NOT NULL CONSTRAINT jurisdiction_rules_have_reason CHECK (length(btrim(reason)) >= 3),
  account_id   uuid NOT NULL REFERENCES accounts (id),
  since        timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX jurisdiction_rules_place_idx ON jurisdiction_rules (jurisdiction, id DESC);
CREATE TRIGGER jurisdiction_rules_only_grow BEFORE UPDATE OR DELETE ON jurisdiction_rules FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER jurisdiction_rules_never_truncate BEFORE TRUNCATE ON jurisdiction_rules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT (jurisdiction, remote, notice_days, comment_days, reason, account_id) ON jurisdiction_rules TO louver_api;

-- Never by whoever is complained of: not by an officer or a supervisor, whatever the API was told.
CREATE FUNCTION guard_jurisdiction_rules() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM accounts WHERE id = NEW.account_id AND disabled_at IS NULL AND role = 'administrator'
                   AND NEW.jurisdiction <@ ANY (jurisdictions)) THEN
    RAISE EXCEPTION 'the rules of a place are set by its administrator' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER jurisdiction_rules_guard BEFORE INSERT ON jurisdiction_rules FOR EACH ROW EXECUTE FUNCTION guard_jurisdiction_rules();

-- What holds in a place now: of each rule the newest of the nearest place that says something.
CREATE FUNCTION rules_of(place ltree) RETURNS TABLE (remote boolean, notice_days integer, comment_days integer)
  LANGUAGE sql STABLE SET search_path = public, pg_temp
  AS $$
    WITH said AS (
      SELECT DISTINCT ON (r.jurisdiction) nlevel(r.jurisdiction) AS depth, r.remote, r.notice_days, r.comment_days
      FROM jurisdiction_rules r WHERE r.jurisdiction @> place ORDER BY r.jurisdiction, r.id DESC
    ), nearest AS (
      SELECT coalesce((SELECT s.remote FROM said s WHERE s.remote IS NOT NULL ORDER BY depth DESC LIMIT 1), false) AS remote,
             coalesce((SELECT s.notice_days FROM said s WHERE s.notice_days IS NOT NULL ORDER BY depth DESC LIMIT 1), 30) AS notice_days,
             coalesce((SELECT s.comment_days FROM said s WHERE s.comment_days IS NOT NULL ORDER BY depth DESC LIMIT 1), 20) AS comment_days
    )
    -- Nobody is asked for comments on what may be at work already.
    SELECT n.remote, n.notice_days, least(n.comment_days, n.notice_days - 1) FROM nearest n
  $$;

ALTER TABLE cameras
  -- The first day on which a camera that was announced may be live, by the local calendar. Null: it was never announced.
  ADD COLUMN live_not_before date,
  -- Where it stood when it was last told of. Moves are held against this: many small steps are a move like any other.
  ADD COLUMN told_location geometry(Point, 4326);

-- The same notice wherever it is read, also in another language or from another address.
ALTER TABLE notices
  ADD COLUMN uid uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT notice_uid_taken UNIQUE,
  DROP CONSTRAINT notice_kind_known,
  ADD CONSTRAINT notice_kind_known CHECK (kind IN (
    'camera-planned', 'camera-dropped', 'camera-new', 'camera-moved', 'camera-stopped', 'purpose-changed', 'clock-passed'));
CREATE INDEX notices_jurisdiction_idx ON notices USING gist (jurisdiction);

CREATE FUNCTION local_today() RETURNS date
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date $$;

-- Closer than this is the same place, surveyed again.
CREATE FUNCTION is_elsewhere(was geometry(Point, 4326), now_at geometry(Point, 4326)) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT NOT ST_DWithin(was::geography, now_at::geography, 10) $$;

-- Whether a planned camera is another one than was announced: another place, body or purpose, or shown where it was counted.
CREATE FUNCTION is_planned_anew(was cameras, now_is cameras) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  AS $$
    SELECT now_is.status = 'planned'
       AND (was.status <> 'planned' OR was.live_not_before IS NULL
            OR was.jurisdiction <> now_is.jurisdiction OR was.purpose IS DISTINCT FROM now_is.purpose
            OR (was.publication = 'counted' AND now_is.publication = 'shown') OR is_elsewhere(was.told_location, now_is.location))
  $$;

-- Nobody states the day; it follows from the announcement, and stays with a camera that is given up and taken up again.
CREATE FUNCTION guard_camera_window() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
DECLARE
  begins boolean := NEW.status = 'live';
  plans boolean := NEW.status = 'planned';
BEGIN
  NEW.live_not_before := NULL;
  NEW.told_location := NEW.location;
  IF TG_OP = 'UPDATE' THEN
    NEW.live_not_before := OLD.live_not_before;
    begins := begins AND OLD.status <> 'live';
    plans := is_planned_anew(OLD, NEW);
    IF NOT plans AND NEW.status = OLD.status AND NOT is_elsewhere(OLD.told_location, NEW.location) THEN
      NEW.told_location := OLD.told_location;
    END IF;
  END IF;
  IF plans THEN
    NEW.live_not_before := local_today() + (SELECT notice_days FROM rules_of(NEW.jurisdiction));
  ELSIF begins AND NEW.live_not_before > local_today() THEN
    RAISE EXCEPTION 'camera % was announced and may not be live before %', NEW.code, NEW.live_not_before
      USING ERRCODE = 'check_violation', CONSTRAINT = 'camera_window_open', DETAIL = NEW.live_not_before::text;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER cameras_window BEFORE INSERT OR UPDATE ON cameras FOR EACH ROW EXECUTE FUNCTION guard_camera_window();

-- One notice a camera; of more than five in a ward that one statement entered, one with their number: a register that is read
-- in is one event, and thousands of lines would hide the one that matters. What is planned is told one by one.
CREATE FUNCTION tell_of_cameras(kinds text[], ids uuid[], announced boolean[]) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    INSERT INTO notices (key, kind, jurisdiction, camera_id, detail, holds_from, comments_until)
    WITH told AS (
      SELECT e.kind, e.announced, c.id, c.jurisdiction, c.live_not_before,
             CASE WHEN e.kind = 'camera-planned' THEN 1 ELSE count(*) OVER (PARTITION BY e.kind, e.announced, c.jurisdiction) END AS together
      FROM unnest(kinds, ids, announced) AS e (kind, id, announced) JOIN cameras c ON c.id = e.id
    )
    SELECT concat_ws(':', kind, id, CASE kind WHEN 'camera-planned' THEN live_not_before::text ELSE pg_current_xact_id()::text END),
           kind, jurisdiction, id, CASE WHEN announced IS NULL THEN '{}' ELSE jsonb_build_object('announced', announced) END,
           CASE kind WHEN 'camera-planned' THEN timezone('Asia/Ho_Chi_Minh', live_not_before + time '00:00') END,
           CASE kind WHEN 'camera-planned' THEN
             timezone('Asia/Ho_Chi_Minh', local_today() + (SELECT comment_days + 1 FROM rules_of(jurisdiction)) + time '00:00' - interval '1 second') END
    FROM told WHERE together <= 5
    UNION ALL
    SELECT concat_ws(':', kind, jurisdiction, gen_random_uuid()), kind, jurisdiction, NULL,
           jsonb_strip_nulls(jsonb_build_object('cameras', together, 'announced', announced)), NULL, NULL
    FROM told WHERE together > 5 GROUP BY kind, announced, jurisdiction, together
    ON CONFLICT (key) DO NOTHING
  $$;

CREATE FUNCTION tell_of_entered_cameras() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  PERFORM tell_of_cameras(array_agg(CASE status WHEN 'planned' THEN 'camera-planned' ELSE 'camera-new' END), array_agg(id),
                          array_agg(CASE status WHEN 'live' THEN false END))
  FROM entered WHERE status <> 'retired' HAVING count(*) > 0;
  RETURN NULL;
END
$$;
CREATE TRIGGER cameras_tell_entered AFTER INSERT ON cameras
  REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION tell_of_entered_cameras();

-- The first purpose that is stated of a camera is no change, but for one whose purpose was taken back before. Of a camera that is
-- counted and not shown only that there is one more or one less: nothing public may change because it moves.
CREATE FUNCTION tell_of_changed_cameras() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  PERFORM tell_of_cameras(array_agg(what.kind), array_agg(what.id), array_agg(what.announced))
  FROM (
    SELECT is_now.id, CASE is_now.status WHEN 'live' THEN 'camera-new' WHEN 'retired' THEN
                        CASE was.status WHEN 'live' THEN 'camera-stopped' ELSE 'camera-dropped' END END AS kind,
           CASE is_now.status WHEN 'live' THEN was.status = 'planned' AND was.live_not_before IS NOT NULL
             AND was.jurisdiction = is_now.jurisdiction AND was.purpose IS NOT DISTINCT FROM is_now.purpose
             AND NOT is_elsewhere(was.told_location, is_now.location) END AS announced
    FROM before_it was JOIN after_it is_now USING (id) WHERE was.status <> is_now.status
    UNION ALL
    SELECT is_now.id, 'camera-planned', NULL
    FROM before_it was JOIN after_it is_now USING (id)
    WHERE is_now.status = 'planned' AND is_planned_anew(ROW(was.*)::cameras, ROW(is_now.*)::cameras)
    UNION ALL
    SELECT is_now.id, 'camera-moved', false
    FROM before_it was JOIN after_it is_now USING (id)
    WHERE was.status = 'live' AND is_now.status = 'live' AND is_now.publication = 'shown' AND is_elsewhere(was.told_location, is_now.location)
    UNION ALL
    SELECT is_now.id, 'purpose-changed', NULL
    FROM before_it was JOIN after_it is_now USING (id)
    WHERE was.status = 'live' AND is_now.status = 'live' AND is_now.publication = 'shown' AND was.purpose IS DISTINCT FROM is_now.purpose
      AND (was.purpose IS NOT NULL OR EXISTS (
             SELECT FROM notices n WHERE n.camera_id = is_now.id AND n.kind = 'purpose-changed'))
  ) what
  WHERE what.kind IS NOT NULL HAVING count(*) > 0;
  RETURN NULL;
END
$$;
CREATE TRIGGER cameras_tell_changed AFTER UPDATE ON cameras
  REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION tell_of_changed_cameras();

REVOKE EXECUTE ON FUNCTION guard_jurisdiction_rules(), rules_of(ltree), local_today(), is_elsewhere(geometry(Point, 4326), geometry(Point, 4326)),
  is_planned_anew(cameras, cameras), guard_camera_window(), tell_of_cameras(text[], uuid[], boolean[]), tell_of_entered_cameras(),
  tell_of_changed_cameras() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rules_of(ltree), local_today() TO louver_api;

-- A notice about a camera that is not shown names its ward, and whether it was announced.
CREATE OR REPLACE VIEW public_notices AS
SELECT n.id, n.kind, n.jurisdiction, c.code AS camera_code, c.location,
       CASE WHEN n.camera_id IS NULL OR c.id IS NOT NULL THEN n.detail
            ELSE jsonb_strip_nulls(jsonb_build_object('announced', n.detail -> 'announced')) END AS detail,
       n.holds_from, n.comments_until, n.published_at, n.uid
FROM notices n
LEFT JOIN public_cameras c ON c.id = n.camera_id;
