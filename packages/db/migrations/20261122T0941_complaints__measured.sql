-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What a case keeps of the day on which it was closed, and what the desk takes first.

-- Nothing is released, and the tables are empty wherever this runs: there is nobody to break and nothing to wait for.
-- squawk-ignore-file require-concurrent-index-creation

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

-- The desk takes first what has been late longest: since when the oldest date is open that an authority missed.
ALTER TABLE complaint_standings ADD COLUMN late_since date;
CREATE INDEX complaint_standings_due_idx ON complaint_standings (is_over, late_since, next_due, complaint_id);
GRANT UPDATE (late_since) ON complaint_standings TO louver_api, louver_worker;

REVOKE EXECUTE ON FUNCTION measured_for_fixed(complaints) FROM PUBLIC;
