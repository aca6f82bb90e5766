// SPDX-License-Identifier: AGPL-3.0-or-later
// What a file of rules may say. Days and sources are data; what an event does to a case is code (procedures.ts).
import { z } from 'zod';
import { EVENT_KINDS } from './events.ts';
import { LocalDate } from './local-date.ts';

const Words = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
const ClockId = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]+)+(\.[a-z]+(-[a-z]+)*)?$/, 'not an id like VN-KN-2 or VN-KN-4.silence');
const EventKind = z.enum(EVENT_KINDS);

/** verified: read in the text of the law; secondary: in a text about it; memory: to be checked; project: no law, our own. */
const Source = z.strictObject({
  law: Words,
  article: z.string().min(1),
  citation: z.string().min(1),
  url: z.url().exactOptional(),
  confidence: z.enum(['verified', 'secondary', 'memory', 'project']),
});

/** Where a case can stand: `answering`, `answer-late` and `answered` are for requests of data subjects. */
const STAGES = [
  'awaiting-acceptance',
  'not-accepted',
  'refused',
  'deciding',
  'suspended',
  'decided',
  'deemed-refused',
  'second-awaiting-acceptance',
  'second-not-accepted',
  'second-refused',
  'second-deciding',
  'second-decided',
  'oversight',
  'answering',
  'answer-late',
  'answered',
  'withdrawn',
  'closed',
] as const;
export type Stage = (typeof STAGES)[number];

const CONSEQUENCES = [
  'alarm',
  'deemed-refused',
  'second-level-opens',
  'court-opens',
  'superior-notified',
  'oversight-notified',
  'oversight-takes-over',
  'authority-complaint-opens',
  'counted-as-missed',
  'window-closes',
] as const;
export type ConsequenceKind = (typeof CONSEQUENCES)[number];

const Amount = z.int().positive().max(1000);
/** How long, and how much one extension adds; null where none is allowed. */
const Length = z.strictObject({ amount: Amount, extension: Amount.nullable() });

const Clock = z.strictObject({
  id: ClockId,
  name: Words,
  /** Whom the date binds. A date that binds the complainant lapses; it is nobody's lateness. */
  binds: z.enum(['body', 'superior', 'oversight', 'complainant']),
  /** Which requests of data subjects it is for; absent: all. */
  requests: z.array(z.string().min(1)).min(1).exactOptional(),
  start: z.strictObject({
    /** Kinds of events; the first that happens counts. */
    on: z.array(EventKind),
    /** Clocks whose expiry starts this one, counted from their due date. The first start, event or expiry, counts. */
    dueOf: z.array(ClockId),
    /** Why an expiry starts it, where the law names an event only. */
    because: Words.exactOptional(),
  }),
  /** Only for an event that promises something to be done. */
  withRemedyOnly: z.boolean().exactOptional(),
  metBy: z.array(EventKind),
  /** Events that make the date pointless without anybody having met it. */
  endedBy: z.array(EventKind),
  unit: z.enum(['calendar', 'working', 'hours', 'years']),
  length: Length,
  /** Where roads are bad: the remote areas of the law. Absent: no difference. */
  remote: Length.exactOptional(),
  /** When a processor holds the data. Absent: no difference. */
  throughProcessor: Length.exactOptional(),
  extensionsAllowed: z.int().min(0).max(2),
  suspensionAllowed: z.boolean(),
  onExpiry: z.strictObject({ stage: z.enum(STAGES).nullable(), consequences: z.array(z.enum(CONSEQUENCES)) }),
  source: Source,
  notes: Words.exactOptional(),
});
export type Clock = z.infer<typeof Clock>;

export const RuleSet = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+([-/.][a-z0-9]+)*$/),
    procedure: z.enum(['complaint', 'data-request', 'report']),
    /** ltree path; a case takes the rules of the nearest place above it that has any. */
    jurisdiction: z.string().regex(/^[a-z0-9_]+(\.[a-z0-9_]+)*$/),
    title: Words,
    /** First and last day of filing these rules are for; `until` null: still in force. */
    effective: z.strictObject({ from: LocalDate, until: LocalDate.nullable() }),
    source: Source,
    notes: Words.exactOptional(),
    counting: z.strictObject({
      /** A period in days that would end on a day off ends on the next working day, or does not. */
      endsOnDayOff: z.enum(['next-working-day', 'same-day']),
      source: Source,
    }),
    clocks: z.array(Clock).min(1),
  })
  .check(({ value, issues }) => {
    for (const { path, message } of contradictions(value)) issues.push({ code: 'custom', input: value, path, message });
  });
export type RuleSet = z.infer<typeof RuleSet>;

type Contradiction = { path: (string | number)[]; message: string };

function* contradictions(set: RuleSet): Generator<Contradiction> {
  const { from, until } = set.effective;
  if (until !== null && until < from) yield { path: ['effective', 'until'], message: `${until} is before ${from}` };
  const ids = new Set<string>();
  for (const [at, clock] of set.clocks.entries()) {
    if (ids.has(clock.id)) yield { path: ['clocks', at, 'id'], message: 'another clock has this id' };
    ids.add(clock.id);
  }
  for (const [at, clock] of set.clocks.entries()) {
    for (const { path, message } of clockContradictions(clock, set)) yield { path: ['clocks', at, ...path], message };
  }
}

function* clockContradictions(clock: Clock, set: RuleSet): Generator<Contradiction> {
  const { start, unit, length, remote, throughProcessor } = clock;
  if (start.on.length + start.dueOf.length === 0) yield { path: ['start'], message: 'nothing starts this clock' };
  if (start.dueOf.length > 0 && start.on.length > 0 && !start.because)
    yield { path: ['start', 'because'], message: 'an expiry starts what an event should start: say why' };
  for (const other of start.dueOf) {
    if (!set.clocks.some(({ id }) => id === other))
      yield { path: ['start', 'dueOf'], message: `no clock ${other} here` };
    if (startsItself(clock.id, other, set))
      yield { path: ['start', 'dueOf'], message: `${other} waits for ${clock.id}` };
  }
  if (unit === 'hours' && start.dueOf.length > 0)
    yield { path: ['start', 'dueOf'], message: 'hours cannot be counted from a day' };
  if (clock.suspensionAllowed && (unit === 'hours' || unit === 'years'))
    yield { path: ['suspensionAllowed'], message: `a period in ${unit} cannot be suspended` };
  if (clock.extensionsAllowed > 0 && unit === 'years')
    yield { path: ['extensionsAllowed'], message: 'a period in years cannot be extended' };
  for (const [field, variant] of Object.entries({ length, remote, throughProcessor })) {
    if (variant && (variant.extension === null) !== (clock.extensionsAllowed === 0))
      yield { path: [field, 'extension'], message: `does not go with extensionsAllowed ${clock.extensionsAllowed}` };
  }
}

/** Whether `other` starts, over however many expiries, only after `id` has run out. */
function startsItself(id: string, other: string, set: RuleSet, seen = new Set<string>()): boolean {
  if (other === id) return true;
  if (seen.has(other)) return false;
  seen.add(other);
  const next = set.clocks.find((clock) => clock.id === other)?.start.dueOf ?? [];
  return next.some((further) => startsItself(id, further, set, seen));
}
