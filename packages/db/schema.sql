CREATE EXTENSION IF NOT EXISTS ltree WITH SCHEMA public;

COMMENT ON EXTENSION ltree IS 'data type for hierarchical tree-like structures';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;

COMMENT ON EXTENSION postgis IS 'PostGIS geometry and geography spatial types and functions';

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';

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

CREATE FUNCTION public.guard_exposure_policy() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.announced_at IS NOT NULL OR
     (NEW.version, NEW.effective_from, NEW.rules, NEW.reason, NEW.created_at) IS DISTINCT FROM
     (OLD.version, OLD.effective_from, OLD.rules, OLD.reason, OLD.created_at) THEN
    RAISE EXCEPTION 'a policy is not changed: make a new version' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
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

CREATE FUNCTION public.is_capability_list(capabilities text[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT capabilities <@ ARRAY['microphone', 'speaker', 'infrared', 'thermal', 'zoom', 'motion-detection', 'object-detection',
                                 'people-counting', 'number-plates', 'face-detection', 'face-recognition', 'gait-recognition']
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

CREATE FUNCTION public.search_text(VARIADIC parts text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT public.unaccent('public.unaccent', lower(array_to_string(parts, ' '))) $$;

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

CREATE FUNCTION public.tell_outbox() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  PERFORM pg_notify('outbox', '');
  RETURN NULL;
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
    WHERE (a.position, a.height_m, a.heading_deg, a.tilt_deg, a.roll_deg, a.hfov_deg, a.frame_width, a.frame_height, a.range_m)
          IS DISTINCT FROM
          (b.position, b.height_m, b.heading_deg, b.tilt_deg, b.roll_deg, b.hfov_deg, b.frame_width, b.frame_height, b.range_m)
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
    CONSTRAINT aim_frame_height_sane CHECK (((frame_height >= 16) AND (frame_height <= 8192))),
    CONSTRAINT aim_frame_width_sane CHECK (((frame_width >= 16) AND (frame_width <= 8192))),
    CONSTRAINT aim_heading_on_compass CHECK (((heading_deg >= (0)::double precision) AND (heading_deg < (360)::double precision))),
    CONSTRAINT aim_height_sane CHECK (((height_m >= (0)::double precision) AND (height_m <= (500)::double precision))),
    CONSTRAINT aim_hfov_sane CHECK (((hfov_deg > (0)::double precision) AND (hfov_deg < (180)::double precision))),
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

CREATE TABLE public.camera_streams (
    camera_id uuid NOT NULL,
    sealed bytea NOT NULL,
    address_mac text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

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
    CONSTRAINT camera_capabilities_known CHECK (public.is_capability_list(capabilities)),
    CONSTRAINT camera_host_premises_known CHECK ((host_premises = ANY (ARRAY['public-pole'::text, 'traffic-gantry'::text, 'police-building'::text, 'public-building'::text, 'school'::text, 'market'::text, 'private-house'::text, 'private-business'::text, 'other'::text, 'unknown'::text]))),
    CONSTRAINT camera_mobility_known CHECK ((mobility = ANY (ARRAY['fixed'::text, 'ptz'::text, 'dome'::text, 'unknown'::text]))),
    CONSTRAINT camera_publication_known CHECK ((publication = ANY (ARRAY['shown'::text, 'counted'::text]))),
    CONSTRAINT camera_retention_sane CHECK (((retention_days >= 0) AND (retention_days <= 3650))),
    CONSTRAINT camera_status_known CHECK ((status = ANY (ARRAY['planned'::text, 'live'::text, 'retired'::text]))),
    CONSTRAINT camera_storage_country_coded CHECK ((storage_country ~ '^[A-Z]{2}$'::text))
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
    run_id uuid NOT NULL,
    homes jsonb NOT NULL,
    aim_digest text NOT NULL,
    completes boolean NOT NULL,
    decided_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT finding_decision_known CHECK ((decision = ANY (ARRAY['approve-masks'::text, 'order-new-aim'::text, 'no-breach'::text]))),
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
    CONSTRAINT finding_kind_known CHECK ((kind = ANY (ARRAY['home-exposed'::text, 'masks-not-flat'::text]))),
    CONSTRAINT finding_of_home_is_measured CHECK (((kind <> 'home-exposed'::text) OR ((aim_digest IS NOT NULL) AND (policy_version IS NOT NULL) AND (run_id IS NOT NULL)))),
    CONSTRAINT finding_state_known CHECK ((state = ANY (ARRAY['open'::text, 'decided'::text, 'closed'::text])))
);

CREATE SEQUENCE public.ground_version
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

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
    author_id uuid,
    author_person_id uuid,
    decided_by uuid,
    decider_person_id uuid,
    decision_note text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    decided_at timestamp with time zone,
    activated_at timestamp with time zone,
    origin text DEFAULT 'person'::text NOT NULL,
    run_id uuid,
    extends_id uuid,
    enforced_at timestamp with time zone,
    burned_in_at timestamp with time zone,
    CONSTRAINT mask_author_decides CHECK (((decider_person_id IS NULL) OR (decider_person_id <> author_person_id))),
    CONSTRAINT mask_set_digest_is_sha256 CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT mask_set_enforced_extends CHECK ((((enforced_at IS NULL) = (extends_id IS NULL)) AND ((extends_id IS NULL) OR (origin = 'geometry'::text)))),
    CONSTRAINT mask_set_has_author CHECK ((((origin = 'person'::text) = (author_id IS NOT NULL)) AND ((author_id IS NULL) = (author_person_id IS NULL)))),
    CONSTRAINT mask_set_has_origin CHECK (((origin = 'geometry'::text) = (run_id IS NOT NULL))),
    CONSTRAINT mask_set_in_force_was_decided CHECK (((state <> ALL (ARRAY['approved'::text, 'active'::text])) OR ((decided_by IS NOT NULL) AND (decided_at IS NOT NULL)))),
    CONSTRAINT mask_set_origin_known CHECK ((origin = ANY (ARRAY['person'::text, 'geometry'::text]))),
    CONSTRAINT mask_set_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'proposed'::text, 'approved'::text, 'active'::text, 'retired'::text, 'rejected'::text])))
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
    CONSTRAINT notice_kind_known CHECK ((kind = ANY (ARRAY['camera-planned'::text, 'camera-new'::text, 'camera-stopped'::text, 'purpose-changed'::text, 'clock-passed'::text])))
);

