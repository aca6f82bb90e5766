// SPDX-License-Identifier: AGPL-3.0-or-later
import type { EventName, EventPayload, JobName, JobPayload } from '@louver/contract';
import sql from 'sql-template-tag';
import type { Tx } from './transaction.ts';

const put = (tx: Tx, message: unknown) =>
  tx.run(sql`INSERT INTO outbox (message) VALUES (${JSON.stringify(message)}::jsonb)`);

/** Tells open pages, once this transaction is committed. */
export const emitAfterCommit = <N extends EventName>(tx: Tx, name: N, payload: EventPayload<N>) =>
  put(tx, { kind: 'event', name, payload });

/** Gives work to the workers, once this transaction is committed. */
export const enqueueAfterCommit = <N extends JobName>(tx: Tx, name: N, payload: JobPayload<N>, jobId?: string) =>
  put(tx, { kind: 'job', name, payload, ...(jobId === undefined ? {} : { jobId }) });
