// SPDX-License-Identifier: AGPL-3.0-or-later
// How a date was computed, in the sentences a page shows. A date nobody can check by hand is a date nobody believes.
import type { CountStep } from './count.ts';
import { english } from './explain-en.ts';
import type { Phrases } from './explain-phrases.ts';
import { vietnamese } from './explain-vi.ts';
import type { ClockReading } from './timeline.ts';

/** Sentences, most important first: the date, how it was counted, how it stands, what follows, by which law. */
export function explain(reading: ClockReading, language: 'vi' | 'en'): string[] {
  const say = language === 'vi' ? vietnamese : english;
  const { rule, due, dueTime } = reading;
  return [
    say.title(rule.name[language], due === null ? null : say.date(due), dueTime),
    say.state(reading),
    ...counting(reading, language, say),
    ...following(reading, say),
    say.source(rule.source),
    ...(rule.notes ? [rule.notes[language]] : []),
    ...(reading.provisional ? [say.provisional] : []),
  ];
}

function counting({ rule, run, startedBy }: ClockReading, language: 'vi' | 'en', say: Phrases): string[] {
  const began = 'event' in startedBy ? say.startEvent[startedBy.event.kind] : say.startClock(startedBy.name[language]);
  return [
    say.period(run.length.amount, rule.unit, run.start, began),
    ...(run.variant === 'length' ? [] : [say[run.variant]]),
    ...('clock' in startedBy && rule.start.because ? [rule.start.because[language]] : []),
    ...run.extensions.map(({ amount, event }) =>
      say.extended(amount, rule.unit, event.document ?? '', event.reason ?? ''),
    ),
    ...run.suspensions.map(({ pause, event }) =>
      say.suspended(pause.from, pause.until, event.document ?? '', event.reason ?? ''),
    ),
    ...skips(run.count.steps, language, say),
    ...run.count.steps.flatMap((step) => {
      if (step.kind === 'pause') return [say.left(step.left, rule.unit)];
      return step.kind === 'roll' ? [say.rolled(step.from, step.name[language], step.to)] : [];
    }),
  ];
}

function skips(steps: readonly CountStep[], language: 'vi' | 'en', say: Phrases): string[] {
  const skipped = steps.filter((step) => step.kind === 'skip');
  const weekends = skipped.some(({ why }) => why === 'weekend');
  const holidays = skipped
    .filter(({ why }) => why === 'holiday')
    .map(({ name, from, to }) => ({ name: name[language], from, to }));
  return weekends || holidays.length > 0 ? [say.skipped(weekends, holidays)] : [];
}

/** What passing it brings; nothing once it was met in time. */
function following({ rule, state, lateSince }: ClockReading, say: Phrases): string[] {
  const what = rule.onExpiry.consequences.map((kind) => say.consequence[kind]);
  if (what.length === 0) return [];
  if (state === 'running' || state === 'paused') return [say.ifPassed(what)];
  return lateSince !== null || state === 'lapsed' ? [say.asPassed(what)] : [];
}
