// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { StreamState } from './camera.ts';
import { CameraId, JurisdictionPath, ViewingId } from './ids.ts';
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