ALTER TABLE public.notices ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.notices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

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
     JOIN public.public_cameras c ON ((c.id = a.camera_id)));

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
            ELSE '{}'::jsonb
        END AS detail,
    n.holds_from,
    n.comments_until,
    n.published_at
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

ALTER TABLE ONLY public.camera_streams
    ADD CONSTRAINT camera_streams_pkey PRIMARY KEY (camera_id);

ALTER TABLE ONLY public.cameras
    ADD CONSTRAINT cameras_pkey PRIMARY KEY (id);

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

ALTER TABLE ONLY public.jurisdictions
    ADD CONSTRAINT jurisdictions_pkey PRIMARY KEY (path);

ALTER TABLE ONLY public.log_state
    ADD CONSTRAINT log_state_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_set_version_taken UNIQUE (aim_id, version);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notice_told UNIQUE (key);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (id);

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

ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.streets
    ADD CONSTRAINT street_source_id_taken UNIQUE (source_id);

ALTER TABLE ONLY public.streets
    ADD CONSTRAINT streets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.viewing_policies
    ADD CONSTRAINT viewing_policies_pkey PRIMARY KEY (role);

ALTER TABLE ONLY public.viewings
    ADD CONSTRAINT viewings_pkey PRIMARY KEY (id);

CREATE UNIQUE INDEX account_email_taken ON public.accounts USING btree (lower(email));

CREATE INDEX accounts_person_idx ON public.accounts USING btree (person_id);

CREATE INDEX aims_camera_idx ON public.aims USING btree (camera_id);

CREATE UNIQUE INDEX aims_one_current ON public.aims USING btree (camera_id) WHERE is_current;

CREATE INDEX aims_reach_idx ON public.aims USING gist (public.aim_reach("position", range_m));

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

CREATE INDEX jurisdictions_boundary_idx ON public.jurisdictions USING gist (boundary);

CREATE UNIQUE INDEX jurisdictions_code_idx ON public.jurisdictions USING btree (kind, code) WHERE (code IS NOT NULL);

CREATE INDEX jurisdictions_path_idx ON public.jurisdictions USING gist (path);

CREATE INDEX mask_sets_camera_idx ON public.mask_sets USING btree (camera_id, version DESC);

CREATE UNIQUE INDEX mask_sets_one_active ON public.mask_sets USING btree (aim_id) WHERE (state = 'active'::text);

CREATE UNIQUE INDEX mask_sets_one_enforced ON public.mask_sets USING btree (aim_id) WHERE ((state = 'proposed'::text) AND (enforced_at IS NOT NULL));

CREATE INDEX mask_sets_open_idx ON public.mask_sets USING btree (created_at) WHERE (state = 'proposed'::text);

CREATE INDEX notices_camera_idx ON public.notices USING btree (camera_id, id DESC);

