// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  AimCalibration,
  AimGeometry,
  AimId,
  CameraId,
  CameraStatus,
  ExposureRules,
  ExposureRunId,
  FindingId,
  FlaggedHome,
  JurisdictionPath,
  MaskPolygons,
  MaskSetId,
  type ExposureInputs,
  type HomeExposure,
} from '@louver/contract';
import { sql, type Tx } from '@louver/db';
import type { Building } from '@louver/sightline';
import { z } from 'zod';

export const Demand = z.object({ demand: z.string(), recomputationId: z.string().nullable() });
export type Demand = z.infer<typeof Demand>;

/** Undefined when it was met already. */
export const claimWork = (tx: Tx, aimId: AimId) =>
  tx.maybeOne(
    Demand,
    sql`
      UPDATE exposure_work SET claimed_at = clock_timestamp() WHERE aim_id = ${aimId}
      RETURNING demand::text AS demand, recomputation_id::text AS "recomputationId"
    `,
  );

/** False when somebody wants it anew: that demand has a job of its own. */
export const finishWork = async (tx: Tx, aimId: AimId, { demand }: Demand): Promise<boolean> =>
  (await tx.run(sql`DELETE FROM exposure_work WHERE aim_id = ${aimId} AND demand = ${demand}::bigint`)) > 0;

const Masks = z.object({ id: MaskSetId, version: z.number().int(), digest: z.string(), polygons: MaskPolygons });

export const Standing = z.object({
  aimId: AimId,
  cameraId: CameraId,
  jurisdiction: JurisdictionPath,
  status: CameraStatus,
  hasStream: z.boolean(),
  aim: AimGeometry,
  calibration: AimCalibration,
  /** The open finding that nobody has calibrated it. */
  uncalibratedFindingId: FindingId.nullable(),
  policyVersion: z.number().int(),
  rules: ExposureRules,
  approved: Masks.nullable(),
  enforced: Masks.nullable(),
  /** A set from geometry that waits for its reviewer and lies over nothing. */
  proposed: Masks.nullable(),
  lastVersion: z.number().int(),
  run: z.object({ id: ExposureRunId, inputsDigest: z.string() }).nullable(),
  finding: z
    .object({ id: FindingId, aimDigest: z.string(), maskSetId: MaskSetId.nullable(), homes: z.array(FlaggedHome) })
    .nullable(),
  decisions: z.array(z.object({ aimDigest: z.string(), maskSetId: MaskSetId.nullable(), homes: z.array(FlaggedHome) })),
});
export type Standing = z.infer<typeof Standing>;

const masks = sql`json_build_object('id', m.id, 'version', m.version, 'digest', m.digest, 'polygons', m.polygons)`;

