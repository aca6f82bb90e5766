// SPDX-License-Identifier: AGPL-3.0-or-later
import { type CameraId, JurisdictionPath, type OnDeviceMasksReason, type OnDeviceMasksState } from '@louver/contract';
import { appendRecord, sql, type Tx } from '@louver/db';
import type { Json } from '@louver/ledger';
import { z } from 'zod';
import type { Drawn } from '../media/drawn.ts';

export const findSealedDevice = (tx: Tx, cameraId: CameraId) =>
  tx.maybeOne(
    z.object({ sealed: z.instanceof(Buffer), tokens: z.array(z.string()) }),
    sql`SELECT sealed, mask_tokens AS tokens FROM camera_devices WHERE camera_id = ${cameraId}`,
  );

/** Which masks on the device are ours. */
export const keepTokens = (tx: Tx, cameraId: CameraId, tokens: readonly string[]) =>
  tx.run(sql`UPDATE camera_devices SET mask_tokens = ${[...tokens]}::text[] WHERE camera_id = ${cameraId}`);

export interface DeviceReport {
  readonly cameraId: CameraId;
  readonly state: OnDeviceMasksState;
  readonly reason: OnDeviceMasksReason | null;
  /** Undefined leaves it as it is. */
  readonly able?: boolean;
  /** Goes on the record: pictures are passed on from here, or not any more. */
  readonly entry?: {
    readonly action: 'device.pass' | 'device.fallback';
    readonly maskSet: Drawn['masks'];
    readonly detail: { readonly [fact: string]: Json };
  };
}

export async function writeReport(tx: Tx, { cameraId, state, reason, able, entry }: DeviceReport): Promise<void> {
  await tx.run(sql`
    UPDATE camera_devices SET
      masks_since = CASE WHEN masks_state = ${state} AND masks_reason IS NOT DISTINCT FROM ${reason}
                         THEN masks_since ELSE clock_timestamp() END,
      masks_state = ${state}, masks_reason = ${reason}, masks_able = coalesce(${able ?? null}, masks_able)
    WHERE camera_id = ${cameraId}
  `);
  if (!entry) return;
  const { jurisdiction } = await tx.one(
    z.object({ jurisdiction: JurisdictionPath }),
    sql`SELECT jurisdiction::text AS jurisdiction FROM cameras WHERE id = ${cameraId}`,
  );
  const { id, aimId, version, digest } = entry.maskSet;
  const detail = { aimId, version, digest, ...entry.detail };
  await appendRecord(tx, { action: entry.action, actor: null, subject: id, cameraId, jurisdiction, detail });
}
