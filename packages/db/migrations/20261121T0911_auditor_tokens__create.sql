-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Tokens with which an auditor's programs read the entries of the log. Only a hash is kept: whoever reads this table reads
-- no log. A token is worth what its account is: when that is disabled or is no auditor's any more, its tokens open nothing.

CREATE TABLE auditor_tokens (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id   uuid NOT NULL REFERENCES accounts (id),
  label        text NOT NULL CONSTRAINT auditor_token_has_label CHECK (length(label) BETWEEN 1 AND 100),
  scope        text NOT NULL CONSTRAINT auditor_token_scope_known CHECK (scope IN ('log:entries')),
  -- Without salt: the token is 256 random bits, which nobody guesses.
  token_sha256 bytea NOT NULL CONSTRAINT auditor_token_is_hash CHECK (octet_length(token_sha256) = 32),
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL,
  revoked_at   timestamptz
);
CREATE UNIQUE INDEX auditor_tokens_hash_idx ON auditor_tokens (token_sha256);
CREATE INDEX auditor_tokens_account_idx ON auditor_tokens (account_id, created_at DESC);

-- A token is revoked once and otherwise never changed: a thief who reached this table can't prolong one, nor call one back.
CREATE FUNCTION guard_auditor_token() RETURNS trigger
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
REVOKE EXECUTE ON FUNCTION guard_auditor_token() FROM PUBLIC;
CREATE TRIGGER auditor_tokens_guard BEFORE UPDATE ON auditor_tokens FOR EACH ROW EXECUTE FUNCTION guard_auditor_token();

-- Without row-level security, as with accounts: whose a token is turns out only when it is found.
GRANT SELECT, INSERT (account_id, label, scope, token_sha256, expires_at), UPDATE (revoked_at) ON auditor_tokens TO louver_api;
