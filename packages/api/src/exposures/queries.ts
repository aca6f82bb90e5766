// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  AimId,
  CameraId,
  DoriLevel,
  ExposureInputs,
  ExposureProgress,
  ExposureRules,
  ExposureRunId,
  Finding,
  FindingId,
  FindingRow,
  FindingState,
  FlaggedHome,
  HomeExposure,
  JurisdictionPath,
  MaskPolygons,
  MaskSetId,
  QueueRow,
  type AccountId,
  type FindingDecision,
  type FindingKind,
} from '@louver/contract';
import { join, sql, type Sql, type Tx } from '@louver/db';
import { z } from 'zod';
import { Microseconds, instantOf, microsecondsOf } from '../http/cursor.ts';

/** By PostgreSQL's text of it, digit for digit: rounded, a page would begin before or after where the last one ended. */
export const QueuePlace = z.tuple([
  z.number().int().min(0).max(4),
  z.string().regex(/^\d+(\.\d+)?(e[+-]?\d+)?$/),
  FindingId,
]);
export type QueuePlace = z.infer<typeof QueuePlace>;

const Placed = QueueRow.extend({ worstDori: z.number(), worstShare: z.string() });

/** The worst home stands first among a finding's homes. */
const queueColumns = sql`
  f.id AS "findingId", f.state, f.aim_id AS "aimId",
  json_build_object('id', c.id, 'code', c.code, 'name', c.name, 'jurisdiction', c.jurisdiction::text) AS camera,
  json_build_object('buildingId', f.homes -> 0 ->> 'buildingId', 'sourceId', b.source_id, 'name', b.name, 'use', b.use) AS home,
  jsonb_array_length(f.homes) AS homes, (f.homes -> 0 ->> 'distanceMetres')::float8 AS "distanceMetres",
  f.homes -> 0 ->> 'dori' AS dori, (f.homes -> 0 ->> 'pixelsPerMetre')::float8 AS "pixelsPerMetre",
  (f.homes -> 0 ->> 'frameShare')::float8 AS "frameShare", f.opened_at AS "openedAt", f.due_at AS "dueAt",
  f.state = 'open' AND f.due_at < now() AS overdue, f.mask_set_id AS "maskSetId",
  f.state = 'open' AND EXISTS (
    SELECT FROM mask_sets m WHERE m.aim_id = f.aim_id AND m.state = 'proposed' AND m.enforced_at IS NOT NULL) AS enforced,
  coalesce((SELECT (r.inputs -> 'uncalibrated')::boolean FROM exposure_runs r WHERE r.id = f.run_id), false) AS uncalibrated,
  (SELECT max(d.decided_at) FROM finding_decisions d WHERE d.finding_id = f.id AND d.decision = 'order-new-aim') AS "newAimOrderedAt"`;
const queueTables = sql`
  findings f
  JOIN cameras c ON c.id = f.camera_id
  LEFT JOIN buildings b ON b.id = (f.homes -> 0 ->> 'buildingId')::uuid`;

export interface QueueFilter {
  state?: FindingState[];
  dori?: DoriLevel[];
  jurisdiction?: JurisdictionPath;
  cameraId?: CameraId;
  overdue?: boolean;
}

/** Worst first: by DORI level, then by share of the frame. */
export function pageOfQueue(tx: Tx, filter: QueueFilter, limit: number, after: QueuePlace | undefined) {
  const wanted: Sql[] = [sql`f.kind = 'home-exposed'`, sql`f.state = ANY (${filter.state ?? ['open']}::text[])`];
  if (filter.dori)
    wanted.push(sql`f.worst_dori = ANY (${filter.dori.map((level) => DoriLevel.options.indexOf(level))}::integer[])`);
  if (filter.jurisdiction) wanted.push(sql`c.jurisdiction <@ ${filter.jurisdiction}::ltree`);
  if (filter.cameraId) wanted.push(sql`f.camera_id = ${filter.cameraId}`);
  if (filter.overdue !== undefined) wanted.push(sql`(f.due_at < now()) = ${filter.overdue}`);
  if (after)
    wanted.push(
      sql`(f.worst_dori, f.worst_share, f.id) < (${after[0]}::integer, ${after[1]}::float8, ${after[2]}::uuid)`,
    );
  return tx.many(
    Placed,
    sql`
      SELECT ${queueColumns}, f.worst_dori AS "worstDori", f.worst_share::text AS "worstShare"
      FROM ${queueTables}
      WHERE ${join(wanted, ' AND ')}
      ORDER BY f.worst_dori DESC, f.worst_share DESC, f.id DESC
      LIMIT ${limit}
    `,
  );
}

