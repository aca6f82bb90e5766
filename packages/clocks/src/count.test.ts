// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countPeriod, type Pause, type Period } from './count.ts';
import { addDays, addYears, type LocalDate } from './local-date.ts';
import { calendar } from './testing/vn.ts';

const aPeriod = (more: Partial<Period>): Period => ({
  unit: 'calendar',
  amount: 10,
  start: '2026-01-05',
  startAt: 0,
  pauses: [],
  endsOnDayOff: 'next-working-day',
  ...more,
});
const dueOf = (more: Partial<Period>) => countPeriod(aPeriod(more), calendar).due;

describe('a period in days', () => {
  it.each([
    ['does not count its first day', '2026-01-05', 10, '2026-01-15'],
    ['that ends in Tết 2025 ends after it', '2025-01-17', 10, '2025-02-03'],
    ['that ends in Tết 2026 ends after it', '2026-02-06', 10, '2026-02-23'],
    ['that ends in Tết 2027 ends after its days in lieu', '2027-01-26', 10, '2027-02-12'],
    ['that ends on the day before Tết is not moved', '2026-02-03', 10, '2026-02-13'],
    ['that ends on a Saturday ends on Monday', '2025-03-05', 10, '2025-03-17'],
    ['that ends on a Saturday worked for another day ends there', '2026-08-12', 10, '2026-08-22'],
    ['that ends on the day off exchanged for it waits for all of the holiday', '2026-08-21', 10, '2026-09-03'],
    ['that ends on a day in lieu ends on the next', '2026-04-17', 10, '2026-04-28'],
    ['that ends on 30 April waits past 1 May, the exchanged Friday and the weekend', '2025-04-20', 10, '2025-05-05'],
    ['counts 29 February in a leap year', '2028-02-10', 30, '2028-03-13'],
    ['has one day less in February otherwise', '2027-02-10', 30, '2027-03-12'],
  ])('%s', (_what, start, amount, due) => {
    expect(dueOf({ start, amount })).toBe(due);
  });

  it('ends where it ends when the rule has no regard for days off, and then needs no calendar', () => {
    expect(dueOf({ start: '2026-02-06', endsOnDayOff: 'same-day' })).toBe('2026-02-16');
    expect(dueOf({ start: '2031-02-06', endsOnDayOff: 'same-day' })).toBe('2031-02-16');
  });
});

describe('a period in working days', () => {
  it.each([
    ['skips Tết', '2026-02-13', 2, '2026-02-24'],
    ['counts a worked Saturday', '2026-08-21', 2, '2026-08-24'],
    ['skips an exchanged day and National Day', '2026-08-28', 2, '2026-09-04'],
    ['counts ten of them across Tết 2025', '2025-01-20', 10, '2025-02-10'],
  ])('%s', (_what, start, amount, due) => {
    expect(dueOf({ unit: 'working', start, amount })).toBe(due);
  });

  it('says which days it skipped and what they are called', () => {
    const { steps } = countPeriod(aPeriod({ unit: 'working', start: '2026-02-13', amount: 2 }), calendar);
    const names = steps.map((step) => (step.kind === 'skip' ? [step.name.en, step.from, step.to] : [step.kind]));
    expect(names).toEqual([
      ['weekend', '2026-02-14', '2026-02-15'],
      ['Tết (Lunar New Year)', '2026-02-16', '2026-02-20'],
      ['weekend', '2026-02-21', '2026-02-22'],
      ['count'],
    ]);
  });
});

describe('other periods', () => {
  it('of a year end on the corresponding day, on the last of February where there is none', () => {
    expect(addYears('2028-02-29', 1)).toBe('2029-02-28');
    expect(dueOf({ unit: 'years', amount: 1, start: '2025-02-17' })).toBe('2026-02-23');
    expect(dueOf({ unit: 'years', amount: 1, start: '2027-02-28' })).toBe('2028-02-28');
  });

  it('of 72 hours end at their minute, Tết or not', () => {
    const { due, dueTime } = countPeriod(
      aPeriod({ unit: 'hours', amount: 72, start: '2025-01-27', startAt: Date.parse('2025-01-27T18:30:00+07:00') }),
      calendar,
    );
    expect([due, dueTime]).toEqual(['2025-01-30', '18:30']);
  });
});

