-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Which record is which leaf of the transparency log, and the tree that was signed last. Written by the sealer alone.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'louver_sealer') THEN
    CREATE ROLE louver_sealer NOLOGIN;
  END IF;
END
$$;

-- No foreign key: its check would lock, hence rewrite, every record once more, and no record can be deleted anyway.
CREATE TABLE record_leaves (
  leaf_index bigint PRIMARY KEY CONSTRAINT leaf_index_counts CHECK (leaf_index >= 0),
  record_seq bigint NOT NULL CONSTRAINT record_sealed_once UNIQUE
);
CREATE TRIGGER record_leaves_only_grow BEFORE UPDATE OR DELETE ON record_leaves FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER record_leaves_never_truncate BEFORE TRUNCATE ON record_leaves FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE log_state (
  only_row   boolean PRIMARY KEY DEFAULT true CONSTRAINT log_state_is_one_row CHECK (only_row),
  -- Counts the sealers that ever started. Whoever finds another number than its own has been replaced and signs no more.
  term       bigint NOT NULL,
  size       bigint NOT NULL,
  -- RFC 6962 root of the first `size` leaves.
  root       text NOT NULL CONSTRAINT log_root_is_sha256 CHECK (root ~ '^[0-9a-f]{64}$'),
  -- As the log signed it, before any witness did. Null until the first sealer has started.
  checkpoint text,
  sealed_at  timestamptz
);
INSERT INTO log_state (term, size, root) VALUES (0, 0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');

-- A second tree of the same size would be a fork; the files and the witnesses would tell, this refuses it.
CREATE FUNCTION guard_log_state() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  IF NEW.term < OLD.term OR NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.root <> OLD.root) THEN
    RAISE EXCEPTION 'the log only grows' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
REVOKE EXECUTE ON FUNCTION guard_log_state() FROM PUBLIC;
CREATE TRIGGER log_state_only_grows BEFORE UPDATE ON log_state FOR EACH ROW EXECUTE FUNCTION guard_log_state();
CREATE TRIGGER log_state_stays BEFORE DELETE ON log_state FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER log_state_never_truncate BEFORE TRUNCATE ON log_state FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT ON record_leaves, log_state TO louver_api, louver_worker, louver_sealer;
GRANT INSERT ON record_leaves TO louver_sealer;
GRANT UPDATE (term, size, root, checkpoint, sealed_at) ON log_state TO louver_sealer;

-- All columns: it compares what people read with what was sealed. They say nothing that the entry does not.
CREATE POLICY records_for_sealer ON records FOR SELECT TO louver_sealer USING (true);
GRANT SELECT ON records TO louver_sealer;
