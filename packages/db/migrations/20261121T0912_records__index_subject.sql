-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What happened to one thing: an auditor asks for it by its id, and a media worker for the approval of a mask set.

CREATE INDEX records_subject_idx ON records (subject, seq DESC);