CREATE INDEX notices_published_idx ON public.notices USING btree (published_at DESC, id DESC);

CREATE INDEX records_account_idx ON public.records USING btree (account_id, seq DESC);

CREATE INDEX records_action_idx ON public.records USING btree (action, seq DESC);

CREATE INDEX records_at_idx ON public.records USING btree (at);

CREATE INDEX records_camera_idx ON public.records USING btree (camera_id, seq DESC);

CREATE INDEX records_subject_idx ON public.records USING btree (subject, seq DESC);

CREATE INDEX records_xact_idx ON public.records USING btree (xact);

CREATE INDEX streets_line_idx ON public.streets USING gist (line);

CREATE INDEX streets_search_idx ON public.streets USING gin (search public.gin_trgm_ops);

CREATE INDEX viewings_account_idx ON public.viewings USING btree (account_id, opened_at DESC);

CREATE INDEX viewings_camera_idx ON public.viewings USING btree (camera_id, opened_at DESC);

CREATE INDEX viewings_open_idx ON public.viewings USING btree (ends_at) WHERE (closed_at IS NULL);

CREATE INDEX viewings_opened_idx ON public.viewings USING btree (opened_at DESC, id);

CREATE INDEX viewings_person_idx ON public.viewings USING btree (person_id, opened_at DESC);

CREATE TRIGGER aims_retire_masks AFTER UPDATE OF "position", height_m, heading_deg, tilt_deg, roll_deg, hfov_deg, frame_width, frame_height ON public.aims FOR EACH ROW WHEN (((((((((old."position" IS DISTINCT FROM new."position") OR (old.height_m IS DISTINCT FROM new.height_m)) OR (old.heading_deg IS DISTINCT FROM new.heading_deg)) OR (old.tilt_deg IS DISTINCT FROM new.tilt_deg)) OR (old.roll_deg IS DISTINCT FROM new.roll_deg)) OR (old.hfov_deg IS DISTINCT FROM new.hfov_deg)) OR (old.frame_width IS DISTINCT FROM new.frame_width)) OR (old.frame_height IS DISTINCT FROM new.frame_height))) EXECUTE FUNCTION public.retire_masks_of_changed_aim();

CREATE TRIGGER aims_tell_made AFTER INSERT ON public.aims FOR EACH ROW WHEN (new.is_current) EXECUTE FUNCTION public.tell_masks_changed();

CREATE TRIGGER aims_tell_turned AFTER UPDATE OF is_current ON public.aims FOR EACH ROW WHEN ((old.is_current <> new.is_current)) EXECUTE FUNCTION public.tell_masks_changed();

CREATE TRIGGER aims_want_exposures_changed AFTER UPDATE ON public.aims REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION public.want_exposures_of_changed_aims();

CREATE TRIGGER aims_want_exposures_made AFTER INSERT ON public.aims REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.want_exposures_of_made_aims();

CREATE TRIGGER auditor_tokens_guard BEFORE UPDATE ON public.auditor_tokens FOR EACH ROW EXECUTE FUNCTION public.guard_auditor_token();

CREATE TRIGGER buildings_want_exposures_changed AFTER UPDATE ON public.buildings REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION public.want_exposures_of_changed_buildings();

CREATE TRIGGER buildings_want_exposures_gone AFTER DELETE ON public.buildings REFERENCING OLD TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.want_exposures_of_made_buildings();

CREATE TRIGGER buildings_want_exposures_made AFTER INSERT ON public.buildings REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.want_exposures_of_made_buildings();

CREATE TRIGGER camera_devices_tell AFTER INSERT OR DELETE OR UPDATE OF sealed, masks_wanted ON public.camera_devices FOR EACH ROW EXECUTE FUNCTION public.tell_masks_changed();

CREATE TRIGGER camera_streams_retire_masks AFTER INSERT OR DELETE ON public.camera_streams FOR EACH ROW EXECUTE FUNCTION public.retire_masks_of_changed_stream();

CREATE TRIGGER camera_streams_retire_masks_of_address AFTER UPDATE ON public.camera_streams FOR EACH ROW WHEN (((old.camera_id IS DISTINCT FROM new.camera_id) OR (old.address_mac IS DISTINCT FROM new.address_mac))) EXECUTE FUNCTION public.retire_masks_of_changed_stream();

CREATE TRIGGER camera_streams_tell AFTER INSERT OR DELETE OR UPDATE ON public.camera_streams FOR EACH ROW EXECUTE FUNCTION public.tell_masks_changed();

