// SPDX-License-Identifier: AGPL-3.0-or-later
// How cameras and homes stand now. Not from the record: it says what was done, and the register says what there is.
import { sql, type Tx } from '@louver/db';
import { z } from 'zod';

const count = z.number().int();

export const countCameras = (tx: Tx) =>
  tx.one(
    z.object({ shown: count, counted: count, planned: count, biometric: count, sound: count }),
    sql`
      SELECT (count(*) FILTER (WHERE status = 'live' AND publication = 'shown'))::integer AS shown,
             (count(*) FILTER (WHERE status = 'live' AND publication = 'counted'))::integer AS counted,
             (count(*) FILTER (WHERE status = 'planned'))::integer AS planned,
             (count(*) FILTER (WHERE status = 'live'
                AND (has_biometrics OR capabilities && ARRAY['face-recognition', 'gait-recognition'])))::integer AS biometric,
             (count(*) FILTER (WHERE status = 'live' AND (has_audio OR 'microphone' = ANY (capabilities))))::integer AS sound
      FROM cameras
    `,
  );

const Group = z.object({
  kind: z.enum(['named', 'private-house', 'unshown', 'unstated']),
  name: z.string().nullable(),
  cameras: count,
});

/**
 * Live cameras by what the register says. A name is told where a camera that is shown bears it: otherwise the number of a camera
 * that is counted and not shown would tell whose it is, and the owner of a private house is nobody's business.
 */
export const groupCameras = (tx: Tx, by: 'purpose' | 'owner') => {
  const isPrivate = by === 'owner' ? sql`host_premises = 'private-house'` : sql`false`;
  const name = sql`nullif(btrim(${by === 'owner' ? sql`owner` : sql`purpose`}), '')`;
  return tx.many(
    Group,
    sql`
      WITH live AS (
        SELECT CASE WHEN ${isPrivate} THEN NULL ELSE ${name} END AS name, ${isPrivate} AS private, publication
        FROM cameras WHERE status = 'live'
      ), told AS (
        SELECT name, private, bool_or(publication = 'shown') AS shown, count(*) AS cameras FROM live GROUP BY name, private
      )
      SELECT kind, CASE kind WHEN 'named' THEN name END AS name, sum(cameras)::integer AS cameras
      FROM (SELECT told.*, CASE WHEN private THEN 'private-house' WHEN name IS NULL THEN 'unstated' WHEN shown THEN 'named'
                           ELSE 'unshown' END AS kind FROM told) kinds
      GROUP BY 1, 2
      ORDER BY kind <> 'named', 3 DESC, 2, 1
    `,
  );
};

/**
 * A row for each home and camera's view that sees it, and how the home stands in it. `bare`: a picture shows it, because masks do
 * not reach yet, or because two persons said of this very view that it is no breach.
 */
const sights = sql`
  flagged AS (
    SELECT f.aim_id, (home ->> 'buildingId')::uuid AS building_id
    FROM findings f CROSS JOIN jsonb_array_elements(f.homes) AS home
    WHERE f.kind = 'home-exposed' AND f.state = 'open'
      AND NOT EXISTS (SELECT FROM mask_sets m WHERE m.aim_id = f.aim_id AND m.state = 'proposed' AND m.enforced_at IS NOT NULL)
  ), allowed AS (
    SELECT f.aim_id, d.aim_digest, (home ->> 'buildingId')::uuid AS building_id
    FROM finding_decisions d JOIN findings f ON f.id = d.finding_id CROSS JOIN jsonb_array_elements(d.homes) AS home
    WHERE d.decision = 'no-breach' AND d.completes
  ), views AS (
    SELECT r.id, r.aim_id, r.aim_digest, c.jurisdiction,
           a.calibration <> 'assumed'
           AND EXISTS (SELECT FROM mask_sets m WHERE m.aim_id = r.aim_id AND m.state IN ('approved', 'active') AND m.expires_at > now()) AS lit
    FROM exposure_runs r JOIN cameras c ON c.id = r.camera_id AND c.status = 'live' JOIN aims a ON a.id = r.aim_id
    WHERE r.superseded_at IS NULL
  ), sights AS (
    SELECT e.building_id, v.jurisdiction, e.dori, cardinality(e.breaches) > 0 AS close,
           CASE WHEN NOT v.lit THEN 'dark'
                WHEN EXISTS (SELECT FROM flagged f WHERE f.aim_id = v.aim_id AND f.building_id = e.building_id)
                  OR EXISTS (SELECT FROM allowed a
                             WHERE a.aim_id = v.aim_id AND a.aim_digest = v.aim_digest AND a.building_id = e.building_id) THEN 'bare'
                ELSE 'covered' END AS standing
    FROM views v
    JOIN exposures e ON e.run_id = v.id
    JOIN buildings b ON b.id = e.building_id AND b.is_home
  )`;

