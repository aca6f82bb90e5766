// SPDX-License-Identifier: AGPL-3.0-or-later
// Before anybody reads or acts on a case, the dates that have passed are written down: a worker that was dead for a week
// changes nothing about who has the case today.
import { type CaseStanding, type CaseTimeline, standingOf } from '@louver/clocks';
import type { ComplaintId } from '@louver/contract';
import { findHistory, lapsesOf, putStanding, recordLapses, type LapsedCase } from '@louver/db';
import { type Happening, timelineOf } from './citizens.ts';
import { law } from './law.ts';

/** @returns whether a date had passed that nobody had written down */
export async function settle(
  { tx, record, deps }: Happening,
  theCase: LapsedCase,
  history: { rules: string; events: readonly unknown[] },
): Promise<boolean> {
  const timeline = timelineOf(history, deps.clock.now());
  const lapses = lapsesOf(timeline.consequences);
  const written = await recordLapses(tx, theCase, lapses, law.calendar.zone, ({ action, actor, ...facts }) =>
    record({ action, actor, ...facts }),
  );
  if (written.length > 0) await putStanding(tx, theCase.complaintId, standingOf(timeline));
  return written.length > 0;
}

/** After something happened. */
export async function restand({ tx, deps }: Happening, complaintId: ComplaintId): Promise<CaseStanding> {
  const standing = standingOf(await readTimeline({ tx, deps }, complaintId));
  await putStanding(tx, complaintId, standing);
  return standing;
}

async function readTimeline(
  { tx, deps }: Pick<Happening, 'tx' | 'deps'>,
  complaintId: ComplaintId,
): Promise<CaseTimeline> {
  const history = await findHistory(tx, complaintId);
  if (!history) throw new Error(`the case ${complaintId} has no history`);
  return timelineOf(history, deps.clock.now());
}
