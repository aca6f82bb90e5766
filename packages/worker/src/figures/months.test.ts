// SPDX-License-Identifier: AGPL-3.0-or-later
import { localDateAt } from '@louver/clocks';
import { describe, expect, it } from 'vitest';
import { beginOf, endOf, monthAfter, monthAt, monthsFrom, ZONE } from './months.ts';

describe('a month', () => {
  it('begins at midnight where the city is, not where the server is', () => {
    expect(beginOf('2026-11').toISOString()).toBe('2026-10-31T17:00:00.000Z');
    expect(endOf('2026-12').toISOString()).toBe('2026-12-31T17:00:00.000Z');
    expect(monthAt(new Date('2026-10-31T16:59:59.999Z'))).toBe('2026-10');
    expect(monthAt(new Date('2026-10-31T17:00:00Z'))).toBe('2026-11');
  });

  it('agrees with the calendar of the law about the day of every begin and end', () => {
    for (const month of monthsFrom('2024-01', '2030-01')) {
      expect(localDateAt(beginOf(month).getTime(), ZONE)).toBe(`${month}-01`);
      expect(localDateAt(endOf(month).getTime() - 1, ZONE).slice(0, 7)).toBe(month);
    }
  });

  it('is followed by the next one, also over the end of a year', () => {
    expect([monthAfter('2026-09'), monthAfter('2026-12')]).toEqual(['2026-10', '2027-01']);
    expect(monthsFrom('2026-11', '2027-02')).toEqual(['2026-11', '2026-12', '2027-01']);
    expect(monthsFrom('2026-11', '2026-11')).toEqual([]);
  });
});
