-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Complaints. What happened to a case is a list of events that only grows; where it stands follows from them and from the
-- rules it was filed under (packages/clocks), and is stored nowhere as truth. The database guards who may write which event:
-- the body that has the case, never the same person or body at both levels, never without the paper, never «fixed» against
-- the measurement. Who complained lies apart, sealed.

-- Nothing is released, and the tables are empty wherever this runs: there is nobody to break and nothing to wait for.
-- squawk-ignore-file constraint-missing-not-valid, require-concurrent-index-creation

CREATE SEQUENCE complaint_reference;

CREATE TABLE complaints (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  reference    text NOT NULL CONSTRAINT complaint_reference_taken UNIQUE
               DEFAULT 'KN-' || to_char(now() AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YY') || '-' || lpad(nextval('complaint_reference')::text, 6, '0'),
  kind         text NOT NULL CONSTRAINT complaint_kind_known CHECK (kind IN (
                 'faces-home', 'not-registered', 'no-sign', 'footage-access', 'footage-misuse', 'camera-fault', 'planned-camera')),
  form         text NOT NULL CONSTRAINT complaint_form_known CHECK (form IN ('named', 'anonymous')),
  procedure    text NOT NULL CONSTRAINT complaint_procedure_known CHECK (procedure IN ('complaint', 'data-request', 'report')),
  -- The rule set in force on the day of filing. It keeps it.
  rules        text NOT NULL,
  -- Where it is, and who is complained of.
  jurisdiction ltree NOT NULL REFERENCES jurisdictions (path),
  camera_id    uuid REFERENCES cameras (id),
  place        geometry(Point, 4326),
  -- No foreign key: an import may replace buildings, and the case stays.
  home_id      uuid,
  -- How the home was seen when the complaint was filed.
  basis        jsonb NOT NULL DEFAULT '[]',
  -- Remote area of the law, with the longer periods.
  remote       boolean NOT NULL DEFAULT false,
  -- What a data subject asks for, by the words of the rules.
  request      text,
  source       text NOT NULL CONSTRAINT complaint_source_known CHECK (source IN ('page', 'open311')),
  filed_at     timestamptz NOT NULL,
  CONSTRAINT complaint_is_somewhere CHECK (camera_id IS NOT NULL OR place IS NOT NULL),
  CONSTRAINT complaint_of_law_has_name CHECK (procedure = 'report' OR form = 'named')
);
CREATE INDEX complaints_jurisdiction_idx ON complaints USING gist (jurisdiction);
CREATE INDEX complaints_place_idx ON complaints USING gist ((place::geography));
CREATE INDEX complaints_camera_idx ON complaints (camera_id);
CREATE INDEX complaints_filed_idx ON complaints (filed_at DESC);

-- Whoever holds a case code: the complainant is number 1, further affected persons come after.
CREATE TABLE complaint_parties (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  complaint_id uuid NOT NULL REFERENCES complaints (id),
  label        integer NOT NULL CONSTRAINT complaint_party_counts CHECK (label > 0),
  role         text NOT NULL CONSTRAINT complaint_party_role CHECK (role = CASE WHEN label = 1 THEN 'complainant' ELSE 'affected' END),
  named        boolean NOT NULL,
  language     text NOT NULL CONSTRAINT complaint_party_language CHECK (language IN ('vi', 'en')),
  text         text NOT NULL CONSTRAINT complaint_text_fits CHECK (length(text) BETWEEN 1 AND 8000),
  -- HMAC-SHA256 of the case code and of the form's key, under keys that the database does not have.
  code_mac     bytea NOT NULL CONSTRAINT complaint_code_taken UNIQUE CONSTRAINT complaint_code_is_mac CHECK (octet_length(code_mac) = 32),
  form_mac     bytea NOT NULL CONSTRAINT complaint_form_used UNIQUE CONSTRAINT complaint_form_is_mac CHECK (octet_length(form_mac) = 32),
  joined_at    timestamptz NOT NULL,
  left_at      timestamptz,
  CONSTRAINT complaint_party_number UNIQUE (complaint_id, label)
);

-- Name and contact, AES-256-GCM with a key that the database does not have. Opened on the record only.
CREATE TABLE complaint_identities (
  party_id uuid PRIMARY KEY REFERENCES complaint_parties (id),
  sealed   bytea NOT NULL
);

CREATE TABLE complaint_papers (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  complaint_id uuid NOT NULL REFERENCES complaints (id),
  number       text NOT NULL CONSTRAINT complaint_paper_has_number CHECK (length(btrim(number)) > 0),
  title        text NOT NULL,
  pdf          bytea NOT NULL CONSTRAINT complaint_paper_is_pdf CHECK (substring(pdf FROM 1 FOR 5) = '%PDF-'::bytea),
  sha256       text NOT NULL CONSTRAINT complaint_paper_digest CHECK (sha256 = encode(sha256(pdf), 'hex')),
  made_at      timestamptz NOT NULL,
  CONSTRAINT complaint_paper_of_case UNIQUE (id, complaint_id)
);

CREATE TABLE complaint_events (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  complaint_id uuid NOT NULL REFERENCES complaints (id),
  seq          integer NOT NULL,
  kind         text NOT NULL CONSTRAINT complaint_event_kind_known CHECK (kind IN (
                 'filed', 'acknowledged', 'accepted', 'refused', 'extended', 'suspended', 'resumed', 'decided', 'sent', 'appealed',
                 'second-accepted', 'second-refused', 'second-decided', 'second-sent', 'withdrawn',
                 'lapsed', 'taken-over', 'forwarded', 'joined', 'identified', 'fixed')),
  -- When it counts from. Of a date that passed: the first day after it, whenever somebody noticed.
  at           timestamptz NOT NULL,
  noticed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  level        text NOT NULL CONSTRAINT complaint_event_level_known CHECK (level IN ('first', 'second', 'oversight')),
  account_id   uuid REFERENCES accounts (id),
  person_id    uuid REFERENCES persons (id),
  -- On whose behalf the account acted.
  body         ltree,
  party_id     uuid REFERENCES complaint_parties (id),
  paper_id     uuid,
  reason       text,
  outcome      text CONSTRAINT complaint_outcome_known CHECK (outcome IN ('fixed', 'founded', 'partly-founded', 'unfounded', 'answered')),
  -- Days of an extension.
  amount       integer CONSTRAINT complaint_extension_counts CHECK (amount > 0),
  forwarded_to ltree REFERENCES jurisdictions (path),
  clock        text,
  due          date,
  consequences text[],
  -- What a «fixed» rests on.
  measured     jsonb,
  CONSTRAINT complaint_event_order UNIQUE (complaint_id, seq),
  CONSTRAINT complaint_event_paper_of_case FOREIGN KEY (paper_id, complaint_id) REFERENCES complaint_papers (id, complaint_id),
  CONSTRAINT complaint_needs_document CHECK (
    kind NOT IN ('refused', 'extended', 'suspended', 'decided', 'second-refused', 'second-decided', 'fixed') OR paper_id IS NOT NULL),
  CONSTRAINT complaint_needs_reason CHECK (
    kind NOT IN ('refused', 'extended', 'suspended', 'second-refused', 'forwarded', 'taken-over', 'identified') OR length(btrim(reason)) >= 3),
  CONSTRAINT complaint_decision_says_what CHECK ((kind IN ('decided', 'second-decided')) = (outcome IS NOT NULL)),
  CONSTRAINT complaint_lapse_names_clock CHECK ((kind = 'lapsed') = (clock IS NOT NULL AND due IS NOT NULL AND consequences IS NOT NULL)),
  CONSTRAINT complaint_event_has_author CHECK (CASE
    WHEN kind = 'lapsed' THEN account_id IS NULL AND party_id IS NULL
    WHEN kind IN ('filed', 'appealed', 'withdrawn', 'joined') THEN party_id IS NOT NULL
    WHEN kind IN ('sent', 'second-sent') THEN num_nonnulls(account_id, party_id) = 1
    ELSE account_id IS NOT NULL END)
);
-- A paper says one thing once.
CREATE UNIQUE INDEX complaint_paper_used ON complaint_events (paper_id);
-- Once in the life of a case. Anything else would let a second acceptance begin the clock anew.
CREATE UNIQUE INDEX complaint_act_impossible ON complaint_events (complaint_id, kind)
  WHERE kind NOT IN ('extended', 'suspended', 'resumed', 'lapsed', 'forwarded', 'joined', 'identified');
-- A date passes once, however many notice it.
CREATE UNIQUE INDEX complaint_lapse_once ON complaint_events (complaint_id, clock, due) WHERE kind = 'lapsed';

-- The original as it was sent, sealed, and what people see of it.
CREATE TABLE complaint_photos (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  complaint_id uuid NOT NULL REFERENCES complaints (id),
  party_id     uuid NOT NULL REFERENCES complaint_parties (id),
  media_type   text NOT NULL CONSTRAINT complaint_photo_type_known CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
  bytes        integer NOT NULL,
  -- SHA-256 of the original; it stands on the record.
  sha256       text NOT NULL CONSTRAINT complaint_photo_digest CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  sealed       bytea NOT NULL,
  picture      bytea NOT NULL,
  width        integer NOT NULL,
  height       integer NOT NULL,
  added_at     timestamptz NOT NULL
);
-- Compressed already: trying again costs time and gains nothing.
ALTER TABLE complaint_photos ALTER COLUMN sealed SET STORAGE EXTERNAL, ALTER COLUMN picture SET STORAGE EXTERNAL;
CREATE INDEX complaint_photos_case_idx ON complaint_photos (complaint_id, added_at);

CREATE TABLE complaint_messages (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  complaint_id uuid NOT NULL REFERENCES complaints (id),
  -- Who wrote it, or to whom the office wrote; null: to everybody in the case.
  party_id     uuid REFERENCES complaint_parties (id),
  account_id   uuid REFERENCES accounts (id),
  text         text NOT NULL CONSTRAINT complaint_message_fits CHECK (length(text) BETWEEN 1 AND 8000),
  at           timestamptz NOT NULL,
  CONSTRAINT complaint_message_has_author CHECK (party_id IS NOT NULL OR account_id IS NOT NULL)
);
CREATE INDEX complaint_messages_case_idx ON complaint_messages (complaint_id, at);

-- Who has the case (kept by the guard below), and where it stood when somebody last computed it: for sorting and counting only.
CREATE TABLE complaint_standings (
  complaint_id uuid PRIMARY KEY REFERENCES complaints (id),
  level        text NOT NULL DEFAULT 'first',
  -- Null: the oversight body.
  handler      ltree,
  last_seq     integer NOT NULL DEFAULT 0,
  last_at      timestamptz NOT NULL DEFAULT '-infinity',
  stage        text NOT NULL,
  next_due     date,
  late         boolean NOT NULL DEFAULT false,
  -- Nothing is expected of anybody any more.
  is_over      boolean NOT NULL DEFAULT false,
  computed_for date
);
CREATE INDEX complaint_standings_handler_idx ON complaint_standings USING gist (handler);

-- A superior or the oversight body was told of a date that passed.
CREATE TABLE complaint_notifications (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  complaint_id uuid NOT NULL REFERENCES complaints (id),
  clock        text NOT NULL,
  due          date NOT NULL,
  audience     text NOT NULL CONSTRAINT complaint_audience_known CHECK (audience IN ('superior', 'oversight')),
  -- The superior body; null for oversight, and where there is none above.
  body         ltree,
  told_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT complaint_told_once UNIQUE (complaint_id, clock, due, audience)
);

CREATE FUNCTION refuse_case(why text, slug text) RETURNS void
  LANGUAGE plpgsql
  AS $$ BEGIN RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation', CONSTRAINT = slug; END $$;

CREATE FUNCTION body_above(body ltree) RETURNS ltree
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN nlevel(body) > 1 THEN subpath(body, 0, -1) END $$;

-- Every aim that sees a home now, and every aim of the camera that is named: one row an aim with its current measurement.
CREATE FUNCTION home_sights(home uuid, camera uuid)
  RETURNS TABLE (aim_id uuid, camera_id uuid, camera_code text, camera_status text, run_id uuid, measured_at timestamptz, dori text,
                 frame_share double precision, distance_metres double precision, breaches text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
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

-- Masks that were burned in after the complaint, and no finding that still names the home.
CREATE FUNCTION home_is_covered(home uuid, aim uuid, since timestamptz) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    SELECT EXISTS (SELECT FROM mask_sets WHERE mask_sets.aim_id = aim AND state = 'active' AND activated_at > since)
       AND NOT EXISTS (SELECT FROM findings WHERE findings.aim_id = aim AND kind = 'home-exposed' AND state = 'open'
                         AND homes @> jsonb_build_array(jsonb_build_object('buildingId', home)))
  $$;

-- How far the view of an aim counts is a number that one person writes: whoever makes it smaller measures less, and nothing is
-- fixed by it.
CREATE FUNCTION looked_further(basis jsonb, aim uuid, run uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    SELECT EXISTS (
      SELECT FROM jsonb_array_elements(basis) AS b (was)
      JOIN exposure_runs before ON before.id = (b.was ->> 'runId')::uuid
      JOIN exposure_runs latest ON latest.id = run
      WHERE b.was ->> 'aimId' = aim::text
        AND (latest.inputs #>> '{aim,range}')::float8 < (before.inputs #>> '{aim,range}')::float8)
  $$;

-- Why a case may not be called fixed: null, 'still-seen' or 'not-measured'. Only a case about a home is measured.
CREATE FUNCTION fixed_refused(wanted uuid) RETURNS text
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
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

-- What is complained of, for somebody who may see no camera: body, home, and whether the camera is there.
CREATE FUNCTION complaint_target(camera uuid, lon double precision, lat double precision)
  RETURNS TABLE (camera_found boolean, jurisdiction ltree, home_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    WITH spot AS (SELECT CASE WHEN lon IS NOT NULL THEN ST_SetSRID(ST_MakePoint(lon, lat), 4326) END AS at)
    SELECT EXISTS (SELECT FROM cameras WHERE cameras.id = camera),
           coalesce((SELECT cameras.jurisdiction FROM cameras WHERE cameras.id = camera),
                    (SELECT path FROM jurisdictions, spot WHERE ST_Covers(boundary, spot.at) ORDER BY nlevel(path) DESC LIMIT 1)),
           (SELECT buildings.id FROM buildings, spot
            WHERE is_home AND footprint && ST_Expand(spot.at, 0.0003) AND ST_DWithin(footprint::geography, spot.at::geography, 15)
            ORDER BY ST_Distance(footprint::geography, spot.at::geography) LIMIT 1)
  $$;

-- By the MAC of a case code, which the transaction states: row-level security shows its holder that case and no other.
CREATE FUNCTION actor_case() RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    SELECT complaint_id FROM complaint_parties
    WHERE code_mac = decode(nullif(current_setting('louver.case_mac', true), ''), 'hex')
  $$;

-- What is behind the sentence of a public page: no person, no place, no text.
CREATE FUNCTION complaint_figures() RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
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

-- Open cases of a kind by the same camera or within so many metres.
CREATE FUNCTION complaints_near(wanted_kind text, camera uuid, lon double precision, lat double precision, metres double precision)
  RETURNS TABLE (reference text, kind text, filed_at timestamptz, same_camera boolean, affected integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    SELECT c.reference, c.kind, c.filed_at, coalesce(c.camera_id = camera, false),
           (SELECT count(*)::integer FROM complaint_parties p WHERE p.complaint_id = c.id AND p.left_at IS NULL)
    FROM complaints c JOIN complaint_standings s ON s.complaint_id = c.id
    WHERE c.kind = wanted_kind AND NOT s.is_over
      AND (c.camera_id = camera
           OR (lon IS NOT NULL AND ST_DWithin(c.place::geography, ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography, metres)))
    ORDER BY c.filed_at DESC LIMIT 5
  $$;

-- The open case that somebody wants to join, for somebody who may see none.
CREATE FUNCTION complaint_to_join(wanted text) RETURNS TABLE (id uuid, kind text, jurisdiction ltree, camera_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    SELECT c.id, c.kind, c.jurisdiction, c.camera_id
    FROM complaints c JOIN complaint_standings s ON s.complaint_id = c.id
    WHERE c.reference = wanted AND NOT s.is_over
  $$;

-- What people see of a photo, or a paper, for an address whose signature the API has checked.
CREATE FUNCTION complaint_file_given_out(complaint uuid, file uuid) RETURNS TABLE (media_type text, bytes bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
    SELECT 'image/webp', picture FROM complaint_photos WHERE id = file AND complaint_id = complaint
    UNION ALL
    SELECT 'application/pdf', pdf FROM complaint_papers WHERE id = file AND complaint_id = complaint
  $$;

-- Numbers are given out one after the other, also to two who join at once.
CREATE FUNCTION number_complaint_party() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  PERFORM FROM complaint_standings WHERE complaint_id = NEW.complaint_id FOR UPDATE;
  NEW.label := (SELECT count(*) + 1 FROM complaint_parties WHERE complaint_id = NEW.complaint_id);
  NEW.role := CASE WHEN NEW.label = 1 THEN 'complainant' ELSE 'affected' END;
  NEW.left_at := NULL;
  RETURN NEW;
END
$$;
CREATE TRIGGER complaint_parties_number BEFORE INSERT ON complaint_parties FOR EACH ROW EXECUTE FUNCTION number_complaint_party();

-- A case keeps whether it was of a remote area when it was filed, and who saw the home; nobody states it.
CREATE FUNCTION begin_complaint() RETURNS trigger
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
CREATE TRIGGER complaints_begin BEFORE INSERT ON complaints FOR EACH ROW EXECUTE FUNCTION begin_complaint();

CREATE FUNCTION stand_complaint() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  INSERT INTO complaint_standings (complaint_id, handler, stage)
  VALUES (NEW.id, NEW.jurisdiction, CASE NEW.procedure WHEN 'complaint' THEN 'awaiting-acceptance' ELSE 'answering' END);
  RETURN NULL;
END
$$;
CREATE TRIGGER complaints_stand AFTER INSERT ON complaints FOR EACH ROW EXECUTE FUNCTION stand_complaint();

-- Who acts, on whose behalf, and whether they may. Raises with the name of a problem.
CREATE FUNCTION guard_case_actor(event complaint_events, standing complaint_standings) RETURNS complaint_events
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
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

-- What may follow what. The rules of dates are the clocks'; this is what no process may get around.
CREATE FUNCTION guard_case_order(event complaint_events, standing complaint_standings, the_case complaints) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
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

-- `measured_for_fixed` is made by 0941, which runs before anybody can write a first event.
CREATE FUNCTION guard_complaint_event() RETURNS trigger
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
CREATE TRIGGER complaint_events_guard BEFORE INSERT ON complaint_events FOR EACH ROW EXECUTE FUNCTION guard_complaint_event();

-- Who has the case from now on. It moves up and never down.
CREATE FUNCTION move_complaint() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
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
CREATE TRIGGER complaint_events_move AFTER INSERT ON complaint_events FOR EACH ROW EXECUTE FUNCTION move_complaint();

CREATE TRIGGER complaints_only_grow BEFORE UPDATE OR DELETE ON complaints FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER complaints_never_truncate BEFORE TRUNCATE ON complaints FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER complaint_events_only_grow BEFORE UPDATE OR DELETE ON complaint_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER complaint_events_never_truncate BEFORE TRUNCATE ON complaint_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER complaint_papers_only_grow BEFORE UPDATE OR DELETE ON complaint_papers FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER complaint_photos_only_grow BEFORE UPDATE OR DELETE ON complaint_photos FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER complaint_messages_only_grow BEFORE UPDATE OR DELETE ON complaint_messages FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER complaint_notifications_only_grow BEFORE UPDATE OR DELETE ON complaint_notifications
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What somebody wrote, and the hashes of their code, stay as they were given; leaving is the only change there is.
CREATE FUNCTION guard_complaint_party() RETURNS trigger
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
CREATE TRIGGER complaint_parties_guard BEFORE UPDATE OR DELETE ON complaint_parties FOR EACH ROW EXECUTE FUNCTION guard_complaint_party();

-- A case as the clocks take it, in the order in which things count.
CREATE VIEW complaint_histories WITH (security_invoker = true) AS
SELECT c.id AS complaint_id, c.rules,
       jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
         'id', e.id, 'kind', e.kind, 'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         'author', coalesce(e.account_id::text, 'complainant'), 'reason', e.reason, 'document', p.number, 'amount', e.amount,
         'remedy', CASE WHEN e.outcome IN ('founded', 'partly-founded') THEN true END,
         'remote', CASE WHEN e.kind = 'filed' THEN c.remote END, 'request', CASE WHEN e.kind = 'filed' THEN c.request END))
         ORDER BY e.at, e.seq) AS events
FROM complaints c
JOIN complaint_events e ON e.complaint_id = c.id
LEFT JOIN complaint_papers p ON p.id = e.paper_id
WHERE e.kind NOT IN ('lapsed', 'forwarded', 'joined', 'identified')
GROUP BY c.id;

REVOKE EXECUTE ON FUNCTION refuse_case(text, text), body_above(ltree), home_sights(uuid, uuid), home_is_covered(uuid, uuid, timestamptz),
  fixed_refused(uuid), looked_further(jsonb, uuid, uuid), complaint_target(uuid, double precision, double precision), actor_case(), complaint_figures(),
  complaints_near(text, uuid, double precision, double precision, double precision), begin_complaint(), stand_complaint(),
  guard_case_actor(complaint_events, complaint_standings), guard_case_order(complaint_events, complaint_standings, complaints),
  guard_complaint_event(), move_complaint(), guard_complaint_party(), complaint_to_join(text), number_complaint_party(),
  complaint_file_given_out(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION actor_case() TO louver_api, louver_worker;
GRANT EXECUTE ON FUNCTION home_sights(uuid, uuid), home_is_covered(uuid, uuid, timestamptz), fixed_refused(uuid), complaint_figures(), complaint_to_join(text), complaint_file_given_out(uuid, uuid),
  complaint_target(uuid, double precision, double precision),
  complaints_near(text, uuid, double precision, double precision, double precision) TO louver_api;
-- The view of a worker's notification says who is above.
GRANT EXECUTE ON FUNCTION body_above(ltree) TO louver_api, louver_worker;

-- The place's people and whoever has the case see it, and so does the holder of its code. Standings say who has it, and nothing more.
ALTER TABLE complaints ENABLE ROW LEVEL SECURITY;
CREATE POLICY complaints_seen ON complaints FOR SELECT TO louver_api USING (
  jurisdiction <@ (SELECT actor_jurisdictions()) OR id = (SELECT actor_case())
  OR EXISTS (SELECT FROM complaint_standings s WHERE s.complaint_id = complaints.id AND s.handler <@ (SELECT actor_jurisdictions())));
CREATE POLICY complaints_filed ON complaints FOR INSERT TO louver_api WITH CHECK (true);
CREATE POLICY complaints_for_worker ON complaints FOR SELECT TO louver_worker USING (true);

ALTER TABLE complaint_parties ENABLE ROW LEVEL SECURITY;
CREATE POLICY complaint_parties_seen ON complaint_parties FOR SELECT TO louver_api
  USING (EXISTS (SELECT FROM complaints c WHERE c.id = complaint_parties.complaint_id));
CREATE POLICY complaint_parties_filed ON complaint_parties FOR INSERT TO louver_api WITH CHECK (true);
CREATE POLICY complaint_parties_leave ON complaint_parties FOR UPDATE TO louver_api
  USING (complaint_id = (SELECT actor_case()));

-- Not even a reader of the whole case reads these without saying so: the policy opens in transactions that have written `identified`.
ALTER TABLE complaint_identities ENABLE ROW LEVEL SECURITY;
CREATE POLICY complaint_identities_asked ON complaint_identities FOR SELECT TO louver_api USING (EXISTS (
  SELECT FROM complaint_parties p JOIN complaint_events e ON e.complaint_id = p.complaint_id
  WHERE p.id = complaint_identities.party_id AND e.kind = 'identified' AND e.party_id = p.id
    AND e.xmin::text = pg_current_xact_id()::xid::text));
CREATE POLICY complaint_identities_filed ON complaint_identities FOR INSERT TO louver_api WITH CHECK (true);

ALTER TABLE complaint_papers ENABLE ROW LEVEL SECURITY;
CREATE POLICY complaint_papers_seen ON complaint_papers TO louver_api
  USING (EXISTS (SELECT FROM complaints c WHERE c.id = complaint_papers.complaint_id)) WITH CHECK (true);
CREATE POLICY complaint_papers_for_worker ON complaint_papers FOR SELECT TO louver_worker USING (true);
ALTER TABLE complaint_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY complaint_events_seen ON complaint_events FOR SELECT TO louver_api
  USING (EXISTS (SELECT FROM complaints c WHERE c.id = complaint_events.complaint_id));
CREATE POLICY complaint_events_written ON complaint_events FOR INSERT TO louver_api WITH CHECK (true);
CREATE POLICY complaint_events_for_worker ON complaint_events TO louver_worker USING (true);
ALTER TABLE complaint_photos ENABLE ROW LEVEL SECURITY;
CREATE POLICY complaint_photos_seen ON complaint_photos TO louver_api
  USING (EXISTS (SELECT FROM complaints c WHERE c.id = complaint_photos.complaint_id)) WITH CHECK (true);
ALTER TABLE complaint_messages ENABLE ROW LEVEL SECURITY;
CREATE POLICY complaint_messages_seen ON complaint_messages TO louver_api
  USING (EXISTS (SELECT FROM complaints c WHERE c.id = complaint_messages.complaint_id)) WITH CHECK (true);
ALTER TABLE complaint_notifications ENABLE ROW LEVEL SECURITY;
CREATE POLICY complaint_notifications_seen ON complaint_notifications FOR SELECT TO louver_api
  USING (EXISTS (SELECT FROM complaints c WHERE c.id = complaint_notifications.complaint_id));
CREATE POLICY complaint_notifications_told ON complaint_notifications FOR INSERT TO louver_api WITH CHECK (true);
CREATE POLICY complaint_notifications_for_worker ON complaint_notifications TO louver_worker USING (true);

GRANT USAGE ON SEQUENCE complaint_reference TO louver_api;
GRANT SELECT ON complaints, complaint_parties, complaint_identities, complaint_papers, complaint_events, complaint_photos, complaint_messages,
  complaint_standings, complaint_notifications, complaint_histories TO louver_api;
GRANT INSERT (id, kind, form, procedure, rules, jurisdiction, camera_id, place, home_id, request, source, filed_at) ON complaints TO louver_api;
GRANT INSERT (id, complaint_id, named, language, text, code_mac, form_mac, joined_at) ON complaint_parties TO louver_api;
GRANT INSERT ON complaint_identities, complaint_papers, complaint_photos, complaint_messages TO louver_api;
GRANT UPDATE (left_at) ON complaint_parties TO louver_api;
-- Not seq, level, person, body, noticed_at: the guard says these.
GRANT INSERT (id, complaint_id, kind, at, account_id, party_id, paper_id, reason, outcome, amount, forwarded_to, clock, due, consequences)
  ON complaint_events TO louver_api, louver_worker;
GRANT UPDATE (stage, next_due, late, is_over, computed_for) ON complaint_standings TO louver_api, louver_worker;
GRANT INSERT (complaint_id, clock, due, audience, body) ON complaint_notifications TO louver_api, louver_worker;
GRANT SELECT ON complaints, complaint_events, complaint_standings, complaint_notifications, complaint_histories TO louver_worker;
GRANT SELECT (id, complaint_id, number) ON complaint_papers TO louver_worker;

-- Keys of programs that file over Open311. Only a hash is kept, without salt: a key is 256 random bits.
CREATE TABLE open311_keys (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  label      text NOT NULL CONSTRAINT open311_key_has_label CHECK (length(label) BETWEEN 1 AND 100),
  key_sha256 bytea NOT NULL CONSTRAINT open311_key_is_hash CHECK (octet_length(key_sha256) = 32),
  account_id uuid NOT NULL REFERENCES accounts (id),
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
CREATE UNIQUE INDEX open311_keys_hash_idx ON open311_keys (key_sha256);
GRANT SELECT, INSERT (label, key_sha256, account_id), UPDATE (last_used_at, revoked_at) ON open311_keys TO louver_api;

-- What a program may read of the cases: no person, no text, no picture; the place rounded to about 100 m.
CREATE VIEW open311_requests WITH (security_barrier = true) AS
SELECT c.id, c.reference, c.kind, c.procedure, c.jurisdiction, j.name AS agency, c.filed_at, s.stage, s.is_over, s.level, s.next_due,
       s.late, (SELECT max(e.noticed_at) FROM complaint_events e WHERE e.complaint_id = c.id AND e.kind <> 'identified') AS updated_at,
       round(ST_X(coalesce(c.place, cameras.location))::numeric, 3)::double precision AS lon,
       round(ST_Y(coalesce(c.place, cameras.location))::numeric, 3)::double precision AS lat
FROM complaints c
JOIN complaint_standings s ON s.complaint_id = c.id
JOIN jurisdictions j ON j.path = c.jurisdiction
-- A camera that is counted and not shown has no place in public, not even a coarse one.
LEFT JOIN cameras ON cameras.id = c.camera_id AND cameras.publication = 'shown';
GRANT SELECT ON open311_requests TO louver_api;
