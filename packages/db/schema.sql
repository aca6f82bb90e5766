CREATE EXTENSION IF NOT EXISTS ltree WITH SCHEMA public;

COMMENT ON EXTENSION ltree IS 'data type for hierarchical tree-like structures';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;

COMMENT ON EXTENSION postgis IS 'PostGIS geometry and geography spatial types and functions';

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';

CREATE FUNCTION public.actor_case() RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT complaint_id FROM complaint_parties
    WHERE code_mac = decode(nullif(current_setting('louver.case_mac', true), ''), 'hex')
  $$;

CREATE FUNCTION public.actor_jurisdictions() RETURNS public.ltree[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(nullif(current_setting('louver.jurisdictions', true), ''), '{}')::ltree[] $$;

CREATE FUNCTION public.adds_only(base jsonb, polygons jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT polygons -> 0 = '[[0, 0], [1, 0], [1, 1], [0, 1]]'::jsonb
      OR coalesce((SELECT jsonb_agg(ring ORDER BY place) FROM jsonb_array_elements(polygons) WITH ORDINALITY AS t (ring, place)
                   WHERE place <= jsonb_array_length(base)), '[]'::jsonb) = base
  $$;

CREATE FUNCTION public.aim_reach(place public.geometry, range_m double precision) RETURNS public.geometry
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT public.ST_Expand(place, range_m / 110000 / greatest(cos(radians(least(abs(public.ST_Y(place)), 89))), 0.01), range_m / 110000) $$;

CREATE FUNCTION public.begin_complaint() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
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

CREATE FUNCTION public.begin_exposure_recomputation() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  IF NEW.account_id IS NOT NULL THEN
    PERFORM put_exposure_work(
      (SELECT array_agg(aims.id) FROM aims JOIN cameras ON cameras.id = aims.camera_id
       WHERE cameras.jurisdiction <@ NEW.jurisdictions AND cameras.jurisdiction <@ actor_jurisdictions()),
      NEW.reason, NEW.id);
  END IF;
  INSERT INTO outbox (message) VALUES (jsonb_build_object(
    'kind', 'job', 'name', 'exposure.sweep', 'payload', '{}'::jsonb, 'jobId', 'exposure-sweep-' || NEW.id));
  RETURN NULL;
END
$$;

CREATE FUNCTION public.begin_telling_of_homes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO told_cameras (camera_id) SELECT id FROM entered;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.body_above(body public.ltree) RETURNS public.ltree
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT CASE WHEN nlevel(body) > 1 THEN subpath(body, 0, -1) END $$;

CREATE FUNCTION public.complaint_figures() RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT jsonb_build_object(
      'filed', (SELECT count(*) FROM complaints),
      'open', (SELECT count(*) FROM complaint_standings WHERE NOT is_over),
      'byStage', (SELECT coalesce(jsonb_object_agg(stage, n), '{}') FROM (SELECT stage, count(*) AS n FROM complaint_standings GROUP BY stage) s),
      'missed', jsonb_build_object(
        'total', (SELECT count(*) FROM complaint_events WHERE kind = 'lapsed' AND 'counted-as-missed' = ANY (consequences)),
        'byClock', (SELECT coalesce(jsonb_object_agg(clock, n), '{}') FROM (
                      SELECT clock, count(*) AS n FROM complaint_events
                      WHERE kind = 'lapsed' AND 'counted-as-missed' = ANY (consequences) GROUP BY clock) c)))
  $$;

CREATE FUNCTION public.complaint_file_given_out(complaint uuid, file uuid) RETURNS TABLE(media_type text, bytes bytea)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT 'image/webp', picture FROM complaint_photos WHERE id = file AND complaint_id = complaint
    UNION ALL
    SELECT 'application/pdf', pdf FROM complaint_papers WHERE id = file AND complaint_id = complaint
  $$;

CREATE FUNCTION public.complaint_target(camera uuid, lon double precision, lat double precision) RETURNS TABLE(camera_found boolean, jurisdiction public.ltree, home_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    WITH spot AS (SELECT CASE WHEN lon IS NOT NULL THEN ST_SetSRID(ST_MakePoint(lon, lat), 4326) END AS at)
    SELECT EXISTS (SELECT FROM cameras WHERE cameras.id = camera),
           coalesce((SELECT cameras.jurisdiction FROM cameras WHERE cameras.id = camera),
                    (SELECT path FROM jurisdictions, spot WHERE ST_Covers(boundary, spot.at) ORDER BY nlevel(path) DESC LIMIT 1)),
           (SELECT buildings.id FROM buildings, spot
            WHERE is_home AND footprint && ST_Expand(spot.at, 0.0003) AND ST_DWithin(footprint::geography, spot.at::geography, 15)
            ORDER BY ST_Distance(footprint::geography, spot.at::geography) LIMIT 1)
  $$;

CREATE FUNCTION public.complaint_to_join(wanted text) RETURNS TABLE(id uuid, kind text, jurisdiction public.ltree, camera_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT c.id, c.kind, c.jurisdiction, c.camera_id
    FROM complaints c JOIN complaint_standings s ON s.complaint_id = c.id
    WHERE c.reference = wanted AND NOT s.is_over
  $$;

CREATE FUNCTION public.complaints_near(wanted_kind text, camera uuid, lon double precision, lat double precision, metres double precision) RETURNS TABLE(reference text, kind text, filed_at timestamp with time zone, same_camera boolean, affected integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT c.reference, c.kind, c.filed_at, coalesce(c.camera_id = camera, false),
           (SELECT count(*)::integer FROM complaint_parties p WHERE p.complaint_id = c.id AND p.left_at IS NULL)
    FROM complaints c JOIN complaint_standings s ON s.complaint_id = c.id
    WHERE c.kind = wanted_kind AND NOT s.is_over
      AND (c.camera_id = camera
           OR (lon IS NOT NULL AND ST_DWithin(c.place::geography, ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography, metres)))
    ORDER BY c.filed_at DESC LIMIT 5
  $$;

CREATE FUNCTION public.end_scene_of_changed_view() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM mask_sets WHERE aim_id = NEW.aim_id AND state IN ('approved', 'active')) THEN
    UPDATE scene_references SET ended_at = clock_timestamp(), ended_why = 'view-changed' WHERE aim_id = NEW.aim_id AND ended_at IS NULL;
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.end_scene_of_decided_finding() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE scene_references SET ended_at = clock_timestamp(), ended_why = 'same-scene' WHERE aim_id = NEW.aim_id AND ended_at IS NULL;
  PERFORM pg_notify('masks_changed', NEW.camera_id::text);
  RETURN NULL;
END
$$;

CREATE FUNCTION public.fixed_refused(wanted uuid) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
  the_case complaints;
  sight record;
  seen integer := 0;
  unmeasured boolean := false;
BEGIN
  SELECT * INTO the_case FROM complaints WHERE id = wanted;
  IF the_case.kind <> 'faces-home' THEN
    RETURN NULL;
  END IF;
  FOR sight IN
    SELECT s.* FROM home_sights(the_case.home_id, the_case.camera_id) s
    UNION
    SELECT s.* FROM jsonb_array_elements(the_case.basis) AS b (was)
    CROSS JOIN LATERAL home_sights(the_case.home_id, (was ->> 'cameraId')::uuid) s
  LOOP
    seen := seen + 1;
    -- A camera that was taken down sees nothing.
    CONTINUE WHEN sight.camera_status = 'retired';
    IF sight.run_id IS NULL OR the_case.home_id IS NULL THEN
      unmeasured := true;
    ELSIF cardinality(sight.breaches) > 0 THEN
      IF NOT home_is_covered(the_case.home_id, sight.aim_id, the_case.filed_at) THEN
        RETURN 'still-seen';
      END IF;
    ELSIF sight.measured_at <= the_case.filed_at OR looked_further(the_case.basis, sight.aim_id, sight.run_id) THEN
      unmeasured := true;
    END IF;
  END LOOP;
  RETURN CASE WHEN unmeasured OR seen = 0 THEN 'not-measured' END;
END
$$;

CREATE FUNCTION public.guard_auditor_token() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL OR
     (NEW.id, NEW.account_id, NEW.label, NEW.scope, NEW.token_sha256, NEW.created_at, NEW.expires_at)
     IS DISTINCT FROM
     (OLD.id, OLD.account_id, OLD.label, OLD.scope, OLD.token_sha256, OLD.created_at, OLD.expires_at) THEN
    RAISE EXCEPTION 'a token is revoked once and otherwise never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.guard_camera_window() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
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

CREATE TABLE public.complaint_events (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    complaint_id uuid NOT NULL,
    seq integer NOT NULL,
    kind text NOT NULL,
    at timestamp with time zone NOT NULL,
    noticed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    level text NOT NULL,
    account_id uuid,
    person_id uuid,
    body public.ltree,
    party_id uuid,
    paper_id uuid,
    reason text,
    outcome text,
    amount integer,
    forwarded_to public.ltree,
    clock text,
    due date,
    consequences text[],
    measured jsonb,
    CONSTRAINT complaint_decision_says_what CHECK (((kind = ANY (ARRAY['decided'::text, 'second-decided'::text])) = (outcome IS NOT NULL))),
    CONSTRAINT complaint_event_has_author CHECK (
CASE
    WHEN (kind = 'lapsed'::text) THEN ((account_id IS NULL) AND (party_id IS NULL))
    WHEN (kind = ANY (ARRAY['filed'::text, 'appealed'::text, 'withdrawn'::text, 'joined'::text])) THEN (party_id IS NOT NULL)
    WHEN (kind = ANY (ARRAY['sent'::text, 'second-sent'::text])) THEN (num_nonnulls(account_id, party_id) = 1)
    ELSE (account_id IS NOT NULL)
END),
    CONSTRAINT complaint_event_kind_known CHECK ((kind = ANY (ARRAY['filed'::text, 'acknowledged'::text, 'accepted'::text, 'refused'::text, 'extended'::text, 'suspended'::text, 'resumed'::text, 'decided'::text, 'sent'::text, 'appealed'::text, 'second-accepted'::text, 'second-refused'::text, 'second-decided'::text, 'second-sent'::text, 'withdrawn'::text, 'lapsed'::text, 'taken-over'::text, 'forwarded'::text, 'joined'::text, 'identified'::text, 'fixed'::text]))),
    CONSTRAINT complaint_event_level_known CHECK ((level = ANY (ARRAY['first'::text, 'second'::text, 'oversight'::text]))),
    CONSTRAINT complaint_extension_counts CHECK ((amount > 0)),
    CONSTRAINT complaint_lapse_names_clock CHECK (((kind = 'lapsed'::text) = ((clock IS NOT NULL) AND (due IS NOT NULL) AND (consequences IS NOT NULL)))),
    CONSTRAINT complaint_needs_document CHECK (((kind <> ALL (ARRAY['refused'::text, 'extended'::text, 'suspended'::text, 'decided'::text, 'second-refused'::text, 'second-decided'::text, 'fixed'::text])) OR (paper_id IS NOT NULL))),
    CONSTRAINT complaint_needs_reason CHECK (((kind <> ALL (ARRAY['refused'::text, 'extended'::text, 'suspended'::text, 'second-refused'::text, 'forwarded'::text, 'taken-over'::text, 'identified'::text])) OR (length(btrim(reason)) >= 3))),
    CONSTRAINT complaint_outcome_known CHECK ((outcome = ANY (ARRAY['fixed'::text, 'founded'::text, 'partly-founded'::text, 'unfounded'::text, 'answered'::text])))
);

CREATE TABLE public.complaint_standings (
    complaint_id uuid NOT NULL,
    level text DEFAULT 'first'::text NOT NULL,
    handler public.ltree,
    last_seq integer DEFAULT 0 NOT NULL,
    last_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    stage text NOT NULL,
    next_due date,
    late boolean DEFAULT false NOT NULL,
    is_over boolean DEFAULT false NOT NULL,
    computed_for date,
    late_since date
);

CREATE FUNCTION public.guard_case_actor(event public.complaint_events, standing public.complaint_standings) RETURNS public.complaint_events
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
  account accounts;
BEGIN
  SELECT * INTO account FROM accounts WHERE id = event.account_id AND disabled_at IS NULL;
  IF NOT FOUND OR account.role NOT IN ('officer', 'auditor') THEN
    PERFORM refuse_case('cases are for officers and auditors', 'complaint_other_body');
  END IF;
  event.person_id := account.person_id;
  IF event.kind = 'taken-over' OR standing.level = 'oversight' OR (event.kind = 'identified' AND account.role = 'auditor') THEN
    IF account.role <> 'auditor' OR NOT EXISTS (
         SELECT FROM complaints c WHERE c.id = event.complaint_id AND c.jurisdiction <@ ANY (account.jurisdictions)) THEN
      PERFORM refuse_case('the oversight body has this case, or must take it', 'complaint_other_body');
    END IF;
    event.body := NULL;
  ELSE
    SELECT held INTO event.body FROM unnest(account.jurisdictions) AS held
    WHERE standing.handler <@ held ORDER BY nlevel(held) DESC LIMIT 1;
    IF account.role <> 'officer' OR event.body IS NULL THEN
      PERFORM refuse_case('another body has this case', 'complaint_other_body');
    END IF;
  END IF;
  IF standing.level <> 'first' AND EXISTS (
       SELECT FROM complaint_events e
       WHERE e.complaint_id = event.complaint_id AND e.account_id IS NOT NULL AND e.kind NOT IN ('identified', 'taken-over')
         AND (CASE e.level WHEN 'first' THEN 1 WHEN 'second' THEN 2 ELSE 3 END)
             < (CASE standing.level WHEN 'first' THEN 1 WHEN 'second' THEN 2 ELSE 3 END)
         AND (e.person_id = event.person_id OR e.body = event.body)) THEN
    PERFORM refuse_case('who acted below may not act above', 'complaint_second_person');
  END IF;
  RETURN event;
END
$$;

CREATE SEQUENCE public.complaint_reference
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.complaints (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    reference text DEFAULT ((('KN-'::text || to_char((now() AT TIME ZONE 'Asia/Ho_Chi_Minh'::text), 'YY'::text)) || '-'::text) || lpad((nextval('public.complaint_reference'::regclass))::text, 6, '0'::text)) NOT NULL,
    kind text NOT NULL,
    form text NOT NULL,
    procedure text NOT NULL,
    rules text NOT NULL,
    jurisdiction public.ltree NOT NULL,
    camera_id uuid,
    place public.geometry(Point,4326),
    home_id uuid,
    basis jsonb DEFAULT '[]'::jsonb NOT NULL,
    remote boolean DEFAULT false NOT NULL,
    request text,
    source text NOT NULL,
    filed_at timestamp with time zone NOT NULL,
    CONSTRAINT complaint_form_known CHECK ((form = ANY (ARRAY['named'::text, 'anonymous'::text]))),
    CONSTRAINT complaint_is_somewhere CHECK (((camera_id IS NOT NULL) OR (place IS NOT NULL))),
    CONSTRAINT complaint_kind_known CHECK ((kind = ANY (ARRAY['faces-home'::text, 'not-registered'::text, 'no-sign'::text, 'footage-access'::text, 'footage-misuse'::text, 'camera-fault'::text, 'planned-camera'::text]))),
    CONSTRAINT complaint_of_law_has_name CHECK (((procedure = 'report'::text) OR (form = 'named'::text))),
    CONSTRAINT complaint_procedure_known CHECK ((procedure = ANY (ARRAY['complaint'::text, 'data-request'::text, 'report'::text]))),
    CONSTRAINT complaint_source_known CHECK ((source = ANY (ARRAY['page'::text, 'open311'::text])))
);

CREATE FUNCTION public.guard_case_order(event public.complaint_events, standing public.complaint_standings, the_case public.complaints) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
  had text[];
  refused text;
BEGIN
  SELECT coalesce(array_agg(kind), '{}') INTO had FROM complaint_events WHERE complaint_id = event.complaint_id;
  IF (event.kind = 'filed') <> (had = '{}')
     OR ('withdrawn' = ANY (had) AND event.kind NOT IN ('lapsed', 'identified'))
     OR (event.kind IN ('accepted', 'refused', 'decided') AND standing.level <> 'first' AND the_case.procedure = 'complaint')
     OR (event.kind IN ('second-accepted', 'second-refused') AND standing.level <> 'second')
     OR (event.kind = 'second-decided' AND standing.level = 'first')
     OR (event.kind = 'decided' AND the_case.procedure = 'complaint' AND NOT 'accepted' = ANY (had))
     OR (event.kind = 'second-decided' AND NOT had && ARRAY['second-accepted', 'taken-over'])
     OR (event.kind = 'forwarded' AND (standing.level <> 'first' OR had && ARRAY['accepted', 'refused', 'decided']))
     OR (event.kind = 'fixed' AND NOT EXISTS (
           SELECT FROM complaint_events e WHERE e.complaint_id = event.complaint_id AND e.outcome IN ('founded', 'partly-founded')))
     OR (event.kind = 'taken-over' AND NOT EXISTS (
           SELECT FROM complaint_events e WHERE e.complaint_id = event.complaint_id AND e.kind = 'lapsed'
             AND e.consequences && ARRAY['oversight-notified', 'oversight-takes-over'])) THEN
    PERFORM refuse_case(format('a case cannot be %s now', event.kind), 'complaint_act_impossible');
  END IF;
  IF event.kind <> 'lapsed' AND event.at < standing.last_at THEN
    PERFORM refuse_case('an event is not entered before another one that was', 'complaint_act_impossible');
  END IF;
  IF event.kind = 'fixed' OR event.outcome = 'fixed' THEN
    refused := fixed_refused(event.complaint_id);
    IF refused IS NOT NULL THEN
      PERFORM refuse_case('the measurement does not bear it out', 'complaint_' || replace(refused, '-', '_'));
    END IF;
  END IF;
END
$$;

CREATE FUNCTION public.guard_complaint_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
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

CREATE FUNCTION public.guard_complaint_party() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.left_at IS NOT NULL OR
     (NEW.id, NEW.complaint_id, NEW.label, NEW.role, NEW.named, NEW.language, NEW.text, NEW.code_mac, NEW.form_mac, NEW.joined_at)
     IS DISTINCT FROM
     (OLD.id, OLD.complaint_id, OLD.label, OLD.role, OLD.named, OLD.language, OLD.text, OLD.code_mac, OLD.form_mac, OLD.joined_at) THEN
    RAISE EXCEPTION 'who is in a case, and what they wrote, never changes' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.guard_erased_person() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF OLD.erased_at IS NOT NULL THEN
    RAISE EXCEPTION 'an erased person stays erased' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN coalesce(NEW, OLD);
END
$$;

CREATE FUNCTION public.guard_exposure_run() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL OR
     (NEW.id, NEW.aim_id, NEW.camera_id, NEW.inputs_digest, NEW.inputs, NEW.aim_digest, NEW.policy_version, NEW.finished_at)
     IS DISTINCT FROM
     (OLD.id, OLD.aim_id, OLD.camera_id, OLD.inputs_digest, OLD.inputs, OLD.aim_digest, OLD.policy_version, OLD.finished_at)
     OR NOT ST_OrderingEquals(NEW.viewshed, OLD.viewshed) THEN
    RAISE EXCEPTION 'a measurement is superseded once and otherwise never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.guard_finding() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' THEN
      RAISE EXCEPTION 'a finding begins open' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'open' THEN
    RAISE EXCEPTION 'this finding is not open any more' USING ERRCODE = 'check_violation', CONSTRAINT = 'finding_decided';
  END IF;
  IF (NEW.id, NEW.kind, NEW.aim_id, NEW.camera_id, NEW.aim_digest, NEW.opened_at, NEW.due_at) IS DISTINCT FROM
     (OLD.id, OLD.kind, OLD.aim_id, OLD.camera_id, OLD.aim_digest, OLD.opened_at, OLD.due_at) THEN
    RAISE EXCEPTION 'what a finding is about, and its date, never change' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'closed' AND session_user = 'louver_api' THEN
    RAISE EXCEPTION 'findings are closed by what is measured' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.state = 'decided' AND NOT EXISTS (SELECT FROM finding_decisions WHERE finding_id = NEW.id AND completes) THEN
    RAISE EXCEPTION 'nobody has decided this finding' USING ERRCODE = 'check_violation', CONSTRAINT = 'finding_second_person';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.guard_finding_decision() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
  account accounts;
  finding findings;
  proposal mask_sets;
BEGIN
  SELECT * INTO account FROM accounts WHERE id = NEW.account_id;
  IF account.role IS DISTINCT FROM 'reviewer' OR account.disabled_at IS NOT NULL THEN
    RAISE EXCEPTION 'findings are decided by a reviewer whose account is not disabled'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'finding_decider_is_reviewer';
  END IF;
  SELECT * INTO finding FROM findings WHERE id = NEW.finding_id FOR UPDATE;
  IF finding.state IS DISTINCT FROM 'open' THEN
    RAISE EXCEPTION 'this finding is not open any more' USING ERRCODE = 'check_violation', CONSTRAINT = 'finding_decided';
  END IF;
  IF (finding.kind = 'scene-shift') <> (NEW.decision = 'same-scene') OR finding.kind NOT IN ('home-exposed', 'scene-shift') THEN
    RAISE EXCEPTION 'this is not what is to be decided here' USING ERRCODE = 'check_violation', CONSTRAINT = 'finding_decision_fits';
  END IF;
  NEW.person_id := account.person_id;
  NEW.run_id := finding.run_id;
  NEW.homes := finding.homes;
  SELECT exposure_runs.aim_digest INTO NEW.aim_digest FROM exposure_runs WHERE id = finding.run_id;
  NEW.decided_at := clock_timestamp();
  NEW.completes := NEW.decision <> 'order-new-aim';
  IF NEW.decision = 'approve-masks' THEN
    PERFORM FROM mask_sets WHERE id = NEW.mask_set_id AND aim_id = finding.aim_id AND state = 'proposed';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no such proposal for this aim' USING ERRCODE = 'check_violation', CONSTRAINT = 'mask_set_not_found';
    END IF;
  ELSE
    NEW.mask_set_id := NULL;
  END IF;
  -- Shows a picture of which nobody knows whether the masks still lie over the homes: two persons, neither of whom drew them.
  IF NEW.decision = 'same-scene' THEN
    IF EXISTS (SELECT FROM mask_sets WHERE aim_id = finding.aim_id AND state IN ('approved', 'active') AND author_person_id = NEW.person_id)
       OR EXISTS (SELECT FROM finding_decisions WHERE finding_id = NEW.finding_id AND person_id = NEW.person_id) THEN
      RAISE EXCEPTION 'somebody else has to decide this as well' USING ERRCODE = 'check_violation', CONSTRAINT = 'finding_second_person';
    END IF;
    NEW.completes := EXISTS (SELECT FROM finding_decisions WHERE finding_id = NEW.finding_id);
  END IF;
  IF NEW.decision = 'no-breach' THEN
    SELECT * INTO proposal FROM mask_sets WHERE aim_id = finding.aim_id AND enforced_at IS NOT NULL AND state = 'proposed';
    IF FOUND THEN
      IF EXISTS (SELECT FROM mask_sets base WHERE base.id = proposal.extends_id AND base.author_person_id = NEW.person_id)
         OR EXISTS (SELECT FROM finding_decisions
                    WHERE finding_id = NEW.finding_id AND decision = 'no-breach' AND run_id = NEW.run_id AND person_id = NEW.person_id) THEN
        RAISE EXCEPTION 'somebody else has to decide this as well' USING ERRCODE = 'check_violation', CONSTRAINT = 'finding_second_person';
      END IF;
      -- The first of the two may be anybody's word about an older measurement: it has to be about this one.
      NEW.completes := EXISTS (SELECT FROM finding_decisions
                               WHERE finding_id = NEW.finding_id AND decision = 'no-breach' AND run_id = NEW.run_id);
    END IF;
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.guard_jurisdiction_rules() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM accounts WHERE id = NEW.account_id AND disabled_at IS NULL AND role = 'administrator'
                   AND NEW.jurisdiction <@ ANY (jurisdictions)) THEN
    RAISE EXCEPTION 'the rules of a place are set by its administrator' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.guard_log_state() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF NEW.term < OLD.term OR NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.root <> OLD.root) THEN
    RAISE EXCEPTION 'the log only grows' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.guard_mask_life() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
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

CREATE FUNCTION public.guard_mask_set() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
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

CREATE FUNCTION public.guard_mask_set_from_geometry() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
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

CREATE FUNCTION public.guard_masks_of_uncalibrated_aim() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  IF EXISTS (SELECT FROM aims WHERE id = NEW.aim_id AND calibration = 'assumed') THEN
    RAISE EXCEPTION 'the aim has to be calibrated before masks are approved for it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'aim_uncalibrated';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.guard_policy() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(OLD) ->> 'announced_at' IS NOT NULL
     OR to_jsonb(NEW) - 'announced_at' IS DISTINCT FROM to_jsonb(OLD) - 'announced_at' THEN
    RAISE EXCEPTION 'a policy is not changed: make a new version' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.guard_retired_aim() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION 'an aim that was retired never changes' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION public.guard_scene_reference() RETURNS trigger
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

CREATE FUNCTION public.guard_viewing() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.closed_at IS NOT NULL OR
     (NEW.id, NEW.camera_id, NEW.account_id, NEW.person_id, NEW.role, NEW.jurisdiction, NEW.kind, NEW.purpose, NEW.case_reference, NEW.opened_at, NEW.record_seq)
     IS DISTINCT FROM
     (OLD.id, OLD.camera_id, OLD.account_id, OLD.person_id, OLD.role, OLD.jurisdiction, OLD.kind, OLD.purpose, OLD.case_reference, OLD.opened_at, OLD.record_seq) THEN
    RAISE EXCEPTION 'a viewing is closed once and otherwise never changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.home_is_covered(home uuid, aim uuid, since timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT EXISTS (SELECT FROM mask_sets WHERE mask_sets.aim_id = aim AND state = 'active' AND activated_at > since)
       AND NOT EXISTS (SELECT FROM findings WHERE findings.aim_id = aim AND kind = 'home-exposed' AND state = 'open'
                         AND homes @> jsonb_build_array(jsonb_build_object('buildingId', home)))
  $$;

CREATE FUNCTION public.home_sights(home uuid, camera uuid) RETURNS TABLE(aim_id uuid, camera_id uuid, camera_code text, camera_status text, run_id uuid, measured_at timestamp with time zone, dori text, frame_share double precision, distance_metres double precision, breaches text[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT aims.id, cameras.id, cameras.code, CASE WHEN aims.retired_at IS NULL THEN cameras.status ELSE 'retired' END, exposure_runs.id, exposure_runs.finished_at,
           coalesce(exposures.dori, 'none'), coalesce(exposures.frame_share, 0), coalesce(exposures.distance_metres, 0),
           coalesce(exposures.breaches, '{}')
    FROM aims
    JOIN cameras ON cameras.id = aims.camera_id
    LEFT JOIN exposure_runs ON exposure_runs.aim_id = aims.id AND exposure_runs.superseded_at IS NULL
    LEFT JOIN exposures ON exposures.run_id = exposure_runs.id AND exposures.building_id = home
    WHERE aims.camera_id = camera OR exposures.run_id IS NOT NULL
    ORDER BY cameras.code, aims.id
  $$;

CREATE FUNCTION public.homes_in_sight(camera uuid) RETURNS TABLE(building_id uuid, dori text, pixels_per_metre double precision)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT DISTINCT ON (e.building_id) e.building_id, e.dori, e.pixels_per_metre
    FROM cameras c
    JOIN aims a ON a.camera_id = c.id AND a.retired_at IS NULL
    JOIN exposure_runs r ON r.aim_id = a.id AND r.superseded_at IS NULL
    JOIN exposures e ON e.run_id = r.id AND e.dori <> 'none'
    WHERE c.id = camera AND c.publication = 'shown' AND c.status <> 'retired'
    ORDER BY e.building_id, e.pixels_per_metre DESC
  $$;

CREATE FUNCTION public.is_capability_list(capabilities text[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT capabilities <@ ARRAY['microphone', 'speaker', 'infrared', 'thermal', 'zoom', 'motion-detection', 'object-detection',
                                 'people-counting', 'number-plates', 'face-detection', 'face-recognition', 'gait-recognition']
  $$;

CREATE FUNCTION public.is_elsewhere(was public.geometry, now_at public.geometry) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT NOT ST_DWithin(was::geography, now_at::geography, 10) $$;

CREATE FUNCTION public.search_text(VARIADIC parts text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT public.unaccent('public.unaccent', lower(array_to_string(parts, ' '))) $$;

CREATE TABLE public.cameras (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    jurisdiction public.ltree NOT NULL,
    location public.geometry(Point,4326) NOT NULL,
    owner text,
    operator text,
    host_premises text DEFAULT 'unknown'::text NOT NULL,
    purpose text,
    legal_basis text,
    retention_days integer,
    publication text DEFAULT 'counted'::text NOT NULL,
    status text DEFAULT 'planned'::text NOT NULL,
    mobility text DEFAULT 'unknown'::text NOT NULL,
    manufacturer text,
    model text,
    has_audio boolean DEFAULT false NOT NULL,
    has_biometrics boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    search text GENERATED ALWAYS AS (public.search_text(VARIADIC ARRAY[code, name, operator, owner])) STORED,
    capabilities text[] DEFAULT '{}'::text[] NOT NULL,
    contact text,
    storage_country text,
    live_not_before date,
    told_location public.geometry(Point,4326),
    CONSTRAINT camera_capabilities_known CHECK (public.is_capability_list(capabilities)),
    CONSTRAINT camera_host_premises_known CHECK ((host_premises = ANY (ARRAY['public-pole'::text, 'traffic-gantry'::text, 'police-building'::text, 'public-building'::text, 'school'::text, 'market'::text, 'private-house'::text, 'private-business'::text, 'other'::text, 'unknown'::text]))),
    CONSTRAINT camera_mobility_known CHECK ((mobility = ANY (ARRAY['fixed'::text, 'ptz'::text, 'dome'::text, 'unknown'::text]))),
    CONSTRAINT camera_publication_known CHECK ((publication = ANY (ARRAY['shown'::text, 'counted'::text]))),
    CONSTRAINT camera_retention_sane CHECK (((retention_days >= 0) AND (retention_days <= 3650))),
    CONSTRAINT camera_status_known CHECK ((status = ANY (ARRAY['planned'::text, 'live'::text, 'retired'::text]))),
    CONSTRAINT camera_storage_country_coded CHECK ((storage_country ~ '^[A-Z]{2}$'::text))
);

CREATE FUNCTION public.is_planned_anew(was public.cameras, now_is public.cameras) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT now_is.status = 'planned'
       AND (was.status <> 'planned' OR was.live_not_before IS NULL
            OR was.jurisdiction <> now_is.jurisdiction OR was.purpose IS DISTINCT FROM now_is.purpose
            OR (was.publication = 'counted' AND now_is.publication = 'shown') OR is_elsewhere(was.told_location, now_is.location))
  $$;

CREATE FUNCTION public.keep_enforced() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
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

CREATE FUNCTION public.local_today() RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date $$;

CREATE FUNCTION public.looked_further(basis jsonb, aim uuid, run uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT EXISTS (
      SELECT FROM jsonb_array_elements(basis) AS b (was)
      JOIN exposure_runs before ON before.id = (b.was ->> 'runId')::uuid
      JOIN exposure_runs latest ON latest.id = run
      WHERE b.was ->> 'aimId' = aim::text
        AND (latest.inputs #>> '{aim,range}')::float8 < (before.inputs #>> '{aim,range}')::float8)
  $$;

CREATE FUNCTION public.mask_rules() RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$ SELECT rules FROM public.mask_policies WHERE effective_from <= now() ORDER BY version DESC LIMIT 1 $$;

CREATE FUNCTION public.masked_area(polygons jsonb) RETURNS public.geometry
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT ST_Multi(coalesce(ST_UnaryUnion(ST_Collect(outline)), ST_GeomFromText('POLYGON EMPTY')))
    FROM jsonb_array_elements(polygons) AS ring,
    LATERAL (
      SELECT ST_MakeValid(ST_MakePolygon(ST_AddPoint(line, ST_StartPoint(line)))) AS outline
      FROM (SELECT ST_MakeLine(ST_Point((point ->> 0)::float8, (point ->> 1)::float8) ORDER BY place) AS line
            FROM jsonb_array_elements(ring) WITH ORDINALITY AS t (point, place)) AS drawn
    ) AS closed
  $$;

CREATE FUNCTION public.measured_for_fixed(the_case public.complaints) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
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

CREATE FUNCTION public.move_complaint() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
  standing complaint_standings;
  highest ltree;
BEGIN
  SELECT * INTO STRICT standing FROM complaint_standings WHERE complaint_id = NEW.complaint_id;
  IF NEW.kind = 'forwarded' THEN
    standing.handler := NEW.forwarded_to;
  ELSIF standing.level = 'first' AND (NEW.kind = 'appealed' OR 'second-level-opens' = ANY (NEW.consequences)) THEN
    SELECT body INTO highest FROM (
      SELECT standing.handler AS body
      UNION ALL SELECT e.body FROM complaint_events e
      WHERE e.complaint_id = NEW.complaint_id AND e.level = 'first' AND e.kind <> 'identified' AND e.body IS NOT NULL) AS acted
    ORDER BY nlevel(body) LIMIT 1;
    standing.level := 'second';
    standing.handler := body_above(highest);
  END IF;
  IF NEW.kind = 'taken-over' OR 'oversight-takes-over' = ANY (NEW.consequences) OR (standing.level = 'second' AND standing.handler IS NULL) THEN
    standing.level := 'oversight';
    standing.handler := NULL;
  END IF;
  UPDATE complaint_standings
  SET level = standing.level, handler = standing.handler, last_seq = NEW.seq,
      last_at = CASE NEW.kind WHEN 'lapsed' THEN last_at ELSE NEW.at END
  WHERE complaint_id = NEW.complaint_id;
  IF NEW.kind = 'withdrawn' THEN
    UPDATE complaint_parties SET left_at = NEW.at WHERE id = NEW.party_id;
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.number_complaint_party() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM FROM complaint_standings WHERE complaint_id = NEW.complaint_id FOR UPDATE;
  NEW.label := (SELECT count(*) + 1 FROM complaint_parties WHERE complaint_id = NEW.complaint_id);
  NEW.role := CASE WHEN NEW.label = 1 THEN 'complainant' ELSE 'affected' END;
  NEW.left_at := NULL;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.public_homes(box public.geometry) RETURNS TABLE(footprint public.geometry, cameras jsonb, counted integer)
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT b.footprint, coalesce(s.cameras, '[]'), coalesce(s.counted, 0)
    FROM buildings b
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_array(code, dori, round(metres), status) ORDER BY metres, code) FILTER (WHERE publication = 'shown') AS cameras,
             (count(*) FILTER (WHERE publication = 'counted' AND status = 'live'))::integer AS counted
      FROM (
        -- The aim that sees the home best speaks for its camera.
        SELECT DISTINCT ON (c.id) c.code, c.publication, c.status, e.dori, e.distance_metres AS metres
        FROM exposures e
        JOIN exposure_runs r ON r.id = e.run_id AND r.superseded_at IS NULL
        JOIN aims a ON a.id = r.aim_id AND a.retired_at IS NULL
        JOIN cameras c ON c.id = r.camera_id AND c.status <> 'retired'
        WHERE e.building_id = b.id AND e.dori <> 'none'
        ORDER BY c.id, e.pixels_per_metre DESC
      ) best
    ) s ON true
    WHERE b.is_home AND b.footprint && box
  $$;

CREATE FUNCTION public.public_homes_version() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT concat_ws('-', (SELECT last_value FROM ground_version),
                     (SELECT extract(epoch FROM max(finished_at)) FROM exposure_runs),
                     (SELECT extract(epoch FROM max(superseded_at)) FROM exposure_runs),
                     (SELECT extract(epoch FROM max(retired_at)) FROM aims),
                     (SELECT extract(epoch FROM max(updated_at)) FROM cameras))
  $$;

CREATE FUNCTION public.put_exposure_work(wanted uuid[], why text, batch bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  -- In order, so that two transactions that want the same aims do not wait for one another.
  INSERT INTO exposure_work (aim_id, reason, recomputation_id, queued_at)
  SELECT id, why, batch, CASE WHEN batch IS NULL THEN clock_timestamp() END FROM aims WHERE id = ANY (wanted) ORDER BY id
  ON CONFLICT (aim_id) DO UPDATE SET
    demand = nextval('exposure_demand'), reason = EXCLUDED.reason, wanted_at = EXCLUDED.wanted_at, queued_at = EXCLUDED.queued_at,
    claimed_at = NULL, recomputation_id = coalesce(EXCLUDED.recomputation_id, exposure_work.recomputation_id);
  UPDATE exposure_recomputations SET total = (SELECT count(*) FROM exposure_work WHERE recomputation_id = batch) WHERE id = batch;
END
$$;

CREATE FUNCTION public.refuse_case(why text, slug text) RETURNS void
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation', CONSTRAINT = slug; END $$;

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: it only grows', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION public.retire_masks_of_changed_aim() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE mask_sets SET state = 'retired' WHERE aim_id = NEW.id AND state IN ('draft', 'proposed', 'approved', 'active');
  RETURN NULL;
END
$$;

CREATE FUNCTION public.retire_masks_of_changed_stream() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE mask_sets SET state = 'retired'
  WHERE camera_id IN (OLD.camera_id, NEW.camera_id) AND state IN ('draft', 'proposed', 'approved', 'active');
  RETURN NULL;
END
$$;

CREATE FUNCTION public.retire_masks_of_moved_camera() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  UPDATE mask_sets SET state = 'retired' WHERE camera_id = NEW.id AND state IN ('draft', 'proposed', 'approved', 'active');
  RETURN NULL;
END
$$;

CREATE FUNCTION public.rules_of(place public.ltree) RETURNS TABLE(remote boolean, notice_days integer, comment_days integer)
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
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

CREATE FUNCTION public.stand_complaint() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO complaint_standings (complaint_id, handler, stage)
  VALUES (NEW.id, NEW.jurisdiction, CASE NEW.procedure WHEN 'complaint' THEN 'awaiting-acceptance' ELSE 'answering' END);
  RETURN NULL;
END
$$;

CREATE FUNCTION public.tell_masks_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  PERFORM pg_notify('masks_changed', CASE WHEN TG_OP = 'DELETE' THEN OLD.camera_id ELSE NEW.camera_id END::text);
  RETURN NULL;
END
$$;

CREATE FUNCTION public.tell_masks_changed_of_camera() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  PERFORM pg_notify('masks_changed', NEW.id::text);
  RETURN NULL;
END
$$;

CREATE FUNCTION public.tell_of_cameras(kinds text[], ids uuid[], announced boolean[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
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

CREATE FUNCTION public.tell_of_changed_cameras() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
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

CREATE FUNCTION public.tell_of_entered_cameras() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM tell_of_cameras(array_agg(CASE status WHEN 'planned' THEN 'camera-planned' ELSE 'camera-new' END), array_agg(id),
                          array_agg(CASE status WHEN 'live' THEN false END))
  FROM entered WHERE status <> 'retired' HAVING count(*) > 0;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.tell_of_homes(camera uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
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

CREATE FUNCTION public.tell_of_homes_of_aim() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM tell_of_homes(NEW.camera_id);
  RETURN NULL;
END
$$;

CREATE FUNCTION public.tell_of_homes_of_camera() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM tell_of_homes(NEW.id);
  RETURN NULL;
END
$$;

CREATE FUNCTION public.tell_outbox() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  PERFORM pg_notify('outbox', '');
  RETURN NULL;
END
$$;

CREATE FUNCTION public.uncovered_by(before jsonb, after jsonb, OUT share double precision, OUT polygons jsonb) RETURNS record
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
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

CREATE FUNCTION public.want_exposures(wanted uuid[], why text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
  batch bigint;
BEGIN
  IF cardinality(wanted) > 20 THEN
    SELECT id INTO batch FROM exposure_recomputations
    WHERE wanted_in = pg_current_xact_id()::text AND reason = why ORDER BY id DESC LIMIT 1;
    IF batch IS NULL THEN
      INSERT INTO exposure_recomputations (reason) VALUES (why) RETURNING id INTO batch;
    END IF;
  END IF;
  PERFORM put_exposure_work(wanted, why, batch);
  IF batch IS NULL THEN
    INSERT INTO outbox (message)
    SELECT jsonb_build_object('kind', 'job', 'name', 'exposure.measure', 'payload', jsonb_build_object('aimId', aim_id),
                              'jobId', 'exposure-' || aim_id || '-' || demand)
    FROM exposure_work WHERE aim_id = ANY (wanted);
  END IF;
END
$$;

CREATE FUNCTION public.want_exposures_by_policy() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM want_exposures((SELECT array_agg(id) FROM aims), 'policy-changed');
  RETURN NULL;
END
$$;

CREATE FUNCTION public.want_exposures_of_camera() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM want_exposures((SELECT array_agg(id) FROM aims WHERE camera_id = NEW.id), 'camera-changed');
  RETURN NULL;
END
$$;

CREATE FUNCTION public.want_exposures_of_changed_aims() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
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

CREATE FUNCTION public.want_exposures_of_changed_buildings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM want_exposures((
    SELECT array_agg(DISTINCT aims.id)
    FROM before_change b JOIN after_change a ON a.id = b.id
    CROSS JOIN LATERAL (VALUES (b.footprint), (a.footprint)) AS place (footprint)
    JOIN aims ON aim_reach(aims.position, aims.range_m) && place.footprint
    WHERE (a.use, a.is_home, a.height_m, a.min_height_m) IS DISTINCT FROM (b.use, b.is_home, b.height_m, b.min_height_m)
       OR NOT ST_OrderingEquals(a.footprint, b.footprint)
  ), 'buildings-changed');
  RETURN NULL;
END
$$;

CREATE FUNCTION public.want_exposures_of_made_aims() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM want_exposures((SELECT array_agg(id) FROM made), 'aim-made');
  RETURN NULL;
END
$$;

CREATE FUNCTION public.want_exposures_of_made_buildings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM want_exposures((
    SELECT array_agg(DISTINCT aims.id) FROM made JOIN aims ON aim_reach(aims.position, aims.range_m) && made.footprint
  ), 'buildings-changed');
  RETURN NULL;
END
$$;

CREATE FUNCTION public.want_exposures_of_masked_aim() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM want_exposures(ARRAY[NEW.aim_id], 'masks-changed');
  RETURN NULL;
END
$$;

CREATE FUNCTION public.want_exposures_of_retired_aim() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  PERFORM want_exposures(ARRAY[NEW.id], 'aim-changed');
  RETURN NULL;
END
$$;

CREATE FUNCTION public.want_exposures_of_stream() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
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

CREATE FUNCTION public.want_sweep_for_policy() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO outbox (message) VALUES (jsonb_build_object(
    'kind', 'job', 'name', 'exposure.sweep', 'payload', '{}'::jsonb, 'jobId', 'exposure-sweep-policy-' || NEW.version));
  RETURN NULL;
END
$$;

CREATE TABLE public.accounts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    person_id uuid NOT NULL,
    email text NOT NULL,
    password_hash text NOT NULL,
    role text NOT NULL,
    jurisdictions public.ltree[] NOT NULL,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT account_has_jurisdiction CHECK ((cardinality(jurisdictions) > 0)),
    CONSTRAINT account_role_known CHECK ((role = ANY (ARRAY['operator'::text, 'supervisor'::text, 'reviewer'::text, 'officer'::text, 'auditor'::text, 'custodian'::text, 'administrator'::text])))
);

CREATE TABLE public.aims (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    camera_id uuid NOT NULL,
    name text NOT NULL,
    is_current boolean DEFAULT true NOT NULL,
    "position" public.geometry(Point,4326) NOT NULL,
    height_m double precision NOT NULL,
    heading_deg double precision NOT NULL,
    tilt_deg double precision NOT NULL,
    roll_deg double precision NOT NULL,
    hfov_deg double precision NOT NULL,
    frame_width integer NOT NULL,
    frame_height integer NOT NULL,
    range_m double precision NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    preset_token text,
    preset_pan double precision,
    preset_tilt double precision,
    preset_zoom double precision,
    retired_at timestamp with time zone,
    calibration text DEFAULT 'assumed'::text NOT NULL,
    k1 double precision DEFAULT 0 NOT NULL,
    k2 double precision DEFAULT 0 NOT NULL,
    CONSTRAINT aim_calibration_known CHECK ((calibration = ANY (ARRAY['measured'::text, 'stated'::text, 'assumed'::text]))),
    CONSTRAINT aim_frame_height_sane CHECK (((frame_height >= 16) AND (frame_height <= 8192))),
    CONSTRAINT aim_frame_width_sane CHECK (((frame_width >= 16) AND (frame_width <= 8192))),
    CONSTRAINT aim_heading_on_compass CHECK (((heading_deg >= (0)::double precision) AND (heading_deg < (360)::double precision))),
    CONSTRAINT aim_height_sane CHECK (((height_m >= (0)::double precision) AND (height_m <= (500)::double precision))),
    CONSTRAINT aim_hfov_sane CHECK (((hfov_deg > (0)::double precision) AND (hfov_deg < (180)::double precision))),
    CONSTRAINT aim_is_current CHECK (((NOT is_current) OR (retired_at IS NULL))),
    CONSTRAINT aim_k1_sane CHECK (((k1 >= ('-2'::integer)::double precision) AND (k1 <= (2)::double precision))),
    CONSTRAINT aim_k2_sane CHECK (((k2 >= ('-2'::integer)::double precision) AND (k2 <= (2)::double precision))),
    CONSTRAINT aim_preset_pan_sane CHECK (((preset_pan >= ('-1000'::integer)::double precision) AND (preset_pan <= (1000)::double precision))),
    CONSTRAINT aim_preset_tilt_sane CHECK (((preset_tilt >= ('-1000'::integer)::double precision) AND (preset_tilt <= (1000)::double precision))),
    CONSTRAINT aim_preset_token_sane CHECK (((length(preset_token) >= 1) AND (length(preset_token) <= 64))),
    CONSTRAINT aim_preset_whole CHECK ((num_nulls(preset_token, preset_pan, preset_tilt, preset_zoom) = ANY (ARRAY[0, 4]))),
    CONSTRAINT aim_preset_zoom_sane CHECK (((preset_zoom >= ('-1000'::integer)::double precision) AND (preset_zoom <= (1000)::double precision))),
    CONSTRAINT aim_range_sane CHECK (((range_m > (0)::double precision) AND (range_m <= (5000)::double precision))),
    CONSTRAINT aim_roll_sane CHECK (((roll_deg >= ('-180'::integer)::double precision) AND (roll_deg <= (180)::double precision))),
    CONSTRAINT aim_tilt_sane CHECK (((tilt_deg >= ('-90'::integer)::double precision) AND (tilt_deg <= (90)::double precision)))
);

CREATE TABLE public.areas (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    source_id text NOT NULL,
    kind text NOT NULL,
    name text,
    outline public.geometry(MultiPolygon,4326) NOT NULL,
    CONSTRAINT area_kind_known CHECK ((kind = ANY (ARRAY['water'::text, 'park'::text, 'square'::text, 'farmland'::text, 'forest'::text])))
);

CREATE TABLE public.auditor_tokens (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    account_id uuid NOT NULL,
    label text NOT NULL,
    scope text NOT NULL,
    token_sha256 bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT auditor_token_has_label CHECK (((length(label) >= 1) AND (length(label) <= 100))),
    CONSTRAINT auditor_token_is_hash CHECK ((octet_length(token_sha256) = 32)),
    CONSTRAINT auditor_token_scope_known CHECK ((scope = 'log:entries'::text))
);

CREATE TABLE public.buildings (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    source_id text NOT NULL,
    use text NOT NULL,
    is_home boolean NOT NULL,
    name text,
    height_m double precision NOT NULL,
    min_height_m double precision DEFAULT 0 NOT NULL,
    footprint public.geometry(MultiPolygon,4326) NOT NULL,
    CONSTRAINT building_footprint_valid CHECK ((public.st_isvalid(footprint) AND (NOT public.st_isempty(footprint)))),
    CONSTRAINT building_height_sane CHECK (((height_m > (0)::double precision) AND (height_m <= (1000)::double precision))),
    CONSTRAINT building_min_height_sane CHECK (((min_height_m >= (0)::double precision) AND (min_height_m < height_m)))
);

CREATE TABLE public.camera_devices (
    camera_id uuid NOT NULL,
    sealed bytea NOT NULL,
    masks_wanted boolean DEFAULT false NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    masks_able boolean,
    masks_state text DEFAULT 'idle'::text NOT NULL,
    masks_reason text,
    masks_since timestamp with time zone,
    mask_tokens text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT camera_device_masks_state_known CHECK ((masks_state = ANY (ARRAY['idle'::text, 'asking'::text, 'checking'::text, 'passing'::text, 'here'::text, 'unable'::text])))
);

CREATE TABLE public.camera_health (
    camera_id uuid NOT NULL,
    state text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    checked_at timestamp with time zone DEFAULT now() NOT NULL,
    detail text,
    CONSTRAINT camera_health_state_known CHECK ((state = ANY (ARRAY['unknown'::text, 'reachable'::text, 'streaming'::text, 'unreachable'::text, 'refused'::text, 'withheld'::text])))
);

CREATE TABLE public.camera_ptz (
    camera_id uuid NOT NULL,
    state text NOT NULL,
    reason text,
    aim_id uuid,
    "position" jsonb,
    presets jsonb DEFAULT '[]'::jsonb NOT NULL,
    since timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT camera_ptz_presets_are_few CHECK ((jsonb_array_length(presets) <= 128)),
    CONSTRAINT camera_ptz_state_known CHECK ((state = ANY (ARRAY['still'::text, 'moving'::text, 'unknown'::text]))),
    CONSTRAINT camera_ptz_still_at_an_aim CHECK (((state = 'still'::text) = (aim_id IS NOT NULL)))
);

CREATE TABLE public.camera_streams (
    camera_id uuid NOT NULL,
    sealed bytea NOT NULL,
    address_mac text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE VIEW public.complaint_histories AS
SELECT
    NULL::uuid AS complaint_id,
    NULL::text AS rules,
    NULL::jsonb AS events;

CREATE TABLE public.complaint_identities (
    party_id uuid NOT NULL,
    sealed bytea NOT NULL
);

CREATE TABLE public.complaint_messages (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    complaint_id uuid NOT NULL,
    party_id uuid,
    account_id uuid,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT complaint_message_fits CHECK (((length(text) >= 1) AND (length(text) <= 8000))),
    CONSTRAINT complaint_message_has_author CHECK (((party_id IS NOT NULL) OR (account_id IS NOT NULL)))
);

CREATE TABLE public.complaint_notifications (
    id bigint NOT NULL,
    complaint_id uuid NOT NULL,
    clock text NOT NULL,
    due date NOT NULL,
    audience text NOT NULL,
    body public.ltree,
    told_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT complaint_audience_known CHECK ((audience = ANY (ARRAY['superior'::text, 'oversight'::text])))
);

ALTER TABLE public.complaint_notifications ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.complaint_notifications_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.complaint_papers (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    complaint_id uuid NOT NULL,
    number text NOT NULL,
    title text NOT NULL,
    pdf bytea NOT NULL,
    sha256 text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT complaint_paper_digest CHECK ((sha256 = encode(sha256(pdf), 'hex'::text))),
    CONSTRAINT complaint_paper_has_number CHECK ((length(btrim(number)) > 0)),
    CONSTRAINT complaint_paper_is_pdf CHECK ((SUBSTRING(pdf FROM 1 FOR 5) = '\x255044462d'::bytea))
);

CREATE TABLE public.complaint_parties (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    complaint_id uuid NOT NULL,
    label integer NOT NULL,
    role text NOT NULL,
    named boolean NOT NULL,
    language text NOT NULL,
    text text NOT NULL,
    code_mac bytea NOT NULL,
    form_mac bytea NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    left_at timestamp with time zone,
    CONSTRAINT complaint_code_is_mac CHECK ((octet_length(code_mac) = 32)),
    CONSTRAINT complaint_form_is_mac CHECK ((octet_length(form_mac) = 32)),
    CONSTRAINT complaint_party_counts CHECK ((label > 0)),
    CONSTRAINT complaint_party_language CHECK ((language = ANY (ARRAY['vi'::text, 'en'::text]))),
    CONSTRAINT complaint_party_role CHECK ((role =
CASE
    WHEN (label = 1) THEN 'complainant'::text
    ELSE 'affected'::text
END)),
    CONSTRAINT complaint_text_fits CHECK (((length(text) >= 1) AND (length(text) <= 8000)))
);

CREATE TABLE public.complaint_photos (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    complaint_id uuid NOT NULL,
    party_id uuid NOT NULL,
    media_type text NOT NULL,
    bytes integer NOT NULL,
    sha256 text NOT NULL,
    sealed bytea NOT NULL,
    picture bytea NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    added_at timestamp with time zone NOT NULL,
    CONSTRAINT complaint_photo_digest CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT complaint_photo_type_known CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text])))
);
ALTER TABLE ONLY public.complaint_photos ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE ONLY public.complaint_photos ALTER COLUMN picture SET STORAGE EXTERNAL;

CREATE TABLE public.current_figures (
    only_row boolean DEFAULT true NOT NULL,
    figures jsonb NOT NULL,
    counted_at timestamp with time zone NOT NULL,
    took_ms integer NOT NULL,
    CONSTRAINT current_figures_is_one_row CHECK (only_row),
    CONSTRAINT current_figures_took_time CHECK ((took_ms >= 0))
);

CREATE SEQUENCE public.exposure_demand
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.exposure_policies (
    version integer NOT NULL,
    effective_from timestamp with time zone NOT NULL,
    rules jsonb NOT NULL,
    reason text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    announced_at timestamp with time zone,
    CONSTRAINT exposure_policy_complete CHECK ((rules ?& ARRAY['dori'::text, 'frameShare'::text, 'facadeMetres'::text, 'coveredShare'::text, 'marginDeg'::text, 'decideWithinHours'::text])),
    CONSTRAINT exposure_policy_version_counts CHECK ((version > 0))
);

CREATE TABLE public.exposure_recomputations (
    id bigint NOT NULL,
    reason text NOT NULL,
    account_id uuid,
    jurisdictions public.ltree[],
    wanted_in text DEFAULT (pg_current_xact_id())::text NOT NULL,
    total integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone
);

ALTER TABLE public.exposure_recomputations ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.exposure_recomputations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.exposure_runs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    aim_id uuid NOT NULL,
    camera_id uuid NOT NULL,
    inputs_digest text NOT NULL,
    inputs jsonb NOT NULL,
    aim_digest text NOT NULL,
    policy_version integer NOT NULL,
    viewshed public.geometry(MultiPolygon,4326) NOT NULL,
    finished_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    superseded_at timestamp with time zone,
    CONSTRAINT exposure_run_digest_is_sha256 CHECK ((inputs_digest ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE public.exposure_work (
    aim_id uuid NOT NULL,
    demand bigint DEFAULT nextval('public.exposure_demand'::regclass) NOT NULL,
    reason text NOT NULL,
    recomputation_id bigint,
    wanted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    queued_at timestamp with time zone,
    claimed_at timestamp with time zone
);

CREATE TABLE public.exposures (
    run_id uuid NOT NULL,
    building_id uuid NOT NULL,
    place integer NOT NULL,
    frame_share double precision NOT NULL,
    pixels_per_metre double precision NOT NULL,
    dori text NOT NULL,
    distance_metres double precision NOT NULL,
    facade_metres double precision NOT NULL,
    breaches text[] NOT NULL,
    CONSTRAINT exposure_dori_known CHECK ((dori = ANY (ARRAY['none'::text, 'detect'::text, 'observe'::text, 'recognise'::text, 'identify'::text]))),
    CONSTRAINT exposure_share_of_frame CHECK (((frame_share >= (0)::double precision) AND (frame_share <= (1)::double precision)))
);

CREATE TABLE public.finding_decisions (
    id bigint NOT NULL,
    finding_id uuid NOT NULL,
    decision text NOT NULL,
    note text NOT NULL,
    account_id uuid NOT NULL,
    person_id uuid NOT NULL,
    mask_set_id uuid,
    run_id uuid,
    homes jsonb NOT NULL,
    aim_digest text,
    completes boolean NOT NULL,
    decided_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT finding_decision_about_measurement CHECK (((decision = 'same-scene'::text) OR ((run_id IS NOT NULL) AND (aim_digest IS NOT NULL)))),
    CONSTRAINT finding_decision_known CHECK ((decision = ANY (ARRAY['approve-masks'::text, 'order-new-aim'::text, 'no-breach'::text, 'same-scene'::text]))),
    CONSTRAINT finding_decision_says_why CHECK ((length(btrim(note)) >= 3))
);

ALTER TABLE public.finding_decisions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.finding_decisions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.findings (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind text DEFAULT 'home-exposed'::text NOT NULL,
    aim_id uuid NOT NULL,
    camera_id uuid NOT NULL,
    aim_digest text,
    policy_version integer,
    run_id uuid,
    state text DEFAULT 'open'::text NOT NULL,
    homes jsonb DEFAULT '[]'::jsonb NOT NULL,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    worst_dori integer DEFAULT 0 NOT NULL,
    worst_share double precision DEFAULT 0 NOT NULL,
    mask_set_id uuid,
    opened_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    due_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    closed_by_run_id uuid,
    CONSTRAINT finding_closed_by_measurement CHECK (((kind <> 'home-exposed'::text) OR ((state = 'closed'::text) = (closed_by_run_id IS NOT NULL)))),
    CONSTRAINT finding_dori_known CHECK (((worst_dori >= 0) AND (worst_dori <= 4))),
    CONSTRAINT finding_ended_when CHECK (((state = 'open'::text) = (closed_at IS NULL))),
    CONSTRAINT finding_kind_known CHECK ((kind = ANY (ARRAY['home-exposed'::text, 'masks-not-flat'::text, 'scene-shift'::text, 'masks-expiring'::text, 'aim-uncalibrated'::text]))),
    CONSTRAINT finding_of_home_is_measured CHECK (((kind <> 'home-exposed'::text) OR ((aim_digest IS NOT NULL) AND (policy_version IS NOT NULL) AND (run_id IS NOT NULL)))),
    CONSTRAINT finding_state_known CHECK ((state = ANY (ARRAY['open'::text, 'decided'::text, 'closed'::text])))
);

CREATE SEQUENCE public.ground_version
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.jurisdiction_rules (
    id bigint NOT NULL,
    jurisdiction public.ltree NOT NULL,
    remote boolean,
    notice_days integer,
    comment_days integer,
    reason text NOT NULL,
    account_id uuid NOT NULL,
    since timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT jurisdiction_comment_days_sane CHECK (((comment_days >= 5) AND (comment_days <= 365))),
    CONSTRAINT jurisdiction_notice_days_sane CHECK (((notice_days >= 5) AND (notice_days <= 365))),
    CONSTRAINT jurisdiction_rules_have_reason CHECK ((length(btrim(reason)) >= 3))
);

ALTER TABLE public.jurisdiction_rules ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.jurisdiction_rules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.jurisdictions (
    path public.ltree NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    name_en text,
    code text,
    boundary public.geometry(MultiPolygon,4326),
    CONSTRAINT jurisdiction_kind_known CHECK ((kind = ANY (ARRAY['country'::text, 'province'::text, 'commune'::text])))
);

CREATE TABLE public.log_state (
    only_row boolean DEFAULT true NOT NULL,
    term bigint NOT NULL,
    size bigint NOT NULL,
    root text NOT NULL,
    checkpoint text,
    sealed_at timestamp with time zone,
    CONSTRAINT log_root_is_sha256 CHECK ((root ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT log_state_is_one_row CHECK (only_row)
);

CREATE TABLE public.mask_policies (
    version integer NOT NULL,
    effective_from timestamp with time zone NOT NULL,
    rules jsonb NOT NULL,
    reason text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT mask_policy_complete CHECK (((jsonb_typeof((rules -> 'livesDays'::text)) = 'number'::text) AND ((((rules ->> 'livesDays'::text))::double precision >= (0)::double precision) AND (((rules ->> 'livesDays'::text))::double precision <= (3650)::double precision)) AND (jsonb_typeof((rules -> 'remindDays'::text)) = 'number'::text) AND ((((rules ->> 'remindDays'::text))::double precision >= (0)::double precision) AND (((rules ->> 'remindDays'::text))::double precision <= (3650)::double precision)))),
    CONSTRAINT mask_policy_version_counts CHECK ((version > 0))
);

CREATE TABLE public.mask_sets (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    aim_id uuid NOT NULL,
    camera_id uuid NOT NULL,
    version integer NOT NULL,
    state text NOT NULL,
    polygons jsonb NOT NULL,
    frame_width integer NOT NULL,
    frame_height integer NOT NULL,
    digest text NOT NULL,
    reason text NOT NULL,
    origin text DEFAULT 'person'::text NOT NULL,
    author_id uuid,
    author_person_id uuid,
    decided_by uuid,
    decider_person_id uuid,
    decision_note text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    decided_at timestamp with time zone,
    activated_at timestamp with time zone,
    run_id uuid,
    extends_id uuid,
    enforced_at timestamp with time zone,
    burned_in_at timestamp with time zone,
    expires_at timestamp with time zone,
    expired_at timestamp with time zone,
    renews_id uuid,
    compared_with_id uuid,
    uncovered_share double precision,
    uncovered jsonb,
    CONSTRAINT mask_author_decides CHECK (((decider_person_id IS NULL) OR (decider_person_id <> author_person_id))),
    CONSTRAINT mask_set_compared CHECK ((((compared_with_id IS NULL) = (uncovered_share IS NULL)) AND ((compared_with_id IS NULL) = (uncovered IS NULL)))),
    CONSTRAINT mask_set_digest_is_sha256 CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT mask_set_enforced_extends CHECK ((((enforced_at IS NULL) = (extends_id IS NULL)) AND ((extends_id IS NULL) OR (origin = 'geometry'::text)))),
    CONSTRAINT mask_set_has_author CHECK ((((origin = 'person'::text) = (author_id IS NOT NULL)) AND ((author_id IS NULL) = (author_person_id IS NULL)))),
    CONSTRAINT mask_set_has_origin CHECK (((origin = 'geometry'::text) = (run_id IS NOT NULL))),
    CONSTRAINT mask_set_in_force_expires CHECK (((state <> ALL (ARRAY['approved'::text, 'active'::text])) OR (expires_at IS NOT NULL))),
    CONSTRAINT mask_set_in_force_was_decided CHECK (((state <> ALL (ARRAY['approved'::text, 'active'::text])) OR ((decided_by IS NOT NULL) AND (decided_at IS NOT NULL)))),
    CONSTRAINT mask_set_origin_known CHECK ((origin = ANY (ARRAY['person'::text, 'geometry'::text]))),
    CONSTRAINT mask_set_renewal_uncovers_nothing CHECK (((renews_id IS NULL) OR (uncovered_share = (0)::double precision))),
    CONSTRAINT mask_set_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'proposed'::text, 'approved'::text, 'active'::text, 'retired'::text, 'rejected'::text])))
);

CREATE TABLE public.monthly_reports (
    month text NOT NULL,
    figures jsonb NOT NULL,
    digest text NOT NULL,
    written_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT monthly_report_digest_is_sha256 CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT monthly_report_is_whole CHECK ((((figures ->> 'month'::text) = month) AND ((figures -> 'whole'::text) = 'true'::jsonb))),
    CONSTRAINT monthly_report_of_month CHECK ((month ~ '^\d{4}-(0[1-9]|1[0-2])$'::text))
);

CREATE TABLE public.notices (
    id bigint NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    jurisdiction public.ltree NOT NULL,
    camera_id uuid,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    holds_from timestamp with time zone,
    comments_until timestamp with time zone,
    published_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    uid uuid DEFAULT gen_random_uuid() NOT NULL,
    CONSTRAINT notice_kind_known CHECK ((kind = ANY (ARRAY['camera-planned'::text, 'camera-dropped'::text, 'camera-new'::text, 'camera-moved'::text, 'camera-stopped'::text, 'purpose-changed'::text, 'homes-seen'::text, 'clock-passed'::text])))
);

ALTER TABLE public.notices ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.notices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.open311_keys (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    label text NOT NULL,
    key_sha256 bytea NOT NULL,
    account_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT open311_key_has_label CHECK (((length(label) >= 1) AND (length(label) <= 100))),
    CONSTRAINT open311_key_is_hash CHECK ((octet_length(key_sha256) = 32))
);

CREATE VIEW public.open311_requests WITH (security_barrier='true') AS
 SELECT c.id,
    c.reference,
    c.kind,
    c.procedure,
    c.jurisdiction,
    j.name AS agency,
    c.filed_at,
    s.stage,
    s.is_over,
    s.level,
    s.next_due,
    s.late,
    ( SELECT max(e.noticed_at) AS max
           FROM public.complaint_events e
          WHERE ((e.complaint_id = c.id) AND (e.kind <> 'identified'::text))) AS updated_at,
    (round((public.st_x(COALESCE(c.place, cameras.location)))::numeric, 3))::double precision AS lon,
    (round((public.st_y(COALESCE(c.place, cameras.location)))::numeric, 3))::double precision AS lat
   FROM (((public.complaints c
     JOIN public.complaint_standings s ON ((s.complaint_id = c.id)))
     JOIN public.jurisdictions j ON ((j.path OPERATOR(public.=) c.jurisdiction)))
     LEFT JOIN public.cameras ON (((cameras.id = c.camera_id) AND (cameras.publication = 'shown'::text))));

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    message jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outbox_set_aside (
    id bigint NOT NULL,
    message jsonb NOT NULL,
    reason text NOT NULL,
    set_aside_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.persons (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    erased_at timestamp with time zone,
    CONSTRAINT person_erased_is_nameless CHECK (((erased_at IS NULL) OR (name = 'erased'::text)))
);

CREATE VIEW public.public_cameras AS
 SELECT c.id,
    c.code,
    c.name,
    c.jurisdiction,
    c.location,
    c.operator,
    c.contact,
    c.host_premises,
    c.purpose,
    c.legal_basis,
    c.retention_days,
    c.storage_country,
    c.status,
    c.mobility,
    c.manufacturer,
    c.model,
    c.has_audio,
    c.has_biometrics,
    c.capabilities,
    c.created_at,
    c.updated_at,
    c.search,
        CASE
            WHEN (c.host_premises <> 'private-house'::text) THEN c.owner
            ELSE NULL::text
        END AS owner
   FROM public.cameras c
  WHERE ((c.publication = 'shown'::text) AND (c.status <> 'retired'::text));

CREATE VIEW public.public_aims AS
 SELECT a.id,
    a.camera_id,
    a.name,
    a.is_current,
    a."position",
    a.height_m,
    a.heading_deg,
    a.tilt_deg,
    a.roll_deg,
    a.hfov_deg,
    a.frame_width,
    a.frame_height,
    a.range_m
   FROM (public.aims a
     JOIN public.public_cameras c ON ((c.id = a.camera_id)))
  WHERE (a.retired_at IS NULL);

CREATE VIEW public.public_camera_counts AS
 SELECT cameras.jurisdiction,
    cameras.publication,
    cameras.status,
    (count(*))::integer AS cameras
   FROM public.cameras
  WHERE (cameras.status <> 'retired'::text)
  GROUP BY cameras.jurisdiction, cameras.publication, cameras.status;

CREATE VIEW public.public_masks AS
 SELECT DISTINCT ON (m.aim_id) m.aim_id,
    m.camera_id,
    m.version,
    m.polygons,
    m.decided_at,
    COALESCE(m.activated_at, m.burned_in_at) AS since
   FROM (public.mask_sets m
     JOIN public.public_cameras c ON ((c.id = m.camera_id)))
  WHERE ((m.state = 'active'::text) OR ((m.burned_in_at IS NOT NULL) AND (m.state = ANY (ARRAY['proposed'::text, 'approved'::text]))))
  ORDER BY m.aim_id, m.version DESC;

CREATE VIEW public.public_notices AS
 SELECT n.id,
    n.kind,
    n.jurisdiction,
    c.code AS camera_code,
    c.location,
        CASE
            WHEN ((n.camera_id IS NULL) OR (c.id IS NOT NULL)) THEN n.detail
            ELSE jsonb_strip_nulls(jsonb_build_object('announced', (n.detail -> 'announced'::text)))
        END AS detail,
    n.holds_from,
    n.comments_until,
    n.published_at,
    n.uid
   FROM (public.notices n
     LEFT JOIN public.public_cameras c ON ((c.id = n.camera_id)));

CREATE VIEW public.public_reviews AS
 SELECT decisions.camera_id,
    max(decisions.at) AS reviewed_at
   FROM (( SELECT mask_sets.camera_id,
            mask_sets.decided_at AS at
           FROM public.mask_sets
          WHERE (mask_sets.decided_at IS NOT NULL)
        UNION ALL
         SELECT f.camera_id,
            d.decided_at
           FROM (public.finding_decisions d
             JOIN public.findings f ON ((f.id = d.finding_id)))) decisions
     JOIN public.public_cameras c ON ((c.id = decisions.camera_id)))
  GROUP BY decisions.camera_id;

CREATE TABLE public.records (
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    action text NOT NULL,
    account_id uuid,
    role text,
    subject text NOT NULL,
    camera_id uuid,
    jurisdiction public.ltree,
    purpose text,
    case_reference text,
    detail jsonb NOT NULL,
    entry bytea NOT NULL,
    digest text NOT NULL,
    xact xid8 DEFAULT pg_current_xact_id() NOT NULL,
    CONSTRAINT record_digest_is_of_entry CHECK ((digest = encode(sha256(('\x00'::bytea || entry)), 'hex'::text))),
    CONSTRAINT record_entry_fits CHECK ((octet_length(entry) <= 65535))
);

CREATE VIEW public.public_viewing_counts AS
 SELECT r.camera_id,
    to_char((r.at AT TIME ZONE 'Asia/Ho_Chi_Minh'::text), 'YYYY-MM'::text) AS month,
    (count(*))::integer AS viewings
   FROM (public.records r
     JOIN public.public_cameras c ON ((c.id = r.camera_id)))
  WHERE (r.action = 'viewing.open'::text)
  GROUP BY r.camera_id, (to_char((r.at AT TIME ZONE 'Asia/Ho_Chi_Minh'::text), 'YYYY-MM'::text));

CREATE TABLE public.record_leaves (
    leaf_index bigint NOT NULL,
    record_seq bigint NOT NULL,
    CONSTRAINT leaf_index_counts CHECK ((leaf_index >= 0))
);

ALTER TABLE public.records ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.records_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.scene_references (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    aim_id uuid NOT NULL,
    camera_id uuid NOT NULL,
    cells bytea NOT NULL,
    algorithm text NOT NULL,
    digest text NOT NULL,
    mask_set_id uuid NOT NULL,
    taken_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_at timestamp with time zone,
    ended_why text,
    CONSTRAINT scene_reference_digest_is_of_cells CHECK ((digest = encode(sha256(cells), 'hex'::text))),
    CONSTRAINT scene_reference_end_known CHECK ((ended_why = ANY (ARRAY['view-changed'::text, 'same-scene'::text]))),
    CONSTRAINT scene_reference_ended_why CHECK (((ended_at IS NULL) = (ended_why IS NULL))),
    CONSTRAINT scene_reference_is_small CHECK ((octet_length(cells) <= 16384))
);

CREATE TABLE public.settings (
    key text NOT NULL,
    value jsonb NOT NULL
);

CREATE TABLE public.streets (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    source_id text NOT NULL,
    name text,
    class text NOT NULL,
    line public.geometry(MultiLineString,4326) NOT NULL,
    search text GENERATED ALWAYS AS (public.search_text(VARIADIC ARRAY[name])) STORED,
    CONSTRAINT street_class_known CHECK ((class = ANY (ARRAY['arterial'::text, 'collector'::text, 'street'::text, 'alley'::text, 'path'::text])))
);

CREATE TABLE public.told_cameras (
    camera_id uuid NOT NULL,
    since timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE public.told_homes (
    camera_id uuid NOT NULL,
    building_id uuid NOT NULL,
    gone_at timestamp with time zone
);

CREATE TABLE public.viewing_policies (
    role text NOT NULL,
    case_reference_required boolean NOT NULL,
    max_minutes integer NOT NULL,
    CONSTRAINT viewing_policy_minutes CHECK (((max_minutes >= 1) AND (max_minutes <= 240)))
);

CREATE TABLE public.viewings (
    id uuid NOT NULL,
    camera_id uuid NOT NULL,
    account_id uuid NOT NULL,
    person_id uuid NOT NULL,
    role text NOT NULL,
    jurisdiction public.ltree NOT NULL,
    kind text NOT NULL,
    purpose text NOT NULL,
    case_reference text,
    opened_at timestamp with time zone DEFAULT now() NOT NULL,
    start_before timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    record_seq bigint NOT NULL,
    started_at timestamp with time zone,
    closed_at timestamp with time zone,
    end_reason text,
    seconds_delivered double precision,
    frames_delivered integer,
    CONSTRAINT viewing_closed_with_reason CHECK (((closed_at IS NULL) = (end_reason IS NULL))),
    CONSTRAINT viewing_end_known CHECK ((end_reason = ANY (ARRAY['closed'::text, 'line-dropped'::text, 'time-over'::text, 'picture-withheld'::text, 'never-started'::text, 'worker-lost'::text]))),
    CONSTRAINT viewing_has_purpose CHECK ((length(btrim(purpose)) >= 3)),
    CONSTRAINT viewing_kind_known CHECK ((kind = ANY (ARRAY['live'::text, 'still'::text])))
);

CREATE VIEW public.visible_cameras AS
 SELECT c.id,
    c.code,
    c.name,
    c.jurisdiction,
    c.location,
    c.operator,
    c.host_premises,
    c.publication,
    c.status,
    c.mobility,
    c.search,
    (s.camera_id IS NOT NULL) AS has_stream,
        CASE
            WHEN (s.camera_id IS NULL) THEN 'none'::text
            ELSE COALESCE(h.state, 'unknown'::text)
        END AS stream_state
   FROM ((public.cameras c
     LEFT JOIN public.camera_streams s ON ((s.camera_id = c.id)))
     LEFT JOIN public.camera_health h ON ((h.camera_id = c.id)))
  WHERE COALESCE((c.jurisdiction OPERATOR(public.<@) ( SELECT public.actor_jurisdictions() AS actor_jurisdictions)), false);

CREATE VIEW public.visible_camera_aims AS
 SELECT c.id,
    c.code,
    c.name,
    c.jurisdiction,
    c.location,
    c.operator,
    c.host_premises,
    c.publication,
    c.status,
    c.mobility,
    c.search,
    c.has_stream,
    c.stream_state,
    a.heading_deg,
    a.hfov_deg,
    a.range_m
   FROM (public.visible_cameras c
     LEFT JOIN public.aims a ON (((a.camera_id = c.id) AND a.is_current)));

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.aims
    ADD CONSTRAINT aim_of_one_camera UNIQUE (id, camera_id);

ALTER TABLE ONLY public.aims
    ADD CONSTRAINT aims_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.areas
    ADD CONSTRAINT area_source_id_taken UNIQUE (source_id);

ALTER TABLE ONLY public.areas
    ADD CONSTRAINT areas_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auditor_tokens
    ADD CONSTRAINT auditor_tokens_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.buildings
    ADD CONSTRAINT building_source_id_taken UNIQUE (source_id);

ALTER TABLE ONLY public.buildings
    ADD CONSTRAINT buildings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cameras
    ADD CONSTRAINT camera_code_taken UNIQUE (code);

ALTER TABLE ONLY public.camera_devices
    ADD CONSTRAINT camera_devices_pkey PRIMARY KEY (camera_id);

ALTER TABLE ONLY public.camera_health
    ADD CONSTRAINT camera_health_pkey PRIMARY KEY (camera_id);

ALTER TABLE ONLY public.camera_ptz
    ADD CONSTRAINT camera_ptz_pkey PRIMARY KEY (camera_id);

ALTER TABLE ONLY public.camera_streams
    ADD CONSTRAINT camera_streams_pkey PRIMARY KEY (camera_id);

ALTER TABLE ONLY public.cameras
    ADD CONSTRAINT cameras_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaint_parties
    ADD CONSTRAINT complaint_code_taken UNIQUE (code_mac);

ALTER TABLE ONLY public.complaint_events
    ADD CONSTRAINT complaint_event_order UNIQUE (complaint_id, seq);

ALTER TABLE ONLY public.complaint_events
    ADD CONSTRAINT complaint_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaint_parties
    ADD CONSTRAINT complaint_form_used UNIQUE (form_mac);

ALTER TABLE ONLY public.complaint_identities
    ADD CONSTRAINT complaint_identities_pkey PRIMARY KEY (party_id);

ALTER TABLE ONLY public.complaint_messages
    ADD CONSTRAINT complaint_messages_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaint_notifications
    ADD CONSTRAINT complaint_notifications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaint_papers
    ADD CONSTRAINT complaint_paper_of_case UNIQUE (id, complaint_id);

ALTER TABLE ONLY public.complaint_papers
    ADD CONSTRAINT complaint_papers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaint_parties
    ADD CONSTRAINT complaint_parties_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaint_parties
    ADD CONSTRAINT complaint_party_number UNIQUE (complaint_id, label);

ALTER TABLE ONLY public.complaint_photos
    ADD CONSTRAINT complaint_photos_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.complaints
    ADD CONSTRAINT complaint_reference_taken UNIQUE (reference);

ALTER TABLE ONLY public.complaint_standings
    ADD CONSTRAINT complaint_standings_pkey PRIMARY KEY (complaint_id);

ALTER TABLE ONLY public.complaint_notifications
    ADD CONSTRAINT complaint_told_once UNIQUE (complaint_id, clock, due, audience);

ALTER TABLE ONLY public.complaints
    ADD CONSTRAINT complaints_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.current_figures
    ADD CONSTRAINT current_figures_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.exposure_policies
    ADD CONSTRAINT exposure_policies_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.exposure_recomputations
    ADD CONSTRAINT exposure_recomputations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.exposure_runs
    ADD CONSTRAINT exposure_runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.exposure_work
    ADD CONSTRAINT exposure_work_pkey PRIMARY KEY (aim_id);

ALTER TABLE ONLY public.exposures
    ADD CONSTRAINT exposures_pkey PRIMARY KEY (run_id, building_id);

ALTER TABLE ONLY public.finding_decisions
    ADD CONSTRAINT finding_decisions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.jurisdiction_rules
    ADD CONSTRAINT jurisdiction_rules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.jurisdictions
    ADD CONSTRAINT jurisdictions_pkey PRIMARY KEY (path);

ALTER TABLE ONLY public.log_state
    ADD CONSTRAINT log_state_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.mask_policies
    ADD CONSTRAINT mask_policies_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_set_version_taken UNIQUE (aim_id, version);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.monthly_reports
    ADD CONSTRAINT monthly_reports_pkey PRIMARY KEY (month);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notice_told UNIQUE (key);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notice_uid_taken UNIQUE (uid);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.open311_keys
    ADD CONSTRAINT open311_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outbox_set_aside
    ADD CONSTRAINT outbox_set_aside_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.persons
    ADD CONSTRAINT persons_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.record_leaves
    ADD CONSTRAINT record_leaves_pkey PRIMARY KEY (leaf_index);

ALTER TABLE ONLY public.record_leaves
    ADD CONSTRAINT record_sealed_once UNIQUE (record_seq);

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.scene_references
    ADD CONSTRAINT scene_references_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.streets
    ADD CONSTRAINT street_source_id_taken UNIQUE (source_id);

ALTER TABLE ONLY public.streets
    ADD CONSTRAINT streets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.told_cameras
    ADD CONSTRAINT told_cameras_pkey PRIMARY KEY (camera_id);

ALTER TABLE ONLY public.told_homes
    ADD CONSTRAINT told_homes_pkey PRIMARY KEY (camera_id, building_id);

ALTER TABLE ONLY public.viewing_policies
    ADD CONSTRAINT viewing_policies_pkey PRIMARY KEY (role);

ALTER TABLE ONLY public.viewings
    ADD CONSTRAINT viewings_pkey PRIMARY KEY (id);

CREATE UNIQUE INDEX account_email_taken ON public.accounts USING btree (lower(email));

CREATE INDEX accounts_person_idx ON public.accounts USING btree (person_id);

CREATE UNIQUE INDEX aim_preset_taken ON public.aims USING btree (camera_id, preset_token) WHERE (retired_at IS NULL);

CREATE INDEX aims_camera_idx ON public.aims USING btree (camera_id);

CREATE UNIQUE INDEX aims_one_current ON public.aims USING btree (camera_id) WHERE is_current;

CREATE INDEX aims_reach_idx ON public.aims USING gist (public.aim_reach("position", range_m));

CREATE INDEX aims_retired_idx ON public.aims USING btree (retired_at) WHERE (retired_at IS NOT NULL);

CREATE INDEX areas_outline_idx ON public.areas USING gist (outline);

CREATE INDEX auditor_tokens_account_idx ON public.auditor_tokens USING btree (account_id, created_at DESC);

CREATE UNIQUE INDEX auditor_tokens_hash_idx ON public.auditor_tokens USING btree (token_sha256);

CREATE INDEX buildings_footprint_geog_idx ON public.buildings USING gist (((footprint)::public.geography));

CREATE INDEX buildings_footprint_idx ON public.buildings USING gist (footprint);

CREATE INDEX cameras_jurisdiction_idx ON public.cameras USING gist (jurisdiction);

CREATE INDEX cameras_location_geog_idx ON public.cameras USING gist (((location)::public.geography));

CREATE INDEX cameras_location_idx ON public.cameras USING gist (location);

CREATE INDEX cameras_search_idx ON public.cameras USING gin (search public.gin_trgm_ops);

CREATE INDEX cameras_updated_idx ON public.cameras USING btree (updated_at);

CREATE UNIQUE INDEX complaint_act_impossible ON public.complaint_events USING btree (complaint_id, kind) WHERE (kind <> ALL (ARRAY['extended'::text, 'suspended'::text, 'resumed'::text, 'lapsed'::text, 'forwarded'::text, 'joined'::text, 'identified'::text]));

CREATE UNIQUE INDEX complaint_lapse_once ON public.complaint_events USING btree (complaint_id, clock, due) WHERE (kind = 'lapsed'::text);

CREATE INDEX complaint_messages_case_idx ON public.complaint_messages USING btree (complaint_id, at);

CREATE UNIQUE INDEX complaint_paper_used ON public.complaint_events USING btree (paper_id);

CREATE INDEX complaint_photos_case_idx ON public.complaint_photos USING btree (complaint_id, added_at);

CREATE INDEX complaint_standings_due_idx ON public.complaint_standings USING btree (is_over, late_since, next_due, complaint_id);

CREATE INDEX complaint_standings_handler_idx ON public.complaint_standings USING gist (handler);

CREATE INDEX complaints_camera_idx ON public.complaints USING btree (camera_id);

CREATE INDEX complaints_filed_idx ON public.complaints USING btree (filed_at DESC);

CREATE INDEX complaints_jurisdiction_idx ON public.complaints USING gist (jurisdiction);

CREATE INDEX complaints_place_idx ON public.complaints USING gist (((place)::public.geography));

CREATE INDEX exposure_recomputations_unfinished_idx ON public.exposure_recomputations USING btree (id) WHERE (finished_at IS NULL);

CREATE INDEX exposure_runs_aim_idx ON public.exposure_runs USING btree (aim_id, finished_at DESC);

CREATE INDEX exposure_runs_finished_idx ON public.exposure_runs USING btree (finished_at);

CREATE UNIQUE INDEX exposure_runs_one_current ON public.exposure_runs USING btree (aim_id) WHERE (superseded_at IS NULL);

CREATE INDEX exposure_runs_superseded_idx ON public.exposure_runs USING btree (superseded_at);

CREATE INDEX exposure_work_recomputation_idx ON public.exposure_work USING btree (recomputation_id);

CREATE INDEX exposure_work_unqueued_idx ON public.exposure_work USING btree (demand) WHERE (queued_at IS NULL);

CREATE INDEX exposures_building_idx ON public.exposures USING btree (building_id);

CREATE INDEX finding_decisions_finding_idx ON public.finding_decisions USING btree (finding_id, id);

CREATE INDEX findings_camera_idx ON public.findings USING btree (camera_id, opened_at DESC);

CREATE UNIQUE INDEX findings_one_open ON public.findings USING btree (aim_id, kind) WHERE (state = 'open'::text);

CREATE INDEX findings_worst_idx ON public.findings USING btree (state, worst_dori DESC, worst_share DESC, id DESC);

CREATE INDEX jurisdiction_rules_place_idx ON public.jurisdiction_rules USING btree (jurisdiction, id DESC);

CREATE INDEX jurisdictions_boundary_idx ON public.jurisdictions USING gist (boundary);

CREATE UNIQUE INDEX jurisdictions_code_idx ON public.jurisdictions USING btree (kind, code) WHERE (code IS NOT NULL);

CREATE INDEX jurisdictions_path_idx ON public.jurisdictions USING gist (path);

CREATE INDEX mask_sets_camera_idx ON public.mask_sets USING btree (camera_id, version DESC);

CREATE INDEX mask_sets_expiring_idx ON public.mask_sets USING btree (expires_at) WHERE (state = ANY (ARRAY['approved'::text, 'active'::text]));

CREATE UNIQUE INDEX mask_sets_one_active ON public.mask_sets USING btree (aim_id) WHERE (state = 'active'::text);

CREATE UNIQUE INDEX mask_sets_one_enforced ON public.mask_sets USING btree (aim_id) WHERE ((state = 'proposed'::text) AND (enforced_at IS NOT NULL));

CREATE INDEX mask_sets_open_idx ON public.mask_sets USING btree (created_at) WHERE (state = 'proposed'::text);

CREATE INDEX notices_camera_idx ON public.notices USING btree (camera_id, id DESC);

CREATE INDEX notices_jurisdiction_idx ON public.notices USING gist (jurisdiction);

CREATE INDEX notices_published_idx ON public.notices USING btree (published_at DESC, id DESC);

CREATE UNIQUE INDEX open311_keys_hash_idx ON public.open311_keys USING btree (key_sha256);

CREATE INDEX records_account_idx ON public.records USING btree (account_id, seq DESC);

CREATE INDEX records_action_idx ON public.records USING btree (action, seq DESC);

CREATE INDEX records_at_idx ON public.records USING btree (at);

CREATE INDEX records_camera_idx ON public.records USING btree (camera_id, seq DESC);

CREATE INDEX records_subject_idx ON public.records USING btree (subject, seq DESC);

CREATE INDEX records_xact_idx ON public.records USING btree (xact);

CREATE UNIQUE INDEX scene_references_one_current ON public.scene_references USING btree (aim_id) WHERE (ended_at IS NULL);

CREATE INDEX streets_line_idx ON public.streets USING gist (line);

CREATE INDEX streets_search_idx ON public.streets USING gin (search public.gin_trgm_ops);

CREATE INDEX viewings_account_idx ON public.viewings USING btree (account_id, opened_at DESC);

CREATE INDEX viewings_camera_idx ON public.viewings USING btree (camera_id, opened_at DESC);

CREATE INDEX viewings_open_idx ON public.viewings USING btree (ends_at) WHERE (closed_at IS NULL);

CREATE INDEX viewings_opened_idx ON public.viewings USING btree (opened_at DESC, id);

CREATE INDEX viewings_person_idx ON public.viewings USING btree (person_id, opened_at DESC);

CREATE OR REPLACE VIEW public.complaint_histories WITH (security_invoker='true') AS
 SELECT c.id AS complaint_id,
    c.rules,
    jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', e.id, 'kind', e.kind, 'at', to_char((e.at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'::text), 'author', COALESCE((e.account_id)::text, 'complainant'::text), 'reason', e.reason, 'document', p.number, 'amount', e.amount, 'remedy',
        CASE
            WHEN (e.outcome = ANY (ARRAY['founded'::text, 'partly-founded'::text])) THEN true
            ELSE NULL::boolean
        END, 'remote',
        CASE
            WHEN (e.kind = 'filed'::text) THEN c.remote
            ELSE NULL::boolean
        END, 'request',
        CASE
            WHEN (e.kind = 'filed'::text) THEN c.request
            ELSE NULL::text
        END)) ORDER BY e.at, e.seq) AS events
   FROM ((public.complaints c
     JOIN public.complaint_events e ON ((e.complaint_id = c.id)))
     LEFT JOIN public.complaint_papers p ON ((p.id = e.paper_id)))
  WHERE (e.kind <> ALL (ARRAY['lapsed'::text, 'forwarded'::text, 'joined'::text, 'identified'::text]))
  GROUP BY c.id;

CREATE TRIGGER aims_guard_retired BEFORE UPDATE ON public.aims FOR EACH ROW WHEN (((old.retired_at IS NOT NULL) AND (old.* IS DISTINCT FROM new.*))) EXECUTE FUNCTION public.guard_retired_aim();

CREATE TRIGGER aims_retire_masks AFTER UPDATE OF "position", height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height ON public.aims FOR EACH ROW WHEN (((((((((old."position" IS DISTINCT FROM new."position") OR (old.height_m IS DISTINCT FROM new.height_m)) OR (old.heading_deg IS DISTINCT FROM new.heading_deg)) OR (old.tilt_deg IS DISTINCT FROM new.tilt_deg)) OR (old.roll_deg IS DISTINCT FROM new.roll_deg)) OR (old.hfov_deg IS DISTINCT FROM new.hfov_deg)) OR (old.frame_width IS DISTINCT FROM new.frame_width)) OR (old.frame_height IS DISTINCT FROM new.frame_height))) EXECUTE FUNCTION public.retire_masks_of_changed_aim();

CREATE TRIGGER aims_retire_masks_of_lens AFTER UPDATE OF k1, k2 ON public.aims FOR EACH ROW WHEN (((old.k1 IS DISTINCT FROM new.k1) OR (old.k2 IS DISTINCT FROM new.k2))) EXECUTE FUNCTION public.retire_masks_of_changed_aim();

CREATE TRIGGER aims_retire_masks_of_preset AFTER UPDATE OF preset_token, preset_pan, preset_tilt, preset_zoom, retired_at ON public.aims FOR EACH ROW WHEN ((((((old.preset_token IS DISTINCT FROM new.preset_token) OR (old.preset_pan IS DISTINCT FROM new.preset_pan)) OR (old.preset_tilt IS DISTINCT FROM new.preset_tilt)) OR (old.preset_zoom IS DISTINCT FROM new.preset_zoom)) OR (old.retired_at IS DISTINCT FROM new.retired_at))) EXECUTE FUNCTION public.retire_masks_of_changed_aim();

CREATE TRIGGER aims_tell_calibration AFTER UPDATE OF calibration ON public.aims FOR EACH ROW WHEN (((new.is_current OR (new.preset_token IS NOT NULL)) AND (old.calibration <> new.calibration))) EXECUTE FUNCTION public.tell_masks_changed();

CREATE CONSTRAINT TRIGGER aims_tell_homes AFTER UPDATE OF retired_at ON public.aims DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.retired_at IS DISTINCT FROM new.retired_at)) EXECUTE FUNCTION public.tell_of_homes_of_aim();

CREATE TRIGGER aims_tell_made AFTER INSERT ON public.aims FOR EACH ROW WHEN (new.is_current) EXECUTE FUNCTION public.tell_masks_changed();

CREATE TRIGGER aims_tell_preset AFTER UPDATE OF preset_token, preset_pan, preset_tilt, preset_zoom, retired_at ON public.aims FOR EACH ROW WHEN ((((((old.preset_token IS DISTINCT FROM new.preset_token) OR (old.preset_pan IS DISTINCT FROM new.preset_pan)) OR (old.preset_tilt IS DISTINCT FROM new.preset_tilt)) OR (old.preset_zoom IS DISTINCT FROM new.preset_zoom)) OR (old.retired_at IS DISTINCT FROM new.retired_at))) EXECUTE FUNCTION public.tell_masks_changed();

CREATE TRIGGER aims_tell_preset_made AFTER INSERT ON public.aims FOR EACH ROW WHEN (((new.preset_token IS NOT NULL) AND (NOT new.is_current))) EXECUTE FUNCTION public.tell_masks_changed();

CREATE TRIGGER aims_tell_turned AFTER UPDATE OF is_current ON public.aims FOR EACH ROW WHEN ((old.is_current <> new.is_current)) EXECUTE FUNCTION public.tell_masks_changed();

CREATE TRIGGER aims_want_exposures_changed AFTER UPDATE ON public.aims REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION public.want_exposures_of_changed_aims();

CREATE TRIGGER aims_want_exposures_made AFTER INSERT ON public.aims REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.want_exposures_of_made_aims();

CREATE TRIGGER aims_want_exposures_retired AFTER UPDATE OF retired_at ON public.aims FOR EACH ROW WHEN (((old.retired_at IS NULL) AND (new.retired_at IS NOT NULL))) EXECUTE FUNCTION public.want_exposures_of_retired_aim();

CREATE TRIGGER auditor_tokens_guard BEFORE UPDATE ON public.auditor_tokens FOR EACH ROW EXECUTE FUNCTION public.guard_auditor_token();

CREATE TRIGGER buildings_want_exposures_changed AFTER UPDATE ON public.buildings REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION public.want_exposures_of_changed_buildings();

CREATE TRIGGER buildings_want_exposures_gone AFTER DELETE ON public.buildings REFERENCING OLD TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.want_exposures_of_made_buildings();

CREATE TRIGGER buildings_want_exposures_made AFTER INSERT ON public.buildings REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.want_exposures_of_made_buildings();

CREATE TRIGGER camera_devices_tell AFTER INSERT OR DELETE OR UPDATE OF sealed, masks_wanted ON public.camera_devices FOR EACH ROW EXECUTE FUNCTION public.tell_masks_changed();

CREATE TRIGGER camera_streams_retire_masks AFTER INSERT OR DELETE ON public.camera_streams FOR EACH ROW EXECUTE FUNCTION public.retire_masks_of_changed_stream();

CREATE TRIGGER camera_streams_retire_masks_of_address AFTER UPDATE ON public.camera_streams FOR EACH ROW WHEN (((old.camera_id IS DISTINCT FROM new.camera_id) OR (old.address_mac IS DISTINCT FROM new.address_mac))) EXECUTE FUNCTION public.retire_masks_of_changed_stream();

CREATE TRIGGER camera_streams_tell AFTER INSERT OR DELETE OR UPDATE ON public.camera_streams FOR EACH ROW EXECUTE FUNCTION public.tell_masks_changed();

CREATE TRIGGER camera_streams_want_exposures AFTER INSERT OR DELETE ON public.camera_streams FOR EACH ROW EXECUTE FUNCTION public.want_exposures_of_stream();

CREATE TRIGGER cameras_begin_telling AFTER INSERT ON public.cameras REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION public.begin_telling_of_homes();

CREATE TRIGGER cameras_retire_masks AFTER UPDATE OF location ON public.cameras FOR EACH ROW WHEN ((NOT public.st_equals(old.location, new.location))) EXECUTE FUNCTION public.retire_masks_of_moved_camera();

CREATE TRIGGER cameras_retire_masks_of_mobility AFTER UPDATE OF mobility ON public.cameras FOR EACH ROW WHEN (((old.mobility = 'ptz'::text) AND (new.mobility <> 'ptz'::text))) EXECUTE FUNCTION public.retire_masks_of_moved_camera();

CREATE TRIGGER cameras_tell AFTER UPDATE OF status ON public.cameras FOR EACH ROW WHEN ((old.status <> new.status)) EXECUTE FUNCTION public.tell_masks_changed_of_camera();

CREATE TRIGGER cameras_tell_changed AFTER UPDATE ON public.cameras REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION public.tell_of_changed_cameras();

CREATE TRIGGER cameras_tell_entered AFTER INSERT ON public.cameras REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION public.tell_of_entered_cameras();

CREATE CONSTRAINT TRIGGER cameras_tell_homes AFTER UPDATE OF status, publication ON public.cameras DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.status <> new.status) OR (old.publication <> new.publication))) EXECUTE FUNCTION public.tell_of_homes_of_camera();

CREATE TRIGGER cameras_tell_mobility AFTER UPDATE OF mobility ON public.cameras FOR EACH ROW WHEN (((old.mobility = 'ptz'::text) <> (new.mobility = 'ptz'::text))) EXECUTE FUNCTION public.tell_masks_changed_of_camera();

CREATE TRIGGER cameras_want_exposures AFTER UPDATE OF status ON public.cameras FOR EACH ROW WHEN ((old.status <> new.status)) EXECUTE FUNCTION public.want_exposures_of_camera();

CREATE TRIGGER cameras_window BEFORE INSERT OR UPDATE ON public.cameras FOR EACH ROW EXECUTE FUNCTION public.guard_camera_window();

CREATE TRIGGER complaint_events_guard BEFORE INSERT ON public.complaint_events FOR EACH ROW EXECUTE FUNCTION public.guard_complaint_event();

CREATE TRIGGER complaint_events_move AFTER INSERT ON public.complaint_events FOR EACH ROW EXECUTE FUNCTION public.move_complaint();

CREATE TRIGGER complaint_events_never_truncate BEFORE TRUNCATE ON public.complaint_events FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER complaint_events_only_grow BEFORE DELETE OR UPDATE ON public.complaint_events FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER complaint_messages_only_grow BEFORE DELETE OR UPDATE ON public.complaint_messages FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER complaint_notifications_only_grow BEFORE DELETE OR UPDATE ON public.complaint_notifications FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER complaint_papers_only_grow BEFORE DELETE OR UPDATE ON public.complaint_papers FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER complaint_parties_guard BEFORE DELETE OR UPDATE ON public.complaint_parties FOR EACH ROW EXECUTE FUNCTION public.guard_complaint_party();

CREATE TRIGGER complaint_parties_number BEFORE INSERT ON public.complaint_parties FOR EACH ROW EXECUTE FUNCTION public.number_complaint_party();

CREATE TRIGGER complaint_photos_only_grow BEFORE DELETE OR UPDATE ON public.complaint_photos FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER complaints_begin BEFORE INSERT ON public.complaints FOR EACH ROW EXECUTE FUNCTION public.begin_complaint();

CREATE TRIGGER complaints_never_truncate BEFORE TRUNCATE ON public.complaints FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER complaints_only_grow BEFORE DELETE OR UPDATE ON public.complaints FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER complaints_stand AFTER INSERT ON public.complaints FOR EACH ROW EXECUTE FUNCTION public.stand_complaint();

CREATE TRIGGER exposure_policies_announce AFTER UPDATE OF announced_at ON public.exposure_policies FOR EACH ROW WHEN (((old.announced_at IS NULL) AND (new.announced_at IS NOT NULL))) EXECUTE FUNCTION public.want_exposures_by_policy();

CREATE TRIGGER exposure_policies_guard BEFORE DELETE OR UPDATE ON public.exposure_policies FOR EACH ROW EXECUTE FUNCTION public.guard_policy();

CREATE TRIGGER exposure_policies_want_sweep AFTER INSERT ON public.exposure_policies FOR EACH ROW EXECUTE FUNCTION public.want_sweep_for_policy();

CREATE TRIGGER exposure_recomputations_begin AFTER INSERT ON public.exposure_recomputations FOR EACH ROW EXECUTE FUNCTION public.begin_exposure_recomputation();

CREATE TRIGGER exposure_runs_guard BEFORE UPDATE ON public.exposure_runs FOR EACH ROW EXECUTE FUNCTION public.guard_exposure_run();

CREATE CONSTRAINT TRIGGER exposure_runs_tell_homes AFTER INSERT ON public.exposure_runs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.tell_of_homes_of_aim();

CREATE TRIGGER exposures_only_grow BEFORE UPDATE ON public.exposures FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER finding_decisions_guard BEFORE INSERT ON public.finding_decisions FOR EACH ROW EXECUTE FUNCTION public.guard_finding_decision();

CREATE TRIGGER finding_decisions_only_grow BEFORE UPDATE ON public.finding_decisions FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER findings_end_scene AFTER UPDATE OF state ON public.findings FOR EACH ROW WHEN (((new.kind = 'scene-shift'::text) AND (old.state = 'open'::text) AND (new.state = 'decided'::text))) EXECUTE FUNCTION public.end_scene_of_decided_finding();

CREATE TRIGGER findings_guard BEFORE INSERT OR UPDATE ON public.findings FOR EACH ROW EXECUTE FUNCTION public.guard_finding();

CREATE TRIGGER jurisdiction_rules_guard BEFORE INSERT ON public.jurisdiction_rules FOR EACH ROW EXECUTE FUNCTION public.guard_jurisdiction_rules();

CREATE TRIGGER jurisdiction_rules_never_truncate BEFORE TRUNCATE ON public.jurisdiction_rules FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER jurisdiction_rules_only_grow BEFORE DELETE OR UPDATE ON public.jurisdiction_rules FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER log_state_never_truncate BEFORE TRUNCATE ON public.log_state FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER log_state_only_grows BEFORE UPDATE ON public.log_state FOR EACH ROW EXECUTE FUNCTION public.guard_log_state();

CREATE TRIGGER log_state_stays BEFORE DELETE ON public.log_state FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER mask_policies_guard BEFORE DELETE OR UPDATE ON public.mask_policies FOR EACH ROW EXECUTE FUNCTION public.guard_policy();

CREATE TRIGGER mask_sets_end_scene AFTER UPDATE OF state ON public.mask_sets FOR EACH ROW WHEN (((old.state = ANY (ARRAY['approved'::text, 'active'::text])) AND (new.state = 'retired'::text))) EXECUTE FUNCTION public.end_scene_of_changed_view();

CREATE TRIGGER mask_sets_guard BEFORE INSERT OR UPDATE ON public.mask_sets FOR EACH ROW EXECUTE FUNCTION public.guard_mask_set();

CREATE TRIGGER mask_sets_guard_calibration BEFORE UPDATE OF state ON public.mask_sets FOR EACH ROW WHEN (((old.state = 'proposed'::text) AND (new.state = 'approved'::text))) EXECUTE FUNCTION public.guard_masks_of_uncalibrated_aim();

CREATE TRIGGER mask_sets_guard_geometry BEFORE INSERT OR UPDATE ON public.mask_sets FOR EACH ROW EXECUTE FUNCTION public.guard_mask_set_from_geometry();

CREATE TRIGGER mask_sets_guard_life BEFORE INSERT OR UPDATE ON public.mask_sets FOR EACH ROW EXECUTE FUNCTION public.guard_mask_life();

CREATE CONSTRAINT TRIGGER mask_sets_keep_enforced AFTER UPDATE ON public.mask_sets DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.enforced_at IS NOT NULL) AND (old.state = 'proposed'::text) AND (new.state = 'retired'::text))) EXECUTE FUNCTION public.keep_enforced();

