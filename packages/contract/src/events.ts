// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { StreamState } from './camera.ts';
import { ComplaintStage } from './complaint.ts';
import { AimId, CameraId, ComplaintId, JurisdictionPath, ViewingId } from './ids.ts';
import { MaskSetState } from './mask.ts';

/** Everything that the socket may say. Sent to those whose jurisdictions contain `jurisdiction`. */
export const EVENTS = {
  'camera.changed': z.object({ cameraId: CameraId, jurisdiction: JurisdictionPath }),
  'camera.status': z.object({
    cameraId: CameraId,
    jurisdiction: JurisdictionPath,
    state: StreamState,
    since: z.string(),
    detail: z.string().nullable(),
  }),
  'cameras.imported': z.object({ jurisdiction: JurisdictionPath, count: z.number().int() }),
  'masks.changed': z.object({
    cameraId: CameraId,
    jurisdiction: JurisdictionPath,
    version: z.number().int(),
    state: MaskSetState,
  }),
  'viewing.changed': z.object({ viewingId: ViewingId, jurisdiction: JurisdictionPath }),
  /** An aim was measured, or a finding about it changed. */
  'exposures.changed': z.object({ cameraId: CameraId, aimId: AimId, jurisdiction: JurisdictionPath }),
  /** Something happened to a case: filed, written, decided, or a date passed. */
  'complaint.changed': z.object({ complaintId: ComplaintId, jurisdiction: JurisdictionPath, stage: ComplaintStage }),
  /** A date was missed that a superior or the oversight body is told of. */
  'complaint.alarm': z.object({
    complaintId: ComplaintId,
    reference: z.string(),
    jurisdiction: JurisdictionPath,
    clock: z.string(),
    to: z.enum(['superior', 'oversight']),
  }),
  /** A recomputation went on. Said about once a second, and when it ends. */
  'exposures.progress': z.object({
    jurisdiction: JurisdictionPath,
    id: z.string(),
    total: z.number().int(),
    waiting: z.number().int(),
    running: z.number().int(),
    done: z.number().int(),
  }),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof EVENTS;
export type EventPayload<N extends EventName> = z.infer<(typeof EVENTS)[N]>;

/** A row of the outbox: what leaves once the transaction that wrote it has been committed. */
export const OutboxMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('event'),
    name: z.enum(Object.keys(EVENTS) as [EventName, ...EventName[]]),
    payload: z.unknown(),
  }),
  z.object({ kind: z.literal('job'), name: z.string(), payload: z.unknown(), jobId: z.string().optional() }),
]);
export type OutboxMessage = z.infer<typeof OutboxMessage>;
