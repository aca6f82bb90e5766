// SPDX-License-Identifier: AGPL-3.0-or-later
// A case as everybody sees it who may see it at all: where it stands, its dates, and how each was computed.
import { type CaseTimeline, type ClockReading, explain } from '@louver/clocks';
import type { CaseHistoryEvent, ComplaintClock } from '@louver/contract';
import type { CaseRow, EventRow } from './file-queries.ts';
import { law } from './law.ts';

export const clockView = (reading: ClockReading): ComplaintClock => ({
  id: reading.rule.id,
  name: reading.rule.name,
  binds: reading.rule.binds,
  due: reading.due,
  daysLeft: reading.daysLeft,
  state: reading.state,
  lateSince: reading.lateSince,
  daysLate: reading.daysLate,
  provisional: reading.provisional,
  explanation: { vi: explain(reading, 'vi'), en: explain(reading, 'en') },
});

export const standingView = (row: CaseRow, timeline: CaseTimeline) => ({
  reference: row.reference,
  kind: row.kind,
  form: row.form,
  procedure: row.procedure,
  filedAt: row.filedAt,
  rules: { id: row.rules, title: law.rules.withId(row.rules).title },
  jurisdiction: row.jurisdiction,
  handler: row.handler,
  level: row.level,
  stage: timeline.stage,
  suspended: timeline.stage === 'suspended',
  next: timeline.next ? clockView(timeline.next) : null,
  remedyOpen: row.promised && !row.kept,
  affected: row.affected,
});

export const stagesView = ({ stages }: CaseTimeline) =>
  stages.map(({ stage, since, until }) => ({ stage, since, until }));

/** What happened, without who did it. `href` gives out the address of a paper. */
export function historyView(row: CaseRow, event: EventRow, href: (fileId: string) => string): CaseHistoryEvent {
  const { kind, at, noticedAt, level, body, reason, outcome, clock, due, consequences, paper, measured } = event;
  return {
    ...{ kind, at, noticedAt, level, body, reason, outcome },
    measured: measured && measured.map(({ shown: _shown, ...sight }) => sight),
    paper: paper && { ...paper, href: href(paper.id) },
    clock:
      clock === null
        ? null
        : { id: clock, name: clockName(row, clock), due: due ?? '', consequences: consequences ?? [] },
  };
}

/** For a citizen: how a camera sees that is counted and not shown is told to nobody, but that it sees no more. */
export const withoutCounted = ({ measured }: EventRow, view: CaseHistoryEvent): CaseHistoryEvent => ({
  ...view,
  measured:
    measured &&
    measured.map(({ shown, ...sight }) => (shown ? sight : { ...sight, cameraCode: null, before: null, after: null })),
});

function clockName({ rules }: CaseRow, id: string): ComplaintClock['name'] {
  const clock = law.rules.withId(rules).clocks.find((rule) => rule.id === id);
  return clock?.name ?? { vi: id, en: id };
}
