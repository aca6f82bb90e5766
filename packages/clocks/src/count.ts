// SPDX-License-Identifier: AGPL-3.0-or-later
// One legal period, counted day by day, with what was skipped on the way: the page shows the same steps.
// The day of the event is not counted (Civil Code 2015, art. 147); a suspension leaves out the days after it up to the day
// of its end, and the day after that counts again.
import type { Calendar } from './calendar.ts';
import { addDays, addYears, type LocalDate, localMomentAt } from './local-date.ts';

type Words = { vi: string; en: string };

export interface Pause {
  from: LocalDate;
  /** null: not over. */
  until: LocalDate | null;
}

export interface Period {
  unit: 'calendar' | 'working' | 'hours' | 'years';
  amount: number;
  start: LocalDate;
  /** Milliseconds; hours are counted from it, days are not. */
  startAt: number;
  pauses: readonly Pause[];
  endsOnDayOff: 'next-working-day' | 'same-day';
}

export type CountStep =
  | { kind: 'count'; from: LocalDate; to: LocalDate; days: number }
  | {
      kind: 'skip';
      from: LocalDate;
      to: LocalDate;
      days: number;
      why: 'weekend' | 'holiday' | 'suspension';
      name: Words;
    }
  /** The last counted day was a day off, so the period goes on to the next working day. */
  | { kind: 'roll'; from: LocalDate; to: LocalDate; name: Words }
  | { kind: 'pause'; from: LocalDate; left: number };

export interface Count {
  /** Last day in time; null while a suspension keeps it open. */
  due: LocalDate | null;
  /** For hours only, milliseconds. */
  dueAt: number | null;
  /** For hours only, like 14:05 in the calendar's zone. */
  dueTime: string | null;
  steps: CountStep[];
  provisional: boolean;
}

const SUSPENDED: Words = { vi: 'tạm đình chỉ', en: 'suspended' };

const isPaused = (date: LocalDate, pauses: readonly Pause[]) =>
  pauses.some(({ from, until }) => date > from && (until === null || date <= until));
/** A suspension with no end yet, from whose day on nothing can be counted. */
const isOpenEnded = (date: LocalDate, pauses: readonly Pause[]) =>
  pauses.some(({ from, until }) => date > from && until === null);

/** Throws MissingYearError when it needs to know whether a day of an unknown year is worked. */
export function countPeriod(period: Period, calendar: Calendar): Count {
  if (period.unit === 'hours') {
    const dueAt = period.startAt + period.amount * 3_600_000;
    const { date, time } = localMomentAt(dueAt, calendar.zone);
    return { due: date, dueAt, dueTime: time, steps: [], provisional: false };
  }
  const steps: CountStep[] = [];
  const last = period.unit === 'years' ? addYears(period.start, period.amount) : countDays(period, calendar, steps);
  if (last === null) return { due: null, dueAt: null, dueTime: null, steps, provisional: false };
  const due = rolled(last, period, calendar, steps);
  if (due === null) return { due: null, dueAt: null, dueTime: null, steps, provisional: false };
  return { due, dueAt: null, dueTime: null, steps, provisional: guessed(period, last, due, calendar) };
}

function countDays({ unit, amount, start, pauses }: Period, calendar: Calendar, steps: CountStep[]): LocalDate | null {
  let date = start;
  for (let left = amount; left > 0;) {
    date = addDays(date, 1);
    if (isOpenEnded(date, pauses)) {
      steps.push({ kind: 'pause', from: date, left });
      return null;
    }
    const off = unit === 'working' ? calendar.dayOff(date) : null;
    if (isPaused(date, pauses)) skip(steps, date, 'suspension', SUSPENDED);
    else if (off) skip(steps, date, off.kind, off.name);
    else {
      left -= 1;
      counted(steps, date);
    }
  }
  return date;
}

function counted(steps: CountStep[], date: LocalDate): void {
  const last = steps.at(-1);
  if (last?.kind === 'count') steps[steps.length - 1] = { ...last, to: date, days: last.days + 1 };
  else steps.push({ kind: 'count', from: date, to: date, days: 1 });
}

function skip(steps: CountStep[], date: LocalDate, why: 'weekend' | 'holiday' | 'suspension', name: Words): void {
  const last = steps.at(-1);
  if (last?.kind === 'skip' && last.why === why && last.name.en === name.en)
    steps[steps.length - 1] = { ...last, to: date, days: last.days + 1 };
  else steps.push({ kind: 'skip', from: date, to: date, days: 1, why, name });
}

/** A suspension that begins while the period waits for a working day stops that waiting too. */
function rolled(
  last: LocalDate,
  { endsOnDayOff, pauses }: Period,
  calendar: Calendar,
  steps: CountStep[],
): LocalDate | null {
  const off = endsOnDayOff === 'next-working-day' ? calendar.dayOff(last) : null;
  if (!off) return last;
  let date = last;
  do {
    date = addDays(date, 1);
    if (isOpenEnded(date, pauses)) {
      steps.push({ kind: 'pause', from: date, left: 0 });
      return null;
    }
  } while (isPaused(date, pauses) || calendar.dayOff(date));
  steps.push({ kind: 'roll', from: last, to: date, name: off.name });
  return date;
}

/** Whether the date rests on holidays not yet decided by the government. */
function guessed({ unit, start, endsOnDayOff }: Period, last: LocalDate, due: LocalDate, calendar: Calendar): boolean {
  if (unit === 'working') return calendar.isProvisional(due) || calendar.isProvisional(addDays(start, 1));
  return endsOnDayOff === 'next-working-day' && (calendar.isProvisional(last) || calendar.isProvisional(due));
}
