// SPDX-License-Identifier: AGPL-3.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaseEventError, EVENT_KINDS } from './events.ts';
import { addDays, type LocalDate } from './local-date.ts';
import { aTimeline, anEvent, type TestEvent } from './testing/vn.ts';

const dayOf = ({ at }: TestEvent) => at.slice(0, 10);
const happenedBy = (events: TestEvent[], day: LocalDate) => events.filter((event) => dayOf(event) <= day);

describe('three years of silence', () => {
  const filed = anEvent('filed', '2025-01-06');
  const THREE_YEARS_ON = '2028-01-06';

  it('end with the oversight body, two levels up, with every missed date on the way', () => {
    const timeline = aTimeline([filed], THREE_YEARS_ON);
    expect(timeline.stages.map(({ stage, since }) => [stage, since])).toEqual([
      ['awaiting-acceptance', '2025-01-06'],
      ['not-accepted', '2025-01-17'],
      ['deemed-refused', '2025-02-18'],
      ['oversight', '2025-02-28'],
    ]);
    expect(timeline.clocks.map(({ rule, due, state }) => [rule.id, due, state])).toEqual([
      ['VN-KN-1', '2025-01-16', 'late'],
      ['VN-KN-2', '2025-02-17', 'late'],
      ['VN-KN-4.silence', '2025-03-19', 'lapsed'],
      ['LV-UP-1', '2025-02-27', 'late'],
      ['VN-KN-7.silence', '2026-02-23', 'lapsed'],
      ['LV-OV-1', '2025-04-14', 'late'],
    ]);
    expect(timeline.clocks[0]?.daysLate).toBe(1085);
    expect(timeline.consequences.filter(({ kind }) => kind === 'counted-as-missed').map(({ on }) => on)).toEqual([
      '2025-01-17',
      '2025-02-18',
      '2025-02-28',
      '2025-04-15',
    ]);
  });

  it('come to the same day by day, with each consequence on its day, as in one look after all processes were down', () => {
    const seen: string[] = [];
    const stages: string[] = [];
    for (let day: LocalDate = '2025-01-06'; day <= THREE_YEARS_ON; day = addDays(day, 1)) {
      const { consequences, stage } = aTimeline([filed], day);
      for (const { on, clock, kind } of consequences.slice(seen.length)) {
        expect(on).toBe(day);
        seen.push(`${on} ${clock} ${kind}`);
      }
      if (stages.at(-1) !== stage) stages.push(stage);
    }
    const once = aTimeline([filed], THREE_YEARS_ON);
    expect(seen).toEqual(once.consequences.map(({ on, clock, kind }) => `${on} ${clock} ${kind}`));
    expect(stages).toEqual(once.stages.map(({ stage }) => stage));
  });

  it('after an appeal end there too, with the court open', () => {
    const timeline = aTimeline([filed, anEvent('appealed', '2025-02-20')], THREE_YEARS_ON);
    expect(timeline.stages.slice(-3).map(({ stage, since }) => [stage, since])).toEqual([
      ['second-awaiting-acceptance', '2025-02-20'],
      ['second-not-accepted', '2025-03-04'],
      ['oversight', '2025-04-18'],
    ]);
    expect(timeline.consequences.filter(({ kind }) => kind === 'court-opens').map(({ on }) => on)).toEqual([
      '2025-02-18',
      '2025-04-18',
    ]);
  });
});

/** Takes, after each gap, the first kind of event that can happen then, starting the search anywhere. */
const history = fc
  .record({
    day: fc.integer({ min: 0, max: 700 }),
    remote: fc.boolean(),
    mayWithdraw: fc.boolean(),
    tries: fc.array(fc.tuple(fc.nat(EVENT_KINDS.length), fc.integer({ min: 0, max: 45 })), { maxLength: 10 }),
  })
  .map(({ day, remote, mayWithdraw, tries }) => {
    let last = addDays('2025-01-01', day);
    let events = [anEvent('filed', last, { remote })];
    for (const [from, gap] of tries) {
      const at = addDays(last, gap);
      const next = [...EVENT_KINDS.slice(from), ...EVENT_KINDS.slice(0, from)]
        .filter((kind) => kind !== 'withdrawn' || mayWithdraw)
        .map((kind) => [...events, anEvent(kind, at, { id: `${kind} ${events.length}` })])
        .find((longer) => isPossible(longer, at));
      if (!next) continue;
      events = next;
      last = at;
    }
    return { events, last };
  });

