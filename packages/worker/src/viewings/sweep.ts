// SPDX-License-Identifier: AGPL-3.0-or-later
// Ends what nobody else will end: tickets that were never used, and looks whose worker died. The numbers are what the dead
// worker had last said.
import { redisKeys } from '@louver/contract';
import { NOBODY, inTx, type Pool } from '@louver/db';
import type { Redis } from 'ioredis';
import { type Closing, closeViewing, findNeverStarted, findUnderWay } from './queries.ts';
import { readProgress, secondsOf } from './under-way.ts';

/** A worker says every two seconds what its viewers have got; silence beyond this, without a heartbeat, is death. */
const SILENT_MS = 10_000;

interface Deps {
  readonly pool: Pool;
  readonly redis: Redis;
}

/** Safe to run twice and at once: only the run that closes a viewing records it. @returns how many it closed */
export async function sweepViewings(deps: Deps, nowMs: number = Date.now()): Promise<number> {
  const neverStarted = await inTx(deps.pool, NOBODY, findNeverStarted);
  const closings = neverStarted.map(({ viewingId }): Closing => ({
    viewingId,
    end: 'never-started',
    seconds: 0,
    frames: 0,
  }));
  closings.push(...(await findLost(deps, nowMs)));
  let closed = 0;
  for (const closing of closings) {
    if (!(await inTx(deps.pool, NOBODY, (tx) => closeViewing(tx, closing)))) continue;
    closed++;
    // Should its worker live after all, it must not go on showing what the record says is over.
    await deps.redis.publish(redisKeys.viewingEnd, closing.viewingId);
    await deps.redis.del(redisKeys.viewingProgress(closing.viewingId));
  }
  return closed;
}

async function findLost({ pool, redis }: Deps, nowMs: number): Promise<Closing[]> {
  const underWay = await inTx(pool, NOBODY, findUnderWay);
  const closings: Closing[] = [];
  for (const { viewingId, startedAt } of underWay) {
    const progress = readProgress(await redis.get(redisKeys.viewingProgress(viewingId)));
    const lastAt = progress?.lastAt ?? Date.parse(startedAt);
    const alive = progress !== undefined && (await redis.exists(redisKeys.worker(progress.workerId))) === 1;
    if (alive || nowMs - lastAt < SILENT_MS) continue;
    const seconds = progress ? secondsOf({ firstAt: progress.startedAt, lastAt: progress.lastAt }) : 0;
    closings.push({ viewingId, end: 'worker-lost', seconds, frames: progress?.frames ?? 0 });
  }
  return closings;
}
