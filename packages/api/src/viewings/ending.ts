// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ViewingId } from '@louver/contract';
import { emitAfterCommit, type Tx } from '@louver/db';
import type { Facts } from '../http/endpoint.ts';
import { closeUnstarted } from './queries.ts';

/** Ends a look of which nothing was seen, on the record; unless it began, or ended, after all. */
export async function endUnstarted(
  tx: Tx,
  viewingId: ViewingId,
  record: (facts: Facts & { action?: never; actor?: never }) => Promise<unknown>,
): Promise<void> {
  const closed = await closeUnstarted(tx, viewingId);
  if (!closed) return;
  await record({ subject: viewingId, ...closed, detail: { end: 'never-started', seconds: 0, frames: 0 } });
  await emitAfterCommit(tx, 'viewing.changed', { viewingId, jurisdiction: closed.jurisdiction });
}
