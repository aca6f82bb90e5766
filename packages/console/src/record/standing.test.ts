// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import type { Alarm, Memory } from './memory.ts';
import { START, type Snapshot } from './messages-between.ts';
import { standingOf } from './standing.ts';

const root = new Uint8Array(32);
const memory: Memory = { keys: ['k'], pinnedAt: 1, kept: null, tree: null, entries: null, alarms: [] };
const alarm = { kind: 'shrank', at: 1 } as Alarm;
const seen = (change: Partial<Snapshot>): Snapshot => ({
  ...START,
  contact: { kind: 'good', at: 5 },
  memory,
  size: 100,
  ...change,
});
const run = { entries: true, full: false, verified: 1, total: 9, startedAt: 0, rate: 1 };

describe('what stands first', () => {
  it('is an alarm, whatever else goes on', () => {
    const down = { contact: { kind: 'unreachable', since: 1 }, run } as const;
    expect(standingOf(seen({ ...down, alarm }), true)).toEqual({ kind: 'alarm', alarm, now: true });
    expect(standingOf(seen({ ...down, memory: { ...memory, alarms: [alarm] } }), true)).toMatchObject({ now: false });
  });

  it('is what runs, for those who asked for it', () => {
    expect(standingOf(seen({ run }), true).kind).toBe('running');
    expect(standingOf(seen({ run }), false).kind).toBe('idle');
  });

  it('is a lost line before what was verified earlier', () => {
    const verified = { ...memory, entries: { size: 100, root, at: 1 } };
    const lost = seen({ memory: verified, contact: { kind: 'unreachable', since: 7 } });
    expect(standingOf(lost, true)).toEqual({ kind: 'unreachable', since: 7 });
  });

  it('tells verified entries from a verified tree, and whole from grown', () => {
    const tree = { size: 100, root, at: 1 };
    expect(standingOf(seen({ memory: { ...memory, tree } }), true).kind).toBe('idle');
    expect(standingOf(seen({ memory: { ...memory, tree } }), false).kind).toBe('verified');
    expect(standingOf(seen({ memory: { ...memory, tree }, size: 120 }), false)).toMatchObject({ more: 20 });
  });
});
