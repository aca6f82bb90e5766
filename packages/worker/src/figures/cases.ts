// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the cases stood on a day. From the events of each, and not from what somebody computed last: what is asked of a month that
// is long over is answered as it would have been on its last day.
import { caseTimeline, localDateAt, standingOf } from '@louver/clocks';
import type { Law } from '@louver/clocks/folder';
import { CASE_AGES, type CaseFigures, ComplaintStage } from '@louver/contract';
import type { Tx } from '@louver/db';
import { setImmediate } from 'node:timers/promises';
import { AT_ONCE, countFiled, findHistories, type History } from './case-queries.ts';
import { ZONE } from './months.ts';

const DAY_MS = 86_400_000;

/** @param until what happened from then on is left out; `today` is the day or the moment it is asked for */
export async function countCases(tx: Tx, law: Law, until: Date, today: string): Promise<CaseFigures> {
  const stages = new Map<ComplaintStage, number[]>();
  const figures = { open: 0, late: 0, uncomputed: 0, oldestDays: null as number | null };
  const filed = await countFiled(tx, until);
  for (let after: string | null = null; ;) {
    const page: History[] = await findHistories(tx, until, after);
    for (const history of page) countOne(history, stages, figures);
    if (page.length < AT_ONCE) break;
    after = page.at(-1)!.complaintId;
    // The process that counts holds pictures as well: it must not stand still for this.
    await setImmediate();
  }
  const byStage = ComplaintStage.options.flatMap((stage) => {
    const byAge = stages.get(stage);
    return byAge ? [{ stage, byAge }] : [];
  });
  return { ...figures, ended: filed - figures.open - figures.uncomputed, byStage };

  function countOne({ rules, events, filedAt }: History, into: typeof stages, numbers: typeof figures): void {
    try {
      const happened = events.filter(({ at }) => Date.parse(at) < until.getTime());
      const { stage, late, isOver, on } = standingOf(
        caseTimeline(law.rules.withId(rules), law.calendar, happened, today),
      );
      if (isOver) return;
      const days = Math.round((Date.parse(on) - Date.parse(localDateAt(Date.parse(filedAt), ZONE))) / DAY_MS);
      const byAge = into.get(stage) ?? CASE_AGES.map(() => 0);
      byAge[CASE_AGES.findIndex((most) => most === null || days <= most)]! += 1;
      into.set(stage, byAge);
      numbers.open += 1;
      numbers.late += late ? 1 : 0;
      numbers.oldestDays = Math.max(numbers.oldestDays ?? 0, days);
    } catch {
      // The sweep of dates says which case, and why, every day until it is mended.
      numbers.uncomputed += 1;
    }
  }
}
