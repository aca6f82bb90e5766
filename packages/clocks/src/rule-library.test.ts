// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { RuleFileError } from './data-file.ts';
import { loadRules } from './rule-library.ts';
import type { RuleSet } from './rule-set.ts';
import { ruleFiles, rules } from './testing/vn.ts';

const old = rules.withId('vn/complaint-2012');
const now = rules.withId('vn/complaint-2026');
const city = { ...now, id: 'vn.p66/complaint', jurisdiction: 'vn.p66', effective: { from: '2026-10-01', until: null } };
const files = (...sets: unknown[]) => sets.map((content, at) => ({ name: `${at + 1}.json`, content }));

/** The rule set with one field of one clock replaced. */
const withClock = (id: string, change: object): unknown => ({
  ...now,
  clocks: now.clocks.map((clock) => (clock.id === id ? { ...clock, ...change } : clock)),
});

describe('the rules of a case', () => {
  it('are those in force on the day it was filed', () => {
    const on = (filedOn: string) =>
      rules.inForce({ procedure: 'complaint', jurisdiction: 'vn.p66.hoa_sua', filedOn }).id;
    expect([on('2026-06-30'), on('2026-07-01')]).toEqual(['vn/complaint-2012', 'vn/complaint-2026']);
  });

  it('are those of the city where it has its own, from the day these are in force', () => {
    const library = loadRules(files(old, now, city));
    const on = (jurisdiction: string, filedOn: string) =>
      library.inForce({ procedure: 'complaint', jurisdiction, filedOn }).id;
    expect(on('vn.p66.hoa_sua', '2026-10-01')).toBe('vn.p66/complaint');
    expect(on('vn.p66.hoa_sua', '2026-09-30')).toBe('vn/complaint-2026');
    expect(on('vn.p661', '2026-10-01')).toBe('vn/complaint-2026');
  });

  it('are refused where there were none', () => {
    expect(() => rules.inForce({ procedure: 'data-request', jurisdiction: 'vn', filedOn: '2020-01-01' })).toThrow(
      'no rule set for a data-request filed in vn on 2020-01-01',
    );
    expect(() => rules.withId('vn/complaint-1998')).toThrow('no rule set vn/complaint-1998');
  });

  it('are all read, and only what was seen in a text of the law is called verified', () => {
    expect(rules.sets.length).toBe(ruleFiles.length);
    const verified = ({ clocks }: RuleSet) =>
      clocks.filter(({ source }) => source.confidence === 'verified').map(({ id }) => id);
    expect(verified(old)).toEqual(['VN-KN-2', 'VN-KN-6']);
    expect(verified(now)).toEqual([]);
  });
});

describe('effective dates', () => {
  const from = (set: RuleSet, effective: RuleSet['effective']) => ({ ...set, effective });

  it('may not overlap', () => {
    expect(() => loadRules(files(old, from(now, { from: '2026-06-30', until: null })))).toThrow(
      '2.json: effective.from: 2026-06-30 overlaps vn/complaint-2012, in force until 2026-06-30',
    );
    expect(() => loadRules(files(from(old, { from: '2012-07-01', until: null }), now))).toThrow('until further notice');
  });

  it('may not leave a gap', () => {
    expect(() => loadRules(files(old, from(now, { from: '2026-07-03', until: null })))).toThrow(
      '2.json: effective.from: no rules from 2026-07-01 to 2026-07-02, after vn/complaint-2012',
    );
  });

  it('may not be missing, or end before they begin', () => {
    const { effective: _none, ...without } = now;
    expect(() => loadRules(files(without))).toThrow('1.json: effective: ');
    expect(() => loadRules(files(from(now, { from: '2026-07-01', until: '2026-06-01' })))).toThrow(
      'effective.until: 2026-06-01 is before',
    );
  });
});

describe('a rule file with a mistake', () => {
  it.each([
    [
      'a number that is text',
      withClock('VN-KN-2', { length: { amount: '30', extension: 15 } }),
      'clock VN-KN-2: length.amount: ',
    ],
    [
      'no days at all',
      withClock('VN-KN-1', { length: { amount: 0, extension: null } }),
      'clock VN-KN-1: length.amount: ',
    ],
    ['an unknown unit', withClock('VN-KN-1', { unit: 'weeks' }), 'clock VN-KN-1: unit: '],
    ['an unknown event', withClock('VN-KN-5', { metBy: ['thụ lý'] }), 'clock VN-KN-5: metBy.0: '],
    [
      'a clock that nothing starts',
      withClock('VN-KN-1', { start: { on: [], dueOf: [] } }),
      'clock VN-KN-1: start: nothing starts this clock',
    ],
    [
      'a start after an unknown clock',
      withClock('LV-UP-1', { start: { on: [], dueOf: ['VN-KN-99'] } }),
      'clock LV-UP-1: start.dueOf: no clock VN-KN-99 here',
    ],
    [
      'clocks that wait for each other',
      withClock('VN-KN-1', { start: { on: [], dueOf: ['VN-KN-2'] } }),
      'clock VN-KN-1: start.dueOf: VN-KN-2 waits for VN-KN-1',
    ],
    [
      'an extension without its length',
      withClock('VN-KN-2', { length: { amount: 30, extension: null } }),
      'clock VN-KN-2: length.extension: ',
    ],
    [
      'an expiry as a start without a reason',
      withClock('VN-KN-2', { start: { on: ['accepted'], dueOf: ['VN-KN-1'] } }),
      'clock VN-KN-2: start.because: ',
    ],
    [
      'a suspension of a year',
      withClock('VN-KN-7.silence', { suspensionAllowed: true }),
      'clock VN-KN-7.silence: suspensionAllowed: ',
    ],
    ['a misspelt field', withClock('VN-KN-3', { remot: null }), 'clock VN-KN-3: remot: '],
    ['a missing source', withClock('VN-KN-3', { source: undefined }), 'clock VN-KN-3: source: '],
    [
      'the same clock twice',
      { ...now, clocks: [...now.clocks, now.clocks[0]] },
      'clock VN-KN-1: id: another clock has this id',
    ],
    ['a clock that is none', { ...now, clocks: [null] }, 'clock number 1: (whole clock): '],
  ])('is refused with file, clock and field: %s', (_what, content, message) => {
    expect(() => loadRules(files(content))).toThrow(`1.json: ${message}`);
  });

  it('is refused when it is no JSON, and when it stands twice', () => {
    expect(() => loadRules([{ name: 'a.json', content: '{"id": ' }])).toThrow(/^a\.json: \(whole file\): not JSON: /);
    expect(() => loadRules([{ name: 'a.json', content: 'null' }])).toThrow(RuleFileError);
    expect(() => loadRules(files(now, now))).toThrow('2.json: id: another file has the rule set vn/complaint-2026');
  });
});