export const findFinding = (tx: Tx, id: FindingId) =>
  tx.maybeOne(
    Finding,
    sql`
      SELECT ${queueColumns}, f.run_id AS "runId", f.policy_version AS "policyVersion", f.homes AS flagged,
             f.closed_at AS "closedAt", f.closed_by_run_id AS "closedByRunId",
             coalesce((
               SELECT json_agg(json_build_object(
                        'decision', d.decision, 'note', d.note, 'by', json_build_object('id', d.account_id, 'name', p.name),
                        'at', to_char(d.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                        'maskSetId', d.mask_set_id, 'runId', d.run_id, 'completes', d.completes) ORDER BY d.id)
               FROM finding_decisions d JOIN persons p ON p.id = d.person_id WHERE d.finding_id = f.id), '[]') AS decisions
      FROM ${queueTables} WHERE f.id = ${id} AND f.kind = 'home-exposed'
    `,
  );

/** Open or not, when it was opened, and which. */
export const FindingPlace = z.tuple([z.boolean(), Microseconds, FindingId]);
export type FindingPlace = z.infer<typeof FindingPlace>;

export interface FindingFilter {
  kind?: FindingKind[];
  state?: FindingState[];
  cameraId?: CameraId;
}

/** Of every kind: open ones first, then the newest. */
export function pageOfFindings(tx: Tx, filter: FindingFilter, limit: number, after: FindingPlace | undefined) {
  const wanted: Sql[] = [sql`true`];
  if (filter.kind) wanted.push(sql`f.kind = ANY (${filter.kind}::text[])`);
  if (filter.state) wanted.push(sql`f.state = ANY (${filter.state}::text[])`);
  if (filter.cameraId) wanted.push(sql`f.camera_id = ${filter.cameraId}`);
  if (after)
    wanted.push(
      sql`(f.state = 'open', f.opened_at, f.id) < (${after[0]}::boolean, ${instantOf(after[1])}, ${after[2]}::uuid)`,
    );
  return tx.many(
    FindingRow.extend({ place: Microseconds }),
    sql`
      SELECT f.id AS "findingId", f.kind, f.state, json_build_object('id', a.id, 'name', a.name) AS aim,
             json_build_object('id', c.id, 'code', c.code, 'name', c.name, 'jurisdiction', c.jurisdiction::text) AS camera,
             jsonb_array_length(f.homes) AS homes, f.mask_set_id AS "maskSetId", f.detail AS evidence, f.opened_at AS "openedAt",
             f.due_at AS "dueAt", f.state = 'open' AND f.due_at < now() AS overdue, f.closed_at AS "closedAt",
             ${microsecondsOf(sql`f.opened_at`)} AS place
      FROM findings f JOIN cameras c ON c.id = f.camera_id JOIN aims a ON a.id = f.aim_id
      WHERE ${join(wanted, ' AND ')}
      ORDER BY f.state = 'open' DESC, f.opened_at DESC, f.id DESC
      LIMIT ${limit}
    `,
  );
}

const Locked = z.object({
  id: FindingId,
  aimId: AimId,
  cameraId: CameraId,
  jurisdiction: JurisdictionPath,
  state: FindingState,
  runId: ExposureRunId,
  maskSetId: MaskSetId.nullable(),
  /** What lies over the picture, whichever set the finding named last. */
  enforcedId: MaskSetId.nullable(),
  homes: z.array(FlaggedHome),
});
export type LockedFinding = z.infer<typeof Locked>;

/** The aim first, in the order in which everybody who decides over its masks waits. */
export async function lockFinding(tx: Tx, id: FindingId) {
  await tx.run(sql`SELECT 1 FROM aims WHERE id = (SELECT aim_id FROM findings WHERE id = ${id}) FOR UPDATE`);
  return tx.maybeOne(
    Locked,
    sql`
      SELECT f.id, f.aim_id AS "aimId", f.camera_id AS "cameraId", c.jurisdiction::text AS jurisdiction, f.state,
             f.run_id AS "runId", f.mask_set_id AS "maskSetId", f.homes,
             (SELECT m.id FROM mask_sets m
              WHERE m.aim_id = f.aim_id AND m.state = 'proposed' AND m.enforced_at IS NOT NULL) AS "enforcedId"
      FROM findings f JOIN cameras c ON c.id = f.camera_id
      WHERE f.id = ${id} AND f.kind = 'home-exposed' FOR UPDATE OF f
    `,
  );
}

/** Person, measurement and whether it is enough are the database's to say. */
export const insertDecision = (
  tx: Tx,
  finding: FindingId,
  given: { decision: FindingDecision; note: string; accountId: AccountId; maskSetId: MaskSetId | null },
) =>
  tx.one(
    z.object({ completes: z.boolean() }),
    sql`
      INSERT INTO finding_decisions (finding_id, decision, note, account_id, mask_set_id)
      VALUES (${finding}, ${given.decision}, ${given.note}, ${given.accountId}, ${given.maskSetId})
      RETURNING completes
    `,
  );

export const markDecided = (tx: Tx, id: FindingId) =>
  tx.run(sql`UPDATE findings SET state = 'decided', closed_at = clock_timestamp() WHERE id = ${id}`);

const Enforced = z.object({
  id: MaskSetId,
  digest: z.string(),
  runId: ExposureRunId,
  polygons: MaskPolygons,
  /** Of the approved set that it extends. */
  base: MaskPolygons,
});
export type EnforcedSet = z.infer<typeof Enforced>;

