// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Action, AimId, type CameraId, FindingId, JurisdictionPath } from '@louver/contract';
import { appendRecord, sql, type Tx } from '@louver/db';
import type { Json } from '@louver/ledger';
import { z } from 'zod';
import type { OutputStop } from './inspect.ts';

const KIND = 'masks-not-flat';

const jurisdictionOf = async (tx: Tx, cameraId: CameraId): Promise<JurisdictionPath> =>
  (
    await tx.one(
      z.object({ jurisdiction: JurisdictionPath }),
      sql`SELECT jurisdiction::text AS jurisdiction FROM cameras WHERE id = ${cameraId}`,
    )
  ).jurisdiction;

/** The stop on the record, and a finding unless one is open. */
export async function recordStop(tx: Tx, { cameraId, maskSet, output, luma, chroma }: OutputStop): Promise<void> {
  const { id: maskSetId, aimId, version, digest } = maskSet;
  const jurisdiction = await jurisdictionOf(tx, cameraId);
  const record = (action: Action, subject: string, detail: { [fact: string]: Json }) =>
    appendRecord(tx, { action, actor: null, subject, cameraId, jurisdiction, detail });
  await record('output.stop', maskSetId, { aimId, version, digest, output, luma, chroma });
  const finding = await tx.maybeOne(
    z.object({ id: FindingId, dueAt: z.string() }),
    sql`
      INSERT INTO findings (kind, aim_id, camera_id, mask_set_id, detail, due_at)
      VALUES (${KIND}, ${aimId}, ${cameraId}, ${maskSetId}, ${JSON.stringify({ version, output, luma, chroma })}::jsonb,
              clock_timestamp() + interval '24 hours')
      ON CONFLICT (aim_id, kind) WHERE state = 'open' DO NOTHING RETURNING id, due_at AS "dueAt"
    `,
  );
  if (finding) await record('finding.open', finding.id, { kind: KIND, aimId, maskSetId, dueAt: finding.dueAt });
}

/** What leaves was found flat again. */
export async function closeStops(tx: Tx, cameraId: CameraId): Promise<void> {
  const closed = await tx.many(
    z.object({ id: FindingId, aimId: AimId }),
    sql`
      UPDATE findings SET state = 'closed', closed_at = clock_timestamp()
      WHERE camera_id = ${cameraId} AND kind = ${KIND} AND state = 'open' RETURNING id, aim_id AS "aimId"
    `,
  );
  if (closed.length === 0) return;
  const jurisdiction = await jurisdictionOf(tx, cameraId);
  for (const { id, aimId } of closed)
    await appendRecord(tx, {
      action: 'finding.close',
      actor: null,
      subject: id,
      cameraId,
      jurisdiction,
      detail: { kind: KIND, aimId, why: 'flat-again' },
    });
}
