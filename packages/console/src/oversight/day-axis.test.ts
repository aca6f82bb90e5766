// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Viewing } from '@louver/contract';
import { describe, expect, it } from 'vitest';
import { dayAxis } from './day-axis.ts';
import { daysBefore, localDayOf, startOfDay } from './local-day.ts';

const look = (openedAt: string, closedAt: string | null): Viewing =>
  ({ openedAt, closedAt, end: closedAt === null ? null : 'closed' }) as Viewing;
const now = Date.parse('2026-11-21T15:00:00+07:00');

describe('days of the cameras', () => {
  it('begin at midnight there, wherever the browser is', () => {
    expect(localDayOf(Date.parse('2026-11-20T17:00:00Z'))).toBe('2026-11-21');
    expect(localDayOf(Date.parse('2026-11-20T16:59:59Z'))).toBe('2026-11-20');
    expect(startOfDay('2026-11-21')).toBe(Date.parse('2026-11-20T17:00:00Z'));
  });

  it('are counted over the end of a month', () => {
    expect(daysBefore('2026-03-02', 6)).toBe('2026-02-24');
    expect(daysBefore('2026-12-31', -1)).toBe('2027-01-01');
  });
});

describe('dayAxis', () => {
  it('puts a look where its hours are', () => {
    const [day] = dayAxis([look('2026-11-21T06:00:00+07:00', '2026-11-21T12:00:00+07:00')], now);
    expect(day!.day).toBe('2026-11-21');
    expect(day!.bars[0]).toMatchObject({ from: 0.25, to: 0.5, lane: 0, running: false, cut: 'none' });
  });

  it('lets an open look run until now', () => {
    const [day] = dayAxis([look('2026-11-21T12:00:00+07:00', null)], now);
    expect(day!.bars[0]).toMatchObject({ to: 15 / 24, running: true });
  });

  it('cuts a look at midnight and shows it on both days, newest first', () => {
    const days = dayAxis([look('2026-11-19T23:00:00+07:00', '2026-11-20T01:00:00+07:00')], now);
    expect(days.map(({ day }) => day)).toEqual(['2026-11-20', '2026-11-19']);
    expect(days[0]!.bars[0]).toMatchObject({ from: 0, to: 1 / 24, cut: 'before' });
    expect(days[1]!.bars[0]).toMatchObject({ from: 23 / 24, to: 1, cut: 'after' });
  });

  it('stacks looks that went on at once and uses a lane again when it is free', () => {
    const [day] = dayAxis(
      [
        look('2026-11-21T08:00:00+07:00', '2026-11-21T10:00:00+07:00'),
        look('2026-11-21T09:00:00+07:00', '2026-11-21T11:00:00+07:00'),
        look('2026-11-21T10:30:00+07:00', '2026-11-21T12:00:00+07:00'),
      ],
      now,
    );
    expect(day!.bars.map(({ lane }) => lane)).toEqual([0, 1, 0]);
    expect(day!.lanes).toBe(2);
  });

  it('does not lay two short looks over one another', () => {
    const [day] = dayAxis(
      [
        look('2026-11-21T08:00:00+07:00', '2026-11-21T08:00:05+07:00'),
        look('2026-11-21T08:01:00+07:00', '2026-11-21T08:01:05+07:00'),
      ],
      now,
    );
    expect(day!.lanes).toBe(2);
  });
});