/** The set that lies over the picture because of an open finding. */
export const findEnforced = (tx: Tx, aimId: AimId) =>
  tx.maybeOne(
    Enforced,
    sql`
      SELECT m.id, m.digest, m.run_id AS "runId", m.polygons, base.polygons AS base
      FROM mask_sets m JOIN mask_sets base ON base.id = m.extends_id
      WHERE m.aim_id = ${aimId} AND m.state = 'proposed' AND m.enforced_at IS NOT NULL
        AND EXISTS (SELECT FROM findings f WHERE f.aim_id = m.aim_id AND f.kind = 'home-exposed' AND f.state = 'open')
    `,
  );

export const insertCarriedOver = (
  tx: Tx,
  from: MaskSetId,
  { approvedId, polygons, digest }: { approvedId: MaskSetId; polygons: MaskPolygons; digest: string },
) =>
  tx.one(
    z.object({ id: MaskSetId, version: z.number() }),
    sql`
      INSERT INTO mask_sets (aim_id, camera_id, version, state, polygons, frame_width, frame_height, digest, reason, origin, run_id,
                             extends_id, enforced_at, created_at)
      SELECT m.aim_id, m.camera_id, (SELECT max(version) + 1 FROM mask_sets WHERE aim_id = m.aim_id), 'proposed',
             ${JSON.stringify(polygons)}::jsonb, m.frame_width, m.frame_height, ${digest}, m.reason, 'geometry', m.run_id,
             ${approvedId}, clock_timestamp(), clock_timestamp()
      FROM mask_sets m WHERE m.id = ${from}
      RETURNING id, version
    `,
  );

export const findAimOfExposures = (tx: Tx, aimId: AimId) =>
  tx.maybeOne(
    z.object({ aimId: AimId, cameraId: CameraId, pending: z.boolean() }),
    sql`
      SELECT id AS "aimId", camera_id AS "cameraId", EXISTS (SELECT FROM exposure_work WHERE aim_id = aims.id) AS pending
      FROM aims WHERE id = ${aimId}
    `,
  );

export const findCurrentRun = (tx: Tx, aimId: AimId) =>
  tx.maybeOne(
    z.object({
      id: ExposureRunId,
      finishedAt: z.string(),
      inputsDigest: z.string(),
      inputs: ExposureInputs,
      rules: ExposureRules,
      viewshed: z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.unknown()) }),
    }),
    sql`
      SELECT r.id, r.finished_at AS "finishedAt", r.inputs_digest AS "inputsDigest", r.inputs, p.rules,
             ST_AsGeoJSON(r.viewshed, 7)::json AS viewshed
      FROM exposure_runs r JOIN exposure_policies p ON p.version = r.policy_version
      WHERE r.aim_id = ${aimId} AND r.superseded_at IS NULL
    `,
  );

const NamedExposure = HomeExposure.extend({
  sourceId: z.string().nullable(),
  name: z.string().nullable(),
  use: z.string().nullable(),
});

export const listExposures = (tx: Tx, runId: ExposureRunId) =>
  tx.many(
    NamedExposure,
    sql`
      SELECT e.building_id AS "buildingId", e.frame_share AS "frameShare", e.pixels_per_metre AS "pixelsPerMetre", e.dori,
             e.distance_metres AS "distanceMetres", e.facade_metres AS "facadeMetres", e.breaches,
             b.source_id AS "sourceId", b.name, b.use
      FROM exposures e LEFT JOIN buildings b ON b.id = e.building_id
      WHERE e.run_id = ${runId} ORDER BY e.place
    `,
  );

/** A trigger puts every aim of these jurisdictions on the list, and one message into the outbox. */
export const insertRecomputation = (tx: Tx, accountId: AccountId, jurisdictions: readonly JurisdictionPath[]) =>
  tx.one(
    z.object({ id: z.string() }),
    sql`
      INSERT INTO exposure_recomputations (reason, account_id, jurisdictions)
      VALUES ('asked', ${accountId}, ${[...jurisdictions]}::text[]::ltree[]) RETURNING id::text AS id
    `,
  );

/** What left the list is done, also when its aim is gone. Counted without row-level security's aims: numbers tell nothing. */
export const findLastRecomputation = (tx: Tx) =>
  tx.maybeOne(
    ExposureProgress,
    sql`
      SELECT r.id::text AS id, r.reason, r.account_id AS by, r.started_at AS "startedAt", r.finished_at AS "finishedAt", r.total,
             (w.left - w.running) AS waiting, w.running, greatest(r.total - w.left, 0) AS done
      FROM (
        SELECT * FROM exposure_recomputations
        WHERE jurisdictions IS NULL OR jurisdictions <@ actor_jurisdictions() OR actor_jurisdictions() <@ jurisdictions
        ORDER BY id DESC LIMIT 1
      ) r
      CROSS JOIN LATERAL (
        SELECT count(*)::integer AS left, count(claimed_at)::integer AS running FROM exposure_work WHERE recomputation_id = r.id
      ) w
    `,
  );
