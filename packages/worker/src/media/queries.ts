// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  AimId,
  AimPreset,
  CameraId,
  CameraStatus,
  FrameSize,
  JurisdictionPath,
  MaskPolygons,
  MaskSetId,
  MaskSetState,
  addsOnly,
} from '@louver/contract';
import { appendRecord, emitAfterCommit, sql, type Tx } from '@louver/db';
import { type Json, digestOf } from '@louver/ledger';
import { z } from 'zod';
import type { MaskRefusal } from './masks-in-force.ts';

const StoredSet = z.object({
  id: MaskSetId,
  aimId: AimId,
  version: z.number().int(),
  state: z.enum(['approved', 'active']),
  frame: FrameSize,
  digest: z.string(),
  /** Null before it was approved, as a set from geometry may be. */
  expiresAt: z.string().nullable(),
});

/** What a machine has added to a decided set, or claims to have: nobody needs to approve it, because it covers no less. */
const EnforcedSet = StoredSet.extend({
  state: MaskSetState,
  extendsId: MaskSetId.nullable(),
  isBurnedIn: z.boolean(),
});
export type EnforcedSet = z.infer<typeof EnforcedSet>;

/** What the database says about a camera, which alone shows nothing. */
export const StoredStanding = z.object({
  cameraId: CameraId,
  status: CameraStatus,
  jurisdiction: JurisdictionPath,
  /** What left was found without its masks, and not found flat since. */
  isDistrusted: z.boolean(),
  /** What is kept of what the current aim looks like; null when nothing is. */
  sceneReferenceId: z.uuid().nullable(),
  /** What left did not look like that, and nobody has decided what follows. */
  isShifted: z.boolean(),
  /** Null unless it can be asked for more than its stream. */
  device: z.object({ wanted: z.boolean(), hasMasks: z.boolean(), updatedAt: z.string() }).nullable(),
  /** When the address was last written; null when there is none. */
  streamUpdatedAt: z.string().nullable(),
  /** Nobody has said that the numbers of the current aim are its own. */
  isUncalibrated: z.boolean(),
  /** Its masks hold for one preset each, and its pictures wait until it is known at which it stands. */
  turns: z.boolean(),
  /** Of a camera that turns: those that it may show something of. */
  presetAims: z.array(
    z.object({ aimId: AimId, pan: z.number(), tilt: z.number(), zoom: z.number(), hfovDeg: z.number() }),
  ),
  /** The current one, or of a camera that turns the one that was asked for; null when there is none. */
  aimId: AimId.nullable(),
  /** Of that aim; held against the record. */
  preset: AimPreset.nullable(),
  /** Decided mask sets of the current aim, the newest version first. */
  candidates: z.array(StoredSet),
  /** Sets from geometry that are to lie over the picture, the newest version first. */
  enforced: z.array(EnforcedSet),
});
export type StoredStanding = z.infer<typeof StoredStanding>;
export type MaskSetInForce = z.infer<typeof StoredSet>;

/** What decides whether a camera has a picture, and which masks are burned into it. */
export interface Standing extends Omit<StoredStanding, 'candidates' | 'enforced'> {
  /** Approved as the access record says. */
  readonly masks: MaskSetInForce | null;
  /** Is shown instead of them: begins with them and adds to them. */
  readonly enforced: EnforcedSet | null;
  /** Why there are none: nothing was decided, it is not sealed yet, or the access record knows nothing of it. */
  readonly withheld: 'none' | 'unsealed' | 'refused' | null;
}

const preset = sql`
  CASE WHEN aims.preset_token IS NOT NULL THEN json_build_object('token', aims.preset_token, 'position',
    json_build_object('pan', aims.preset_pan, 'tilt', aims.preset_tilt, 'zoom', aims.preset_zoom)) END`;

const setFields = sql`
  'id', mask_sets.id, 'aimId', mask_sets.aim_id, 'version', mask_sets.version, 'state', mask_sets.state,
  'frame', json_build_object('width', mask_sets.frame_width, 'height', mask_sets.frame_height), 'digest', mask_sets.digest,
  'expiresAt', mask_sets.expires_at`;

export interface AskedStanding {
  readonly cameraId: CameraId;
  /** Of a camera that turns: where it stands. */
  readonly aimId: AimId | null;
}

