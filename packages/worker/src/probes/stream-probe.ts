// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether the cameras that nobody watches would answer. Those that stream are left alone: their stream says more.
import { redisKeys } from '@louver/contract';
import { NOBODY, inTx, openCredentials, type Pool } from '@louver/db';
import type { Redis } from 'ioredis';
import { findProbeTargets } from './queries.ts';
import { type ProbeResult, probe } from './rtsp-client.ts';
import type { SeenState, Sightings } from './sightings.ts';

const AT_ONCE = 16;

interface Deps {
  readonly pool: Pool;
  readonly redis: Redis;
  readonly credentialsKey: Buffer;
  readonly sightings: Sightings;
}

const SEEN: Record<ProbeResult, { state: SeenState; detail: string | null }> = {
  reachable: { state: 'reachable', detail: null },
  unreachable: { state: 'unreachable', detail: 'The camera does not answer.' },
  refused: { state: 'refused', detail: 'The camera refuses its user name or password.' },
  'not-video': { state: 'withheld', detail: 'The camera sends no video that can be masked.' },
};

/** @returns how many cameras were asked */
export async function probeStreams(
  { pool, redis, credentialsKey, sightings }: Deps,
  cancelled: AbortSignal,
): Promise<number> {
  const targets = await inTx(pool, NOBODY, findProbeTargets);
  if (targets.length === 0) return 0;
  const held = await redis.mget(targets.map(({ cameraId }) => redisKeys.streamLocation(cameraId)));
  const idle = targets.filter((_target, i) => held[i] === null);
  const waiting = [...idle];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let target = waiting.pop(); target && !cancelled.aborted; target = waiting.pop()) {
        const { cameraId, sealed } = target;
        let seen = SEEN.unreachable;
        try {
          seen = SEEN[await probe(openCredentials(credentialsKey, cameraId, sealed))];
        } catch {
          seen = { state: 'refused', detail: 'The stored address does not open with the present key.' };
        }
        sightings.saw(cameraId, seen.state, seen.detail);
      }
    }),
  );
  return idle.length;
}
