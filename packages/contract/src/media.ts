// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';
import type { FrameSize } from './aim.ts';
import type { CameraId, ViewingId } from './ids.ts';

/** What API, media workers and sealer say to one another through Redis. Everything here expires when its owner dies. */
export const redisKeys = {
  /** Hash of a live worker: value is `WorkerBeat` as JSON, expires in 10 s. */
  worker: (workerId: string) => `louver:worker:${workerId}`,
  /** Who holds a camera's stream: value is `StreamLocation` as JSON, expires in 5 s. */
  streamLocation: (cameraId: CameraId) => `louver:stream:${cameraId}`,
  /** Set by the first use of a ticket; expires with the ticket. */
  ticketUsed: (viewingId: ViewingId) => `louver:ticket-used:${viewingId}`,
  /** What a viewing has got so far: value is `ViewingProgress` as JSON, kept for a day. */
  viewingProgress: (viewingId: ViewingId) => `louver:viewing:${viewingId}`,
  /** Pub/sub: the camera id of a stream that has just been registered. */
  streamReady: 'louver:stream-ready',
  /** Pub/sub: a viewing id that must end now. */
  viewingEnd: 'louver:viewing-end',
  /** Key of a session: value is JSON with the `accountId` whose it is. Expires when nobody works with it. */
  session: (sessionId: string) => `louver:session:${sessionId}`,
  /** Pub/sub: the hash of a session that was closed, as it stands in its tickets. Its sockets and its pictures end. */
  sessionEnd: 'louver:session-end',
  /** Pub/sub: somebody waits for a record that was just committed; the message says nothing. */
  sealWanted: 'louver:seal-wanted',
  /** Pub/sub: the size of a checkpoint that was just published. */
  logPublished: 'louver:log-published',
  /** `LogHealth` as JSON, written by the sealer, expires in 30 s. */
  logHealth: 'louver:log-health',
} as const;

export const WorkerBeat = z.object({
  workerId: z.string(),
  url: z.url(),
  streams: z.number().int(),
  startedAt: z.string(),
});
export type WorkerBeat = z.infer<typeof WorkerBeat>;

export const StreamLocation = z.object({ workerId: z.string(), url: z.url() });
export type StreamLocation = z.infer<typeof StreamLocation>;

export const ViewingProgress = z.object({
  workerId: z.string(),
  startedAt: z.number().int(),
  lastAt: z.number().int(),
  frames: z.number().int(),
});
export type ViewingProgress = z.infer<typeof ViewingProgress>;

/** Path on a media worker, and on the public address that leads to it. */
export const livePath = (cameraId: CameraId): string => `/live/${cameraId}`;

/** H.264 High at the level that fits the frame, known before the first byte (RFC 6381 codec string). */
export function h264Level({ width, height }: FrameSize): { level: string; mimeType: string } {
  const macroblocks = Math.ceil(width / 16) * Math.ceil(height / 16);
  const [level, hex] =
    macroblocks <= 3600
      ? ['3.1', '1f']
      : macroblocks <= 8192
        ? ['4.0', '28']
        : macroblocks <= 22_080
          ? ['5.0', '32']
          : ['6.0', '3c'];
  return { level, mimeType: `video/mp4; codecs="avc1.6400${hex}"` };
}

/**
 * Text frames on the live WebSocket; binary frames are the init segment after `start` and then one fragment each.
 * `reset`: throw away all that is buffered (the masks grew), a new init segment follows. `waiting`: no picture now.
 */
export const LiveMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), mimeType: z.string(), maskVersion: z.number().int() }),
  z.object({ type: z.literal('reset'), mimeType: z.string(), maskVersion: z.number().int() }),
  z.object({
    type: z.literal('waiting'),
    reason: z.enum([
      'connecting',
      'reconnecting',
      'aim-uncalibrated',
      'masks-unknown',
      'masks-unconfirmed',
      'masks-not-flat',
      'masks-expired',
      'scene-shift',
      'aim-moving',
      'aim-unknown',
      'frame-size',
      'camera-refused',
      'not-video',
    ]),
  }),
  z.object({ type: z.literal('end'), reason: z.enum(['closed', 'time-over', 'worker-stopping', 'picture-withheld']) }),
]);
export type LiveMessage = z.infer<typeof LiveMessage>;
