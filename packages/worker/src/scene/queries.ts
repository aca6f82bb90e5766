// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Action, type AimId, type CameraId, FindingId, JurisdictionPath, type MaskSetId } from '@louver/contract';
import { appendRecord, sql, type Tx } from '@louver/db';
import type { Json } from '@louver/ledger';
import { z } from 'zod';
import type { Comparison } from './compare.ts';
import { ALGORITHM, digestOfScene } from './reference.ts';

const KIND = 'scene-shift';

/** What lay over the picture. */
interface Covered {
  readonly id: MaskSetId;
  readonly aimId: AimId;
  readonly version: number;
  readonly digest: string;
}

/** The picture is not the aim's any more; it has stopped. */
export interface SceneShift {
  readonly cameraId: CameraId;
  readonly maskSet: Covered;
  readonly referenceId: string;
  readonly comparison: Comparison;
}

export const findReference = (tx: Tx, id: string) =>
  tx.maybeOne(
    z.object({ cells: z.instanceof(Buffer), algorithm: z.string(), digest: z.string() }),
    sql`SELECT cells, algorithm, digest FROM scene_references WHERE id = ${id} AND ended_at IS NULL`,
  );

const jurisdictionOf = async (tx: Tx, cameraId: CameraId): Promise<JurisdictionPath> =>
  (
    await tx.one(
      z.object({ jurisdiction: JurisdictionPath }),
      sql`SELECT jurisdiction::text AS jurisdiction FROM cameras WHERE id = ${cameraId}`,
    )
  ).jurisdiction;

/**
 * Keeps what an aim looks like, unless something is kept already, or its masks went meanwhile.
 * @returns the id of it
 */
export async function keepReference(
  tx: Tx,
  cameraId: CameraId,
  { id: maskSetId, aimId, version }: Covered,
  cells: Buffer,
): Promise<string | undefined> {
  const digest = digestOfScene(cells);
  const kept = await tx.maybeOne(
    z.object({ id: z.uuid() }),
    sql`
      INSERT INTO scene_references (aim_id, camera_id, cells, algorithm, digest, mask_set_id)
      SELECT aim_id, camera_id, ${cells}, ${ALGORITHM}, ${digest}, id FROM mask_sets
      WHERE id = ${maskSetId} AND state NOT IN ('retired', 'rejected')
      ON CONFLICT (aim_id) WHERE ended_at IS NULL DO NOTHING RETURNING id
    `,
  );
  if (!kept) return undefined;
  const jurisdiction = await jurisdictionOf(tx, cameraId);
  const detail = { aimId, maskSetId, version, algorithm: ALGORITHM, digest };
  await appendRecord(tx, { action: 'scene.refer', actor: null, subject: kept.id, cameraId, jurisdiction, detail });
  return kept.id;
}

/** The stop on the record, and a finding unless one is open about the same reference. */
export async function recordShift(tx: Tx, { cameraId, maskSet, referenceId, comparison }: SceneShift): Promise<void> {
  const { id: maskSetId, aimId, version, digest } = maskSet;
  const jurisdiction = await jurisdictionOf(tx, cameraId);
  const record = (action: Action, subject: string, detail: { [fact: string]: Json }) =>
    appendRecord(tx, { action, actor: null, subject, cameraId, jurisdiction, detail });
  const { verdict, still, moved, missing } = comparison;
  const found = { verdict, still, moved, missing, strength: Math.round(comparison.strength * 100) / 100 };
  await record('output.stop', maskSetId, { aimId, version, digest, output: 'live', why: KIND, referenceId, ...found });
  const former = await tx.many(
    z.object({ id: FindingId }),
    sql`
      UPDATE findings SET state = 'closed', closed_at = clock_timestamp()
      WHERE aim_id = ${aimId} AND kind = ${KIND} AND state = 'open' AND detail ->> 'referenceId' <> ${referenceId} RETURNING id
    `,
  );
  for (const { id } of former) await record('finding.close', id, { kind: KIND, aimId, why: 'view-changed' });
  const finding = await tx.maybeOne(
    z.object({ id: FindingId, dueAt: z.string() }),
    sql`
      INSERT INTO findings (kind, aim_id, camera_id, mask_set_id, detail, due_at)
      VALUES (${KIND}, ${aimId}, ${cameraId}, ${maskSetId}, ${JSON.stringify({ referenceId, version, ...found })}::jsonb,
              clock_timestamp() + interval '24 hours')
      ON CONFLICT (aim_id, kind) WHERE state = 'open' DO NOTHING RETURNING id, due_at AS "dueAt"
    `,
  );
  if (finding)
    await record('finding.open', finding.id, { kind: KIND, aimId, maskSetId, referenceId, dueAt: finding.dueAt });
}
