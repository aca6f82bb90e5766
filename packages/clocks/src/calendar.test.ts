// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { loadCalendar, MissingYearError } from './calendar.ts';
import { addDays, daysBetween, type LocalDate, localDateAt, weekdayOf } from './local-date.ts';
import { calendar, holidayFiles } from './testing/vn.ts';

type YearFile = {
  year: number;
  status: string;
  daysOff: { date: string; kind: string; name: { en: string } }[];
  workedInstead: { date: string; insteadOf: string }[];
};
const yearFiles = holidayFiles.map(({ content }) => JSON.parse(String(content)) as YearFile);
const aYear = (change: object) => ({
  name: 'broken.json',
  content: { ...JSON.parse(String(holidayFiles[1]?.content)), ...change },
});

/** Day in Vietnam of the new moon nearest to a day: Meeus, Astronomical Algorithms, ch. 49, main terms; good to minutes. */
function newMoonNear(date: LocalDate): LocalDate {
  const k = Math.round(daysBetween('2000-01-06', date) / 29.530588861);
  const t = k / 1236.85;
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const sun = rad(2.5534 + 29.1053567 * k);
  const moon = rad(201.5643 + 385.81693528 * k);
  const latitude = rad(160.7108 + 390.67050284 * k);
  const node = rad(124.7746 - 1.56375588 * k);
  const eccentricity = 1 - 0.002516 * t;
  const days =
    2451550.09766 +
    29.530588861 * k +
    0.00015437 * t * t +
    -0.4072 * Math.sin(moon) +
    0.17241 * eccentricity * Math.sin(sun) +
    0.01608 * Math.sin(2 * moon) +
    0.01039 * Math.sin(2 * latitude) +
    0.00739 * eccentricity * Math.sin(moon - sun) -
    0.00514 * eccentricity * Math.sin(moon + sun) +
    0.00208 * eccentricity ** 2 * Math.sin(2 * sun) -
    0.00111 * Math.sin(moon - 2 * latitude) -
    0.00057 * Math.sin(moon + 2 * latitude) +
    0.00056 * eccentricity * Math.sin(2 * moon + sun) -
    0.00042 * Math.sin(3 * moon) +
    0.00042 * eccentricity * Math.sin(sun + 2 * latitude) +
    0.00038 * eccentricity * Math.sin(sun - 2 * latitude) -
    0.00024 * eccentricity * Math.sin(2 * moon - sun) -
    0.00017 * Math.sin(node);
  return localDateAt((days - 2440587.5) * 86_400_000 - 70_000, 'Asia/Ho_Chi_Minh');
}

describe('the public holidays of Vietnam', () => {
  it('give everybody eleven days off a year, whatever falls on a weekend', () => {
    for (const { year, daysOff } of yearFiles) {
      const off = daysOff.filter(({ date, kind }) => kind !== 'swapped' && ![0, 6].includes(weekdayOf(date)));
      expect([year, off.length]).toEqual([year, 11]);
    }
  });

  it('have Tết begin on the new moon and the Hùng Kings nine days after one, seen from Vietnam', () => {
    const firstOfTet: Record<number, string> = {
      2025: '2025-01-29',
      2026: '2026-02-17',
      2027: '2027-02-06',
      2028: '2028-01-26',
    };
    for (const { year, daysOff } of yearFiles) {
      const first = firstOfTet[year] ?? '';
      const hung = daysOff.find(({ name, kind }) => kind === 'holiday' && name.en.startsWith('Hùng'))?.date ?? '';
      expect(newMoonNear(first)).toBe(first);
      expect(newMoonNear(addDays(hung, -9))).toBe(addDays(hung, -9));
      for (const day of [-1, 0, 1, 2]) expect(calendar.dayOff(addDays(first, day))).not.toBeNull();
    }
  });

  it('take off days in lieu and exchanged days, and work the Saturday given for them', () => {
    expect(calendar.dayOff('2025-05-02')?.name.en).toContain('exchanged for a Saturday');
    expect(calendar.dayOff('2025-04-26')).toBeNull();
    expect(calendar.dayOff('2026-08-31')).not.toBeNull();
    expect(calendar.dayOff('2026-08-22')).toBeNull();
    expect(calendar.dayOff('2026-04-27')?.name.vi).toBe('Nghỉ bù Giỗ Tổ Hùng Vương');
    expect(calendar.dayOff('2026-04-28')).toBeNull();
    expect(calendar.dayOff('2026-08-23')).toEqual({ kind: 'weekend', name: { vi: 'cuối tuần', en: 'weekend' } });
  });

  it('say which years the government has not decided', () => {
    expect(calendar.years).toEqual([2025, 2026, 2027, 2028]);
    expect(calendar.years.map((year) => calendar.isProvisional(`${year}-06-01`))).toEqual([false, false, true, true]);
  });

  it('refuse to speak of a year that nobody entered', () => {
    expect(() => calendar.dayOff('2029-03-05')).toThrow(MissingYearError);
    expect(() => calendar.dayOff('2024-12-31')).toThrow(
      'the public holidays of 2024 are not entered (known: 2025, 2026',
    );
  });
});

describe('a file of holidays with a mistake', () => {
  it.each([
    [
      'a day of another year',
      { daysOff: [{ date: '2025-01-01', kind: 'holiday', name: { vi: 'a', en: 'a' } }] },
      'daysOff.0.date: 2025-01-01 is not in 2026',
    ],
    [
      'a day that does not exist',
      { daysOff: [{ date: '2026-02-29', kind: 'holiday', name: { vi: 'a', en: 'a' } }] },
      'daysOff.0.date: no such day',
    ],
    [
      'a Saturday worked for a day that is not off',
      { workedInstead: [{ date: '2026-01-10', insteadOf: '2026-01-05' }] },
      'insteadOf: 2026-01-05 is no swapped day off',
    ],
    [
      'a weekday worked instead',
      { workedInstead: [{ date: '2026-01-12', insteadOf: '2026-01-02' }] },
      'workedInstead.0.date: 2026-01-12 is not a day off of a weekend',
    ],
    ['an unknown zone', { zone: 'Asia/Sai_Gon_City' }, 'zone: not a time zone'],
    ['a misspelt field', { dayOff: [] }, 'dayOff: Unrecognized key'],
  ])('is refused with file and field: %s', (_what, change, message) => {
    expect(() => loadCalendar([aYear(change)])).toThrow(
      `broken.json: ${message}`.replace('json: insteadOf', 'json: workedInstead.0.insteadOf'),
    );
  });

  it('is refused when a year or a day stands twice', () => {
    expect(() => loadCalendar([...holidayFiles, aYear({})])).toThrow('broken.json: year: 2026 is in another file too');
    const off = { date: '2026-01-01', kind: 'holiday', name: { vi: 'a', en: 'a' } };
    expect(() => loadCalendar([aYear({ daysOff: [off, off], workedInstead: [] })])).toThrow(
      '2026-01-01 stands here twice',
    );
    expect(() => loadCalendar([])).toThrow('at least one year');
  });
});
