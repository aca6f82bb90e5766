// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { CaseEventError, type EventKind } from './events.ts';
import { anEvent, calendar, rules, type TestEvent } from './testing/vn.ts';
import { caseTimeline } from './timeline.ts';

const filed = anEvent('filed', '2026-08-03');
const accepted = anEvent('accepted', '2026-08-10');
const TODAY = '2026-09-30';

/** The rules of the day of the first event, which may be no event at all. */
function rulesFor([first]: unknown[]) {
  const { at, request } = Object(first) as Partial<TestEvent>;
  const procedure = request === undefined ? 'complaint' : 'data-request';
  return rules.inForce({ procedure, jurisdiction: 'vn', filedOn: at?.slice(0, 10) ?? TODAY });
}

function problemOf(events: unknown[]): string {
  try {
    caseTimeline(rulesFor(events), calendar, events, TODAY);
  } catch (error) {
    if (error instanceof CaseEventError) return `${error.event}: ${error.problem}`;
    throw error;
  }
  return 'accepted';
}

const without = (event: TestEvent, field: string): unknown =>
  Object.fromEntries(Object.entries(event).filter(([key]) => key !== field));

describe('a history that cannot be true is refused, and the event named', () => {
  it.each<[string, unknown[], string]>([
    ['nothing filed', [accepted], 'accepted 2026-08-10: not-filed-first'],
    ['filed twice', [filed, { ...filed, id: 'again' }], 'again: twice'],
    ['one event twice', [filed, accepted, accepted], 'accepted 2026-08-10: twice'],
    ['accepted twice', [filed, accepted, anEvent('accepted', '2026-08-11')], 'accepted 2026-08-11: twice'],
    ['out of order', [filed, anEvent('accepted', '2026-08-01')], 'accepted 2026-08-01: out-of-order'],
    ['tomorrow', [filed, anEvent('accepted', '2026-10-01')], 'accepted 2026-10-01: in-the-future'],
    ['decided before accepted', [filed, anEvent('decided', '2026-08-05')], 'decided 2026-08-05: not-possible-now'],
    [
      'decided after a refusal',
      [filed, anEvent('refused', '2026-08-05'), anEvent('decided', '2026-08-06')],
      'decided 2026-08-06: not-possible-now',
    ],
    [
      'appealed before any answer was due',
      [filed, accepted, anEvent('appealed', '2026-08-20')],
      'appealed 2026-08-20: not-possible-now',
    ],
    [
      'the second level deciding what it never took',
      [filed, accepted, anEvent('second-decided', '2026-08-20')],
      'second-decided 2026-08-20: not-possible-now',
    ],
    [
      'extended without a document',
      [filed, accepted, without(anEvent('extended', '2026-08-20'), 'document')],
      'extended 2026-08-20: without-document',
    ],
    [
      'extended without a reason',
      [filed, accepted, without(anEvent('extended', '2026-08-20'), 'reason')],
      'extended 2026-08-20: without-reason',
    ],
    ['extended before acceptance', [filed, anEvent('extended', '2026-08-04')], 'extended 2026-08-04: not-possible-now'],
    [
      'extended twice',
      [filed, accepted, anEvent('extended', '2026-08-20'), anEvent('extended', '2026-08-21')],
      'extended 2026-08-21: twice',
    ],
    [
      'extended by more than the law has',
      [filed, accepted, anEvent('extended', '2026-08-20', { amount: 16 })],
      'extended 2026-08-20: not-allowed-by-rule',
    ],
    ['extended after the date', [filed, accepted, anEvent('extended', '2026-09-20')], 'extended 2026-09-20: too-late'],
    [
      'suspended without a document',
      [filed, accepted, without(anEvent('suspended', '2026-08-20'), 'document')],
      'suspended 2026-08-20: without-document',
    ],
    [
      'suspended before acceptance',
      [filed, anEvent('suspended', '2026-08-04')],
      'suspended 2026-08-04: not-possible-now',
    ],
    [
      'suspended after the date',
      [filed, accepted, anEvent('suspended', '2026-09-20')],
      'suspended 2026-09-20: not-allowed-by-rule',
    ],
    [
      'suspended while suspended',
      [filed, accepted, anEvent('suspended', '2026-08-20'), anEvent('suspended', '2026-08-21')],
      'suspended 2026-08-21: not-possible-now',
    ],
    [
      'resumed without suspension',
      [filed, accepted, anEvent('resumed', '2026-08-20')],
      'resumed 2026-08-20: not-possible-now',
    ],
    [
      'decided while suspended',
      [filed, accepted, anEvent('suspended', '2026-08-20'), anEvent('decided', '2026-08-21')],
      'decided 2026-08-21: not-possible-now',
    ],
    [
      'closed without a document',
      [filed, accepted, without(anEvent('decided', '2026-08-20'), 'document')],
      'decided 2026-08-20: without-document',
    ],
    [
      'anything after a withdrawal',
      [filed, anEvent('withdrawn', '2026-08-05'), anEvent('accepted', '2026-08-06')],
      'accepted 2026-08-06: not-possible-now',
    ],
    ['a kind nobody knows', [filed, { ...accepted, kind: 'closed' }], 'accepted 2026-08-10: not-an-event'],
    [
      'an instant without its zone',
      [filed, { ...accepted, at: '2026-08-10T09:00:00' }],
      'accepted 2026-08-10: not-an-event',
    ],
    [
      'an instant that is none',
      [filed, { ...accepted, at: '2026-02-30T09:00:00Z' }],
      'accepted 2026-08-10: not-an-event',
    ],
    ['no author', [filed, without(accepted, 'author')], 'accepted 2026-08-10: not-an-event'],
    ['an event that is null', [filed, null], 'number 2: not-an-event'],
    ['no event at all', [], '(none): not-filed-first'],
  ])('%s', (_what, events, problem) => {
    expect(problemOf(events)).toBe(problem);
  });
});

