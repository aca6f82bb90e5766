// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { clockOfFinding } from './due.ts';

const now = Date.parse('2026-11-22T08:00:00Z');
const open = (dueAt: string) => clockOfFinding({ state: 'open', dueAt }, now);

it('a clock runs, is nearly out a day before, and is late from then on', () => {
  expect(open('2026-11-24T08:00:00Z')).toEqual({ kind: 'running', seconds: 172_800 });
  expect(open('2026-11-23T07:00:00Z')).toEqual({ kind: 'soon', seconds: 82_800 });
  expect(open('2026-11-22T07:59:00Z')).toEqual({ kind: 'late', seconds: 60 });
});

it('a finding that ended has no clock, however late it was', () => {
  expect(clockOfFinding({ state: 'decided', dueAt: '2026-11-01T00:00:00Z' }, now)).toEqual({ kind: 'ended' });
});
