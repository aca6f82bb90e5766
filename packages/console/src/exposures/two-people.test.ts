// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AccountId, ExposureRunId, Finding } from '@louver/contract';
import { expect, it } from 'vitest';
import { noBreachFor } from './two-people.ts';

const [me, other] = ['a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'] as AccountId[] as [
  AccountId,
  AccountId,
];
const [run, former] = ['r1', 'r0'] as ExposureRunId[] as [ExposureRunId, ExposureRunId];
const said = (by: AccountId, runId: ExposureRunId): Finding['decisions'][number] => ({
  decision: 'no-breach',
  note: 'xa',
  by: { id: by, name: null },
  at: '2026-11-22T08:00:00Z',
  maskSetId: null,
  runId,
  completes: false,
});
const covered = (...decisions: Finding['decisions']) => ({ enforced: true, runId: run, decisions });

it('one person is enough where nothing is uncovered by it', () => {
  expect(noBreachFor(me, { enforced: false, runId: run, decisions: [] }, undefined)).toBe('alone');
});

it('where masks lie over the picture the first word waits for a second person', () => {
  expect(noBreachFor(me, covered(), undefined)).toBe('first');
  expect(noBreachFor(me, covered(said(other, run)), undefined)).toBe('second');
  expect(noBreachFor(me, covered(said(me, run)), undefined)).toBe('said');
});

it('what somebody said about a former measurement counts for nothing', () => {
  expect(noBreachFor(me, covered(said(other, former)), undefined)).toBe('first');
  expect(noBreachFor(me, covered(said(me, former)), undefined)).toBe('first');
});

it('whoever drew what would be left has no say', () => {
  expect(noBreachFor(me, covered(said(other, run)), { author: { id: me, name: null } })).toBe('drew');
});
