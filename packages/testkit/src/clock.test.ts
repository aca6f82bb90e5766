// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { fakeClock } from './clock.ts';

it('stands still until it is moved, and what was read before stays as it was', () => {
  const clock = fakeClock('2026-01-31T00:00:00Z');
  const before = clock.now();
  clock.advance(1500);
  expect(clock.now().toISOString()).toBe('2026-01-31T00:00:01.500Z');
  expect(before.toISOString()).toBe('2026-01-31T00:00:00.000Z');
  clock.moveTo('2030-06-01T12:00:00+07:00');
  expect(clock.now().toISOString()).toBe('2030-06-01T05:00:00.000Z');
});
