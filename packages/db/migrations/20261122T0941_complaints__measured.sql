-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What a case keeps of the day on which it was filed and of the day on which it was closed, and what the desk takes first.

-- Nothing is released, and the tables are empty wherever this runs: there is nobody to break and nothing to wait for.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion

-- A case keeps whether it was of a remote area when it was filed; nobody states it.
CREATE OR REPLACE FUNCTION begin_complaint() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  NEW.remote := (SELECT rules.remote FROM rules_of(NEW.jurisdiction) rules);
  NEW.basis := (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
             'aimId', aim_id, 'cameraId', camera_id, 'cameraCode', camera_code, 'runId', run_id,
             'measuredAt', to_char(measured_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'dori', dori,
             'frameShare', frame_share, 'distanceMetres', distance_metres, 'breaches', breaches)), '[]')
    FROM home_sights(NEW.home_id, NEW.camera_id) WHERE run_id IS NOT NULL);
  RETURN NEW;
END
$$;
REVOKE INSERT (remote) ON complaints FROM louver_api;

-- What a «fixed» rests on, as it was measured: of every aim that saw the home when the complaint was filed or sees it now, what
-- it saw then and sees now. Nothing of it can be had later, when aims, buildings and runs are others.
CREATE FUNCTION measured_for_fixed(the_case complaints) RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
             'aimId', s.aim_id, 'cameraCode', s.camera_code, 'shown', cameras.publication = 'shown', 'runId', s.run_id,
             'breaches', s.breaches, 'takenDown', s.camera_status = 'retired',
             'covered', home_is_covered(the_case.home_id, s.aim_id, the_case.filed_at),
             'before', CASE WHEN was.it IS NOT NULL THEN jsonb_build_object(
               'at', was.it -> 'measuredAt', 'dori', was.it -> 'dori', 'frameShare', was.it -> 'frameShare',
               'distanceMetres', was.it -> 'distanceMetres') END,
             'after', CASE WHEN s.run_id IS NOT NULL THEN jsonb_build_object(
               'at', to_char(s.measured_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'dori', s.dori,
               'frameShare', s.frame_share, 'distanceMetres', s.distance_metres) END)
             ORDER BY s.camera_code, s.aim_id), '[]')
    FROM (
      SELECT sights.* FROM home_sights(the_case.home_id, the_case.camera_id) sights
      UNION
      SELECT sights.* FROM jsonb_array_elements(the_case.basis) AS b (was)
      CROSS JOIN LATERAL home_sights(the_case.home_id, (b.was ->> 'cameraId')::uuid) sights
    ) s
    JOIN cameras ON cameras.id = s.camera_id
    LEFT JOIN LATERAL (
      SELECT b.it FROM jsonb_array_elements(the_case.basis) AS b (it) WHERE b.it ->> 'aimId' = s.aim_id::text LIMIT 1) was ON true
    WHERE the_case.kind = 'faces-home'
  $$;

CREATE OR REPLACE FUNCTION guard_complaint_event() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
DECLARE
  standing complaint_standings;
  the_case complaints;
BEGIN
  -- One event of a case at a time.
  SELECT * INTO STRICT standing FROM complaint_standings WHERE complaint_id = NEW.complaint_id FOR UPDATE;
  SELECT * INTO STRICT the_case FROM complaints WHERE id = NEW.complaint_id;
  IF session_user = 'louver_worker' AND NEW.kind <> 'lapsed' THEN
    RAISE EXCEPTION 'the worker writes what passes by itself, and nothing that people do' USING ERRCODE = 'insufficient_privilege';
  END IF;
  NEW.seq := standing.last_seq + 1;
  NEW.level := standing.level;
  NEW.person_id := NULL;
  NEW.body := NULL;
  NEW.measured := NULL;
  NEW.noticed_at := clock_timestamp();
  PERFORM guard_case_order(NEW, standing, the_case);
  IF NEW.account_id IS NOT NULL THEN
    NEW := guard_case_actor(NEW, standing);
  END IF;
  IF NEW.party_id IS NOT NULL AND NOT EXISTS (
       SELECT FROM complaint_parties WHERE id = NEW.party_id AND complaint_id = NEW.complaint_id) THEN
    PERFORM refuse_case('this person is not of this case', 'complaint_not_found');
  END IF;
  IF NEW.kind = 'fixed' OR NEW.outcome = 'fixed' THEN
    NEW.measured := measured_for_fixed(the_case);
  END IF;
  IF NEW.kind = 'taken-over' THEN
    NEW.level := 'oversight';
  END IF;
  RETURN NEW;
END
$$;

-- The desk takes first what has been late longest: since when the oldest date is open that an authority missed.
ALTER TABLE complaint_standings ADD COLUMN late_since date;
DROP INDEX complaint_standings_due_idx;
CREATE INDEX complaint_standings_due_idx ON complaint_standings (is_over, late_since, next_due, complaint_id);
GRANT UPDATE (late_since) ON complaint_standings TO louver_api, louver_worker;

REVOKE EXECUTE ON FUNCTION measured_for_fixed(complaints) FROM PUBLIC;
