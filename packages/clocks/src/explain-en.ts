// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Phrases } from './explain-phrases.ts';
import { daysBetween, type LocalDate, weekdayOf } from './local-date.ts';
import type { Clock } from './rule-set.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const UNITS = { calendar: 'day', working: 'working day', hours: 'hour', years: 'year' };
const CONFIDENCE = {
  verified: '',
  secondary: ' The number comes from a text about the law and was not compared with the law itself.',
  memory: ' The number was not yet compared with the text of the law.',
  project: ' This is a rule of this system and not of the law.',
};

const short = (date: LocalDate) =>
  `${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
const span = (from: LocalDate, to: LocalDate) => (from === to ? short(from) : `${short(from)} to ${short(to)}`);
const many = (amount: number, unit: Clock['unit']) => `${amount} ${UNITS[unit]}${amount === 1 ? '' : 's'}`;

export const english: Phrases = {
  date: (date) => `${WEEKDAYS[weekdayOf(date)]}, ${short(date)}`,
  title(name, due, time) {
    if (due === null) return `${name}: the time is stopped, so there is no last day yet.`;
    return time === null ? `${name}: by ${due} at the latest.` : `${name}: by ${time} on ${due} at the latest.`;
  },
  period: (amount, unit, start, because) =>
    unit === 'hours'
      ? `The period is ${many(amount, unit)}, counted from ${because}, ${short(start)}.`
      : `The period is ${many(amount, unit)}, counted from the day after ${short(start)} (${because}).`,
  startEvent: {
    filed: 'receipt',
    acknowledged: 'acknowledgement',
    accepted: 'acceptance',
    refused: 'refusal to accept',
    extended: 'extension',
    suspended: 'suspension',
    resumed: 'end of the suspension',
    decided: 'decision',
    sent: 'receipt of the decision by the complainant',
    appealed: 'receipt of the second complaint',
    'second-accepted': 'second acceptance',
    'second-refused': 'second refusal to accept',
    'second-decided': 'second decision',
    'second-sent': 'receipt of the second decision by the complainant',
    'taken-over': 'the oversight body taking it over',
    fixed: 'the remedy',
    withdrawn: 'withdrawal',
  },
  startClock: (name) => `last day for «${name}», which was not done`,
  remote: 'This is the period for remote areas where travel is difficult.',
  throughProcessor: 'This is the period where a processor holds the data.',
  extended: (amount, unit, document, reason) =>
    `Extended by ${many(amount, unit)} with document ${document}. Reason: ${reason}.`,
  suspended: (from, until, document, reason) =>
    until === null
      ? `Suspended since ${short(from)} with document ${document}. Reason: ${reason}.`
      : `Suspended from ${short(from)} to ${short(until)} with document ${document}; these days do not count. Reason: ${reason}.`,
  left: (days, unit) => `When the case goes on, ${many(days, unit)} of the period will be left.`,
  skipped(weekends, holidays) {
    const named = holidays.map(({ name, from, to }) => `${name} (${span(from, to)})`);
    return `Days off that do not count: ${[...(weekends ? ['weekends'] : []), ...named].join('; ')}.`;
  },
  rolled: (last, name, due) =>
    `The last day of the period, ${short(last)}, is a day off (${name}), so it runs to the end of the next working day, ${short(due)}.`,
  state({ state, rule, daysLeft, daysLate, lateSince, closedOn, due }) {
    if (state === 'met' && closedOn !== null)
      return lateSince === null
        ? `Done on ${short(closedOn)}, in time.`
        : `Done on ${short(closedOn)}, ${many(due === null ? 0 : daysBetween(due, closedOn), 'calendar')} late.`;
    if (state === 'late')
      return `Late by ${many(daysLate, 'calendar')}, since ${lateSince === null ? '' : short(lateSince)}.`;
    if (state === 'lapsed') return 'This period is over.';
    if (state === 'stopped') return 'This period no longer applies.';
    if (state === 'paused') return 'Suspended.';
    if (daysLeft === 0) return 'Today is the last day.';
    const left = `${many(daysLeft ?? 0, 'calendar')} left`;
    return rule.binds === 'complainant' ? `You have ${left}.` : `${left}.`;
  },
  ifPassed: (what) => `If it passes: ${what.join('; ')}.`,
  asPassed: (what) => `Because it passed: ${what.join('; ')}.`,
  consequence: {
    alarm: 'the system raises an alarm',
    'deemed-refused': 'the complaint counts as refused',
    'second-level-opens': 'you may complain a second time',
    'court-opens': 'you may go to court',
    'superior-notified': 'the superior body is told',
    'oversight-notified': 'the oversight body is told',
    'oversight-takes-over': 'the case goes to the oversight body',
    'authority-complaint-opens': 'you may complain to the authority for personal data protection',
    'counted-as-missed': 'the public number of missed dates goes up by one',
    'window-closes': 'you can no longer use this right, unless something beyond your control kept you from it',
  },
  source: ({ law, article, confidence }) =>
    `By: ${law.en}, ${confidence === 'project' ? article : `art. ${article}`}.${CONFIDENCE[confidence]}`,
  provisional: 'The public holidays of that year are not decided yet, so this date may change.',
};
