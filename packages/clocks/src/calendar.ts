// SPDX-License-Identifier: AGPL-3.0-or-later
// Which days are worked. One file a year, because the government decides each year's Tết and swapped days anew.
import { z } from 'zod';
import { type DataFile, readDataFile, RuleFileError } from './data-file.ts';
import { LocalDate, weekdayOf, yearOf } from './local-date.ts';

const Words = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });

const HolidayYear = z
  .strictObject({
    country: z.string().regex(/^[a-z]{2}$/),
    zone: z.string().refine(isZone, 'not a time zone of this machine'),
    year: z.int().min(1976).max(2199),
    /** provisional: computed from the law and the moon, not yet decided by the government. */
    status: z.enum(['decreed', 'provisional']),
    source: z.string().min(1),
    notes: z.string().min(1).exactOptional(),
    /** Weekdays nobody works; 0 is Sunday. */
    weekend: z.array(z.int().min(0).max(6)).min(1).max(6),
    daysOff: z.array(
      z.strictObject({ date: LocalDate, kind: z.enum(['holiday', 'compensatory', 'swapped']), name: Words }),
    ),
    /** Days of a weekend that are worked instead of a swapped day. */
    workedInstead: z.array(z.strictObject({ date: LocalDate, insteadOf: LocalDate })),
  })
  .check(({ value, issues }) => {
    for (const { path, message } of contradictions(value)) issues.push({ code: 'custom', input: value, path, message });
  });
type HolidayYear = z.infer<typeof HolidayYear>;

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function* contradictions(file: z.input<typeof HolidayYear>): Generator<{ path: (string | number)[]; message: string }> {
  const off = new Map<string, string>();
  for (const [at, { date, kind }] of file.daysOff.entries()) {
    const path = ['daysOff', at, 'date'];
    if (yearOf(date) !== file.year) yield { path, message: `${date} is not in ${file.year}` };
    if (off.has(date)) yield { path, message: `${date} stands here twice` };
    if (kind !== 'holiday' && file.weekend.includes(weekdayOf(date)))
      yield { path, message: `${date} is a weekend, which no ${kind} day can be` };
    off.set(date, kind);
  }
  const worked = new Set<string>();
  for (const [at, { date, insteadOf }] of file.workedInstead.entries()) {
    const path = ['workedInstead', at, 'date'];
    if (yearOf(date) !== file.year) yield { path, message: `${date} is not in ${file.year}` };
    if (worked.has(date)) yield { path, message: `${date} stands here twice` };
    if (off.has(date) || !file.weekend.includes(weekdayOf(date)))
      yield { path, message: `${date} is not a day off of a weekend` };
    if (off.get(insteadOf) !== 'swapped')
      yield { path: ['workedInstead', at, 'insteadOf'], message: `${insteadOf} is no swapped day off` };
    worked.add(date);
  }
}

/** Counting came to a year nobody has entered. A plain count of weekdays would give a wrong legal date without a word. */
export class MissingYearError extends Error {
  readonly year: number;
  constructor(year: number, known: readonly number[]) {
    super(
      `the public holidays of ${year} are not entered (known: ${known.join(', ') || 'none'}); no date in it can be given`,
    );
    this.name = 'MissingYearError';
    this.year = year;
  }
}

export interface Calendar {
  /** IANA name; the day of an event is the day in this zone. */
  readonly zone: string;
  /** Ascending. */
  readonly years: readonly number[];
  /** Why nobody works that day; null on a working day. Throws MissingYearError. */
  dayOff(date: LocalDate): { kind: 'weekend' | 'holiday'; name: { vi: string; en: string } } | null;
  /** Whether the government has yet to decide the holidays of that day's year. Throws MissingYearError. */
  isProvisional(date: LocalDate): boolean;
}

const WEEKEND = { vi: 'cuối tuần', en: 'weekend' };

/** One calendar out of the files of its years. Throws RuleFileError with the file and the field. */
export function loadCalendar(files: readonly DataFile[]): Calendar {
  const years = new Map<
    number,
    { file: HolidayYear; off: Map<string, HolidayYear['daysOff'][number]>; worked: Set<string> }
  >();
  let zone: string | undefined;
  for (const file of files) {
    const parsed = readDataFile(HolidayYear, file);
    if (years.has(parsed.year))
      throw new RuleFileError(file.name, null, 'year', `${parsed.year} is in another file too`);
    if (zone !== undefined && zone !== parsed.zone)
      throw new RuleFileError(file.name, null, 'zone', `the other years are in ${zone}`);
    zone = parsed.zone;
    years.set(parsed.year, {
      file: parsed,
      off: new Map(parsed.daysOff.map((day) => [day.date, day])),
      worked: new Set(parsed.workedInstead.map(({ date }) => date)),
    });
  }
  if (zone === undefined) throw new RuleFileError('(no file)', null, 'year', 'a calendar needs at least one year');
  const known = [...years.keys()].sort((a, b) => a - b);
  const yearWith = (date: LocalDate) => {
    const year = years.get(yearOf(date));
    if (!year) throw new MissingYearError(yearOf(date), known);
    return year;
  };
  return {
    zone,
    years: known,
    dayOff(date) {
      const { file, off, worked } = yearWith(date);
      const holiday = off.get(date);
      if (holiday) return { kind: 'holiday', name: holiday.name };
      return file.weekend.includes(weekdayOf(date)) && !worked.has(date) ? { kind: 'weekend', name: WEEKEND } : null;
    },
    isProvisional: (date) => yearWith(date).file.status === 'provisional',
  };
}
