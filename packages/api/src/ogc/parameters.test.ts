// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { BadParameter, MOST_ITEMS, readItemFilter, requireKnown } from './parameters.ts';

const wrong = (query: Record<string, string>): string => {
  try {
    readItemFilter(query);
  } catch (error) {
    if (error instanceof BadParameter) return error.parameter;
    throw error;
  }
  return 'nothing';
};

describe('bbox', () => {
  it('has four numbers, or six of which the heights say nothing', () => {
    const box = { spans: [[108, 109]], south: 12, north: 13 };
    expect(readItemFilter({ bbox: '108,12,109,13' }).box).toEqual(box);
    expect(readItemFilter({ bbox: '108,12,-5,109,13,900' }).box).toEqual(box);
  });

  it('reaches across the date line when its west is east of its east', () => {
    expect(readItemFilter({ bbox: '170,-10,-170,10' }).box?.spans).toEqual([
      [170, 180],
      [-180, -170],
    ]);
  });

  it.each([
    '1,2,3',
    '1,2,3,4,5',
    'a,b,c,d',
    '1,,3,4',
    '0,10,1,5',
    '-181,0,0,1',
    '0,-91,0,1',
    '0,0,9,1,1,-9',
    'Infinity,0,1,1',
    '',
  ])('is refused by name as %j', (bbox) => expect(wrong({ bbox })).toBe('bbox'));
});

describe('datetime', () => {
  it('is an instant, a day, or an interval that may be open', () => {
    const at = '2026-02-28T10:00:00.000Z';
    expect(readItemFilter({ datetime: '2026-02-28T17:00:00+07:00' }).time).toEqual({ from: at, to: at });
    expect(readItemFilter({ datetime: '../2026-02-28T10:00:00Z' }).time).toEqual({ from: null, to: at });
    expect(readItemFilter({ datetime: '2026-02-28T10:00:00Z/' }).time).toEqual({ from: at, to: null });
    expect(readItemFilter({ datetime: '2026-02-28' }).time).toEqual({
      from: '2026-02-28T00:00:00.000Z',
      to: '2026-02-28T23:59:59.999Z',
    });
  });

  it.each([
    'yesterday',
    '2026-13-01',
    '2026-02-28T10:00:00',
    '../..',
    '/',
    '',
    '..',
    '2026-03-01/2026-02-01',
    '2026-01-01/2026-01-02/2026-01-03',
  ])('is refused by name as %j', (datetime) => expect(wrong({ datetime })).toBe('datetime'));
});

it('takes a limit from one on, and gives no more than there is at once', () => {
  expect(readItemFilter({ limit: '7' }).limit).toBe(7);
  expect(readItemFilter({ limit: '999999' }).limit).toBe(MOST_ITEMS);
  for (const limit of ['0', '-1', '1.5', 'ten', '', '1e3']) expect(wrong({ limit })).toBe('limit');
});

it('refuses a parameter that it does not know, or that is given twice', () => {
  expect(() => requireKnown({ bboox: '1' }, ['bbox'])).toThrow('is not a parameter');
  expect(() => requireKnown({ bbox: ['1', '2'] }, ['bbox'])).toThrow('more than once');
});
