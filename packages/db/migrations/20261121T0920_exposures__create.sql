-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Which homes an aim sees, measured from geometry; the rule that decides what is too much; and what is found by it.
-- Measurements are kept with the inputs that produced them and are never edited: a new one supersedes the last.

-- The rule, as data with a date from which it holds. The newest version whose date has come is in force.
CREATE TABLE exposure_policies (
  version        integer PRIMARY KEY CONSTRAINT exposure_policy_version_counts CHECK (version > 0),
  effective_from timestamptz NOT NULL,
  rules          jsonb NOT NULL CONSTRAINT exposure_policy_complete
                 CHECK (rules ?& ARRAY['dori', 'frameShare', 'facadeMetres', 'coveredShare', 'marginDeg', 'decideWithinHours']),
  reason         text NOT NULL,
  created_at     timestamptz NOT NULL DEFAULT now(),
  -- When every aim was put on the list to be measured by it.
  announced_at   timestamptz
);
INSERT INTO exposure_policies (version, effective_from, rules, reason, announced_at) VALUES
  (1, '2026-01-01T00:00:00Z',
   '{"dori": "recognise", "frameShare": 0.01, "facadeMetres": 10, "coveredShare": 0.98, "marginDeg": 1, "decideWithinHours": 72}',
   'The first rule: a home at recognise or closer, or 1 % of the frame, or a façade within 10 m', now());

-- Of every table of rules: but for being announced once, a version stays what it is.
CREATE FUNCTION guard_policy() RETURNS trigger
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
CREATE TRIGGER exposure_policies_guard BEFORE UPDATE OR DELETE ON exposure_policies FOR EACH ROW EXECUTE FUNCTION guard_policy();

