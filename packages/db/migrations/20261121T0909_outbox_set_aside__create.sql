-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Messages that no attempt can deliver. Kept for a person to look at, apart from the outbox, so that they hold up nobody.

CREATE TABLE outbox_set_aside (
  id           bigint PRIMARY KEY,
  message      jsonb NOT NULL,
  reason       text NOT NULL,
  set_aside_at timestamptz NOT NULL DEFAULT now()
);

GRANT INSERT ON outbox_set_aside TO louver_api;
