// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a case stands, in the few facts that lists are sorted and counted by.
import type { LocalDate } from './local-date.ts';
import type { Stage } from './rule-set.ts';
import type { CaseTimeline, ClockReading } from './timeline.ts';

export interface CaseStanding {
  stage: Stage;
  /** The next date that binds an authority. */
  nextDue: LocalDate | null;
  /** An authority has let a date pass and has not done it since. */
  late: boolean;
  /** The first day on which the oldest of these dates was missed; null where none is. */
  lateSince: LocalDate | null;
  /** Nothing is expected of anybody any more. */
  isOver: boolean;
  /** The day it was computed for. */
  on: LocalDate;
}

const ENDED: ReadonlySet<Stage> = new Set(['withdrawn', 'closed'] as const);
const SAID: ReadonlySet<Stage> = new Set(['second-decided', 'second-refused', 'answered'] as const);

const bindsAuthority = ({ rule, state }: ClockReading): boolean =>
  rule.binds !== 'complainant' && (state === 'running' || state === 'paused' || state === 'late');

const earlier = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other < one) ? other : one;

/** A promise that is not kept keeps a case open, whatever its stage. */
export function standingOf({ stage, clocks, next, today }: CaseTimeline): CaseStanding {
  const open = clocks.filter(bindsAuthority);
  const isOver = ENDED.has(stage)
    ? open.every(({ rule }) => rule.withRemedyOnly !== true)
    : SAID.has(stage) && open.length === 0;
  const late = isOver ? [] : clocks.filter(({ state }) => state === 'late');
  return {
    stage,
    nextDue: next?.due ?? null,
    late: late.length > 0,
    lateSince: late.map(({ lateSince }) => lateSince).reduce(earlier, null),
    isOver,
    on: today,
  };
}