describe('a suspension', () => {
  it('leaves out the days after it, up to the day of its end', () => {
    expect(dueOf({ pauses: [{ from: '2026-01-07', until: '2026-01-14' }] })).toBe('2026-01-22');
    expect(dueOf({ pauses: [{ from: '2026-01-07', until: '2026-01-07' }] })).toBe('2026-01-15');
  });

  it('across Tết gives back only its own days, and the end still moves off a day off', () => {
    const pauses = [{ from: '2027-01-20', until: '2027-02-01' }];
    expect(dueOf({ start: '2027-01-11', amount: 30 })).toBe('2027-02-12');
    expect(dueOf({ start: '2027-01-11', amount: 30, pauses })).toBe('2027-02-22');
  });

  it('without an end leaves no date, and says how much is left', () => {
    const { due, steps } = countPeriod(aPeriod({ pauses: [{ from: '2026-01-08', until: null }] }), calendar);
    expect(due).toBeNull();
    expect(steps.at(-1)).toEqual({ kind: 'pause', from: '2026-01-09', left: 7 });
  });

  it('that begins while the end waits for a working day stops the waiting', () => {
    expect(dueOf({ start: '2026-02-06', pauses: [{ from: '2026-02-17', until: null }] })).toBeNull();
    expect(dueOf({ start: '2026-02-06', pauses: [{ from: '2026-02-17', until: '2026-02-24' }] })).toBe('2026-02-25');
  });
});

describe('every date', () => {
  const start = fc.integer({ min: 0, max: 600 }).map((days): LocalDate => addDays('2025-01-01', days));
  const amount = fc.integer({ min: 1, max: 120 });
  const unit = fc.constantFrom('calendar' as const, 'working' as const);
  const pauses = (from: LocalDate) =>
    fc
      .array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 20 })), { maxLength: 3 })
      .map((lengths) => {
        let at = from;
        return lengths.map(([before, days]): Pause => {
          const begins = addDays(at, before);
          at = addDays(begins, days);
          return { from: begins, until: at };
        });
      });
  const period = fc
    .record({ start, amount, unit })
    .chain((base) => pauses(base.start).map((p) => aPeriod({ ...base, pauses: p })));

  it('is later, or the same, for a longer period and for a later start', () => {
    fc.assert(
      fc.property(period, (one) => {
        const due = countPeriod(one, calendar).due ?? '';
        expect((countPeriod({ ...one, amount: one.amount + 1 }, calendar).due ?? '') >= due).toBe(true);
        expect((countPeriod({ ...one, start: addDays(one.start, 1) }, calendar).due ?? '') >= due).toBe(true);
      }),
    );
  });

  it('is a working day that is not suspended, where the rule says so', () => {
    fc.assert(
      fc.property(period, (one) => {
        const due = countPeriod(one, calendar).due ?? '';
        expect(calendar.dayOff(due)).toBeNull();
        expect(one.pauses.some(({ from, until }) => due > from && due <= (until ?? ''))).toBe(false);
      }),
    );
  });

  it('is never earlier for one suspension more', () => {
    fc.assert(
      fc.property(period, (one) => {
        const fewer = { ...one, pauses: one.pauses.slice(0, -1) };
        expect((countPeriod(one, calendar).due ?? '') >= (countPeriod(fewer, calendar).due ?? '')).toBe(true);
      }),
    );
  });

  it('comes after exactly as many counted days as the rule says', () => {
    fc.assert(
      fc.property(period, (one) => {
        const { steps } = countPeriod(one, calendar);
        const counted = steps.reduce((sum, step) => sum + (step.kind === 'count' ? step.days : 0), 0);
        expect(counted).toBe(one.amount);
      }),
    );
  });
});