CREATE TRIGGER mask_sets_tell AFTER INSERT OR UPDATE ON public.mask_sets FOR EACH ROW EXECUTE FUNCTION public.tell_masks_changed();

CREATE TRIGGER mask_sets_want_exposures AFTER UPDATE OF state ON public.mask_sets FOR EACH ROW WHEN (((old.state = ANY (ARRAY['approved'::text, 'active'::text])) <> (new.state = ANY (ARRAY['approved'::text, 'active'::text])))) EXECUTE FUNCTION public.want_exposures_of_masked_aim();

CREATE TRIGGER monthly_reports_never_truncate BEFORE TRUNCATE ON public.monthly_reports FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER monthly_reports_only_grow BEFORE DELETE OR UPDATE ON public.monthly_reports FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER notices_only_grow BEFORE UPDATE ON public.notices FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER outbox_tell AFTER INSERT ON public.outbox FOR EACH STATEMENT EXECUTE FUNCTION public.tell_outbox();

CREATE TRIGGER persons_stay_erased BEFORE DELETE OR UPDATE ON public.persons FOR EACH ROW EXECUTE FUNCTION public.guard_erased_person();

CREATE TRIGGER record_leaves_never_truncate BEFORE TRUNCATE ON public.record_leaves FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER record_leaves_only_grow BEFORE DELETE OR UPDATE ON public.record_leaves FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER records_never_truncate BEFORE TRUNCATE ON public.records FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER records_only_grow BEFORE DELETE OR UPDATE ON public.records FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER scene_references_guard BEFORE UPDATE ON public.scene_references FOR EACH ROW EXECUTE FUNCTION public.guard_scene_reference();

