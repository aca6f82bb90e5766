// SPDX-License-Identifier: AGPL-3.0-or-later
import { type Action, JurisdictionPath } from '@louver/contract';
import { appendRecord, sql, type Tx } from '@louver/db';
import { z } from 'zod';
import type { MaskRefusal } from '../media/masks-in-force.ts';

/** Written down because somebody wrote to the database what nobody had decided. */
export async function recordMaskRefusal(tx: Tx, { cameraId, maskSetId, fault }: MaskRefusal): Promise<void> {
  const { jurisdiction } = await tx.one(
    z.object({ jurisdiction: JurisdictionPath }),
    sql`SELECT jurisdiction::text AS jurisdiction FROM cameras WHERE id = ${cameraId}`,
  );
  const action: Action = 'mask.refuse';
  await appendRecord(tx, { action, actor: null, subject: maskSetId, cameraId, jurisdiction, detail: { fault } });
}
