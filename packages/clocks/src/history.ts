// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads a case from its filing on: events in their order, and between them every date that passed unmet.
import type { Calendar } from './calendar.ts';
import { type CaseEvent, CaseEventError, type EventKind, type Filed, REPEATABLE } from './events.ts';
import { addDays, type LocalDate, localDateAt } from './local-date.ts';
import { filedStage, type Progress, progressAfter, stageOnExpiry } from './procedures.ts';
import { isInForce } from './rule-library.ts';
import type { Clock, ConsequenceKind, RuleSet, Stage } from './rule-set.ts';
import { extendRun, isExpired, type Moment, pauseRun, resumeRun, type Run, startRun } from './run.ts';

/** What began or ended something: an event of the case, or a clock that ran out. */
export type Cause = { event: CaseEvent } | { clock: string; name: Clock['name'] };

export interface StagePeriod {
  stage: Stage;
  since: LocalDate;
  until: LocalDate | null;
  cause: Cause;
}

export interface Consequence {
  kind: ConsequenceKind;
  /** The first day after the date that passed. */
  on: LocalDate;
  clock: string;
}

interface Case {
  rules: RuleSet;
  calendar: Calendar;
  filed: Filed;
  runs: { run: Run; cause: Cause }[];
  happened: Set<EventKind>;
  progress: Progress;
  beforeSuspension: Stage;
  stages: StagePeriod[];
  consequences: Consequence[];
}

function momentOfEvent(event: CaseEvent, { zone }: Calendar, now: Moment): Moment {
  const at = Date.parse(event.at);
  const date = localDateAt(at, zone);
  if (date > now.date || (now.at !== null && at > now.at))
    throw new CaseEventError(event, 'in-the-future', `${event.at} has not been yet on ${now.date}`);
  return { date, at };
}

export function fileCase(rules: RuleSet, calendar: Calendar, filed: Filed, now: Moment): Case {
  const at = momentOfEvent(filed, calendar, now);
  if (!isInForce(rules, at.date))
    throw new CaseEventError(filed, 'not-in-force', `the rules ${rules.id} were not in force on ${at.date}`);
  checkRequest(rules, filed);
  const stage = filedStage(rules.procedure);
  const theCase: Case = {
    rules,
    calendar,
    filed,
    runs: [],
    happened: new Set(['filed']),
    progress: { phase: 'filed', stage, suspended: false, deemedRefused: false },
    beforeSuspension: stage,
    stages: [{ stage, since: at.date, until: null, cause: { event: filed } }],
    consequences: [],
  };
  start(theCase, ({ start: { on } }) => on.includes('filed'), at, { event: filed });
  return theCase;
}

/** A request no clock is for would be answered never, without anybody being late. */
function checkRequest({ id, clocks }: RuleSet, filed: Filed): void {
  const known = new Set(clocks.flatMap(({ requests }) => requests ?? []));
  const isKnown = filed.request === undefined ? known.size === 0 : known.has(filed.request);
  if (!isKnown)
    throw new CaseEventError(
      filed,
      'not-allowed-by-rule',
      `${id} knows the requests: ${[...known].join(', ') || 'none'}`,
    );
}

/** Starts every clock that waits for this, unless it runs already (the first start counts) or has been met before. */
function start(theCase: Case, waits: (clock: Clock) => boolean, at: Moment, cause: Cause): void {
  const { rules, runs, filed, calendar, happened } = theCase;
  const busy = new Set(openRuns(theCase).map(({ clock }) => clock.id));
  for (const clock of rules.clocks) {
    const isFor = !clock.requests || (filed.request !== undefined && clock.requests.includes(filed.request));
    const isMet = clock.metBy.some((kind) => happened.has(kind) && !REPEATABLE.has(kind));
    if (isFor && waits(clock) && !busy.has(clock.id) && !isMet)
      runs.push({ run: startRun(clock, filed, at, rules.counting.endsOnDayOff, calendar), cause });
  }
}

/** One more event, after every date that passed before it. */
export function happen(theCase: Case, event: CaseEvent, now: Moment): void {
  const at = momentOfEvent(event, theCase.calendar, now);
  runOut(theCase, at);
  apply(theCase, event, at);
}

/** Lets the dates pass that lie before a moment, earliest first, since one that passes can start another. */
export function runOut(theCase: Case, moment: Moment): void {
  for (;;) {
    const passed = theCase.runs
      .map(({ run }) => run)
      .filter((run) => run.passedOn === null && run.closed === null && isExpired(run, moment))
      .sort((a, b) => byText(a.count.due, b.count.due))[0];
    if (!passed?.count.due) return;
    expire(theCase, passed, passed.count.due);
  }
}

