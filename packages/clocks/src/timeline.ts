// SPDX-License-Identifier: AGPL-3.0-or-later
// A case's stages, dates and what followed by itself, from its events alone. Nothing is remembered between two answers:
// whoever asks after three years of silence is told what somebody asking every day has been told.
import type { Calendar } from './calendar.ts';
import { byText, type Cause, type Consequence, fileCase, happen, runOut, type StagePeriod } from './history.ts';
import { parseEvents } from './events.ts';
import { daysBetween, LocalDate, localDateAt } from './local-date.ts';
import type { Clock, RuleSet, Stage } from './rule-set.ts';
import type { Moment, Run } from './run.ts';

export interface ClockReading {
  rule: Clock;
  run: Run;
  startedBy: Cause;
  /** Last day in time; null while suspended. */
  due: LocalDate | null;
  /** For hours only: milliseconds since 1970, and the same on the clock of the place. */
  dueAt: number | null;
  dueTime: string | null;
  /** Negative once it has passed; null while suspended. */
  daysLeft: number | null;
  /** lapsed: the complainant let it pass; stopped: it lost its point. A met clock with `lateSince` was met late. */
  state: 'running' | 'paused' | 'met' | 'late' | 'lapsed' | 'stopped';
  lateSince: LocalDate | null;
  daysLate: number;
  /** Day on which it was met or stopped. */
  closedOn: LocalDate | null;
  /** Rests on holidays the government has not decided yet. */
  provisional: boolean;
}

export interface CaseTimeline {
  ruleSet: string;
  today: LocalDate;
  stage: Stage;
  stages: StagePeriod[];
  clocks: ClockReading[];
  /** In the order of time. They happen by themselves; to act on each once, remember which were acted on. */
  consequences: Consequence[];
  /** The running date that comes first, of those that bind an authority. */
  next: ClockReading | null;
}

/**
 * `today`: a day (all of it), or an instant with offset, which matters for periods in hours only.
 * Throws CaseEventError naming the event that cannot be, MissingYearError when a date would fall in a year not entered.
 */
export function caseTimeline(
  rules: RuleSet,
  calendar: Calendar,
  events: readonly unknown[],
  today: string,
): CaseTimeline {
  const now = momentOf(today, calendar);
  const [filed, ...rest] = parseEvents(events);
  const theCase = fileCase(rules, calendar, filed, now);
  for (const event of rest) happen(theCase, event, now);
  runOut(theCase, now);
  const clocks = theCase.runs.map(({ run, cause }) => reading(run, cause, now));
  return {
    ruleSet: rules.id,
    today: now.date,
    stage: theCase.progress.stage,
    stages: theCase.stages,
    clocks,
    consequences: theCase.consequences,
    next: nextOf(clocks),
  };
}

function momentOf(today: string, { zone }: Calendar): Moment {
  if (LocalDate.safeParse(today).success) return { date: today, at: null };
  const at = /T.*(Z|[+-]\d\d:\d\d)$/.test(today) ? Date.parse(today) : Number.NaN;
  if (Number.isNaN(at)) throw new Error(`today must be a day or an instant with its offset, not ${today}`);
  return { date: localDateAt(at, zone), at };
}

function stateOf(run: Run): ClockReading['state'] {
  if (run.closed?.how === 'met') return 'met';
  if (run.passedOn !== null) return run.clock.binds === 'complainant' ? 'lapsed' : 'late';
  if (run.closed) return 'stopped';
  return run.count.due === null ? 'paused' : 'running';
}

function reading(run: Run, cause: Cause, now: Moment): ClockReading {
  const { due, dueAt, dueTime, provisional } = run.count;
  const lateSince = run.clock.binds === 'complainant' ? null : run.passedOn;
  return {
    rule: run.clock,
    run,
    startedBy: cause,
    due,
    dueAt,
    dueTime,
    daysLeft: due === null ? null : daysBetween(now.date, due),
    state: stateOf(run),
    lateSince,
    daysLate: lateSince && due ? daysBetween(due, run.closed?.on ?? now.date) : 0,
    closedOn: run.closed?.on ?? null,
    provisional,
  };
}

const nextOf = (clocks: ClockReading[]): ClockReading | null =>
  clocks
    .filter(({ state, rule }) => state === 'running' && rule.binds !== 'complainant')
    .sort((a, b) => byText(a.due, b.due))[0] ?? null;