/** Cameras that no longer exist are missing from the answer. */
export const findStandings = (tx: Tx, asked: readonly AskedStanding[]) =>
  tx.many(
    StoredStanding,
    sql`
      SELECT cameras.id AS "cameraId", cameras.status, cameras.jurisdiction::text AS jurisdiction,
             EXISTS (SELECT FROM findings WHERE findings.camera_id = cameras.id AND findings.kind = 'masks-not-flat'
                       AND findings.state = 'open') AS "isDistrusted",
             scene_references.id AS "sceneReferenceId",
             EXISTS (SELECT FROM findings WHERE findings.aim_id = aims.id AND findings.kind = 'scene-shift'
                       AND findings.state = 'open' AND findings.detail ->> 'referenceId' = scene_references.id::text) AS "isShifted",
             CASE WHEN camera_devices.camera_id IS NOT NULL THEN json_build_object('wanted', camera_devices.masks_wanted,
               'hasMasks', camera_devices.mask_tokens <> '{}', 'updatedAt', camera_devices.updated_at) END AS device,
             camera_streams.updated_at AS "streamUpdatedAt",
             coalesce(aims.calibration = 'assumed', false) AS "isUncalibrated", aims.id AS "aimId", ${preset} AS preset,
             cameras.mobility = 'ptz' OR head.aims IS NOT NULL AS turns, coalesce(head.aims, '[]') AS "presetAims",
             decided.candidates, added.enforced
      FROM unnest(${asked.map(({ cameraId }) => cameraId)}::uuid[], ${asked.map(({ aimId }) => aimId)}::uuid[]) AS asked (camera_id, aim_id)
      JOIN cameras ON cameras.id = asked.camera_id
      LEFT JOIN camera_streams ON camera_streams.camera_id = cameras.id
      LEFT JOIN camera_devices ON camera_devices.camera_id = cameras.id
      CROSS JOIN LATERAL (
        SELECT json_agg(json_build_object('aimId', a.id, 'pan', a.preset_pan, 'tilt', a.preset_tilt, 'zoom', a.preset_zoom,
                 'hfovDeg', a.hfov_deg)) AS aims
        FROM aims a WHERE a.camera_id = cameras.id AND a.preset_token IS NOT NULL AND a.retired_at IS NULL
      ) AS head
      LEFT JOIN aims ON aims.camera_id = cameras.id AND aims.retired_at IS NULL
        AND CASE WHEN cameras.mobility = 'ptz' OR head.aims IS NOT NULL THEN aims.id = asked.aim_id AND aims.preset_token IS NOT NULL
                 ELSE aims.is_current END
      LEFT JOIN scene_references ON scene_references.aim_id = aims.id AND scene_references.ended_at IS NULL
      LEFT JOIN LATERAL (
        SELECT coalesce(json_agg(json_build_object(${setFields}) ORDER BY mask_sets.version DESC), '[]') AS candidates
        FROM mask_sets
        WHERE mask_sets.aim_id = aims.id AND mask_sets.state IN ('approved', 'active')
      ) AS decided ON true
      LEFT JOIN LATERAL (
        SELECT coalesce(json_agg(json_build_object(${setFields}, 'extendsId', mask_sets.extends_id,
                 'isBurnedIn', mask_sets.burned_in_at IS NOT NULL) ORDER BY mask_sets.version DESC), '[]') AS enforced
        FROM mask_sets
        WHERE mask_sets.aim_id = aims.id AND mask_sets.enforced_at IS NOT NULL
          AND mask_sets.state NOT IN ('retired', 'rejected')
      ) AS added ON true
    `,
  );

/** Of these sets those whose approval is on record and not among the first `size` entries of the log. */
export const findUnsealedApprovals = (
  tx: Tx,
  cameraIds: readonly CameraId[],
  maskSetIds: readonly MaskSetId[],
  size: number,
) =>
  tx.many(
    z.object({ maskSetId: MaskSetId }),
    sql`
      SELECT records.subject AS "maskSetId"
      FROM records LEFT JOIN record_leaves ON record_leaves.record_seq = records.seq
      WHERE records.camera_id = ANY(${[...cameraIds]}::uuid[]) AND records.action = 'mask.approve'
        AND records.subject = ANY(${[...maskSetIds]}::text[])
        AND (record_leaves.leaf_index IS NULL OR record_leaves.leaf_index >= ${size})
    `,
  );

