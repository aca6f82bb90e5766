// SPDX-License-Identifier: AGPL-3.0-or-later
// Legal dates that have passed. Everything is computed from the events of a case and the calendar, nothing from when this ran
// last: after a week with every process down it writes what it would have written day by day, each on its day.
import { caseTimeline, localDateAt, standingOf } from '@louver/clocks';
import type { Law } from '@louver/clocks/folder';
import type { ComplaintId } from '@louver/contract';
import {
  appendRecord,
  emitAfterCommit,
  findHistory,
  inTx,
  lapsesOf,
  NOBODY,
  putStanding,
  recordLapses,
  type NewRecord,
  type Pool,
} from '@louver/db';
import type { Logger } from 'pino';
import { findUnlooked, lockCase } from './queries.ts';

const AT_ONCE = 200;

interface Deps {
  readonly pool: Pool;
  readonly law: Law;
  readonly log: Logger;
}

/**
 * Looks at every open case once a day of the law's zone. Safe to run twice and at once: a date passes once.
 * @returns how many dates were written down
 */
export async function sweepDeadlines(deps: Deps, now: Date = new Date(), cancelled?: AbortSignal): Promise<number> {
  const today = localDateAt(now.getTime(), deps.law.calendar.zone);
  let written = 0;
  let failed = 0;
  for (;;) {
    const cases = await inTx(deps.pool, NOBODY, (tx) => findUnlooked(tx, today, AT_ONCE + failed));
    const before = failed;
    for (const { complaintId } of cases.slice(failed)) {
      if (cancelled?.aborted === true) return written;
      try {
        written += await lookAt(deps, complaintId, now);
      } catch (error) {
        // One case that can't be computed must not stop the clocks of the others. It is first in line tomorrow as well.
        failed += 1;
        deps.log.error({ err: error, complaintId }, 'the dates of a case could not be computed');
      }
    }
    if (cases.length <= before) return written;
  }
}

const lookAt = ({ pool, law }: Deps, complaintId: ComplaintId, now: Date): Promise<number> =>
  inTx(pool, NOBODY, async (tx) => {
    const theCase = await lockCase(tx, complaintId);
    const history = await findHistory(tx, complaintId);
    if (!history) return 0;
    const timeline = caseTimeline(law.rules.withId(history.rules), law.calendar, history.events, now.toISOString());
    const record = (facts: NewRecord) => appendRecord(tx, facts);
    const written = await recordLapses(tx, theCase, lapsesOf(timeline.consequences), law.calendar.zone, record);
    const standing = standingOf(timeline);
    await putStanding(tx, complaintId, standing);
    if (written.length > 0)
      await emitAfterCommit(tx, 'complaint.changed', {
        complaintId,
        jurisdiction: theCase.jurisdiction,
        stage: standing.stage,
      });
    return written.length;
  });