/** All that a measurement and what follows from it rest on, but for the buildings. Locked, nothing of it changes before the commit. */
export async function findStanding(tx: Tx, aimId: AimId, lock: 'locked' | 'unlocked'): Promise<Standing | undefined> {
  if (lock === 'locked') await tx.run(sql`SELECT 1 FROM aims WHERE id = ${aimId} FOR UPDATE`);
  return tx.maybeOne(
    Standing,
    sql`
      SELECT a.id AS "aimId", a.camera_id AS "cameraId", c.jurisdiction::text AS jurisdiction,
             CASE WHEN a.retired_at IS NULL THEN c.status ELSE 'retired' END AS status,
             EXISTS (SELECT FROM camera_streams WHERE camera_id = a.camera_id) AS "hasStream",
             json_strip_nulls(json_build_object(
               'position', json_build_object('lon', ST_X(a.position), 'lat', ST_Y(a.position), 'height', a.height_m),
               'heading', a.heading_deg, 'tilt', a.tilt_deg, 'roll', a.roll_deg, 'hfov', a.hfov_deg,
               'image', json_build_object('width', a.frame_width, 'height', a.frame_height), 'range', a.range_m,
               'k1', nullif(a.k1, 0), 'k2', nullif(a.k2, 0))) AS aim,
             a.calibration,
             (SELECT f.id FROM findings f WHERE f.aim_id = a.id AND f.kind = 'aim-uncalibrated' AND f.state = 'open')
               AS "uncalibratedFindingId",
             p.version AS "policyVersion", p.rules,
             (SELECT ${masks} FROM mask_sets m WHERE m.aim_id = a.id AND m.state IN ('approved', 'active')
              ORDER BY m.version DESC LIMIT 1) AS approved,
             (SELECT ${masks} FROM mask_sets m WHERE m.aim_id = a.id AND m.state = 'proposed' AND m.enforced_at IS NOT NULL) AS enforced,
             (SELECT ${masks} FROM mask_sets m
              WHERE m.aim_id = a.id AND m.state = 'proposed' AND m.origin = 'geometry' AND m.enforced_at IS NULL
              ORDER BY m.version DESC LIMIT 1) AS proposed,
             (SELECT coalesce(max(version), 0) FROM mask_sets m WHERE m.aim_id = a.id) AS "lastVersion",
             (SELECT json_build_object('id', r.id, 'inputsDigest', r.inputs_digest) FROM exposure_runs r
              WHERE r.aim_id = a.id AND r.superseded_at IS NULL) AS run,
             (SELECT json_build_object('id', f.id, 'aimDigest', f.aim_digest, 'maskSetId', f.mask_set_id, 'homes', f.homes)
              FROM findings f WHERE f.aim_id = a.id AND f.kind = 'home-exposed' AND f.state = 'open') AS finding,
             coalesce((
               SELECT json_agg(json_build_object('aimDigest', d.aim_digest, 'maskSetId', d.mask_set_id, 'homes', d.homes))
               FROM finding_decisions d JOIN findings f ON f.id = d.finding_id
               WHERE f.aim_id = a.id AND d.completes), '[]') AS decisions
      FROM aims a
      JOIN cameras c ON c.id = a.camera_id
      CROSS JOIN LATERAL (
        SELECT version, rules FROM exposure_policies WHERE effective_from <= now() ORDER BY version DESC LIMIT 1
      ) p
      WHERE a.id = ${aimId}
    `,
  );
}

/**
 * Whether somebody is writing buildings and has not committed: nobody else sees them yet, and whoever writes may have looked
 * before this aim was there for those that they concern. To be asked before buildings are read, in a statement of its own.
 */
export const areBuildingsBeingWritten = async (tx: Tx): Promise<boolean> =>
  (
    await tx.rows(sql`
      SELECT FROM pg_locks
      WHERE locktype = 'relation' AND relation = 'buildings'::regclass AND mode = 'RowExclusiveLock' AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      LIMIT 1
    `)
  ).length > 0;

/** It was met with what could be seen, and is to be met again: the next sweep hands it out. */
export const wantAgain = (tx: Tx, aimId: AimId, { demand }: Demand) =>
  tx.run(sql`
    UPDATE exposure_work SET queued_at = NULL, claimed_at = NULL WHERE aim_id = ${aimId} AND demand = ${demand}::bigint
  `);

/** A little further than the range: geometry, which measures on the plane, has the last word. */
const BEYOND_M = 2;

/** Buildings around an aim, by id, each with a mark that changes with anything that geometry sees of it. Not parsed: it is hot. */
export const buildingsAround = (tx: Tx, aimId: AimId) =>
  tx.rows<Building & { mark: string }>(sql`
    SELECT b.id, b.use, b.is_home AS home, b.height_m AS height, b.min_height_m AS "minHeight",
           ST_AsGeoJSON(b.footprint, 15)::json AS footprint,
           md5(concat_ws(' ', b.use, b.is_home, b.height_m, b.min_height_m, ST_AsBinary(b.footprint))) AS mark
    FROM aims a JOIN buildings b ON ST_DWithin(b.footprint::geography, a.position::geography, a.range_m + ${BEYOND_M})
    WHERE a.id = ${aimId} ORDER BY b.id
  `);

export interface NewRun {
  aimId: AimId;
  cameraId: CameraId;
  inputs: ExposureInputs;
  inputsDigest: string;
  aimDigest: string;
  viewshed: number[][][][];
  homes: readonly HomeExposure[];
}