CREATE TRIGGER viewings_guard BEFORE DELETE OR UPDATE ON public.viewings FOR EACH ROW EXECUTE FUNCTION public.guard_viewing();

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(id);

ALTER TABLE ONLY public.aims
    ADD CONSTRAINT aims_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.auditor_tokens
    ADD CONSTRAINT auditor_tokens_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.camera_devices
    ADD CONSTRAINT camera_devices_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.camera_health
    ADD CONSTRAINT camera_health_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.camera_ptz
    ADD CONSTRAINT camera_ptz_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.camera_ptz
    ADD CONSTRAINT camera_ptz_of_its_cameras_aim FOREIGN KEY (aim_id, camera_id) REFERENCES public.aims(id, camera_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.camera_streams
    ADD CONSTRAINT camera_streams_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.complaint_events
    ADD CONSTRAINT complaint_event_paper_of_case FOREIGN KEY (paper_id, complaint_id) REFERENCES public.complaint_papers(id, complaint_id);

ALTER TABLE ONLY public.complaint_events
    ADD CONSTRAINT complaint_events_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.complaint_events
    ADD CONSTRAINT complaint_events_complaint_id_fkey FOREIGN KEY (complaint_id) REFERENCES public.complaints(id);

ALTER TABLE ONLY public.complaint_events
    ADD CONSTRAINT complaint_events_forwarded_to_fkey FOREIGN KEY (forwarded_to) REFERENCES public.jurisdictions(path);

ALTER TABLE ONLY public.complaint_events
    ADD CONSTRAINT complaint_events_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.complaint_parties(id);

ALTER TABLE ONLY public.complaint_events
    ADD CONSTRAINT complaint_events_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(id);

ALTER TABLE ONLY public.complaint_identities
    ADD CONSTRAINT complaint_identities_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.complaint_parties(id);

ALTER TABLE ONLY public.complaint_messages
    ADD CONSTRAINT complaint_messages_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.complaint_messages
    ADD CONSTRAINT complaint_messages_complaint_id_fkey FOREIGN KEY (complaint_id) REFERENCES public.complaints(id);

ALTER TABLE ONLY public.complaint_messages
    ADD CONSTRAINT complaint_messages_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.complaint_parties(id);

ALTER TABLE ONLY public.complaint_notifications
    ADD CONSTRAINT complaint_notifications_complaint_id_fkey FOREIGN KEY (complaint_id) REFERENCES public.complaints(id);

ALTER TABLE ONLY public.complaint_papers
    ADD CONSTRAINT complaint_papers_complaint_id_fkey FOREIGN KEY (complaint_id) REFERENCES public.complaints(id);

ALTER TABLE ONLY public.complaint_parties
    ADD CONSTRAINT complaint_parties_complaint_id_fkey FOREIGN KEY (complaint_id) REFERENCES public.complaints(id);

ALTER TABLE ONLY public.complaint_photos
    ADD CONSTRAINT complaint_photos_complaint_id_fkey FOREIGN KEY (complaint_id) REFERENCES public.complaints(id);

ALTER TABLE ONLY public.complaint_photos
    ADD CONSTRAINT complaint_photos_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.complaint_parties(id);

ALTER TABLE ONLY public.complaint_standings
    ADD CONSTRAINT complaint_standings_complaint_id_fkey FOREIGN KEY (complaint_id) REFERENCES public.complaints(id);

ALTER TABLE ONLY public.complaints
    ADD CONSTRAINT complaints_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id);