describe('events of one kind of case', () => {
  it('are refused in the other', () => {
    const request = anEvent('filed', '2026-08-03', { request: 'delete' });
    expect(problemOf([request, accepted])).toBe('accepted 2026-08-10: not-in-this-procedure');
  });

  it('must ask for something the rules have a date for', () => {
    expect(problemOf([anEvent('filed', '2026-08-03', { request: 'sell' })])).toBe(
      'filed 2026-08-03: not-allowed-by-rule',
    );
    const set = rules.withId('vn/data-request-2026');
    expect(() => caseTimeline(set, calendar, [filed], TODAY)).toThrow('knows the requests: view, correct, copy');
  });

  it('cannot be suspended under rules that know no suspension', () => {
    const kinds: EventKind[] = ['filed', 'accepted', 'suspended'];
    const events = kinds.map((kind, day) => anEvent(kind, `2026-06-0${day + 1}`));
    expect(problemOf(events)).toBe('suspended 2026-06-03: not-allowed-by-rule');
  });

  it('are not read with rules that were not in force when the case was filed', () => {
    expect(() => caseTimeline(rules.withId('vn/complaint-2012'), calendar, [filed], TODAY)).toThrow(
      'event filed 2026-08-03 (filed): not-in-force: the rules vn/complaint-2012 were not in force on 2026-08-03',
    );
  });
});

describe('an appeal after its time', () => {
  const decided = [filed, accepted, anEvent('decided', '2026-08-20'), anEvent('sent', '2026-08-21')];

  it('needs a reason, since an obstacle nobody could help does not count', () => {
    const late = anEvent('appealed', '2026-09-25');
    expect(problemOf([...decided, without(late, 'reason')])).toBe('appealed 2026-09-25: too-late');
    expect(problemOf([...decided, late])).toBe('accepted');
  });

  it('is none while the decision has not reached the complainant', () => {
    expect(problemOf([...decided.slice(0, 3), without(anEvent('appealed', '2026-09-25'), 'reason')])).toBe('accepted');
  });
});
