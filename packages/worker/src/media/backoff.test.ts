// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { Backoff } from './backoff.ts';

it('doubles from half a second to half a minute, and begins again after a success', () => {
  const backoff = new Backoff();
  const longest = Array.from({ length: 9 }, () => backoff.next(1));
  expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  backoff.reset();
  expect(backoff.next(0)).toBe(250);
});
