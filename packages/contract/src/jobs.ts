// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { AimId, CameraId } from './ids.ts';

/** Every job that a queue may hold. Payloads carry ids, never data. */
export const JOBS = {
  /** Long-lived: as long as somebody watches, one worker holds the camera's stream. */
  'stream.run': { queue: 'streams', payload: z.strictObject({ cameraId: CameraId }) },
  /** Asks every camera with a stream whether it answers. */
  'stream.probe': { queue: 'probes', payload: z.strictObject({}) },
  /** Closes viewings whose worker died, and viewings that never started. */
  'viewing.sweep': { queue: 'viewings', payload: z.strictObject({}) },
  /** Measures which homes an aim sees, and does what follows from it. */
  'exposure.measure': { queue: 'exposures', payload: z.strictObject({ aimId: AimId }) },
  /** Gives out what waits to be measured, and what a policy makes due. */
  'exposure.sweep': { queue: 'exposure-sweeps', payload: z.strictObject({}) },
  /** Says of masks that they are to be renewed soon, and that they have expired. */
  'mask.sweep': { queue: 'mask-life', payload: z.strictObject({}) },
  /** Acts on every legal date that has passed and was not acted on. */
  'deadline.sweep': { queue: 'deadlines', payload: z.strictObject({}) },
  /** Counts the public figures, and writes the report of every month that is over and has none. */
  'figures.sweep': { queue: 'figures', payload: z.strictObject({}) },
} as const satisfies Record<string, { queue: string; payload: z.ZodType }>;

export type JobName = keyof typeof JOBS;
export type JobPayload<N extends JobName> = z.infer<(typeof JOBS)[N]['payload']>;

/** BullMQ keys live under this prefix. */
export const QUEUE_PREFIX = 'louver:queue';

/** One job per camera: a second add while it waits or runs is dropped by BullMQ. BullMQ allows no colon here. */
export const streamJobId = (cameraId: CameraId): string => `stream-${cameraId}`;

/** One job per aim and demand: a demand that comes while an older one is being met is met after it, and never twice. */
export const exposureJobId = (aimId: AimId, demand: string): string => `exposure-${aimId}-${demand}`;
