-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What leaves once a transaction has been committed: jobs and messages to open pages. Written with the change, so that
-- neither can be without the other.

CREATE TABLE outbox (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message    jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION tell_outbox() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  PERFORM pg_notify('outbox', '');
  RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION tell_outbox() FROM PUBLIC;
CREATE TRIGGER outbox_tell AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION tell_outbox();

-- Facts about this installation that are not configuration, e.g. that the demo city was planted.
CREATE TABLE settings (
  key   text PRIMARY KEY,
  value jsonb NOT NULL
);

GRANT SELECT, INSERT, DELETE ON outbox TO louver_api;
-- A row is locked before it is taken (FOR UPDATE SKIP LOCKED), and that asks for the right to update something.
GRANT UPDATE (created_at) ON outbox TO louver_api;
GRANT INSERT ON outbox TO louver_worker;
GRANT SELECT ON settings TO louver_api, louver_worker;
