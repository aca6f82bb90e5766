// SPDX-License-Identifier: AGPL-3.0-or-later
// One clock of one case while its history is read: what it started from and what moved its date.
import type { Calendar } from './calendar.ts';
import { type Count, countPeriod, type Pause, type Period } from './count.ts';
import type { CaseEvent, Filed } from './events.ts';
import type { LocalDate } from './local-date.ts';
import type { Clock } from './rule-set.ts';

/** `at` null: the whole day. */
export interface Moment {
  date: LocalDate;
  at: number | null;
}

export interface Run {
  clock: Clock;
  variant: 'length' | 'remote' | 'throughProcessor';
  length: Clock['length'];
  /** The day that is not counted yet. */
  start: LocalDate;
  extensions: { amount: number; event: CaseEvent }[];
  suspensions: { event: CaseEvent; pause: Pause }[];
  period: Period;
  count: Count;
  /** First day late. */
  passedOn: LocalDate | null;
  closed: { on: LocalDate; how: 'met' | 'stopped' } | null;
}

/** A processor's longer period wins over the remote one; no rule known has both. */
function variantOf(clock: Clock, { remote, throughProcessor }: Filed): Run['variant'] {
  if (throughProcessor === true && clock.throughProcessor) return 'throughProcessor';
  return remote === true && clock.remote ? 'remote' : 'length';
}

export function startRun(
  clock: Clock,
  filed: Filed,
  { date, at }: Moment,
  endsOnDayOff: Period['endsOnDayOff'],
  calendar: Calendar,
): Run {
  const variant = variantOf(clock, filed);
  const length = clock[variant] ?? clock.length;
  const period: Period = {
    unit: clock.unit,
    amount: length.amount,
    start: date,
    startAt: at ?? 0,
    pauses: [],
    endsOnDayOff,
  };
  return {
    clock,
    variant,
    length,
    start: date,
    extensions: [],
    suspensions: [],
    period,
    count: countPeriod(period, calendar),
    passedOn: null,
    closed: null,
  };
}

/** Late from the next day, by the day in the calendar's zone and not by the second; hours alone end at their instant. */
export function isExpired({ count: { due, dueAt } }: Run, { date, at }: Moment): boolean {
  if (dueAt !== null && at !== null) return at > dueAt;
  return due !== null && date > due;
}

function recount(run: Run, change: Partial<Period>, calendar: Calendar): void {
  run.period = { ...run.period, ...change };
  run.count = countPeriod(run.period, calendar);
}

export function extendRun(run: Run, event: Extract<CaseEvent, { kind: 'extended' }>, calendar: Calendar): void {
  const amount = event.amount ?? run.length.extension ?? 0;
  run.extensions.push({ amount, event });
  recount(run, { amount: run.period.amount + amount }, calendar);
}

const pausesOf = ({ suspensions }: Run) => suspensions.map(({ pause }) => pause);

export function pauseRun(run: Run, from: LocalDate, event: CaseEvent, calendar: Calendar): void {
  run.suspensions.push({ event, pause: { from, until: null } });
  recount(run, { pauses: pausesOf(run) }, calendar);
}

export function resumeRun(run: Run, until: LocalDate, calendar: Calendar): void {
  const open = run.suspensions.at(-1);
  if (!open || open.pause.until !== null) return;
  open.pause = { ...open.pause, until };
  recount(run, { pauses: pausesOf(run) }, calendar);
}
