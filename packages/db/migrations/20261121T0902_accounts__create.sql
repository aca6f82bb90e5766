-- SPDX-License-Identifier: AGPL-3.0-or-later
-- People and their accounts. The account is the pseudonym that stands in the record; the name stands here and only here,
-- so that a person can be erased and the record stays whole. Two accounts of one person count as one when two people are needed.

CREATE TABLE persons (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name       text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE accounts (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  person_id     uuid NOT NULL REFERENCES persons (id),
  email         text NOT NULL,
  password_hash text NOT NULL,
  role          text NOT NULL CONSTRAINT account_role_known
                CHECK (role IN ('operator', 'supervisor', 'reviewer', 'officer', 'auditor', 'custodian', 'administrator')),
  jurisdictions ltree[] NOT NULL CONSTRAINT account_has_jurisdiction CHECK (cardinality(jurisdictions) > 0),
  disabled_at   timestamptz,
  created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX account_email_taken ON accounts (lower(email));
CREATE INDEX accounts_person_idx ON accounts (person_id);

-- What a role must state before it looks, and how long one look may last.
CREATE TABLE viewing_policies (
  role                    text PRIMARY KEY,
  case_reference_required boolean NOT NULL,
  max_minutes             integer NOT NULL CONSTRAINT viewing_policy_minutes CHECK (max_minutes BETWEEN 1 AND 240)
);
INSERT INTO viewing_policies (role, case_reference_required, max_minutes)
VALUES ('operator', false, 30), ('supervisor', false, 15), ('reviewer', false, 15);

GRANT SELECT ON persons, accounts, viewing_policies TO louver_api;
