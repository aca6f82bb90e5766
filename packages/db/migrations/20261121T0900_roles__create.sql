-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Who connects, what every later migration builds on, and how a transaction says on whose behalf it runs.
-- The roles may exist already with a password of their own: then they are left as they are.

CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS ltree;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'louver_api') THEN
    CREATE ROLE louver_api NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'louver_worker') THEN
    CREATE ROLE louver_worker NOLOGIN;
  END IF;
END
$$;

-- Set by the API at the start of every transaction, SET LOCAL, so that it cannot outlive it. Nothing set means nothing visible.
CREATE FUNCTION actor_jurisdictions() RETURNS ltree[]
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(current_setting('louver.jurisdictions', true), ''), '{}')::ltree[] $$;

-- Text as people search for it: "Tran Hung Dao" finds "Trần Hưng Đạo".
-- unaccent() is only STABLE because its dictionary could be changed; ours is not, and an index needs IMMUTABLE.
CREATE FUNCTION search_text(VARIADIC parts text[]) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT public.unaccent('public.unaccent', lower(array_to_string(parts, ' '))) $$;

-- A table that only grows: not even its owner changes a row without first removing this trigger, which the log then shows.
CREATE FUNCTION refuse_change() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: it only grows', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
-- Nobody but a trigger runs it; the same holds for every function of a trigger below.
REVOKE EXECUTE ON FUNCTION refuse_change() FROM PUBLIC;
