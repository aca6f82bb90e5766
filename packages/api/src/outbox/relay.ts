// SPDX-License-Identifier: AGPL-3.0-or-later
import { JOBS, OutboxMessage, type EventName, type JobName } from '@louver/contract';
import { inTx, NOBODY } from '@louver/db';
import type { Deps } from '../http/deps.ts';
import { problemOf } from '../http/problems.ts';
import { listenForOutbox } from './listener.ts';
import { readLag, setAside, takeMessages } from './queries.ts';

const BATCH = 100;
/** A notification may be lost with its connection; a row is never. */
const POLL_MS = 2_000;

export interface Relay {
  stop(): Promise<void>;
}

type Emit = (name: EventName, payload: unknown) => void;

/**
 * Lets out what committed transactions left: events to open pages, jobs to their queues. At least once: a crash between
 * delivery and COMMIT delivers again, so events say only that something changed and jobs are safe to run twice.
 */
export function startRelay(deps: Deps, emit: Emit): Relay {
  const stopping = new AbortController();
  const bell = createBell(stopping.signal);
  const listener = listenForOutbox(deps, bell.ring);
  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        await relayAll(deps, emit, stopping.signal);
      } catch (error) {
        deps.log.error({ err: error }, "couldn't relay the outbox; trying again");
      }
      await bell.rung();
    }
  };
  const running = run();
  return {
    async stop() {
      stopping.abort();
      await Promise.all([running, listener.stop()]);
    },
  };
}

/** Rung by a notification, by time, and when all is to stop. A ring while nobody waits is heard by the next who does. */
function createBell(stopping: AbortSignal) {
  const bell = new EventTarget();
  let missed = false;
  const ring = () => {
    missed = true;
    bell.dispatchEvent(new Event('ring'));
  };
  stopping.addEventListener('abort', ring);
  return {
    ring,
    async rung() {
      if (!missed) await ringOrTimeout(bell);
      missed = false;
    },
  };
}

const ringOrTimeout = (bell: EventTarget): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      bell.removeEventListener('ring', done);
      resolve();
    };
    const timer = setTimeout(done, POLL_MS);
    bell.addEventListener('ring', done);
  });

async function relayAll(deps: Deps, emit: Emit, stopping: AbortSignal): Promise<void> {
  let left = BATCH;
  while (left === BATCH && !stopping.aborted) left = await relayBatch(deps, emit);
}

/** @returns how many messages left or were set aside */
export async function relayBatch(deps: Deps, emit: Emit): Promise<number> {
  return inTx(deps.pool, NOBODY, async (tx) => {
    deps.metrics.outboxLag.set(await readLag(tx));
    const rows = await takeMessages(tx, BATCH);
    for (const row of rows) {
      try {
        await deliver(deps, emit, row.message);
      } catch (error) {
        // Whoever does not answer now may answer later: then everything stays where it is.
        if (problemOf(error).slug === 'unavailable') throw error;
        deps.metrics.outboxSetAside.inc();
        deps.log.error({ err: error, outboxId: row.id }, 'set a message aside that cannot be delivered');
        await setAside(tx, row, error instanceof Error ? error.message : 'not an error');
      }
    }
    return rows.length;
  });
}

async function deliver(deps: Deps, emit: Emit, stored: unknown): Promise<void> {
  const message = OutboxMessage.parse(stored);
  if (message.kind === 'event') {
    emit(message.name, message.payload);
    return;
  }
  if (!isJobName(message.name)) throw new Error(`no such job: ${message.name}`);
  await deps.queues.add(message.name, message.payload as never, message.jobId);
}

const isJobName = (name: string): name is JobName => Object.hasOwn(JOBS, name);