function isPossible(events: TestEvent[], today: LocalDate): boolean {
  if (today > '2027-10-01') return false;
  try {
    return aTimeline(events, today).stages.length > 0;
  } catch (error) {
    if (error instanceof CaseEventError) return false;
    throw error;
  }
}

describe('any history', () => {
  it('is told the same on the day and years later', () => {
    let longest = 0;
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 300 }), ({ events, last }, back) => {
        const end = addDays(last, 60);
        const final = aTimeline(events, end);
        const first = dayOf(events[0] as TestEvent);
        const day = addDays(end, -back) < first ? first : addDays(end, -back);
        const then = aTimeline(happenedBy(events, day), day);
        expect(then.consequences).toEqual(final.consequences.filter(({ on }) => on <= day));
        expect(then.stages.map(({ stage, since }) => [stage, since])).toEqual(
          final.stages.filter(({ since }) => since <= day).map(({ stage, since }) => [stage, since]),
        );
        longest = Math.max(longest, events.length);
      }),
      { numRuns: 40 },
    );
    expect(longest).toBeGreaterThan(4);
  });

  it('has no clock past its date that is not late, lapsed, met or stopped, and stages without a hole', () => {
    fc.assert(
      fc.property(history, ({ events, last }) => {
        const { clocks, stages, stage, today } = aTimeline(events, addDays(last, 40));
        for (const { state, due } of clocks) if (state === 'running') expect((due ?? '') >= today).toBe(true);
        for (const [at, { until }] of stages.entries()) expect(until).toBe(stages[at + 1]?.since ?? null);
        expect(stages.at(-1)?.stage).toBe(stage);
      }),
      { numRuns: 40 },
    );
  });
});

describe('silence', () => {
  it('is left only by a decision, an appeal, the superior or the complainant, and closes nothing', () => {
    let silent = 0;
    fc.assert(
      fc.property(history, ({ events, last }) => {
        const { stage, consequences } = aTimeline(events, addDays(last, 60));
        const happened = new Set(events.map(({ kind }) => kind));
        const wasSilent = consequences.some(({ kind }) => kind === 'deemed-refused');
        const wentOn = (['decided', 'appealed', 'second-accepted', 'taken-over', 'withdrawn'] as const).some((kind) =>
          happened.has(kind),
        );
        if (wasSilent && !wentOn) {
          silent += 1;
          expect(['deemed-refused', 'oversight']).toContain(stage);
        }
        if (stage !== 'closed') return;
        expect(happened.has('decided') || (happened.has('refused') && !wasSilent)).toBe(true);
        expect(happened.has('appealed') || happened.has('second-accepted')).toBe(false);
      }),
      { numRuns: 60 },
    );
    expect(silent).toBeGreaterThan(0);
  });
});

describe('the zone of the host', () => {
  it('moves no date', () => {
    const events = [
      anEvent('filed', '2026-08-03T17:30:00Z'),
      anEvent('accepted', '2026-08-10T16:59:00Z'),
      anEvent('extended', '2026-09-01T23:30:00-05:00'),
    ];
    const before = process.env.TZ;
    const offsets = new Set<number>();
    try {
      const told = ['UTC', 'Asia/Ho_Chi_Minh', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kathmandu'].map(
        (zone) => {
          process.env.TZ = zone;
          offsets.add(new Date(2026, 7, 3).getTimezoneOffset());
          return JSON.stringify(aTimeline(events, '2026-11-01T00:30:00+07:00'));
        },
      );
      expect(offsets.size).toBe(5);
      expect(new Set(told).size).toBe(1);
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });
});
