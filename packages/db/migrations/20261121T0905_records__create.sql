-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The access record. `entry` holds the exact bytes that are hashed; the columns beside it only make them findable.
-- Nobody updates or deletes: not by privilege, and not by mistake of an owner.

CREATE TABLE records (
  seq            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at             timestamptz NOT NULL,
  action         text NOT NULL,
  account_id     uuid REFERENCES accounts (id),
  role           text,
  subject        text NOT NULL,
  camera_id      uuid,
  jurisdiction   ltree,
  purpose        text,
  case_reference text,
  detail         jsonb NOT NULL,
  entry          bytea NOT NULL CONSTRAINT record_entry_fits CHECK (octet_length(entry) <= 65535),
  -- RFC 6962 leaf hash of `entry`, named by whoever wrote it: neither can be changed alone. Cheaper to check than its form.
  digest         text NOT NULL CONSTRAINT record_digest_is_of_entry
                 CHECK (digest = encode(sha256('\x00'::bytea || entry), 'hex')),
  -- Who wrote it: seq is given out before the commit, so only the transaction tells the sealer what it has not seen yet.
  xact           xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX records_at_idx ON records (at);
CREATE INDEX records_camera_idx ON records (camera_id, seq DESC);
CREATE INDEX records_account_idx ON records (account_id, seq DESC);
CREATE INDEX records_action_idx ON records (action, seq DESC);
-- What happened to one thing: an auditor asks for it by its id.
CREATE INDEX records_subject_idx ON records (subject, seq DESC);
CREATE INDEX records_xact_idx ON records (xact);

CREATE TRIGGER records_only_grow BEFORE UPDATE OR DELETE ON records FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER records_never_truncate BEFORE TRUNCATE ON records FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- One person's opened look at one camera.
CREATE TABLE viewings (
  id             uuid PRIMARY KEY,
  camera_id      uuid NOT NULL REFERENCES cameras (id),
  account_id     uuid NOT NULL REFERENCES accounts (id),
  person_id      uuid NOT NULL REFERENCES persons (id),
  role           text NOT NULL,
  jurisdiction   ltree NOT NULL,
  kind           text NOT NULL CONSTRAINT viewing_kind_known CHECK (kind IN ('live', 'still')),
  purpose        text NOT NULL CONSTRAINT viewing_has_purpose CHECK (length(btrim(purpose)) >= 3),
  case_reference text,
  opened_at      timestamptz NOT NULL DEFAULT now(),
  start_before   timestamptz NOT NULL,
  ends_at        timestamptz NOT NULL,
  record_seq     bigint NOT NULL REFERENCES records (seq),
  started_at     timestamptz,
  closed_at      timestamptz,
  end_reason     text CONSTRAINT viewing_end_known
                 CHECK (end_reason IN ('closed', 'line-dropped', 'time-over', 'picture-withheld', 'never-started', 'worker-lost')),
  seconds_delivered double precision,
  frames_delivered  integer,
  CONSTRAINT viewing_closed_with_reason CHECK ((closed_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX viewings_opened_idx ON viewings (opened_at DESC, id);
CREATE INDEX viewings_camera_idx ON viewings (camera_id, opened_at DESC);
CREATE INDEX viewings_account_idx ON viewings (account_id, opened_at DESC);
CREATE INDEX viewings_person_idx ON viewings (person_id, opened_at DESC);
CREATE INDEX viewings_open_idx ON viewings (ends_at) WHERE closed_at IS NULL;

-- What was stated when a look was opened stays as it was stated; a look ends once.
CREATE FUNCTION guard_viewing() RETURNS trigger
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
REVOKE EXECUTE ON FUNCTION guard_viewing() FROM PUBLIC;
CREATE TRIGGER viewings_guard BEFORE UPDATE OR DELETE ON viewings FOR EACH ROW EXECUTE FUNCTION guard_viewing();

ALTER TABLE viewings ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewings_by_jurisdiction ON viewings TO louver_api USING (jurisdiction <@ (SELECT actor_jurisdictions()));
CREATE POLICY viewings_for_worker ON viewings TO louver_worker USING (true);

ALTER TABLE records ENABLE ROW LEVEL SECURITY;
CREATE POLICY records_insert ON records FOR INSERT TO louver_api, louver_worker WITH CHECK (true);
-- What a transaction has just written is no secret to it: a citizen, who holds no area, gets the receipt of a complaint.
CREATE POLICY records_by_jurisdiction ON records FOR SELECT TO louver_api
  USING (jurisdiction IS NULL OR jurisdiction <@ (SELECT actor_jurisdictions()) OR xact = (SELECT pg_current_xact_id_if_assigned()));
CREATE POLICY records_for_worker ON records FOR SELECT TO louver_worker USING (true);

GRANT SELECT ON records TO louver_api, louver_worker;
-- Without seq: who could choose it could leave gaps, or use up the numbers. Without xact: who could choose it could hide a record from the sealer.
GRANT INSERT (at, action, account_id, role, subject, camera_id, jurisdiction, purpose, case_reference, detail, entry, digest)
  ON records TO louver_api, louver_worker;
GRANT SELECT, INSERT ON viewings TO louver_api;
GRANT UPDATE (closed_at, end_reason, seconds_delivered, frames_delivered) ON viewings TO louver_api;
GRANT SELECT, UPDATE (started_at, closed_at, end_reason, seconds_delivered, frames_delivered) ON viewings TO louver_worker;
-- The worker names a person by account in what it writes, and needs no more of them than that.
GRANT SELECT (id, person_id, role, jurisdictions, disabled_at) ON accounts TO louver_worker;
