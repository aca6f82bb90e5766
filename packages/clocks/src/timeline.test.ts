// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { MissingYearError } from './calendar.ts';
import { aTimeline, anEvent, calendar, clockOf, rules } from './testing/vn.ts';
import { caseTimeline } from './timeline.ts';

const filed = anEvent('filed', '2026-08-03');
const accepted = anEvent('accepted', '2026-08-10');
const kinds = (timeline: ReturnType<typeof aTimeline>, clock: string) =>
  timeline.consequences.filter((one) => one.clock === clock).map(({ kind }) => kind);

describe('a complaint that is answered', () => {
  const events = [
    filed,
    accepted,
    anEvent('decided', '2026-09-01'),
    anEvent('sent', '2026-09-04'),
    anEvent('appealed', '2026-09-20'),
    anEvent('second-accepted', '2026-09-25'),
    anEvent('second-decided', '2026-10-30'),
    anEvent('second-sent', '2026-11-02'),
  ];

  it('goes through its stages with every date met and nothing following by itself', () => {
    const timeline = aTimeline(events, '2026-11-21');
    expect(timeline.stages.map(({ stage, since }) => [stage, since])).toEqual([
      ['awaiting-acceptance', '2026-08-03'],
      ['deciding', '2026-08-10'],
      ['decided', '2026-09-01'],
      ['second-awaiting-acceptance', '2026-09-20'],
      ['second-deciding', '2026-09-25'],
      ['second-decided', '2026-10-30'],
    ]);
    expect(timeline.clocks.map(({ rule, due, state }) => [rule.id, due, state])).toEqual([
      ['VN-KN-1', '2026-08-13', 'met'],
      ['VN-KN-2', '2026-09-09', 'met'],
      ['VN-KN-3', '2026-09-07', 'met'],
      ['VN-KN-4.decision', '2026-10-05', 'met'],
      ['VN-KN-7.decision', '2027-09-06', 'running'],
      ['VN-KN-5', '2026-09-30', 'met'],
      ['VN-KN-6', '2026-11-09', 'met'],
      ['VN-KN-7.second-decision', '2027-11-02', 'running'],
    ]);
    expect(timeline.consequences).toEqual([]);
    expect(timeline.next).toBeNull();
  });

  it('is closed when the decision is not appealed in time, and not a day sooner', () => {
    expect(aTimeline(events.slice(0, 4), '2026-10-05').stage).toBe('decided');
    const timeline = aTimeline(events.slice(0, 4), '2026-10-06');
    expect(timeline.stage).toBe('closed');
    expect(clockOf(timeline, 'VN-KN-4.decision')).toMatchObject({ state: 'lapsed', lateSince: null, daysLate: 0 });
  });
});

describe('late', () => {
  it('is from the next day, by the day in Vietnam', () => {
    const on = (today: string) => clockOf(aTimeline([filed], today), 'VN-KN-1');
    expect(on('2026-08-13')).toMatchObject({ due: '2026-08-13', state: 'running', daysLeft: 0 });
    expect(on('2026-08-13T16:59:59Z')).toMatchObject({ state: 'running' });
    expect(on('2026-08-13T17:00:00Z')).toMatchObject({ state: 'late', lateSince: '2026-08-14', daysLate: 1 });
  });

  it('does not go away when the thing is done at last', () => {
    const timeline = aTimeline([filed, anEvent('accepted', '2026-08-20')], '2026-08-25');
    expect(clockOf(timeline, 'VN-KN-1')).toMatchObject({
      state: 'met',
      lateSince: '2026-08-14',
      daysLate: 7,
      closedOn: '2026-08-20',
    });
    expect(kinds(timeline, 'VN-KN-1')).toEqual([
      'alarm',
      'superior-notified',
      'oversight-notified',
      'counted-as-missed',
    ]);
  });

  it('counts the day it is in Vietnam when a complaint comes after midnight there', () => {
    const timeline = aTimeline([anEvent('filed', '2026-08-03T17:30:00Z')], '2026-08-05');
    expect(clockOf(timeline, 'VN-KN-1').due).toBe('2026-08-14');
  });
});

