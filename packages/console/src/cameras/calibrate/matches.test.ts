// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { blankMatches, changed, wholeMatches } from './matches.ts';

it('matches with what was found on both, at a height that can be read', () => {
  let matches = blankMatches(4);
  matches = changed(matches, 0, { pixel: [0.1, 0.2], place: [108, 12] });
  matches = changed(matches, 1, { pixel: [0.1, 0.2] });
  matches = changed(matches, 2, { pixel: [0.3, 0.2], place: [108, 12], height: 'cao' });
  matches = changed(matches, 3, { pixel: [0.5, 0.2], place: [108, 12], height: '3,5' });
  expect(wholeMatches(matches)).toEqual([
    { id: 0, pixel: [0.1, 0.2], place: [108, 12], height: 0 },
    { id: 3, pixel: [0.5, 0.2], place: [108, 12], height: 3.5 },
  ]);
});
