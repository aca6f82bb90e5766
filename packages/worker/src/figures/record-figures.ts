// SPDX-License-Identifier: AGPL-3.0-or-later
import type { RecordFigures } from '@louver/contract';
import type { Law } from '@louver/clocks/folder';
import type { Tallied } from './record-queries.ts';

const sum = (rows: readonly Tallied[], of: (row: Tallied) => number = ({ entries }) => entries): number =>
  rows.reduce((total, row) => total + of(row), 0);

/** @param law names the dates that were missed */
export function recordFigures(rows: readonly Tallied[], law: Law): RecordFigures {
  const of = (action: string) => rows.filter((row) => row.action === action);
  const count = (action: string) => sum(of(action));
  const opened = of('viewing.open');
  const missed = of('complaint.lapse');
  return {
    viewings: {
      opened: sum(opened),
      withCase: sum(opened, ({ withCase }) => withCase),
      stills: sum(opened, ({ stills }) => stills),
      hours: Math.round(sum(of('viewing.close'), ({ seconds }) => seconds) / 360) / 10,
      refused: sum(of('viewing.refuse'), ({ times }) => times),
    },
    masks: {
      approved: count('mask.approve'),
      rejected: count('mask.reject'),
      enforced: count('mask.enforce'),
      expired: count('mask.expire'),
    },
    findings: { opened: count('finding.open'), closed: count('finding.close') },
    lifts: count('lift.approve'),
    exports: count('export.create'),
    complaints: {
      received: count('complaint.receive'),
      joined: count('complaint.join'),
      accepted: count('complaint.accept'),
      decided: count('complaint.decide'),
      appealed: count('complaint.appeal'),
      withdrawn: count('complaint.withdraw'),
    },
    missed: { total: sum(missed), byClock: byClock(missed, law) },
    late: sum(rows, ({ late }) => late),
  };
}

function byClock(rows: readonly Tallied[], { rules }: Law): RecordFigures['missed']['byClock'] {
  const clocks = [...new Set(rows.map(({ clock }) => clock ?? ''))];
  const nameOf = (id: string) =>
    rules.sets.flatMap(({ clocks: all }) => all).findLast((clock) => clock.id === id)?.name ?? { vi: id, en: id };
  return clocks
    .map((clock) => ({ clock, name: nameOf(clock), dates: sum(rows.filter((row) => (row.clock ?? '') === clock)) }))
    .sort((a, b) => b.dates - a.dates || (a.clock < b.clock ? -1 : 1));
}