CREATE TRIGGER cameras_retire_masks AFTER UPDATE OF location ON public.cameras FOR EACH ROW WHEN ((NOT public.st_equals(old.location, new.location))) EXECUTE FUNCTION public.retire_masks_of_moved_camera();

CREATE TRIGGER cameras_tell AFTER UPDATE OF status ON public.cameras FOR EACH ROW WHEN ((old.status <> new.status)) EXECUTE FUNCTION public.tell_masks_changed_of_camera();

CREATE TRIGGER cameras_want_exposures AFTER UPDATE OF status ON public.cameras FOR EACH ROW WHEN ((old.status <> new.status)) EXECUTE FUNCTION public.want_exposures_of_camera();

CREATE TRIGGER exposure_policies_announce AFTER UPDATE OF announced_at ON public.exposure_policies FOR EACH ROW WHEN (((old.announced_at IS NULL) AND (new.announced_at IS NOT NULL))) EXECUTE FUNCTION public.want_exposures_by_policy();

CREATE TRIGGER exposure_policies_guard BEFORE DELETE OR UPDATE ON public.exposure_policies FOR EACH ROW EXECUTE FUNCTION public.guard_exposure_policy();

CREATE TRIGGER exposure_policies_want_sweep AFTER INSERT ON public.exposure_policies FOR EACH ROW EXECUTE FUNCTION public.want_sweep_for_policy();

CREATE TRIGGER exposure_recomputations_begin AFTER INSERT ON public.exposure_recomputations FOR EACH ROW EXECUTE FUNCTION public.begin_exposure_recomputation();

CREATE TRIGGER exposure_runs_guard BEFORE UPDATE ON public.exposure_runs FOR EACH ROW EXECUTE FUNCTION public.guard_exposure_run();

CREATE TRIGGER exposures_only_grow BEFORE UPDATE ON public.exposures FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER finding_decisions_guard BEFORE INSERT ON public.finding_decisions FOR EACH ROW EXECUTE FUNCTION public.guard_finding_decision();

CREATE TRIGGER finding_decisions_only_grow BEFORE UPDATE ON public.finding_decisions FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER findings_guard BEFORE INSERT OR UPDATE ON public.findings FOR EACH ROW EXECUTE FUNCTION public.guard_finding();

CREATE TRIGGER log_state_never_truncate BEFORE TRUNCATE ON public.log_state FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER log_state_only_grows BEFORE UPDATE ON public.log_state FOR EACH ROW EXECUTE FUNCTION public.guard_log_state();

CREATE TRIGGER log_state_stays BEFORE DELETE ON public.log_state FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER mask_sets_guard BEFORE INSERT OR UPDATE ON public.mask_sets FOR EACH ROW EXECUTE FUNCTION public.guard_mask_set();

CREATE TRIGGER mask_sets_guard_geometry BEFORE INSERT OR UPDATE ON public.mask_sets FOR EACH ROW EXECUTE FUNCTION public.guard_mask_set_from_geometry();

CREATE CONSTRAINT TRIGGER mask_sets_keep_enforced AFTER UPDATE ON public.mask_sets DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.enforced_at IS NOT NULL) AND (old.state = 'proposed'::text) AND (new.state = 'retired'::text))) EXECUTE FUNCTION public.keep_enforced();

CREATE TRIGGER mask_sets_tell AFTER INSERT OR UPDATE ON public.mask_sets FOR EACH ROW EXECUTE FUNCTION public.tell_masks_changed();

CREATE TRIGGER mask_sets_want_exposures AFTER UPDATE OF state ON public.mask_sets FOR EACH ROW WHEN (((old.state = ANY (ARRAY['approved'::text, 'active'::text])) <> (new.state = ANY (ARRAY['approved'::text, 'active'::text])))) EXECUTE FUNCTION public.want_exposures_of_masked_aim();

CREATE TRIGGER notices_only_grow BEFORE UPDATE ON public.notices FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER outbox_tell AFTER INSERT ON public.outbox FOR EACH STATEMENT EXECUTE FUNCTION public.tell_outbox();

CREATE TRIGGER persons_stay_erased BEFORE DELETE OR UPDATE ON public.persons FOR EACH ROW EXECUTE FUNCTION public.guard_erased_person();

CREATE TRIGGER record_leaves_never_truncate BEFORE TRUNCATE ON public.record_leaves FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER record_leaves_only_grow BEFORE DELETE OR UPDATE ON public.record_leaves FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER records_never_truncate BEFORE TRUNCATE ON public.records FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER records_only_grow BEFORE DELETE OR UPDATE ON public.records FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

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

