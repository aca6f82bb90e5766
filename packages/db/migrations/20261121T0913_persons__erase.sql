-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A person who was erased keeps the ids that the record names, and nothing that says who it was.
ALTER TABLE persons ADD COLUMN erased_at timestamptz
  CONSTRAINT person_erased_is_nameless CHECK (erased_at IS NULL OR name = 'erased');

-- Erased once: a name put back by mistake would undo what somebody had a right to.
CREATE FUNCTION guard_erased_person() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  IF OLD.erased_at IS NOT NULL THEN
    RAISE EXCEPTION 'an erased person stays erased' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN coalesce(NEW, OLD);
END
$$;
REVOKE EXECUTE ON FUNCTION guard_erased_person() FROM PUBLIC;
CREATE TRIGGER persons_stay_erased BEFORE UPDATE OR DELETE ON persons FOR EACH ROW EXECUTE FUNCTION guard_erased_person();