CREATE TABLE exposure_runs (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  aim_id         uuid NOT NULL,
  camera_id      uuid NOT NULL,
  -- SHA-256 of the canonical JSON of `inputs`: the same inputs give no second run.
  inputs_digest  text NOT NULL CONSTRAINT exposure_run_digest_is_sha256 CHECK (inputs_digest ~ '^[0-9a-f]{64}$'),
  -- {aim, buildings: {count, digest}, policyVersion, algorithm}
  inputs         jsonb NOT NULL,
  -- Of the aim's geometry alone: says whether the camera was turned since.
  aim_digest     text NOT NULL,
  policy_version integer NOT NULL REFERENCES exposure_policies (version),
  viewshed       geometry(MultiPolygon, 4326) NOT NULL,
  finished_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  superseded_at  timestamptz,
  CONSTRAINT exposure_run_of_its_cameras_aim FOREIGN KEY (aim_id, camera_id) REFERENCES aims (id, camera_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX exposure_runs_one_current ON exposure_runs (aim_id) WHERE superseded_at IS NULL;
CREATE INDEX exposure_runs_aim_idx ON exposure_runs (aim_id, finished_at DESC);

CREATE TABLE exposures (
  run_id            uuid NOT NULL REFERENCES exposure_runs (id) ON DELETE CASCADE,
  building_id       uuid NOT NULL,
  -- Worst first, as it was found.
  place             integer NOT NULL,
  frame_share       double precision NOT NULL CONSTRAINT exposure_share_of_frame CHECK (frame_share BETWEEN 0 AND 1),
  pixels_per_metre  double precision NOT NULL,
  dori              text NOT NULL CONSTRAINT exposure_dori_known CHECK (dori IN ('none', 'detect', 'observe', 'recognise', 'identify')),
  distance_metres   double precision NOT NULL,
  facade_metres     double precision NOT NULL,
  breaches          text[] NOT NULL,
  PRIMARY KEY (run_id, building_id)
);
CREATE INDEX exposures_building_idx ON exposures (building_id);

CREATE FUNCTION guard_exposure_run() RETURNS trigger
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
CREATE TRIGGER exposure_runs_guard BEFORE UPDATE ON exposure_runs FOR EACH ROW EXECUTE FUNCTION guard_exposure_run();
CREATE TRIGGER exposures_only_grow BEFORE UPDATE ON exposures FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A breach of a rule, found by a machine. One of a kind is open for an aim at a time.
-- home-exposed: a measurement saw a home too closely; every measurement brings it up to date.
-- masks-not-flat: what left a media worker was decoded, and the masks did not lie over it; closed by a sample in which they do.
-- scene-shift: what left does not look as the aim did; decided by two persons, or closed when the aim is another one.
-- masks-expiring: masks in force are to be renewed; closed when they were.
CREATE TABLE findings (
  id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind             text NOT NULL DEFAULT 'home-exposed' CONSTRAINT finding_kind_known 
                   CHECK (kind IN ('home-exposed', 'masks-not-flat', 'scene-shift', 'masks-expiring')),
  aim_id           uuid NOT NULL,
  camera_id        uuid NOT NULL,
  -- Where the aim pointed when the finding was opened.
  aim_digest       text,
  policy_version   integer REFERENCES exposure_policies (version),
  -- The measurement that it rests on now.
  run_id           uuid REFERENCES exposure_runs (id),
  state            text NOT NULL DEFAULT 'open' CONSTRAINT finding_state_known CHECK (state IN ('open', 'decided', 'closed')),
  -- [FlaggedHome], worst first.
  homes            jsonb NOT NULL DEFAULT '[]',
  -- What was found where no home was measured.
  detail           jsonb NOT NULL DEFAULT '{}',
  -- Of the worst home: the queue is sorted by it. DORI as 0 none … 4 identify.
  worst_dori       integer NOT NULL DEFAULT 0 CONSTRAINT finding_dori_known CHECK (worst_dori BETWEEN 0 AND 4),
  worst_share      double precision NOT NULL DEFAULT 0,
  mask_set_id      uuid REFERENCES mask_sets (id),
  opened_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  due_at           timestamptz NOT NULL,
  closed_at        timestamptz,
  closed_by_run_id uuid REFERENCES exposure_runs (id),
  CONSTRAINT finding_of_its_cameras_aim FOREIGN KEY (aim_id, camera_id) REFERENCES aims (id, camera_id) ON DELETE CASCADE,
  CONSTRAINT finding_of_home_is_measured
    CHECK (kind <> 'home-exposed' OR (aim_digest IS NOT NULL AND policy_version IS NOT NULL AND run_id IS NOT NULL)),
  CONSTRAINT finding_closed_by_measurement
    CHECK (kind <> 'home-exposed' OR (state = 'closed') = (closed_by_run_id IS NOT NULL)),
  CONSTRAINT finding_ended_when CHECK ((state = 'open') = (closed_at IS NULL))
);
CREATE UNIQUE INDEX findings_one_open ON findings (aim_id, kind) WHERE state = 'open';
CREATE INDEX findings_worst_idx ON findings (state, worst_dori DESC, worst_share DESC, id DESC);
CREATE INDEX findings_camera_idx ON findings (camera_id, opened_at DESC);

-- What people said about a finding. Only grows.
CREATE TABLE finding_decisions (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  finding_id  uuid NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
  decision    text NOT NULL CONSTRAINT finding_decision_known 
              CHECK (decision IN ('approve-masks', 'order-new-aim', 'no-breach', 'same-scene')),
  note        text NOT NULL CONSTRAINT finding_decision_says_why CHECK (length(btrim(note)) >= 3),
  account_id  uuid NOT NULL REFERENCES accounts (id),
  person_id   uuid NOT NULL REFERENCES persons (id),
  mask_set_id uuid REFERENCES mask_sets (id),
  -- What was in front of the person: measurement, homes, and where the aim pointed. Of a scene there is no measurement.
  run_id      uuid REFERENCES exposure_runs (id),
  homes       jsonb NOT NULL,
  aim_digest  text,
  -- Whether the finding is decided by it, as the guard works out.
  completes   boolean NOT NULL,
  decided_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT finding_decision_about_measurement CHECK (decision = 'same-scene' OR (run_id IS NOT NULL AND aim_digest IS NOT NULL))
);
CREATE INDEX finding_decisions_finding_idx ON finding_decisions (finding_id, id);
CREATE TRIGGER finding_decisions_only_grow BEFORE UPDATE ON finding_decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Aims that are to be measured. A row goes when its demand has been met; a newer demand gives it a new number and keeps it.
CREATE SEQUENCE exposure_demand;
CREATE TABLE exposure_recomputations (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  reason        text NOT NULL,
  account_id    uuid REFERENCES accounts (id),
  -- What was asked for, and who may know of it: those who hold a part of it; everybody when it says nothing.
  jurisdictions ltree[],
  -- The transaction that wanted it: an import writes in many statements and is one recomputation.
  wanted_in     text NOT NULL DEFAULT pg_current_xact_id()::text,
  total         integer NOT NULL DEFAULT 0,
  started_at    timestamptz NOT NULL DEFAULT now(),
  finished_at   timestamptz
);
CREATE INDEX exposure_recomputations_unfinished_idx ON exposure_recomputations (id) WHERE finished_at IS NULL;
CREATE TABLE exposure_work (
  aim_id           uuid PRIMARY KEY REFERENCES aims (id) ON DELETE CASCADE,
  demand           bigint NOT NULL DEFAULT nextval('exposure_demand'),
  reason           text NOT NULL,
  recomputation_id bigint REFERENCES exposure_recomputations (id),
  wanted_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Given to a queue, and taken from it. A queue that lost it gets it again.
  queued_at        timestamptz,
  claimed_at       timestamptz
);
CREATE INDEX exposure_work_recomputation_idx ON exposure_work (recomputation_id);
CREATE INDEX exposure_work_unqueued_idx ON exposure_work (demand) WHERE queued_at IS NULL;

-- Everybody who wants aims measured comes here, in the transaction of the change: a change without its measurement can't be.
-- Many aims at once are one recomputation whose progress can be seen, and one message instead of thousands.
CREATE FUNCTION want_exposures(wanted uuid[], why text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
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

CREATE FUNCTION put_exposure_work(wanted uuid[], why text, batch bigint) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
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

-- One message for however many aims. What a person asks for is what they hold, whatever the statement says.
CREATE FUNCTION begin_exposure_recomputation() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
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
CREATE TRIGGER exposure_recomputations_begin AFTER INSERT ON exposure_recomputations
  FOR EACH ROW EXECUTE FUNCTION begin_exposure_recomputation();

-- The box that an aim reaches: an index can't be asked with a distance that differs from row to row. 110 km a degree is less
-- than it is anywhere, so the box is never too small.
CREATE FUNCTION aim_reach(place geometry(Point, 4326), range_m double precision) RETURNS geometry(Polygon, 4326)
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT public.ST_Expand(place, range_m / 110000 / greatest(cos(radians(least(abs(public.ST_Y(place)), 89))), 0.01), range_m / 110000) $$;
-- Nothing is released, and the table is empty wherever this runs.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX aims_reach_idx ON aims USING gist (aim_reach(position, range_m));

CREATE FUNCTION want_exposures_of_made_aims() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  PERFORM want_exposures((SELECT array_agg(id) FROM made), 'aim-made');
  RETURN NULL;
END
$$;
CREATE TRIGGER aims_want_exposures_made AFTER INSERT ON aims REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION want_exposures_of_made_aims();

CREATE FUNCTION want_exposures_of_changed_aims() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
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
CREATE TRIGGER aims_want_exposures_changed AFTER UPDATE ON aims REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change
  FOR EACH STATEMENT EXECUTE FUNCTION want_exposures_of_changed_aims();

-- Whether a camera is live decides whether it is flagged.
CREATE FUNCTION want_exposures_of_camera() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  PERFORM want_exposures((SELECT array_agg(id) FROM aims WHERE camera_id = NEW.id), 'camera-changed');
  RETURN NULL;
END
$$;
CREATE TRIGGER cameras_want_exposures AFTER UPDATE OF status ON cameras
  FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION want_exposures_of_camera();

CREATE FUNCTION want_exposures_of_made_buildings() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  PERFORM want_exposures((
    SELECT array_agg(DISTINCT aims.id) FROM made JOIN aims ON aim_reach(aims.position, aims.range_m) && made.footprint
  ), 'buildings-changed');
  RETURN NULL;
END
$$;
CREATE TRIGGER buildings_want_exposures_made AFTER INSERT ON buildings REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION want_exposures_of_made_buildings();
CREATE TRIGGER buildings_want_exposures_gone AFTER DELETE ON buildings REFERENCING OLD TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION want_exposures_of_made_buildings();

-- Where a building was counts as well as where it is.
CREATE FUNCTION want_exposures_of_changed_buildings() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
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
CREATE TRIGGER buildings_want_exposures_changed AFTER UPDATE ON buildings REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change
  FOR EACH STATEMENT EXECUTE FUNCTION want_exposures_of_changed_buildings();

-- A policy holds from its date on: whoever sweeps looks for it.
CREATE FUNCTION want_sweep_for_policy() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  INSERT INTO outbox (message) VALUES (jsonb_build_object(
    'kind', 'job', 'name', 'exposure.sweep', 'payload', '{}'::jsonb, 'jobId', 'exposure-sweep-policy-' || NEW.version));
  RETURN NULL;
END
$$;
CREATE TRIGGER exposure_policies_want_sweep AFTER INSERT ON exposure_policies FOR EACH ROW EXECUTE FUNCTION want_sweep_for_policy();

-- The sweep says when the date of a policy has come.
CREATE FUNCTION want_exposures_by_policy() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  PERFORM want_exposures((SELECT array_agg(id) FROM aims), 'policy-changed');
  RETURN NULL;
END
$$;
CREATE TRIGGER exposure_policies_announce AFTER UPDATE OF announced_at ON exposure_policies
  FOR EACH ROW WHEN (OLD.announced_at IS NULL AND NEW.announced_at IS NOT NULL) EXECUTE FUNCTION want_exposures_by_policy();

-- Found by machines, decided by people, closed by measurements: never by the API alone.
CREATE FUNCTION guard_finding() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
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
CREATE TRIGGER findings_guard BEFORE INSERT OR UPDATE ON findings FOR EACH ROW EXECUTE FUNCTION guard_finding();

-- Who decides, and whether that is enough. "No breach" takes away masks that lie over the picture because of the finding: that
-- uncovers, hence two persons, neither of whom drew the masks that would be left.
CREATE FUNCTION guard_finding_decision() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
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
CREATE TRIGGER finding_decisions_guard BEFORE INSERT ON finding_decisions FOR EACH ROW EXECUTE FUNCTION guard_finding_decision();

REVOKE EXECUTE ON FUNCTION guard_policy(), guard_exposure_run(), want_exposures_of_made_aims(), want_exposures_of_changed_aims(),
  want_exposures_of_camera(), want_exposures_of_made_buildings(), want_exposures_of_changed_buildings(), want_sweep_for_policy(),
  guard_finding(), guard_finding_decision(), want_exposures_by_policy(), begin_exposure_recomputation(),
  put_exposure_work(uuid[], text, bigint), want_exposures(uuid[], text) FROM PUBLIC;

ALTER TABLE exposure_runs ENABLE ROW LEVEL SECURITY;
CREATE POLICY exposure_runs_by_camera ON exposure_runs FOR SELECT TO louver_api
  USING (EXISTS (SELECT FROM cameras WHERE cameras.id = exposure_runs.camera_id));
CREATE POLICY exposure_runs_for_worker ON exposure_runs TO louver_worker USING (true);
ALTER TABLE exposures ENABLE ROW LEVEL SECURITY;
CREATE POLICY exposures_by_run ON exposures FOR SELECT TO louver_api
  USING (EXISTS (SELECT FROM exposure_runs WHERE exposure_runs.id = exposures.run_id));
CREATE POLICY exposures_for_worker ON exposures TO louver_worker USING (true);
ALTER TABLE findings ENABLE ROW LEVEL SECURITY;
CREATE POLICY findings_by_camera ON findings TO louver_api
  USING (EXISTS (SELECT FROM cameras WHERE cameras.id = findings.camera_id));
CREATE POLICY findings_for_worker ON findings TO louver_worker USING (true);
ALTER TABLE finding_decisions ENABLE ROW LEVEL SECURITY;
CREATE POLICY finding_decisions_by_finding ON finding_decisions TO louver_api
  USING (EXISTS (SELECT FROM findings WHERE findings.id = finding_decisions.finding_id));
CREATE POLICY finding_decisions_for_worker ON finding_decisions FOR SELECT TO louver_worker USING (true);

-- The list of work has no policy: it holds numbers of aims, and how many are left is for everybody to know.
GRANT SELECT ON exposure_policies, exposure_runs, exposures, findings, finding_decisions, exposure_work, exposure_recomputations
  TO louver_api, louver_worker;
GRANT INSERT (finding_id, decision, note, account_id, mask_set_id) ON finding_decisions TO louver_api;
GRANT UPDATE (state, closed_at) ON findings TO louver_api;
GRANT INSERT ON exposure_runs, exposures, findings TO louver_worker;
GRANT UPDATE (superseded_at) ON exposure_runs TO louver_worker;
GRANT UPDATE (run_id, policy_version, homes, worst_dori, worst_share, mask_set_id, state, closed_at, closed_by_run_id) ON findings TO louver_worker;
GRANT UPDATE (queued_at, claimed_at), DELETE ON exposure_work TO louver_worker;
GRANT UPDATE (finished_at) ON exposure_recomputations TO louver_worker;
GRANT INSERT (reason, account_id, jurisdictions) ON exposure_recomputations TO louver_api;
GRANT UPDATE (announced_at) ON exposure_policies TO louver_worker;