ALTER TABLE ONLY public.complaints
    ADD CONSTRAINT complaints_jurisdiction_fkey FOREIGN KEY (jurisdiction) REFERENCES public.jurisdictions(path);

ALTER TABLE ONLY public.exposure_recomputations
    ADD CONSTRAINT exposure_recomputations_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.exposure_runs
    ADD CONSTRAINT exposure_run_of_its_cameras_aim FOREIGN KEY (aim_id, camera_id) REFERENCES public.aims(id, camera_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.exposure_runs
    ADD CONSTRAINT exposure_runs_policy_version_fkey FOREIGN KEY (policy_version) REFERENCES public.exposure_policies(version);

ALTER TABLE ONLY public.exposure_work
    ADD CONSTRAINT exposure_work_aim_id_fkey FOREIGN KEY (aim_id) REFERENCES public.aims(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.exposure_work
    ADD CONSTRAINT exposure_work_recomputation_id_fkey FOREIGN KEY (recomputation_id) REFERENCES public.exposure_recomputations(id);

ALTER TABLE ONLY public.exposures
    ADD CONSTRAINT exposures_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.exposure_runs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.finding_decisions
    ADD CONSTRAINT finding_decisions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.finding_decisions
    ADD CONSTRAINT finding_decisions_finding_id_fkey FOREIGN KEY (finding_id) REFERENCES public.findings(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.finding_decisions
    ADD CONSTRAINT finding_decisions_mask_set_id_fkey FOREIGN KEY (mask_set_id) REFERENCES public.mask_sets(id);

ALTER TABLE ONLY public.finding_decisions
    ADD CONSTRAINT finding_decisions_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(id);

ALTER TABLE ONLY public.finding_decisions
    ADD CONSTRAINT finding_decisions_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.exposure_runs(id);

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT finding_of_its_cameras_aim FOREIGN KEY (aim_id, camera_id) REFERENCES public.aims(id, camera_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_closed_by_run_id_fkey FOREIGN KEY (closed_by_run_id) REFERENCES public.exposure_runs(id);

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_mask_set_id_fkey FOREIGN KEY (mask_set_id) REFERENCES public.mask_sets(id);

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_policy_version_fkey FOREIGN KEY (policy_version) REFERENCES public.exposure_policies(version);

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.exposure_runs(id);

ALTER TABLE ONLY public.cameras
    ADD CONSTRAINT jurisdiction_not_found FOREIGN KEY (jurisdiction) REFERENCES public.jurisdictions(path);

ALTER TABLE ONLY public.jurisdiction_rules
    ADD CONSTRAINT jurisdiction_rules_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.jurisdiction_rules
    ADD CONSTRAINT jurisdiction_rules_jurisdiction_fkey FOREIGN KEY (jurisdiction) REFERENCES public.jurisdictions(path);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_set_of_its_cameras_aim FOREIGN KEY (aim_id, camera_id) REFERENCES public.aims(id, camera_id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_author_person_id_fkey FOREIGN KEY (author_person_id) REFERENCES public.persons(id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_compared_with_id_fkey FOREIGN KEY (compared_with_id) REFERENCES public.mask_sets(id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_decider_person_id_fkey FOREIGN KEY (decider_person_id) REFERENCES public.persons(id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_extends_id_fkey FOREIGN KEY (extends_id) REFERENCES public.mask_sets(id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_renews_id_fkey FOREIGN KEY (renews_id) REFERENCES public.mask_sets(id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.exposure_runs(id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_jurisdiction_fkey FOREIGN KEY (jurisdiction) REFERENCES public.jurisdictions(path);

ALTER TABLE ONLY public.open311_keys
    ADD CONSTRAINT open311_keys_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.scene_references
    ADD CONSTRAINT scene_reference_of_its_cameras_aim FOREIGN KEY (aim_id, camera_id) REFERENCES public.aims(id, camera_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.scene_references
    ADD CONSTRAINT scene_references_mask_set_id_fkey FOREIGN KEY (mask_set_id) REFERENCES public.mask_sets(id);

ALTER TABLE ONLY public.told_cameras
    ADD CONSTRAINT told_cameras_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.told_homes
    ADD CONSTRAINT told_homes_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.told_cameras(camera_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.viewings
    ADD CONSTRAINT viewings_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.viewings
    ADD CONSTRAINT viewings_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id);

ALTER TABLE ONLY public.viewings
    ADD CONSTRAINT viewings_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.persons(id);

ALTER TABLE ONLY public.viewings
    ADD CONSTRAINT viewings_record_seq_fkey FOREIGN KEY (record_seq) REFERENCES public.records(seq);

ALTER TABLE public.aims ENABLE ROW LEVEL SECURITY;

CREATE POLICY aims_by_camera ON public.aims TO louver_api USING ((EXISTS ( SELECT
   FROM public.cameras
  WHERE (cameras.id = aims.camera_id))));

CREATE POLICY aims_for_worker ON public.aims FOR SELECT TO louver_worker USING (true);

CREATE POLICY aims_locked_by_worker ON public.aims FOR UPDATE TO louver_worker USING (true) WITH CHECK (false);

ALTER TABLE public.camera_devices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.camera_health ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.camera_ptz ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.camera_streams ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cameras ENABLE ROW LEVEL SECURITY;

CREATE POLICY cameras_by_jurisdiction ON public.cameras TO louver_api USING ((jurisdiction OPERATOR(public.<@) ( SELECT public.actor_jurisdictions() AS actor_jurisdictions))) WITH CHECK ((jurisdiction OPERATOR(public.<@) ( SELECT public.actor_jurisdictions() AS actor_jurisdictions)));

CREATE POLICY cameras_for_worker ON public.cameras FOR SELECT TO louver_worker USING (true);

ALTER TABLE public.complaint_events ENABLE ROW LEVEL SECURITY;

CREATE POLICY complaint_events_for_worker ON public.complaint_events TO louver_worker USING (true);

CREATE POLICY complaint_events_seen ON public.complaint_events FOR SELECT TO louver_api USING ((EXISTS ( SELECT
   FROM public.complaints c
  WHERE (c.id = complaint_events.complaint_id))));

CREATE POLICY complaint_events_written ON public.complaint_events FOR INSERT TO louver_api WITH CHECK (true);

ALTER TABLE public.complaint_identities ENABLE ROW LEVEL SECURITY;

CREATE POLICY complaint_identities_asked ON public.complaint_identities FOR SELECT TO louver_api USING ((EXISTS ( SELECT
   FROM (public.complaint_parties p
     JOIN public.complaint_events e ON ((e.complaint_id = p.complaint_id)))
  WHERE ((p.id = complaint_identities.party_id) AND (e.kind = 'identified'::text) AND (e.party_id = p.id) AND ((e.xmin)::text = ((pg_current_xact_id())::xid)::text)))));

CREATE POLICY complaint_identities_filed ON public.complaint_identities FOR INSERT TO louver_api WITH CHECK (true);

ALTER TABLE public.complaint_messages ENABLE ROW LEVEL SECURITY;

CREATE POLICY complaint_messages_seen ON public.complaint_messages TO louver_api USING ((EXISTS ( SELECT
   FROM public.complaints c
  WHERE (c.id = complaint_messages.complaint_id)))) WITH CHECK (true);

ALTER TABLE public.complaint_notifications ENABLE ROW LEVEL SECURITY;

CREATE POLICY complaint_notifications_for_worker ON public.complaint_notifications TO louver_worker USING (true);

CREATE POLICY complaint_notifications_seen ON public.complaint_notifications FOR SELECT TO louver_api USING ((EXISTS ( SELECT
   FROM public.complaints c
  WHERE (c.id = complaint_notifications.complaint_id))));

CREATE POLICY complaint_notifications_told ON public.complaint_notifications FOR INSERT TO louver_api WITH CHECK (true);

ALTER TABLE public.complaint_papers ENABLE ROW LEVEL SECURITY;

CREATE POLICY complaint_papers_for_worker ON public.complaint_papers FOR SELECT TO louver_worker USING (true);

CREATE POLICY complaint_papers_seen ON public.complaint_papers TO louver_api USING ((EXISTS ( SELECT
   FROM public.complaints c
  WHERE (c.id = complaint_papers.complaint_id)))) WITH CHECK (true);

ALTER TABLE public.complaint_parties ENABLE ROW LEVEL SECURITY;

CREATE POLICY complaint_parties_filed ON public.complaint_parties FOR INSERT TO louver_api WITH CHECK (true);

CREATE POLICY complaint_parties_leave ON public.complaint_parties FOR UPDATE TO louver_api USING ((complaint_id = ( SELECT public.actor_case() AS actor_case)));

CREATE POLICY complaint_parties_seen ON public.complaint_parties FOR SELECT TO louver_api USING ((EXISTS ( SELECT
   FROM public.complaints c
  WHERE (c.id = complaint_parties.complaint_id))));

ALTER TABLE public.complaint_photos ENABLE ROW LEVEL SECURITY;

CREATE POLICY complaint_photos_seen ON public.complaint_photos TO louver_api USING ((EXISTS ( SELECT
   FROM public.complaints c
  WHERE (c.id = complaint_photos.complaint_id)))) WITH CHECK (true);

ALTER TABLE public.complaints ENABLE ROW LEVEL SECURITY;

CREATE POLICY complaints_filed ON public.complaints FOR INSERT TO louver_api WITH CHECK (true);

CREATE POLICY complaints_for_worker ON public.complaints FOR SELECT TO louver_worker USING (true);

CREATE POLICY complaints_seen ON public.complaints FOR SELECT TO louver_api USING (((jurisdiction OPERATOR(public.<@) ( SELECT public.actor_jurisdictions() AS actor_jurisdictions)) OR (id = ( SELECT public.actor_case() AS actor_case)) OR (EXISTS ( SELECT
   FROM public.complaint_standings s
  WHERE ((s.complaint_id = complaints.id) AND (s.handler OPERATOR(public.<@) ( SELECT public.actor_jurisdictions() AS actor_jurisdictions)))))));

CREATE POLICY devices_by_camera ON public.camera_devices TO louver_api USING ((EXISTS ( SELECT
   FROM public.cameras
  WHERE (cameras.id = camera_devices.camera_id))));

CREATE POLICY devices_for_worker ON public.camera_devices TO louver_worker USING (true);

ALTER TABLE public.exposure_runs ENABLE ROW LEVEL SECURITY;

CREATE POLICY exposure_runs_by_camera ON public.exposure_runs FOR SELECT TO louver_api USING ((EXISTS ( SELECT
   FROM public.cameras
  WHERE (cameras.id = exposure_runs.camera_id))));

CREATE POLICY exposure_runs_for_worker ON public.exposure_runs TO louver_worker USING (true);

ALTER TABLE public.exposures ENABLE ROW LEVEL SECURITY;

CREATE POLICY exposures_by_run ON public.exposures FOR SELECT TO louver_api USING ((EXISTS ( SELECT
   FROM public.exposure_runs
  WHERE (exposure_runs.id = exposures.run_id))));

CREATE POLICY exposures_for_worker ON public.exposures TO louver_worker USING (true);

ALTER TABLE public.finding_decisions ENABLE ROW LEVEL SECURITY;

CREATE POLICY finding_decisions_by_finding ON public.finding_decisions TO louver_api USING ((EXISTS ( SELECT
   FROM public.findings
  WHERE (findings.id = finding_decisions.finding_id))));

CREATE POLICY finding_decisions_for_worker ON public.finding_decisions FOR SELECT TO louver_worker USING (true);

ALTER TABLE public.findings ENABLE ROW LEVEL SECURITY;

CREATE POLICY findings_by_camera ON public.findings TO louver_api USING ((EXISTS ( SELECT
   FROM public.cameras
  WHERE (cameras.id = findings.camera_id))));

CREATE POLICY findings_for_worker ON public.findings TO louver_worker USING (true);

CREATE POLICY health_by_camera ON public.camera_health FOR SELECT TO louver_api USING ((EXISTS ( SELECT
   FROM public.cameras
  WHERE (cameras.id = camera_health.camera_id))));

CREATE POLICY health_for_worker ON public.camera_health TO louver_worker USING (true);

ALTER TABLE public.mask_sets ENABLE ROW LEVEL SECURITY;

CREATE POLICY mask_sets_by_camera ON public.mask_sets TO louver_api USING ((EXISTS ( SELECT
   FROM public.cameras
  WHERE (cameras.id = mask_sets.camera_id))));

CREATE POLICY mask_sets_for_worker ON public.mask_sets TO louver_worker USING (true);

CREATE POLICY ptz_by_camera ON public.camera_ptz FOR SELECT TO louver_api USING ((EXISTS ( SELECT
   FROM public.cameras
  WHERE (cameras.id = camera_ptz.camera_id))));

CREATE POLICY ptz_for_worker ON public.camera_ptz TO louver_worker USING (true);

ALTER TABLE public.records ENABLE ROW LEVEL SECURITY;

CREATE POLICY records_by_jurisdiction ON public.records FOR SELECT TO louver_api USING (((jurisdiction IS NULL) OR (jurisdiction OPERATOR(public.<@) ( SELECT public.actor_jurisdictions() AS actor_jurisdictions)) OR (xact = ( SELECT pg_current_xact_id_if_assigned() AS pg_current_xact_id_if_assigned))));

CREATE POLICY records_for_sealer ON public.records FOR SELECT TO louver_sealer USING (true);

CREATE POLICY records_for_worker ON public.records FOR SELECT TO louver_worker USING (true);

CREATE POLICY records_insert ON public.records FOR INSERT TO louver_api, louver_worker WITH CHECK (true);

ALTER TABLE public.scene_references ENABLE ROW LEVEL SECURITY;

CREATE POLICY scene_references_by_camera ON public.scene_references FOR SELECT TO louver_api USING ((EXISTS ( SELECT
   FROM public.cameras
  WHERE (cameras.id = scene_references.camera_id))));

CREATE POLICY scene_references_for_worker ON public.scene_references TO louver_worker USING (true);

CREATE POLICY streams_by_camera ON public.camera_streams TO louver_api USING ((EXISTS ( SELECT
   FROM public.cameras
  WHERE (cameras.id = camera_streams.camera_id))));

CREATE POLICY streams_for_worker ON public.camera_streams FOR SELECT TO louver_worker USING (true);

ALTER TABLE public.viewings ENABLE ROW LEVEL SECURITY;

CREATE POLICY viewings_by_jurisdiction ON public.viewings TO louver_api USING ((jurisdiction OPERATOR(public.<@) ( SELECT public.actor_jurisdictions() AS actor_jurisdictions)));

CREATE POLICY viewings_for_worker ON public.viewings TO louver_worker USING (true);

REVOKE ALL ON FUNCTION public.actor_case() FROM PUBLIC;
GRANT ALL ON FUNCTION public.actor_case() TO louver_api;
GRANT ALL ON FUNCTION public.actor_case() TO louver_worker;

REVOKE ALL ON FUNCTION public.begin_complaint() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.begin_exposure_recomputation() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.begin_telling_of_homes() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.body_above(body public.ltree) FROM PUBLIC;
GRANT ALL ON FUNCTION public.body_above(body public.ltree) TO louver_api;
GRANT ALL ON FUNCTION public.body_above(body public.ltree) TO louver_worker;

REVOKE ALL ON FUNCTION public.complaint_figures() FROM PUBLIC;
GRANT ALL ON FUNCTION public.complaint_figures() TO louver_api;

REVOKE ALL ON FUNCTION public.complaint_file_given_out(complaint uuid, file uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.complaint_file_given_out(complaint uuid, file uuid) TO louver_api;

REVOKE ALL ON FUNCTION public.complaint_target(camera uuid, lon double precision, lat double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION public.complaint_target(camera uuid, lon double precision, lat double precision) TO louver_api;

REVOKE ALL ON FUNCTION public.complaint_to_join(wanted text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.complaint_to_join(wanted text) TO louver_api;

REVOKE ALL ON FUNCTION public.complaints_near(wanted_kind text, camera uuid, lon double precision, lat double precision, metres double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION public.complaints_near(wanted_kind text, camera uuid, lon double precision, lat double precision, metres double precision) TO louver_api;

REVOKE ALL ON FUNCTION public.end_scene_of_changed_view() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.end_scene_of_decided_finding() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.fixed_refused(wanted uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.fixed_refused(wanted uuid) TO louver_api;

REVOKE ALL ON FUNCTION public.guard_auditor_token() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_camera_window() FROM PUBLIC;

GRANT SELECT ON TABLE public.complaint_events TO louver_api;
GRANT SELECT ON TABLE public.complaint_events TO louver_worker;

GRANT INSERT(id) ON TABLE public.complaint_events TO louver_api;
GRANT INSERT(id) ON TABLE public.complaint_events TO louver_worker;

GRANT INSERT(complaint_id) ON TABLE public.complaint_events TO louver_api;
GRANT INSERT(complaint_id) ON TABLE public.complaint_events TO louver_worker;

GRANT INSERT(kind) ON TABLE public.complaint_events TO louver_api;
GRANT INSERT(kind) ON TABLE public.complaint_events TO louver_worker;

GRANT INSERT(at) ON TABLE public.complaint_events TO louver_api;
GRANT INSERT(at) ON TABLE public.complaint_events TO louver_worker;

GRANT INSERT(account_id) ON TABLE public.complaint_events TO louver_api;
GRANT INSERT(account_id) ON TABLE public.complaint_events TO louver_worker;

GRANT INSERT(party_id) ON TABLE public.complaint_events TO louver_api;
GRANT INSERT(party_id) ON TABLE public.complaint_events TO louver_worker;

GRANT INSERT(paper_id) ON TABLE public.complaint_events TO louver_api;
GRANT INSERT(paper_id) ON TABLE public.complaint_events TO louver_worker;

GRANT INSERT(reason) ON TABLE public.complaint_events TO louver_api;
GRANT INSERT(reason) ON TABLE public.complaint_events TO louver_worker;

GRANT INSERT(outcome) ON TABLE public.complaint_events TO louver_api;
GRANT INSERT(outcome) ON TABLE public.complaint_events TO louver_worker;

GRANT INSERT(amount) ON TABLE public.complaint_events TO louver_api;
GRANT INSERT(amount) ON TABLE public.complaint_events TO louver_worker;

GRANT INSERT(forwarded_to) ON TABLE public.complaint_events TO louver_api;
GRANT INSERT(forwarded_to) ON TABLE public.complaint_events TO louver_worker;

GRANT INSERT(clock) ON TABLE public.complaint_events TO louver_api;
GRANT INSERT(clock) ON TABLE public.complaint_events TO louver_worker;

GRANT INSERT(due) ON TABLE public.complaint_events TO louver_api;
GRANT INSERT(due) ON TABLE public.complaint_events TO louver_worker;

GRANT INSERT(consequences) ON TABLE public.complaint_events TO louver_api;
GRANT INSERT(consequences) ON TABLE public.complaint_events TO louver_worker;

GRANT SELECT ON TABLE public.complaint_standings TO louver_api;
GRANT SELECT ON TABLE public.complaint_standings TO louver_worker;

GRANT UPDATE(stage) ON TABLE public.complaint_standings TO louver_api;
GRANT UPDATE(stage) ON TABLE public.complaint_standings TO louver_worker;

GRANT UPDATE(next_due) ON TABLE public.complaint_standings TO louver_api;
GRANT UPDATE(next_due) ON TABLE public.complaint_standings TO louver_worker;

GRANT UPDATE(late) ON TABLE public.complaint_standings TO louver_api;
GRANT UPDATE(late) ON TABLE public.complaint_standings TO louver_worker;

GRANT UPDATE(is_over) ON TABLE public.complaint_standings TO louver_api;
GRANT UPDATE(is_over) ON TABLE public.complaint_standings TO louver_worker;

GRANT UPDATE(computed_for) ON TABLE public.complaint_standings TO louver_api;
GRANT UPDATE(computed_for) ON TABLE public.complaint_standings TO louver_worker;

GRANT UPDATE(late_since) ON TABLE public.complaint_standings TO louver_api;
GRANT UPDATE(late_since) ON TABLE public.complaint_standings TO louver_worker;

REVOKE ALL ON FUNCTION public.guard_case_actor(event public.complaint_events, standing public.complaint_standings) FROM PUBLIC;

GRANT USAGE ON SEQUENCE public.complaint_reference TO louver_api;

GRANT SELECT ON TABLE public.complaints TO louver_api;
GRANT SELECT ON TABLE public.complaints TO louver_worker;

GRANT INSERT(id) ON TABLE public.complaints TO louver_api;

GRANT INSERT(kind) ON TABLE public.complaints TO louver_api;

GRANT INSERT(form) ON TABLE public.complaints TO louver_api;

GRANT INSERT(procedure) ON TABLE public.complaints TO louver_api;

GRANT INSERT(rules) ON TABLE public.complaints TO louver_api;

GRANT INSERT(jurisdiction) ON TABLE public.complaints TO louver_api;

GRANT INSERT(camera_id) ON TABLE public.complaints TO louver_api;

GRANT INSERT(place) ON TABLE public.complaints TO louver_api;

GRANT INSERT(home_id) ON TABLE public.complaints TO louver_api;

GRANT INSERT(request) ON TABLE public.complaints TO louver_api;

GRANT INSERT(source) ON TABLE public.complaints TO louver_api;

GRANT INSERT(filed_at) ON TABLE public.complaints TO louver_api;

REVOKE ALL ON FUNCTION public.guard_case_order(event public.complaint_events, standing public.complaint_standings, the_case public.complaints) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_complaint_event() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_complaint_party() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_erased_person() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_exposure_run() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_finding() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_finding_decision() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_jurisdiction_rules() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_log_state() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_mask_life() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_mask_set() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_mask_set_from_geometry() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_masks_of_uncalibrated_aim() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_policy() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_retired_aim() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_scene_reference() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_viewing() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.home_is_covered(home uuid, aim uuid, since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.home_is_covered(home uuid, aim uuid, since timestamp with time zone) TO louver_api;

REVOKE ALL ON FUNCTION public.home_sights(home uuid, camera uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.home_sights(home uuid, camera uuid) TO louver_api;

REVOKE ALL ON FUNCTION public.homes_in_sight(camera uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.is_elsewhere(was public.geometry, now_at public.geometry) FROM PUBLIC;

GRANT SELECT,INSERT,UPDATE ON TABLE public.cameras TO louver_api;
GRANT SELECT ON TABLE public.cameras TO louver_worker;

REVOKE ALL ON FUNCTION public.is_planned_anew(was public.cameras, now_is public.cameras) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_enforced() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.local_today() FROM PUBLIC;
GRANT ALL ON FUNCTION public.local_today() TO louver_api;

REVOKE ALL ON FUNCTION public.looked_further(basis jsonb, aim uuid, run uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.measured_for_fixed(the_case public.complaints) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.move_complaint() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.number_complaint_party() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.public_homes(box public.geometry) FROM PUBLIC;
GRANT ALL ON FUNCTION public.public_homes(box public.geometry) TO louver_api;

REVOKE ALL ON FUNCTION public.public_homes_version() FROM PUBLIC;
GRANT ALL ON FUNCTION public.public_homes_version() TO louver_api;

REVOKE ALL ON FUNCTION public.put_exposure_work(wanted uuid[], why text, batch bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_case(why text, slug text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.retire_masks_of_changed_aim() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.retire_masks_of_changed_stream() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.retire_masks_of_moved_camera() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.rules_of(place public.ltree) FROM PUBLIC;
GRANT ALL ON FUNCTION public.rules_of(place public.ltree) TO louver_api;

REVOKE ALL ON FUNCTION public.stand_complaint() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_masks_changed() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_masks_changed_of_camera() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_of_cameras(kinds text[], ids uuid[], announced boolean[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_of_changed_cameras() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_of_entered_cameras() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_of_homes(camera uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_of_homes_of_aim() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_of_homes_of_camera() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_outbox() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures(wanted uuid[], why text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_by_policy() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_of_camera() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_of_changed_aims() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_of_changed_buildings() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_of_made_aims() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_of_made_buildings() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_of_masked_aim() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_of_retired_aim() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_of_stream() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_sweep_for_policy() FROM PUBLIC;

GRANT SELECT ON TABLE public.accounts TO louver_api;

GRANT SELECT(id) ON TABLE public.accounts TO louver_worker;

GRANT SELECT(person_id) ON TABLE public.accounts TO louver_worker;

GRANT SELECT(role) ON TABLE public.accounts TO louver_worker;

GRANT SELECT(jurisdictions) ON TABLE public.accounts TO louver_worker;

GRANT SELECT(disabled_at) ON TABLE public.accounts TO louver_worker;

GRANT SELECT,INSERT ON TABLE public.aims TO louver_api;
GRANT SELECT ON TABLE public.aims TO louver_worker;

GRANT UPDATE(name) ON TABLE public.aims TO louver_api;

GRANT UPDATE("position") ON TABLE public.aims TO louver_api;

GRANT UPDATE(height_m) ON TABLE public.aims TO louver_api;

GRANT UPDATE(heading_deg) ON TABLE public.aims TO louver_api;

GRANT UPDATE(tilt_deg) ON TABLE public.aims TO louver_api;

GRANT UPDATE(roll_deg) ON TABLE public.aims TO louver_api;

GRANT UPDATE(hfov_deg) ON TABLE public.aims TO louver_api;

GRANT UPDATE(frame_width) ON TABLE public.aims TO louver_api;

GRANT UPDATE(frame_height) ON TABLE public.aims TO louver_api;

GRANT UPDATE(range_m) ON TABLE public.aims TO louver_api;

GRANT UPDATE(updated_at) ON TABLE public.aims TO louver_api;
GRANT UPDATE(updated_at) ON TABLE public.aims TO louver_worker;

GRANT UPDATE(preset_token) ON TABLE public.aims TO louver_api;

GRANT UPDATE(preset_pan) ON TABLE public.aims TO louver_api;

GRANT UPDATE(preset_tilt) ON TABLE public.aims TO louver_api;

GRANT UPDATE(preset_zoom) ON TABLE public.aims TO louver_api;

GRANT UPDATE(retired_at) ON TABLE public.aims TO louver_api;

GRANT UPDATE(calibration) ON TABLE public.aims TO louver_api;

GRANT UPDATE(k1) ON TABLE public.aims TO louver_api;

GRANT UPDATE(k2) ON TABLE public.aims TO louver_api;

GRANT SELECT,INSERT,UPDATE ON TABLE public.areas TO louver_api;
GRANT SELECT ON TABLE public.areas TO louver_worker;

GRANT SELECT ON TABLE public.auditor_tokens TO louver_api;

GRANT INSERT(account_id) ON TABLE public.auditor_tokens TO louver_api;

GRANT INSERT(label) ON TABLE public.auditor_tokens TO louver_api;

GRANT INSERT(scope) ON TABLE public.auditor_tokens TO louver_api;

GRANT INSERT(token_sha256) ON TABLE public.auditor_tokens TO louver_api;

GRANT INSERT(expires_at) ON TABLE public.auditor_tokens TO louver_api;

GRANT UPDATE(revoked_at) ON TABLE public.auditor_tokens TO louver_api;

GRANT SELECT,INSERT,UPDATE ON TABLE public.buildings TO louver_api;
GRANT SELECT ON TABLE public.buildings TO louver_worker;

GRANT DELETE ON TABLE public.camera_devices TO louver_api;
GRANT SELECT ON TABLE public.camera_devices TO louver_worker;

GRANT SELECT(camera_id),INSERT(camera_id) ON TABLE public.camera_devices TO louver_api;

GRANT INSERT(sealed),UPDATE(sealed) ON TABLE public.camera_devices TO louver_api;

GRANT SELECT(masks_wanted),UPDATE(masks_wanted) ON TABLE public.camera_devices TO louver_api;

GRANT SELECT(updated_at),UPDATE(updated_at) ON TABLE public.camera_devices TO louver_api;

GRANT SELECT(masks_able) ON TABLE public.camera_devices TO louver_api;
GRANT UPDATE(masks_able) ON TABLE public.camera_devices TO louver_worker;

GRANT SELECT(masks_state) ON TABLE public.camera_devices TO louver_api;
GRANT UPDATE(masks_state) ON TABLE public.camera_devices TO louver_worker;

GRANT SELECT(masks_reason) ON TABLE public.camera_devices TO louver_api;
GRANT UPDATE(masks_reason) ON TABLE public.camera_devices TO louver_worker;

GRANT SELECT(masks_since) ON TABLE public.camera_devices TO louver_api;
GRANT UPDATE(masks_since) ON TABLE public.camera_devices TO louver_worker;

GRANT UPDATE(mask_tokens) ON TABLE public.camera_devices TO louver_worker;

GRANT SELECT ON TABLE public.camera_health TO louver_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.camera_health TO louver_worker;

GRANT SELECT ON TABLE public.camera_ptz TO louver_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.camera_ptz TO louver_worker;

GRANT INSERT,DELETE ON TABLE public.camera_streams TO louver_api;
GRANT SELECT ON TABLE public.camera_streams TO louver_worker;

GRANT SELECT(camera_id) ON TABLE public.camera_streams TO louver_api;

GRANT UPDATE(sealed) ON TABLE public.camera_streams TO louver_api;

GRANT UPDATE(address_mac) ON TABLE public.camera_streams TO louver_api;

GRANT SELECT(updated_at),UPDATE(updated_at) ON TABLE public.camera_streams TO louver_api;

GRANT SELECT ON TABLE public.complaint_histories TO louver_api;
GRANT SELECT ON TABLE public.complaint_histories TO louver_worker;

GRANT SELECT,INSERT ON TABLE public.complaint_identities TO louver_api;

GRANT SELECT,INSERT ON TABLE public.complaint_messages TO louver_api;

GRANT SELECT ON TABLE public.complaint_notifications TO louver_api;
GRANT SELECT ON TABLE public.complaint_notifications TO louver_worker;

GRANT INSERT(complaint_id) ON TABLE public.complaint_notifications TO louver_api;
GRANT INSERT(complaint_id) ON TABLE public.complaint_notifications TO louver_worker;

GRANT INSERT(clock) ON TABLE public.complaint_notifications TO louver_api;
GRANT INSERT(clock) ON TABLE public.complaint_notifications TO louver_worker;

GRANT INSERT(due) ON TABLE public.complaint_notifications TO louver_api;
GRANT INSERT(due) ON TABLE public.complaint_notifications TO louver_worker;

GRANT INSERT(audience) ON TABLE public.complaint_notifications TO louver_api;
GRANT INSERT(audience) ON TABLE public.complaint_notifications TO louver_worker;

GRANT INSERT(body) ON TABLE public.complaint_notifications TO louver_api;
GRANT INSERT(body) ON TABLE public.complaint_notifications TO louver_worker;

GRANT SELECT,INSERT ON TABLE public.complaint_papers TO louver_api;

GRANT SELECT(id) ON TABLE public.complaint_papers TO louver_worker;

GRANT SELECT(complaint_id) ON TABLE public.complaint_papers TO louver_worker;

GRANT SELECT(number) ON TABLE public.complaint_papers TO louver_worker;

GRANT SELECT ON TABLE public.complaint_parties TO louver_api;

GRANT INSERT(id) ON TABLE public.complaint_parties TO louver_api;

GRANT INSERT(complaint_id) ON TABLE public.complaint_parties TO louver_api;

GRANT INSERT(named) ON TABLE public.complaint_parties TO louver_api;

GRANT INSERT(language) ON TABLE public.complaint_parties TO louver_api;

GRANT INSERT(text) ON TABLE public.complaint_parties TO louver_api;

GRANT INSERT(code_mac) ON TABLE public.complaint_parties TO louver_api;

GRANT INSERT(form_mac) ON TABLE public.complaint_parties TO louver_api;

GRANT INSERT(joined_at) ON TABLE public.complaint_parties TO louver_api;

GRANT UPDATE(left_at) ON TABLE public.complaint_parties TO louver_api;

GRANT SELECT,INSERT ON TABLE public.complaint_photos TO louver_api;

GRANT SELECT ON TABLE public.current_figures TO louver_api;
GRANT SELECT,INSERT,UPDATE ON TABLE public.current_figures TO louver_worker;

GRANT SELECT ON TABLE public.exposure_policies TO louver_api;
GRANT SELECT ON TABLE public.exposure_policies TO louver_worker;

GRANT UPDATE(announced_at) ON TABLE public.exposure_policies TO louver_worker;

GRANT SELECT ON TABLE public.exposure_recomputations TO louver_api;
GRANT SELECT ON TABLE public.exposure_recomputations TO louver_worker;

GRANT INSERT(reason) ON TABLE public.exposure_recomputations TO louver_api;

GRANT INSERT(account_id) ON TABLE public.exposure_recomputations TO louver_api;

GRANT INSERT(jurisdictions) ON TABLE public.exposure_recomputations TO louver_api;

GRANT UPDATE(finished_at) ON TABLE public.exposure_recomputations TO louver_worker;

GRANT SELECT ON TABLE public.exposure_runs TO louver_api;
GRANT SELECT,INSERT ON TABLE public.exposure_runs TO louver_worker;

GRANT UPDATE(superseded_at) ON TABLE public.exposure_runs TO louver_worker;

GRANT SELECT ON TABLE public.exposure_work TO louver_api;
GRANT SELECT,DELETE ON TABLE public.exposure_work TO louver_worker;

GRANT UPDATE(queued_at) ON TABLE public.exposure_work TO louver_worker;

GRANT UPDATE(claimed_at) ON TABLE public.exposure_work TO louver_worker;

GRANT SELECT ON TABLE public.exposures TO louver_api;
GRANT SELECT,INSERT ON TABLE public.exposures TO louver_worker;

GRANT SELECT ON TABLE public.finding_decisions TO louver_api;
GRANT SELECT ON TABLE public.finding_decisions TO louver_worker;

GRANT INSERT(finding_id) ON TABLE public.finding_decisions TO louver_api;

GRANT INSERT(decision) ON TABLE public.finding_decisions TO louver_api;

GRANT INSERT(note) ON TABLE public.finding_decisions TO louver_api;

GRANT INSERT(account_id) ON TABLE public.finding_decisions TO louver_api;

GRANT INSERT(mask_set_id) ON TABLE public.finding_decisions TO louver_api;

GRANT SELECT ON TABLE public.findings TO louver_api;
GRANT SELECT,INSERT ON TABLE public.findings TO louver_worker;

GRANT UPDATE(policy_version) ON TABLE public.findings TO louver_worker;

GRANT UPDATE(run_id) ON TABLE public.findings TO louver_worker;

GRANT UPDATE(state) ON TABLE public.findings TO louver_api;
GRANT UPDATE(state) ON TABLE public.findings TO louver_worker;

GRANT UPDATE(homes) ON TABLE public.findings TO louver_worker;

GRANT UPDATE(worst_dori) ON TABLE public.findings TO louver_worker;

GRANT UPDATE(worst_share) ON TABLE public.findings TO louver_worker;

GRANT UPDATE(mask_set_id) ON TABLE public.findings TO louver_worker;

GRANT UPDATE(closed_at) ON TABLE public.findings TO louver_api;
GRANT UPDATE(closed_at) ON TABLE public.findings TO louver_worker;

GRANT UPDATE(closed_by_run_id) ON TABLE public.findings TO louver_worker;

GRANT ALL ON SEQUENCE public.ground_version TO louver_api;

GRANT SELECT ON TABLE public.jurisdiction_rules TO louver_api;

GRANT INSERT(jurisdiction) ON TABLE public.jurisdiction_rules TO louver_api;

GRANT INSERT(remote) ON TABLE public.jurisdiction_rules TO louver_api;

GRANT INSERT(notice_days) ON TABLE public.jurisdiction_rules TO louver_api;

GRANT INSERT(comment_days) ON TABLE public.jurisdiction_rules TO louver_api;

GRANT INSERT(reason) ON TABLE public.jurisdiction_rules TO louver_api;

GRANT INSERT(account_id) ON TABLE public.jurisdiction_rules TO louver_api;

GRANT SELECT,INSERT,UPDATE ON TABLE public.jurisdictions TO louver_api;
GRANT SELECT ON TABLE public.jurisdictions TO louver_worker;

GRANT SELECT ON TABLE public.log_state TO louver_api;
GRANT SELECT ON TABLE public.log_state TO louver_worker;
GRANT SELECT ON TABLE public.log_state TO louver_sealer;

GRANT UPDATE(term) ON TABLE public.log_state TO louver_sealer;

GRANT UPDATE(size) ON TABLE public.log_state TO louver_sealer;

GRANT UPDATE(root) ON TABLE public.log_state TO louver_sealer;

GRANT UPDATE(checkpoint) ON TABLE public.log_state TO louver_sealer;

GRANT UPDATE(sealed_at) ON TABLE public.log_state TO louver_sealer;

GRANT SELECT ON TABLE public.mask_policies TO louver_api;
GRANT SELECT ON TABLE public.mask_policies TO louver_worker;

GRANT SELECT,INSERT ON TABLE public.mask_sets TO louver_api;
GRANT SELECT,INSERT ON TABLE public.mask_sets TO louver_worker;

GRANT UPDATE(state) ON TABLE public.mask_sets TO louver_api;
GRANT UPDATE(state) ON TABLE public.mask_sets TO louver_worker;

GRANT UPDATE(decided_by) ON TABLE public.mask_sets TO louver_api;

GRANT UPDATE(decision_note) ON TABLE public.mask_sets TO louver_api;

GRANT UPDATE(decided_at) ON TABLE public.mask_sets TO louver_api;

GRANT UPDATE(activated_at) ON TABLE public.mask_sets TO louver_api;
GRANT UPDATE(activated_at) ON TABLE public.mask_sets TO louver_worker;

GRANT UPDATE(burned_in_at) ON TABLE public.mask_sets TO louver_worker;

GRANT UPDATE(expired_at) ON TABLE public.mask_sets TO louver_worker;

GRANT SELECT ON TABLE public.monthly_reports TO louver_api;
GRANT SELECT ON TABLE public.monthly_reports TO louver_worker;

GRANT INSERT(month) ON TABLE public.monthly_reports TO louver_worker;

GRANT INSERT(figures) ON TABLE public.monthly_reports TO louver_worker;

GRANT INSERT(digest) ON TABLE public.monthly_reports TO louver_worker;

GRANT SELECT(id) ON TABLE public.notices TO louver_api;
GRANT SELECT(id) ON TABLE public.notices TO louver_worker;

GRANT SELECT(key),INSERT(key) ON TABLE public.notices TO louver_api;
GRANT SELECT(key),INSERT(key) ON TABLE public.notices TO louver_worker;

GRANT INSERT(kind) ON TABLE public.notices TO louver_api;
GRANT INSERT(kind) ON TABLE public.notices TO louver_worker;

GRANT INSERT(jurisdiction) ON TABLE public.notices TO louver_api;
GRANT INSERT(jurisdiction) ON TABLE public.notices TO louver_worker;

GRANT INSERT(camera_id) ON TABLE public.notices TO louver_api;
GRANT INSERT(camera_id) ON TABLE public.notices TO louver_worker;

GRANT INSERT(detail) ON TABLE public.notices TO louver_api;
GRANT INSERT(detail) ON TABLE public.notices TO louver_worker;

GRANT INSERT(holds_from) ON TABLE public.notices TO louver_api;
GRANT INSERT(holds_from) ON TABLE public.notices TO louver_worker;

GRANT INSERT(comments_until) ON TABLE public.notices TO louver_api;
GRANT INSERT(comments_until) ON TABLE public.notices TO louver_worker;

GRANT SELECT ON TABLE public.open311_keys TO louver_api;

GRANT INSERT(label) ON TABLE public.open311_keys TO louver_api;

GRANT INSERT(key_sha256) ON TABLE public.open311_keys TO louver_api;

GRANT INSERT(account_id) ON TABLE public.open311_keys TO louver_api;

GRANT UPDATE(last_used_at) ON TABLE public.open311_keys TO louver_api;

GRANT UPDATE(revoked_at) ON TABLE public.open311_keys TO louver_api;

GRANT SELECT ON TABLE public.open311_requests TO louver_api;

GRANT SELECT,INSERT,DELETE ON TABLE public.outbox TO louver_api;
GRANT INSERT ON TABLE public.outbox TO louver_worker;

GRANT UPDATE(created_at) ON TABLE public.outbox TO louver_api;

GRANT INSERT ON TABLE public.outbox_set_aside TO louver_api;

GRANT SELECT ON TABLE public.persons TO louver_api;

GRANT SELECT ON TABLE public.public_cameras TO louver_api;

GRANT SELECT ON TABLE public.public_aims TO louver_api;

GRANT SELECT ON TABLE public.public_camera_counts TO louver_api;

GRANT SELECT ON TABLE public.public_masks TO louver_api;

GRANT SELECT ON TABLE public.public_notices TO louver_api;

GRANT SELECT ON TABLE public.public_reviews TO louver_api;

GRANT SELECT ON TABLE public.records TO louver_api;
GRANT SELECT ON TABLE public.records TO louver_worker;
GRANT SELECT ON TABLE public.records TO louver_sealer;

GRANT INSERT(at) ON TABLE public.records TO louver_api;
GRANT INSERT(at) ON TABLE public.records TO louver_worker;

GRANT INSERT(action) ON TABLE public.records TO louver_api;
GRANT INSERT(action) ON TABLE public.records TO louver_worker;

GRANT INSERT(account_id) ON TABLE public.records TO louver_api;
GRANT INSERT(account_id) ON TABLE public.records TO louver_worker;

GRANT INSERT(role) ON TABLE public.records TO louver_api;
GRANT INSERT(role) ON TABLE public.records TO louver_worker;

GRANT INSERT(subject) ON TABLE public.records TO louver_api;
GRANT INSERT(subject) ON TABLE public.records TO louver_worker;

GRANT INSERT(camera_id) ON TABLE public.records TO louver_api;
GRANT INSERT(camera_id) ON TABLE public.records TO louver_worker;

GRANT INSERT(jurisdiction) ON TABLE public.records TO louver_api;
GRANT INSERT(jurisdiction) ON TABLE public.records TO louver_worker;

GRANT INSERT(purpose) ON TABLE public.records TO louver_api;
GRANT INSERT(purpose) ON TABLE public.records TO louver_worker;

GRANT INSERT(case_reference) ON TABLE public.records TO louver_api;
GRANT INSERT(case_reference) ON TABLE public.records TO louver_worker;

GRANT INSERT(detail) ON TABLE public.records TO louver_api;
GRANT INSERT(detail) ON TABLE public.records TO louver_worker;

GRANT INSERT(entry) ON TABLE public.records TO louver_api;
GRANT INSERT(entry) ON TABLE public.records TO louver_worker;

GRANT INSERT(digest) ON TABLE public.records TO louver_api;
GRANT INSERT(digest) ON TABLE public.records TO louver_worker;

GRANT SELECT ON TABLE public.public_viewing_counts TO louver_api;

GRANT SELECT ON TABLE public.record_leaves TO louver_api;
GRANT SELECT ON TABLE public.record_leaves TO louver_worker;
GRANT SELECT,INSERT ON TABLE public.record_leaves TO louver_sealer;

GRANT SELECT,INSERT ON TABLE public.scene_references TO louver_worker;

GRANT SELECT(id) ON TABLE public.scene_references TO louver_api;

GRANT SELECT(aim_id) ON TABLE public.scene_references TO louver_api;

GRANT SELECT(camera_id) ON TABLE public.scene_references TO louver_api;

GRANT SELECT(algorithm) ON TABLE public.scene_references TO louver_api;

GRANT SELECT(digest) ON TABLE public.scene_references TO louver_api;

GRANT SELECT(mask_set_id) ON TABLE public.scene_references TO louver_api;

GRANT SELECT(taken_at) ON TABLE public.scene_references TO louver_api;

GRANT SELECT(ended_at) ON TABLE public.scene_references TO louver_api;

GRANT SELECT(ended_why) ON TABLE public.scene_references TO louver_api;

GRANT SELECT ON TABLE public.settings TO louver_api;
GRANT SELECT ON TABLE public.settings TO louver_worker;

GRANT SELECT,INSERT,UPDATE ON TABLE public.streets TO louver_api;
GRANT SELECT ON TABLE public.streets TO louver_worker;

GRANT SELECT ON TABLE public.viewing_policies TO louver_api;

GRANT SELECT,INSERT ON TABLE public.viewings TO louver_api;
GRANT SELECT ON TABLE public.viewings TO louver_worker;

GRANT UPDATE(started_at) ON TABLE public.viewings TO louver_worker;

GRANT UPDATE(closed_at) ON TABLE public.viewings TO louver_api;
GRANT UPDATE(closed_at) ON TABLE public.viewings TO louver_worker;

GRANT UPDATE(end_reason) ON TABLE public.viewings TO louver_api;
GRANT UPDATE(end_reason) ON TABLE public.viewings TO louver_worker;

GRANT UPDATE(seconds_delivered) ON TABLE public.viewings TO louver_api;
GRANT UPDATE(seconds_delivered) ON TABLE public.viewings TO louver_worker;

GRANT UPDATE(frames_delivered) ON TABLE public.viewings TO louver_api;
GRANT UPDATE(frames_delivered) ON TABLE public.viewings TO louver_worker;

GRANT SELECT ON TABLE public.visible_cameras TO louver_api;

GRANT SELECT ON TABLE public.visible_camera_aims TO louver_api;