function expire(theCase: Case, run: Run, due: LocalDate): void {
  const { id, name, onExpiry } = run.clock;
  const on = run.count.dueAt === null ? addDays(due, 1) : due;
  run.passedOn = on;
  for (const kind of onExpiry.consequences) theCase.consequences.push({ kind, on, clock: id });
  if (onExpiry.consequences.includes('deemed-refused')) theCase.progress.deemedRefused = true;
  enter(theCase, stageOnExpiry(onExpiry.stage, theCase.progress), on, { clock: id, name });
  start(theCase, ({ start: { dueOf } }) => dueOf.includes(id), { date: due, at: null }, { clock: id, name });
}

function enter(theCase: Case, stage: Stage, since: LocalDate, cause: Cause): void {
  const last = theCase.stages.at(-1);
  theCase.progress.stage = stage;
  if (last?.stage === stage) return;
  if (last) last.until = since;
  theCase.stages.push({ stage, since, until: null, cause });
}

function apply(theCase: Case, event: CaseEvent, at: Moment): void {
  const { rules, progress, beforeSuspension } = theCase;
  const after = progressAfter(event, progress, rules.procedure, beforeSuspension);
  if (event.kind === 'appealed') checkInTime(theCase, event);
  if (event.kind === 'extended') extend(theCase, event);
  if (event.kind === 'suspended') suspend(theCase, event, at.date);
  if (event.kind === 'resumed') for (const run of openRuns(theCase)) resumeRun(run, at.date, theCase.calendar);
  theCase.progress = after;
  theCase.happened.add(event.kind);
  enter(theCase, after.stage, at.date, { event });
  for (const run of openRuns(theCase)) {
    if (run.clock.metBy.includes(event.kind)) run.closed = { on: at.date, how: 'met' };
    else if (event.kind === 'withdrawn' || run.clock.endedBy.includes(event.kind))
      run.closed = { on: at.date, how: 'stopped' };
  }
  const starts = ({ start: { on }, withRemedyOnly }: Clock) =>
    on.includes(event.kind) && (withRemedyOnly !== true || event.remedy === true);
  if (event.kind !== 'withdrawn') start(theCase, starts, at, { event });
}

const openRuns = ({ runs }: Case) => runs.map(({ run }) => run).filter(({ closed }) => closed === null);

/** Out of time it needs a reason: an obstacle nobody could help does not count against the complainant. */
function checkInTime(theCase: Case, event: CaseEvent): void {
  const windows = theCase.runs.map(({ run }) => run).filter(({ clock }) => clock.metBy.includes('appealed'));
  if (windows.length === 0 || windows.some(({ passedOn, closed }) => passedOn === null && closed === null)) return;
  const { phase } = theCase.progress;
  const isSent = windows.some(({ clock }) => clock.start.on.includes('sent'));
  if ((phase === 'decided' || phase === 'refused') && !isSent) return;
  if (event.reason === undefined)
    throw new CaseEventError(
      event,
      'too-late',
      `the time for it passed on ${windows.at(-1)?.count.due}; say why it is late`,
    );
}

function extend(theCase: Case, event: Extract<CaseEvent, { kind: 'extended' }>): void {
  const runs = openRuns(theCase).filter(({ clock }) => clock.extensionsAllowed > 0);
  const run = runs.find(({ passedOn }) => passedOn === null);
  if (!run && runs.length > 0)
    throw new CaseEventError(event, 'too-late', 'the date had passed, so it cannot be moved');
  if (!run?.length.extension)
    throw new CaseEventError(event, 'not-allowed-by-rule', 'no date of this case may be extended now');
  if (run.extensions.length >= run.clock.extensionsAllowed)
    throw new CaseEventError(
      event,
      'twice',
      `${run.clock.id} may be extended ${run.clock.extensionsAllowed} time(s) only`,
    );
  if ((event.amount ?? 0) > run.length.extension)
    throw new CaseEventError(
      event,
      'not-allowed-by-rule',
      `${run.clock.id} may be extended by ${run.length.extension} at most`,
    );
  extendRun(run, event, theCase.calendar);
}

function suspend(theCase: Case, event: CaseEvent, on: LocalDate): void {
  const runs = openRuns(theCase).filter(({ clock, passedOn }) => clock.suspensionAllowed && passedOn === null);
  if (runs.length === 0)
    throw new CaseEventError(
      event,
      'not-allowed-by-rule',
      `${theCase.rules.id} lets no date of this case be suspended now`,
    );
  theCase.beforeSuspension = theCase.progress.stage;
  for (const run of runs) pauseRun(run, on, event, theCase.calendar);
}

export function byText(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
