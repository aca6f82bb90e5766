// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import { CameraId } from './ids.ts';

/** Every job that a queue may hold. Payloads carry ids, never data. */
export const JOBS = {
  /** Long-lived: as long as somebody watches, one worker holds the camera's stream. */
  'stream.run': { queue: 'streams', payload: z.strictObject({ cameraId: CameraId }) },
  /** Asks every camera with a stream whether it answers. */
  'stream.probe': { queue: 'probes', payload: z.strictObject({}) },
  /** Closes viewings whose worker died, and viewings that never started. */
  'viewing.sweep': { queue: 'viewings', payload: z.strictObject({}) },
} as const satisfies Record<string, { queue: string; payload: z.ZodType }>;

export type JobName = keyof typeof JOBS;
export type JobPayload<N extends JobName> = z.infer<(typeof JOBS)[N]['payload']>;

/** BullMQ keys live under this prefix. */
export const QUEUE_PREFIX = 'louver:queue';

/** One job per camera: a second add while it waits or runs is dropped by BullMQ. BullMQ allows no colon here. */
export const streamJobId = (cameraId: CameraId): string => `stream-${cameraId}`;