export async function insertRun(tx: Tx, run: NewRun): Promise<ExposureRunId> {
  await tx.run(
    sql`UPDATE exposure_runs SET superseded_at = clock_timestamp() WHERE aim_id = ${run.aimId} AND superseded_at IS NULL`,
  );
  const shape = JSON.stringify({ type: 'MultiPolygon', coordinates: run.viewshed });
  const { id } = await tx.one(
    z.object({ id: ExposureRunId }),
    sql`
      INSERT INTO exposure_runs (aim_id, camera_id, inputs_digest, inputs, aim_digest, policy_version, viewshed)
      VALUES (${run.aimId}, ${run.cameraId}, ${run.inputsDigest}, ${JSON.stringify(run.inputs)}::jsonb, ${run.aimDigest},
              ${run.inputs.policyVersion},
              ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(${shape}), 4326)), 3)))
      RETURNING id
    `,
  );
  await tx.run(sql`
    INSERT INTO exposures (run_id, building_id, place, frame_share, pixels_per_metre, dori, distance_metres, facade_metres, breaches)
    SELECT ${id}, h."buildingId", row_number() OVER (), h."frameShare", h."pixelsPerMetre", h.dori, h."distanceMetres",
           h."facadeMetres", ARRAY(SELECT json_array_elements_text(h.breaches))
    FROM json_to_recordset(${JSON.stringify(run.homes)}::json)
         AS h ("buildingId" uuid, "frameShare" float8, "pixelsPerMetre" float8, dori text, "distanceMetres" float8,
               "facadeMetres" float8, breaches json)
  `);
  return id;
}

export interface NewSet {
  aimId: AimId;
  cameraId: CameraId;
  version: number;
  polygons: MaskPolygons;
  frame: { width: number; height: number };
  digest: string;
  reason: string;
  runId: ExposureRunId;
  /** The approved set that it extends: then it lies over the picture at once. */
  extendsId: MaskSetId | null;
}

/** Whatever geometry proposed before goes in the same moment, so that nothing is uncovered in between. */
export async function insertGeometrySet(tx: Tx, set: NewSet): Promise<MaskSetId> {
  await tx.run(
    sql`UPDATE mask_sets SET state = 'retired' WHERE aim_id = ${set.aimId} AND origin = 'geometry' AND state = 'proposed'`,
  );
  const { id } = await tx.one(
    z.object({ id: MaskSetId }),
    sql`
      INSERT INTO mask_sets (aim_id, camera_id, version, state, polygons, frame_width, frame_height, digest, reason, origin,
                             run_id, extends_id, enforced_at, created_at)
      VALUES (${set.aimId}, ${set.cameraId}, ${set.version}, 'proposed', ${JSON.stringify(set.polygons)}::jsonb,
              ${set.frame.width}, ${set.frame.height}, ${set.digest}, ${set.reason}, 'geometry', ${set.runId}, ${set.extendsId},
              CASE WHEN ${set.extendsId}::uuid IS NOT NULL THEN clock_timestamp() END, clock_timestamp())
      RETURNING id
    `,
  );
  return id;
}

export interface FindingFacts {
  runId: ExposureRunId;
  policyVersion: number;
  homes: readonly FlaggedHome[];
  worstDori: number;
  worstShare: number;
  maskSetId: MaskSetId | null;
}

export const insertFinding = (
  tx: Tx,
  { aimId, cameraId, rules }: Standing,
  aimDigest: string,
  { runId, policyVersion, homes, worstDori, worstShare, maskSetId }: FindingFacts,
) =>
  tx.one(
    z.object({ id: FindingId, dueAt: z.string() }),
    sql`
      INSERT INTO findings (aim_id, camera_id, aim_digest, policy_version, run_id, homes, worst_dori, worst_share, mask_set_id, due_at)
      VALUES (${aimId}, ${cameraId}, ${aimDigest}, ${policyVersion}, ${runId}, ${JSON.stringify(homes)}::jsonb, ${worstDori},
              ${worstShare}, ${maskSetId}, clock_timestamp() + ${rules.decideWithinHours} * interval '1 hour')
      RETURNING id, due_at AS "dueAt"
    `,
  );

