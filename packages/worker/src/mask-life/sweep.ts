// SPDX-License-Identifier: AGPL-3.0-or-later
// Says on the record, and to the reviewers, what the calendar has done to masks. The picture does not wait for it: a stream
// looks at the date itself.
import { NOBODY, appendRecord, emitAfterCommit, inTx, type Pool, type Tx } from '@louver/db';
import { closeFormerScenes, closeReminders, markExpired, openReminders } from './queries.ts';

/** Whatever the time was when it ran last: what is due at `now` is done, once. */
export const sweepMasks = (pool: Pool, now = new Date()): Promise<void> =>
  inTx(pool, NOBODY, async (tx) => {
    await expire(tx, now);
    await close(tx);
    await remind(tx, now);
  });

async function expire(tx: Tx, now: Date): Promise<void> {
  for (const { id, aimId, cameraId, jurisdiction, version, state, digest, expiresAt } of await markExpired(tx, now)) {
    const detail = { aimId, version, digest, expiresAt: new Date(expiresAt).toISOString() };
    await appendRecord(tx, { action: 'mask.expire', actor: null, subject: id, cameraId, jurisdiction, detail });
    await emitAfterCommit(tx, 'masks.changed', { cameraId, jurisdiction, version, state });
  }
}

async function remind(tx: Tx, now: Date): Promise<void> {
  for (const { id, aimId, cameraId, jurisdiction, maskSetId, dueAt } of await openReminders(tx, now)) {
    const detail = { kind: 'masks-expiring', aimId, maskSetId, dueAt: new Date(dueAt).toISOString() };
    await appendRecord(tx, { action: 'finding.open', actor: null, subject: id, cameraId, jurisdiction, detail });
    await emitAfterCommit(tx, 'exposures.changed', { cameraId, aimId, jurisdiction });
  }
}

async function close(tx: Tx): Promise<void> {
  for (const { id, aimId, cameraId, jurisdiction, maskSetId, renewedBy } of await closeReminders(tx)) {
    const why = renewedBy === null ? 'not-in-force' : 'other-masks';
    const detail = { kind: 'masks-expiring', aimId, maskSetId, why, masks: renewedBy };
    await appendRecord(tx, { action: 'finding.close', actor: null, subject: id, cameraId, jurisdiction, detail });
    await emitAfterCommit(tx, 'exposures.changed', { cameraId, aimId, jurisdiction });
  }
  for (const { id, aimId, cameraId, jurisdiction } of await closeFormerScenes(tx)) {
    const detail = { kind: 'scene-shift', aimId, why: 'view-changed' };
    await appendRecord(tx, { action: 'finding.close', actor: null, subject: id, cameraId, jurisdiction, detail });
    await emitAfterCommit(tx, 'exposures.changed', { cameraId, aimId, jurisdiction });
  }
}
