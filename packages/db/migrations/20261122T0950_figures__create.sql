-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Public figures. The worker counts, because it sees all of it; what it writes here is for everybody, so that a public page
-- reads one row and reaches nothing else, and no number of visitors makes the database count.

-- The month under way, as it was counted last.
CREATE TABLE current_figures (
  only_row   boolean PRIMARY KEY DEFAULT true CONSTRAINT current_figures_is_one_row CHECK (only_row),
  figures    jsonb NOT NULL,
  counted_at timestamptz NOT NULL,
  -- Milliseconds that counting took: it decides how long nobody counts again.
  took_ms    integer NOT NULL CONSTRAINT current_figures_took_time CHECK (took_ms >= 0)
);

-- One a month, written once when it is over, with its digest on the record.
CREATE TABLE monthly_reports (
  month      text PRIMARY KEY CONSTRAINT monthly_report_of_month CHECK (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  figures    jsonb NOT NULL CONSTRAINT monthly_report_is_whole CHECK (figures ->> 'month' = month AND figures -> 'whole' = 'true'),
  -- SHA-256 of the canonical JSON of `figures`.
  digest     text NOT NULL CONSTRAINT monthly_report_digest_is_sha256 CHECK (digest ~ '^[0-9a-f]{64}$'),
  written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER monthly_reports_only_grow BEFORE UPDATE OR DELETE ON monthly_reports FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER monthly_reports_never_truncate BEFORE TRUNCATE ON monthly_reports FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT ON current_figures, monthly_reports TO louver_api, louver_worker;
GRANT INSERT, UPDATE ON current_figures TO louver_worker;
GRANT INSERT (month, figures, digest) ON monthly_reports TO louver_worker;