describe('a complaint nobody accepts', () => {
  it('has its decision counted from the last day for acceptance', () => {
    expect(aTimeline([filed], '2026-08-13').clocks).toHaveLength(1);
    const timeline = aTimeline([filed], '2026-08-14');
    expect(timeline.stage).toBe('not-accepted');
    expect(clockOf(timeline, 'VN-KN-2')).toMatchObject({ due: '2026-09-14', startedBy: { clock: 'VN-KN-1' } });
    expect(timeline.next?.rule.id).toBe('VN-KN-2');
  });

  it('is not given more time by a late acceptance', () => {
    const timeline = aTimeline([filed, anEvent('accepted', '2026-09-10')], '2026-09-15');
    expect(clockOf(timeline, 'VN-KN-2')).toMatchObject({ due: '2026-09-14', state: 'late' });
    expect(timeline.stage).toBe('deemed-refused');
  });
});

describe('a first decision that does not come', () => {
  const silent = [filed, accepted];

  it('is a refusal: second level and court open, superior and oversight are told', () => {
    expect(aTimeline(silent, '2026-09-09').stage).toBe('deciding');
    const timeline = aTimeline(silent, '2026-09-10');
    expect(timeline.stage).toBe('deemed-refused');
    expect(timeline.consequences.map(({ on }) => on)).toEqual(Array.from({ length: 6 }, () => '2026-09-10'));
    expect(kinds(timeline, 'VN-KN-2')).toEqual([
      'deemed-refused',
      'second-level-opens',
      'court-opens',
      'superior-notified',
      'oversight-notified',
      'counted-as-missed',
    ]);
    expect(clockOf(timeline, 'VN-KN-4.silence').due).toBe('2026-10-09');
    expect(clockOf(timeline, 'VN-KN-7.silence').due).toBe('2027-09-09');
  });

  it('lets the complainant appeal with one event, and the second level runs by the same kind of clock', () => {
    const timeline = aTimeline([...silent, anEvent('appealed', '2026-09-12')], '2026-11-21');
    expect(timeline.stages.map(({ stage, since }) => [stage, since]).slice(-4)).toEqual([
      ['deemed-refused', '2026-09-10'],
      ['second-awaiting-acceptance', '2026-09-12'],
      ['second-not-accepted', '2026-09-23'],
      ['oversight', '2026-11-07'],
    ]);
    expect(clockOf(timeline, 'VN-KN-6')).toMatchObject({ due: '2026-11-06', state: 'late' });
  });

  it('may still come: then it opens a new time for the second complaint, and stays late', () => {
    const events = [...silent, anEvent('decided', '2026-10-20'), anEvent('sent', '2026-10-21')];
    const timeline = aTimeline(events, '2026-10-25');
    expect(timeline.stage).toBe('decided');
    expect(clockOf(timeline, 'VN-KN-2')).toMatchObject({ state: 'met', daysLate: 41 });
    expect(clockOf(timeline, 'VN-KN-4.decision').due).toBe('2026-11-20');
    expect(clockOf(timeline, 'VN-KN-4.silence').state).toBe('lapsed');
  });

  it('may be taken up by the superior without an appeal', () => {
    const timeline = aTimeline([...silent, anEvent('second-accepted', '2026-09-15')], '2026-09-20');
    expect(timeline.stage).toBe('second-deciding');
    expect(clockOf(timeline, 'LV-UP-1').state).toBe('met');
    expect(clockOf(timeline, 'VN-KN-6').due).toBe('2026-10-30');
  });
});

