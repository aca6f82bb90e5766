// SPDX-License-Identifier: AGPL-3.0-or-later
// Which processor takes which job. A job in the contract that nobody here would take does not compile, and a worker that was
// put together without one does not start.
import { JOBS, type JobName, type JobPayload, QUEUE_PREFIX } from '@louver/contract';
import { type Job, Queue, WaitingError, Worker, type WorkerOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** `again` gives the job back, for another worker to take; nothing after it runs. */
type Processor<N extends JobName> = (
  payload: JobPayload<N>,
  cancelled: AbortSignal,
  again: () => Promise<never>,
) => Promise<void>;
export type Processors = { readonly [N in JobName]: Processor<N> };
type QueueName = (typeof JOBS)[JobName]['queue'];

interface QueueSettings {
  readonly concurrency: number;
}

/** A queue's worker that died is noticed after the lock's life plus one look. */
const LOCK_MS = 4_000;
const LOOK_FOR_DEAD_EVERY_MS = 1_000;
const LOOK_AGAIN_S = 1;

/** @throws Error that names every job without a processor */
export function requireProcessors(processors: Partial<Processors>): Processors {
  const missing = (Object.keys(JOBS) as JobName[]).filter((name) => typeof processors[name] !== 'function');
  if (missing.length > 0) throw new Error(`no processor for ${missing.join(', ')}`);
  return processors as Processors;
}

const queueNames = [...new Set(Object.values(JOBS).map(({ queue }) => queue))] as QueueName[];

export interface RunningQueues {
  /** Adds a job that this worker found to be needed. */
  add<N extends JobName>(name: N, payload: JobPayload<N>, jobId?: string): Promise<void>;
  repeat<N extends JobName>(name: N, payload: JobPayload<N>, everyMs: number): Promise<void>;
  /** Takes no new jobs; waits for those under way, which their owner has told to stop. */
  close(): Promise<void>;
}

interface Deps {
  readonly connection: Redis;
  readonly processors: Processors;
  readonly settings: Readonly<Record<QueueName, QueueSettings>>;
  readonly log: Logger;
  onCompleted(name: JobName, payload: unknown): void;
}

const KEEP_NOTHING = { count: 0 } as const;

export function runQueues({ connection, processors, settings, log, onCompleted }: Deps): RunningQueues {
  const base = { connection, prefix: QUEUE_PREFIX };
  const queues = new Map(queueNames.map((name) => [name, new Queue(name, base)] as const));
  const workers = queueNames.map((name) => {
    const options: WorkerOptions = {
      ...base,
      concurrency: settings[name].concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: LOOK_FOR_DEAD_EVERY_MS,
      // A job that is given back wakes nobody who waits for a new one: whoever waits looks again this soon.
      drainDelay: LOOK_AGAIN_S,
      // A camera's stream may be taken over any number of times.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      // An id that is kept could not be added again: the camera would stay dark.
      removeOnComplete: KEEP_NOTHING,
      removeOnFail: KEEP_NOTHING,
    };
    // Three parameters: with fewer, BullMQ hands over no abort signal.
    const worker = new Worker(name, (job, token, signal) => process(processors, job, token, signal), options);
    worker.on('completed', (job) => onCompleted(job.name as JobName, job.data));
    worker.on('failed', (job, error) => log.error({ err: error, job: job?.name }, 'a job failed'));
    return worker;
  });
  // Without a listener a lost connection ends the process.
  const warn = (error: Error) => log.warn({ err: error }, 'queue trouble');
  for (const queue of queues.values()) queue.on('error', warn);
  for (const worker of workers) worker.on('error', warn);
  return {
    async add(name, payload, jobId) {
      await queues
        .get(JOBS[name].queue)!
        .add(name, payload, { removeOnComplete: true, removeOnFail: true, ...(jobId === undefined ? {} : { jobId }) });
    },
    async repeat(name, payload, everyMs) {
      await queues.get(JOBS[name].queue)!.upsertJobScheduler(name, { every: everyMs }, { name, data: payload });
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

async function process(
  processors: Processors,
  job: Job,
  token: string | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const name = job.name as JobName;
  if (!Object.hasOwn(JOBS, name)) throw new Error(`no such job: ${job.name}`);
  const payload = JOBS[name].payload.parse(job.data);
  const processor = processors[name] as (
    payload: unknown,
    cancelled: AbortSignal,
    again: () => Promise<never>,
  ) => Promise<void>;
  const again = async (): Promise<never> => {
    await job.moveToWait(token);
    throw new WaitingError();
  };
  await processor(payload, signal ?? new AbortController().signal, again);
}
