// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { whenOf } from './when.ts';

it('says a moment as it is where the city is, so that it fits into a sentence', () => {
  expect(whenOf('2026-10-31T17:05:00Z', 'vi')).toBe('00:05 ngày 1 tháng 11 năm 2026');
  expect(whenOf('2026-10-31T17:05:00Z', 'en')).toBe('1 November 2026 at 00:05');
});
