// SPDX-License-Identifier: AGPL-3.0-or-later
import { setTimeout as pause } from 'node:timers/promises';
import { Problem, StreamLocation, redisKeys, streamJobId, type CameraId } from '@louver/contract';
import type { Deps } from '../http/deps.ts';

const WAIT_MS = 8_000;
const LOOK_EVERY_MS = 100;
/** A job that is just ending swallows the next one of the same id, so it is asked for more than once. */
const ASK_EVERY_MS = 1_000;

/**
 * The media worker that holds the camera, started if none does.
 * @throws Problem stream-not-here after eight seconds; AbortError when the client hung up
 */
export async function requireStream(deps: Deps, cameraId: CameraId, hungUp: AbortSignal): Promise<URL> {
  const since = performance.now();
  let askedAt = -ASK_EVERY_MS;
  for (;;) {
    const found = await deps.redis.get(redisKeys.streamLocation(cameraId));
    if (found !== null) return new URL(StreamLocation.parse(JSON.parse(found)).url);
    const waited = performance.now() - since;
    if (waited >= WAIT_MS) throw new Problem('stream-not-here');
    if (waited - askedAt >= ASK_EVERY_MS) {
      askedAt = waited;
      await deps.queues.add('stream.run', { cameraId }, streamJobId(cameraId));
    }
    await pause(LOOK_EVERY_MS, undefined, { signal: hungUp });
  }
}