describe('a body that wakes up after its silence', () => {
  const late = [filed, anEvent('accepted', '2026-09-18')];

  it('does not get the case back by accepting it', () => {
    expect(aTimeline([filed], '2026-09-18').stage).toBe('deemed-refused');
    expect(aTimeline(late, '2026-09-18').stage).toBe('deemed-refused');
    expect(aTimeline(late, '2026-10-05').stage).toBe('oversight');
  });

  it('does not end the case by refusing to accept it and waiting for the appeal to lapse', () => {
    const refused = [filed, anEvent('refused', '2026-09-18'), anEvent('sent', '2026-09-18')];
    const timeline = aTimeline(refused, '2026-11-21');
    expect(clockOf(timeline, 'VN-KN-4.decision').state).toBe('lapsed');
    expect(timeline.stage).toBe('oversight');
    expect(aTimeline([...refused, anEvent('second-accepted', '2026-09-20')], '2026-09-21').stage).toBe(
      'second-deciding',
    );
  });

  it('does not end a case on appeal by sending its decision afterwards', () => {
    const events = [filed, accepted, anEvent('decided', '2026-08-20'), anEvent('appealed', '2026-08-25')];
    const timeline = aTimeline([...events, anEvent('sent', '2026-08-26')], '2026-11-21');
    expect(timeline.clocks.map(({ rule }) => rule.id)).not.toContain('VN-KN-4.decision');
    expect(timeline.stage).toBe('oversight');
  });
});

describe('extension and suspension', () => {
  it('move the date across Tết, and remote areas have longer ones', () => {
    const events = (remote: boolean) => [
      anEvent('filed', '2026-01-02', { remote }),
      anEvent('accepted', '2026-01-05'),
      anEvent('extended', '2026-02-02'),
    ];
    const due = (remote: boolean, count: number, today: string) =>
      clockOf(aTimeline(events(remote).slice(0, count), today), 'VN-KN-2').due;
    expect([due(false, 2, '2026-01-06'), due(false, 3, '2026-02-02')]).toEqual(['2026-02-04', '2026-02-23']);
    expect([due(true, 2, '2026-01-06'), due(true, 3, '2026-02-02')]).toEqual(['2026-02-23', '2026-03-06']);
  });

  it('keep the case suspended without a date until it goes on with the days it had left', () => {
    const events = [filed, accepted, anEvent('suspended', '2026-08-20'), anEvent('resumed', '2026-11-20')];
    const suspended = aTimeline(events.slice(0, 3), '2026-11-19');
    expect([suspended.stage, clockOf(suspended, 'VN-KN-2').state]).toEqual(['suspended', 'paused']);
    expect(kinds(suspended, 'VN-KN-2')).toEqual([]);
    const timeline = aTimeline(events, '2026-11-21');
    expect([timeline.stage, clockOf(timeline, 'VN-KN-2').due]).toEqual(['deciding', '2026-12-10']);
  });

  it('show the oversight body every suspension that goes on and on, not only the first', () => {
    const events = [
      filed,
      accepted,
      anEvent('suspended', '2026-08-11'),
      anEvent('resumed', '2026-09-17'),
      anEvent('suspended', '2026-09-18'),
    ];
    const timeline = aTimeline(events, '2026-11-21');
    expect(timeline.consequences.map(({ clock, kind, on }) => [clock, kind, on])).toEqual([
      ['LV-SUS-1', 'alarm', '2026-09-11'],
      ['LV-SUS-1', 'oversight-notified', '2026-09-11'],
      ['LV-SUS-1', 'alarm', '2026-10-20'],
      ['LV-SUS-1', 'oversight-notified', '2026-10-20'],
    ]);
  });

  it('can be of fewer days than the law would allow', () => {
    const events = [filed, accepted, anEvent('extended', '2026-08-20', { amount: 5 })];
    expect(clockOf(aTimeline(events, '2026-08-21'), 'VN-KN-2').due).toBe('2026-09-14');
  });
});