/** Of these masks, or the set that is not what it claims to be. */
type Covering = { readonly polygons: MaskPolygons } | Pick<MaskRefusal, 'maskSetId' | 'fault'>;

/**
 * Polygons of one version: they never change, so they are read once. Of a decided set they must have the digest that is in the
 * access record, of an enforced one its own, and begin with those of the set that it extends: whoever edits them behind the
 * application's back gets no picture.
 */
export async function findPolygons(tx: Tx, masks: MaskSetInForce, enforced: EnforcedSet | null): Promise<Covering> {
  const sets = enforced ? [masks, enforced] : [masks];
  const found = await tx.many(
    z.object({ id: MaskSetId, polygons: z.json() }),
    sql`SELECT id, polygons FROM mask_sets WHERE id = ANY(${sets.map(({ id }) => id)}::uuid[])`,
  );
  const polygonsOf = ({ id, aimId, frame, digest }: MaskSetInForce | EnforcedSet): MaskPolygons | undefined => {
    const polygons = found.find((set) => set.id === id)?.polygons as Json | undefined;
    if (polygons === undefined || digestOf({ aimId, frame, polygons }) !== digest) return undefined;
    return MaskPolygons.parse(polygons);
  };
  const approved = polygonsOf(masks);
  if (!approved) return { maskSetId: masks.id, fault: 'altered' };
  if (!enforced) return { polygons: approved };
  const polygons = polygonsOf(enforced);
  if (!polygons || !addsOnly(approved, polygons)) return { maskSetId: enforced.id, fault: 'enforced' };
  return { polygons };
}

export const findSealedStream = (tx: Tx, cameraId: CameraId) =>
  tx.maybeOne(
    z.object({ sealed: z.instanceof(Buffer), addressMac: z.string() }),
    sql`SELECT sealed, address_mac AS "addressMac" FROM camera_streams WHERE camera_id = ${cameraId}`,
  );

/**
 * States that a mask set is burned in: it is the active one from now on and the former one is retired.
 * False when it lost its force meanwhile, or was active already.
 */
export async function activateMasks(tx: Tx, standing: Standing, masks: MaskSetInForce): Promise<boolean> {
  // Locked first, so that two streams of one camera cannot both retire the other's set.
  const own = await tx.maybeOne(
    z.object({ state: z.string() }),
    sql`SELECT state FROM mask_sets WHERE id = ${masks.id} FOR UPDATE`,
  );
  if (own?.state !== 'approved') return false;
  const { cameraId, jurisdiction } = standing;
  const former = await tx.many(
    z.object({ version: z.number().int() }),
    sql`UPDATE mask_sets SET state = 'retired' WHERE aim_id = ${masks.aimId} AND state = 'active' RETURNING version`,
  );
  await tx.run(sql`UPDATE mask_sets SET state = 'active', activated_at = now() WHERE id = ${masks.id}`);
  await appendRecord(tx, {
    action: 'mask.activate',
    actor: null,
    subject: masks.id,
    cameraId,
    jurisdiction,
    detail: { version: masks.version, retired: former.map(({ version }) => version) },
  });
  for (const { version } of former)
    await emitAfterCommit(tx, 'masks.changed', { cameraId, jurisdiction, version, state: 'retired' });
  await emitAfterCommit(tx, 'masks.changed', { cameraId, jurisdiction, version: masks.version, state: 'active' });
  return true;
}

/** States that an enforced set lies over the picture. False when it lost its force meanwhile, or that was stated already. */
export async function markBurnedIn(
  tx: Tx,
  { cameraId, jurisdiction }: Standing,
  { id, version }: EnforcedSet,
): Promise<boolean> {
  const marked = await tx.maybeOne(
    z.object({ state: MaskSetState }),
    sql`
      UPDATE mask_sets SET burned_in_at = clock_timestamp()
      WHERE id = ${id} AND burned_in_at IS NULL AND state NOT IN ('retired', 'rejected') RETURNING state
    `,
  );
  if (marked) await emitAfterCommit(tx, 'masks.changed', { cameraId, jurisdiction, version, state: marked.state });
  return marked !== undefined;
}