ALTER TABLE ONLY public.camera_streams
    ADD CONSTRAINT camera_streams_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id) ON DELETE CASCADE;

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

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_set_of_its_cameras_aim FOREIGN KEY (aim_id, camera_id) REFERENCES public.aims(id, camera_id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_author_person_id_fkey FOREIGN KEY (author_person_id) REFERENCES public.persons(id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_decider_person_id_fkey FOREIGN KEY (decider_person_id) REFERENCES public.persons(id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_extends_id_fkey FOREIGN KEY (extends_id) REFERENCES public.mask_sets(id);

ALTER TABLE ONLY public.mask_sets
    ADD CONSTRAINT mask_sets_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.exposure_runs(id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_camera_id_fkey FOREIGN KEY (camera_id) REFERENCES public.cameras(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_jurisdiction_fkey FOREIGN KEY (jurisdiction) REFERENCES public.jurisdictions(path);

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);

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

ALTER TABLE public.camera_streams ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.cameras ENABLE ROW LEVEL SECURITY;

CREATE POLICY cameras_by_jurisdiction ON public.cameras TO louver_api USING ((jurisdiction OPERATOR(public.<@) ( SELECT public.actor_jurisdictions() AS actor_jurisdictions))) WITH CHECK ((jurisdiction OPERATOR(public.<@) ( SELECT public.actor_jurisdictions() AS actor_jurisdictions)));

CREATE POLICY cameras_for_worker ON public.cameras FOR SELECT TO louver_worker USING (true);

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

ALTER TABLE public.records ENABLE ROW LEVEL SECURITY;

CREATE POLICY records_by_jurisdiction ON public.records FOR SELECT TO louver_api USING (((jurisdiction IS NULL) OR (jurisdiction OPERATOR(public.<@) ( SELECT public.actor_jurisdictions() AS actor_jurisdictions))));

CREATE POLICY records_for_sealer ON public.records FOR SELECT TO louver_sealer USING (true);

CREATE POLICY records_for_worker ON public.records FOR SELECT TO louver_worker USING (true);

CREATE POLICY records_insert ON public.records FOR INSERT TO louver_api, louver_worker WITH CHECK (true);

CREATE POLICY streams_by_camera ON public.camera_streams TO louver_api USING ((EXISTS ( SELECT
   FROM public.cameras
  WHERE (cameras.id = camera_streams.camera_id))));

CREATE POLICY streams_for_worker ON public.camera_streams FOR SELECT TO louver_worker USING (true);

ALTER TABLE public.viewings ENABLE ROW LEVEL SECURITY;

CREATE POLICY viewings_by_jurisdiction ON public.viewings TO louver_api USING ((jurisdiction OPERATOR(public.<@) ( SELECT public.actor_jurisdictions() AS actor_jurisdictions)));

CREATE POLICY viewings_for_worker ON public.viewings TO louver_worker USING (true);

REVOKE ALL ON FUNCTION public.begin_exposure_recomputation() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_auditor_token() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_erased_person() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_exposure_policy() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_exposure_run() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_finding() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_finding_decision() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_log_state() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_mask_set() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_mask_set_from_geometry() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guard_viewing() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_enforced() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.public_homes(box public.geometry) FROM PUBLIC;
GRANT ALL ON FUNCTION public.public_homes(box public.geometry) TO louver_api;

REVOKE ALL ON FUNCTION public.public_homes_version() FROM PUBLIC;
GRANT ALL ON FUNCTION public.public_homes_version() TO louver_api;

REVOKE ALL ON FUNCTION public.put_exposure_work(wanted uuid[], why text, batch bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.retire_masks_of_changed_aim() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.retire_masks_of_changed_stream() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.retire_masks_of_moved_camera() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_masks_changed() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_masks_changed_of_camera() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tell_outbox() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures(wanted uuid[], why text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_by_policy() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_of_camera() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_of_changed_aims() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_of_changed_buildings() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_of_made_aims() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_of_made_buildings() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.want_exposures_of_masked_aim() FROM PUBLIC;

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

GRANT INSERT,DELETE ON TABLE public.camera_streams TO louver_api;
GRANT SELECT ON TABLE public.camera_streams TO louver_worker;

GRANT SELECT(camera_id) ON TABLE public.camera_streams TO louver_api;

GRANT UPDATE(sealed) ON TABLE public.camera_streams TO louver_api;

GRANT UPDATE(address_mac) ON TABLE public.camera_streams TO louver_api;

GRANT SELECT(updated_at),UPDATE(updated_at) ON TABLE public.camera_streams TO louver_api;

GRANT SELECT,INSERT,UPDATE ON TABLE public.cameras TO louver_api;
GRANT SELECT ON TABLE public.cameras TO louver_worker;

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