describe('a withdrawal', () => {
  it('stops every clock, and takes back nothing that was late', () => {
    const timeline = aTimeline([filed, anEvent('withdrawn', '2026-08-20')], '2026-11-21');
    expect(timeline.stage).toBe('withdrawn');
    expect(timeline.clocks.map(({ rule, state }) => [rule.id, state])).toEqual([
      ['VN-KN-1', 'late'],
      ['VN-KN-2', 'stopped'],
    ]);
    expect(clockOf(timeline, 'VN-KN-1').daysLate).toBe(7);
  });
});

describe('requests of data subjects', () => {
  const request = (day: string, more: object) => anEvent('filed', day, { request: 'copy', ...more });

  it('are acknowledged in two working days and answered in ten, fifteen or twenty', () => {
    const due = (kind: string, more: object = {}) =>
      aTimeline([request('2026-02-13', { request: kind, ...more })], '2026-02-13').clocks.map((clock) => clock.due);
    expect(due('copy')).toEqual(['2026-02-24', '2026-02-23']);
    expect(due('object')).toEqual(['2026-02-24', '2026-03-02']);
    expect(due('delete')).toEqual(['2026-02-24', '2026-03-05']);
    expect(due('delete', { throughProcessor: true })).toEqual(['2026-02-24', '2026-03-16']);
  });

  it('are late without an answer, extended once or not', () => {
    const extended = anEvent('extended', '2026-08-10');
    const timeline = aTimeline(
      [request('2026-08-03', {}), anEvent('acknowledged', '2026-08-04'), extended],
      '2026-08-25',
    );
    expect(timeline.stage).toBe('answer-late');
    expect(clockOf(timeline, 'VN-PD-2')).toMatchObject({ due: '2026-08-24', lateSince: '2026-08-25' });
    expect(kinds(timeline, 'VN-PD-2')).toContain('authority-complaint-opens');
  });

  it('of 2025 had 72 hours to the minute', () => {
    const on = (today: string) => aTimeline([request('2025-12-30', {})], today);
    expect(clockOf(on('2026-01-02'), 'VN-PD13-1')).toMatchObject({
      due: '2026-01-02',
      dueTime: '09:00',
      state: 'running',
    });
    expect(on('2026-01-02T02:00:00Z').stage).toBe('answering');
    expect(on('2026-01-02T02:00:01Z').stage).toBe('answer-late');
    expect(on('2026-01-03').stage).toBe('answer-late');
  });
});

describe('rules that change while a case runs', () => {
  it('leave it with the rules of the day it was filed', () => {
    const timeline = aTimeline([anEvent('filed', '2026-06-30'), anEvent('accepted', '2026-07-08')], '2026-07-20');
    expect(timeline.ruleSet).toBe('vn/complaint-2012');
    expect(aTimeline([anEvent('filed', '2026-07-01')], '2026-07-20').ruleSet).toBe('vn/complaint-2026');
  });

  it('of a city shorten its own cases only', () => {
    const base = rules.withId('vn/complaint-2026');
    const clocks = base.clocks.map((clock) =>
      clock.id === 'VN-KN-2' ? { ...clock, length: { amount: 15, extension: 15 } } : clock,
    );
    const timeline = caseTimeline(
      { ...base, id: 'vn.p66/complaint', clocks },
      calendar,
      [filed, accepted],
      '2026-08-11',
    );
    expect(clockOf(timeline, 'VN-KN-2').due).toBe('2026-08-25');
    expect(clockOf(aTimeline([filed, accepted], '2026-08-11'), 'VN-KN-2').due).toBe('2026-09-09');
  });
});

describe('a date that would lie in a year without holidays', () => {
  it('is refused and not guessed', () => {
    expect(() => aTimeline([anEvent('filed', '2028-12-25')], '2028-12-26')).toThrow(MissingYearError);
  });

  it('says when it rests on holidays not decided yet', () => {
    const timeline = aTimeline([anEvent('filed', '2026-12-20'), anEvent('accepted', '2026-12-21')], '2026-12-22');
    expect(timeline.clocks.map(({ due, provisional }) => [due, provisional])).toEqual([
      ['2026-12-30', false],
      ['2027-01-20', true],
    ]);
  });
});
