-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The cameras that the actor may see, with what the list and the map show of each.
-- Row-level security guards the tables, yet it lets no index on place or name be used: those operators aren't leakproof, so
-- every row's permission is asked first. The view runs as its owner and asks once itself; the planner then picks the index.

CREATE VIEW visible_cameras AS
SELECT c.id, c.code, c.name, c.jurisdiction, c.location, c.operator, c.host_premises, c.publication, c.status, c.mobility, c.search,
       a.heading_deg, a.hfov_deg, a.range_m,
       s.camera_id IS NOT NULL AS has_stream,
       CASE WHEN s.camera_id IS NULL THEN 'none' ELSE coalesce(h.state, 'unknown') END AS stream_state
FROM cameras c
LEFT JOIN aims a ON a.camera_id = c.id AND a.is_current
LEFT JOIN camera_streams s ON s.camera_id = c.id
LEFT JOIN camera_health h ON h.camera_id = c.id
WHERE c.jurisdiction <@ (SELECT actor_jurisdictions());

GRANT SELECT ON visible_cameras TO louver_api;
