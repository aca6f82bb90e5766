// SPDX-License-Identifier: AGPL-3.0-or-later
import { JOBS, QUEUE_PREFIX, type JobName, type JobPayload } from '@louver/contract';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';

export interface JobQueues {
  /** @throws ZodError when the payload is not that job's */
  add<N extends JobName>(name: N, payload: JobPayload<N>, jobId?: string): Promise<void>;
  close(): Promise<void>;
}

/** One queue per name in the contract. Finished jobs are forgotten, so that the same id can run again. */
export function createQueues(redis: Redis): JobQueues {
  const names = new Set(Object.values(JOBS).map((job) => job.queue));
  const queues = new Map(
    [...names].map((name) => [name, new Queue(name, { connection: redis, prefix: QUEUE_PREFIX })] as const),
  );
  // Without a listener the first lost connection ends the process.
  for (const queue of queues.values()) queue.on('error', () => undefined);
  return {
    async add(name, payload, jobId) {
      const { queue, payload: schema } = JOBS[name];
      await queues.get(queue)!.add(name, schema.parse(payload), {
        removeOnComplete: true,
        removeOnFail: true,
        ...(jobId === undefined ? {} : { jobId }),
      });
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}
