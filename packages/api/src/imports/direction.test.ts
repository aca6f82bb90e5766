// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { readDirections } from './direction.ts';

it.each([
  ['240', [{ heading: 240 }]],
  ['240.5°', [{ heading: 240.5 }]],
  ['360', [{ heading: 0 }]],
  ['-90', [{ heading: 270 }]],
  ['W', [{ heading: 270 }]],
  ['nne', [{ heading: 22.5 }]],
  ['280;0; 120', [{ heading: 280 }, { heading: 0 }, { heading: 120 }]],
  ['N;SW', [{ heading: 0 }, { heading: 225 }]],
])('reads %s', (text, expected) => {
  expect(readDirections(text)).toEqual(expected);
});

it('reads a range clockwise as a heading in its middle and a width', () => {
  expect(readDirections('45-135')).toEqual([{ heading: 90, width: 90 }]);
  expect(readDirections('350-20')).toEqual([{ heading: 5, width: 30 }]);
  expect(readDirections('NW-NE')).toEqual([{ heading: 0, width: 90 }]);
});

it('keeps only the heading of a range that no lens covers', () => {
  expect(readDirections('0-270')).toEqual([{ heading: 135 }]);
});

it('says undefined for what is not a direction, and keeps what stands beside it', () => {
  expect(readDirections('forward')).toEqual([undefined]);
  expect(readDirections('both;90')).toEqual([undefined, { heading: 90 }]);
  expect(readDirections('400')).toEqual([undefined]);
  expect(readDirections('')).toEqual([]);
});
