// SPDX-License-Identifier: AGPL-3.0-or-later
// What a language must be able to say about a clock. Names, documents and reasons come in as they are.
import type { CaseEvent } from './events.ts';
import type { LocalDate } from './local-date.ts';
import type { Clock } from './rule-set.ts';
import type { ClockReading } from './timeline.ts';

type Skip = { name: string; from: LocalDate; to: LocalDate };

export interface Phrases {
  date(date: LocalDate): string;
  title(name: string, due: string | null, time: string | null): string;
  period(amount: number, unit: Clock['unit'], start: LocalDate, because: string): string;
  startEvent: Record<CaseEvent['kind'], string>;
  startClock(name: string): string;
  remote: string;
  throughProcessor: string;
  extended(amount: number, unit: Clock['unit'], document: string, reason: string): string;
  suspended(from: LocalDate, until: LocalDate | null, document: string, reason: string): string;
  left(days: number, unit: Clock['unit']): string;
  skipped(weekends: boolean, holidays: Skip[]): string;
  rolled(last: LocalDate, name: string, due: LocalDate): string;
  state(reading: ClockReading): string;
  ifPassed(what: string[]): string;
  asPassed(what: string[]): string;
  consequence: Record<Clock['onExpiry']['consequences'][number], string>;
  source(source: Clock['source']): string;
  provisional: string;
}
