-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The cameras that the actor may see. Row-level security guards the tables, yet it lets no index on place or name be used:
-- those operators aren't leakproof, so every row's permission is asked first. The views run as their owner and ask once
-- themselves; the planner then picks the index.

-- For finding. Streams and health are joined by their keys, so whoever asks for neither does not pay for them.
-- coalesce() changes no answer: it keeps the planner from taking the permission for one that a hundredth of all rows has,
-- for which it would look up every camera of a city one by one.
CREATE VIEW visible_cameras AS
SELECT c.id, c.code, c.name, c.jurisdiction, c.location, c.operator, c.host_premises, c.publication, c.status, c.mobility, c.search,
       s.camera_id IS NOT NULL AS has_stream,
       CASE WHEN s.camera_id IS NULL THEN 'none' ELSE coalesce(h.state, 'unknown') END AS stream_state
FROM cameras c
LEFT JOIN camera_streams s ON s.camera_id = c.id
LEFT JOIN camera_health h ON h.camera_id = c.id
WHERE coalesce(c.jurisdiction <@ (SELECT actor_jurisdictions()), false);

-- For showing what was found. Apart, because a join with the current one of several aims is made even when nobody asks for it.
CREATE VIEW visible_camera_aims AS
SELECT c.*, a.heading_deg, a.hfov_deg, a.range_m
FROM visible_cameras c
LEFT JOIN aims a ON a.camera_id = c.id AND a.is_current;

GRANT SELECT ON visible_cameras, visible_camera_aims TO louver_api;
