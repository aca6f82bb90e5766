// SPDX-License-Identifier: AGPL-3.0-or-later
// An aim of which nobody knows that it is the camera's shows nothing. Where a stream waits behind it somebody has to hear of it.
import { appendRecord, type Tx } from '@louver/db';
import { type Standing, closeUncalibrated, insertUncalibrated } from './queries.ts';

const KIND = 'aim-uncalibrated';

/** Whether a finding was opened or closed. */
export async function followCalibration(tx: Tx, standing: Standing): Promise<boolean> {
  const { aimId, cameraId, jurisdiction, calibration, status, hasStream, uncalibratedFindingId: open } = standing;
  const record = { actor: null, cameraId, jurisdiction };
  if (calibration === 'assumed' && status === 'live' && hasStream) {
    const opened = open ? undefined : await insertUncalibrated(tx, standing);
    if (!opened) return false;
    const detail = { kind: KIND, aimId, dueAt: opened.dueAt };
    await appendRecord(tx, { ...record, action: 'finding.open', subject: opened.id, detail });
    return true;
  }
  if (!open) return false;
  await closeUncalibrated(tx, open);
  const why = calibration === 'assumed' ? 'no-picture-wanted' : calibration;
  await appendRecord(tx, { ...record, action: 'finding.close', subject: open, detail: { kind: KIND, aimId, why } });
  return true;
}