const Homes = z.object({
  ...{ detect: count, observe: count, recognise: count, identify: count },
  ...{ tooClose: count, covered: count, dark: count, bare: count },
});

/** A home is `bare` as soon as one picture shows it, and `dark` when no camera that sees it too closely has a picture. */
export const countHomes = (tx: Tx) =>
  tx.one(
    Homes,
    sql`
      WITH ${sights}, homes AS (
        SELECT building_id, max(array_position(ARRAY['none', 'detect', 'observe', 'recognise', 'identify'], dori)) - 1 AS level,
               bool_or(close) AS close, bool_or(close AND standing = 'bare') AS bare, bool_or(close AND standing = 'covered') AS covered
        FROM sights GROUP BY building_id
      )
      SELECT (count(*) FILTER (WHERE level = 1))::integer AS detect, (count(*) FILTER (WHERE level = 2))::integer AS observe,
             (count(*) FILTER (WHERE level = 3))::integer AS recognise, (count(*) FILTER (WHERE level = 4))::integer AS identify,
             (count(*) FILTER (WHERE close))::integer AS "tooClose", (count(*) FILTER (WHERE bare))::integer AS bare,
             (count(*) FILTER (WHERE covered AND NOT bare))::integer AS covered,
             (count(*) FILTER (WHERE close AND NOT bare AND NOT covered))::integer AS dark
      FROM homes
    `,
  );

/** The rule in force, and how many views of live cameras have no measurement that holds. */
export const findRule = (tx: Tx) =>
  tx.one(
    z.object({ policyVersion: count, unmeasured: count }),
    sql`
      SELECT (SELECT version FROM exposure_policies WHERE effective_from <= now() ORDER BY version DESC LIMIT 1) AS "policyVersion",
             (SELECT count(*)::integer FROM aims a JOIN cameras c ON c.id = a.camera_id AND c.status = 'live'
              WHERE EXISTS (SELECT FROM exposure_work w WHERE w.aim_id = a.id)
                 OR NOT EXISTS (SELECT FROM exposure_runs r WHERE r.aim_id = a.id AND r.superseded_at IS NULL)) AS unmeasured
    `,
  );

const Ward = z.object({
  path: z.string(),
  name: z.string(),
  nameEn: z.string().nullable(),
  ...{ live: count, planned: count, tooClose: count, bare: count },
});

/** Communes that have a camera or a boundary, by name. */
export const listWards = (tx: Tx) =>
  tx.many(
    Ward,
    sql`
      WITH ${sights}, homes AS (
        SELECT jurisdiction, building_id, bool_or(standing = 'bare') AS bare FROM sights WHERE close GROUP BY jurisdiction, building_id
      )
      SELECT j.path::text AS path, j.name, j.name_en AS "nameEn", c.live, c.planned, h."tooClose", h.bare
      FROM jurisdictions j
      CROSS JOIN LATERAL (
        SELECT (count(*) FILTER (WHERE status = 'live'))::integer AS live, (count(*) FILTER (WHERE status = 'planned'))::integer AS planned
        FROM cameras WHERE cameras.jurisdiction <@ j.path
      ) c
      CROSS JOIN LATERAL (
        SELECT count(DISTINCT building_id)::integer AS "tooClose", (count(DISTINCT building_id) FILTER (WHERE homes.bare))::integer AS bare
        FROM homes WHERE homes.jurisdiction <@ j.path
      ) h
      WHERE j.kind = 'commune' AND (j.boundary IS NOT NULL OR c.live + c.planned > 0)
      ORDER BY j.name, j.path
    `,
  );
