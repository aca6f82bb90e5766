// SPDX-License-Identifier: AGPL-3.0-or-later
// Days as a calendar on the wall shows them. Legal dates are local days: an instant becomes one once, by a named zone,
// and from there on nothing here knows hours, so the zone of the machine cannot move a date.
import { z } from 'zod';

const DAY_MS = 86_400_000;

const epochOf = (date: string) => Date.parse(`${date}T00:00:00Z`);
const fromEpoch = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** `2026-02-17`; the 30th of February is none. Four-digit years only, so text order is the order of time. */
export const LocalDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'not a date like 2026-02-17')
  .refine((date) => !Number.isNaN(epochOf(date)) && fromEpoch(epochOf(date)) === date, 'no such day');
export type LocalDate = z.infer<typeof LocalDate>;

export const addDays = (date: LocalDate, days: number): LocalDate => fromEpoch(epochOf(date) + days * DAY_MS);

/** Days from one to the other; negative when `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => (epochOf(to) - epochOf(from)) / DAY_MS;

/** 0 is Sunday. */
export const weekdayOf = (date: LocalDate): number => new Date(epochOf(date)).getUTCDay();

export const yearOf = (date: LocalDate): number => Number(date.slice(0, 4));

/** The corresponding day; 29 February becomes the last day of February where the year has none. */
export function addYears(date: LocalDate, years: number): LocalDate {
  const target = `${String(yearOf(date) + years).padStart(4, '0')}${date.slice(4)}`;
  return LocalDate.safeParse(target).success ? target : addDays(target.replace('-02-29', '-03-01'), -1);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(zone, format);
  return format;
}

/** What calendar and clock show in a zone at an instant (milliseconds since 1970, UTC); time like 14:05. */
export function localMomentAt(instantMs: number, zone: string): { date: LocalDate; time: string } {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instantMs)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    date: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}

export const localDateAt = (instantMs: number, zone: string): LocalDate => localMomentAt(instantMs, zone).date;