export const updateFinding = (tx: Tx, id: FindingId, facts: FindingFacts) =>
  tx.run(sql`
    UPDATE findings
    SET run_id = ${facts.runId}, policy_version = ${facts.policyVersion}, homes = ${JSON.stringify(facts.homes)}::jsonb,
        worst_dori = ${facts.worstDori}, worst_share = ${facts.worstShare}, mask_set_id = ${facts.maskSetId}
    WHERE id = ${id} AND (run_id, mask_set_id) IS DISTINCT FROM (${facts.runId}::uuid, ${facts.maskSetId}::uuid)
  `);

export const rebaseFinding = (tx: Tx, id: FindingId, runId: ExposureRunId) =>
  tx.run(sql`UPDATE findings SET run_id = ${runId} WHERE id = ${id} AND run_id <> ${runId}`);

export const closeFinding = (tx: Tx, id: FindingId, runId: ExposureRunId) =>
  tx.run(sql`
    UPDATE findings SET state = 'closed', closed_at = clock_timestamp(), run_id = ${runId}, closed_by_run_id = ${runId} WHERE id = ${id}
  `);

/** @returns undefined when it is open already */
export const insertUncalibrated = (tx: Tx, { aimId, cameraId, rules }: Standing) =>
  tx.maybeOne(
    z.object({ id: FindingId, dueAt: z.string() }),
    sql`
      INSERT INTO findings (kind, aim_id, camera_id, due_at)
      VALUES ('aim-uncalibrated', ${aimId}, ${cameraId}, clock_timestamp() + ${rules.decideWithinHours} * interval '1 hour')
      ON CONFLICT (aim_id, kind) WHERE state = 'open' DO NOTHING RETURNING id, due_at AS "dueAt"
    `,
  );

export const closeUncalibrated = (tx: Tx, id: FindingId) =>
  tx.run(sql`UPDATE findings SET state = 'closed', closed_at = clock_timestamp() WHERE id = ${id}`);

/** Hands out the oldest demands that no queue has, or whose queue lost them. */
export const takeUnqueued = (tx: Tx, limit: number) =>
  tx.many(
    z.object({ aimId: AimId, demand: z.string() }),
    sql`
      UPDATE exposure_work SET queued_at = clock_timestamp(), claimed_at = NULL
      WHERE aim_id IN (
        SELECT aim_id FROM exposure_work
        WHERE queued_at IS NULL OR greatest(queued_at, claimed_at) < clock_timestamp() - interval '5 minutes'
        ORDER BY demand LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      RETURNING aim_id AS "aimId", demand::text AS demand
    `,
  );

/** A trigger wants every aim measured by it. */
export const announcePolicies = (tx: Tx) =>
  tx.run(sql`UPDATE exposure_policies SET announced_at = now() WHERE announced_at IS NULL AND effective_from <= now()`);

export const lockRecomputation = (tx: Tx, id: string) =>
  tx.run(sql`SELECT FROM exposure_recomputations WHERE id = ${id}::bigint FOR UPDATE`);

const Counts = z.object({
  id: z.string(),
  total: z.number().int(),
  waiting: z.number().int(),
  running: z.number().int(),
  done: z.number().int(),
});

export const countRecomputation = (tx: Tx, id: string) =>
  tx.maybeOne(
    Counts,
    sql`
      SELECT r.id::text AS id, r.total, w.left - w.running AS waiting, w.running, greatest(r.total - w.left, 0) AS done
      FROM exposure_recomputations r
      CROSS JOIN LATERAL (
        SELECT count(*)::integer AS left, count(claimed_at)::integer AS running FROM exposure_work WHERE recomputation_id = r.id
      ) w
      WHERE r.id = ${id}::bigint
    `,
  );

/** Where cameras are: whoever is told here, everybody above hears it too. */
export const placesOfCameras = (tx: Tx) =>
  tx.many(z.object({ path: JurisdictionPath }), sql`SELECT DISTINCT jurisdiction::text AS path FROM cameras`);

/** @returns those that ended just now: only one run is told */
export const finishRecomputations = (tx: Tx) =>
  tx.many(
    z.object({ id: z.string() }),
    sql`
      UPDATE exposure_recomputations r SET finished_at = clock_timestamp()
      WHERE finished_at IS NULL AND NOT EXISTS (SELECT FROM exposure_work WHERE recomputation_id = r.id)
      RETURNING r.id::text AS id
    `,
  );
