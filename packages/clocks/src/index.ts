// SPDX-License-Identifier: AGPL-3.0-or-later
// Legal dates of a case: rules and calendars as data, timelines as a pure function. Reads no file and no clock.
export { type Calendar, loadCalendar, MissingYearError } from './calendar.ts';
export type { CountStep } from './count.ts';
export { type DataFile, RuleFileError } from './data-file.ts';
export { CaseEvent, CaseEventError, type EventKind, type EventProblem } from './events.ts';
export { explain } from './explain.ts';
export { addDays, LocalDate, localDateAt } from './local-date.ts';
export { loadRules, NoRuleSetError, type RuleLibrary } from './rule-library.ts';
export type { Clock, ConsequenceKind, RuleSet, Stage } from './rule-set.ts';
export type { Cause, Consequence, StagePeriod } from './history.ts';
export { type CaseStanding, standingOf } from './standing.ts';
export { type CaseTimeline, caseTimeline, type ClockReading } from './timeline.ts';
