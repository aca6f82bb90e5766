// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Action } from '@louver/contract';
import { appendRecord, type Tx } from '@louver/db';
import type { Json } from '@louver/ledger';
import { closeFormerShifts, insertShift, jurisdictionOf } from './queries.ts';
import { SCENE_SHIFT, type SceneShift } from './shift.ts';

/** The stop on the record, and a finding unless one is open about the same reference. */
export async function recordShift(tx: Tx, shift: SceneShift): Promise<void> {
  const { cameraId, maskSet, referenceId, comparison } = shift;
  const { id: maskSetId, aimId, version, digest } = maskSet;
  const jurisdiction = await jurisdictionOf(tx, cameraId);
  const record = (action: Action, subject: string, detail: { [fact: string]: Json }) =>
    appendRecord(tx, { action, actor: null, subject, cameraId, jurisdiction, detail });
  const { verdict, still, moved, missing } = comparison;
  const found = { verdict, still, moved, missing, strength: Math.round(comparison.strength * 100) / 100 };
  const why = { why: SCENE_SHIFT, referenceId, ...found };
  await record('output.stop', maskSetId, { aimId, version, digest, output: 'live', ...why });
  for (const { id } of await closeFormerShifts(tx, shift))
    await record('finding.close', id, { kind: SCENE_SHIFT, aimId, why: 'view-changed' });
  const finding = await insertShift(tx, shift, { referenceId, version, ...found });
  if (finding)
    await record('finding.open', finding.id, {
      kind: SCENE_SHIFT,
      aimId,
      maskSetId,
      referenceId,
      dueAt: finding.dueAt,
    });
}
