// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Alarm, Verified } from './memory.ts';
import type { Run, Snapshot } from './messages-between.ts';

/** The one thing that a person has to know about the record now. */
export type Standing =
  | { kind: 'asking' | 'unsupported' | 'absent' }
  | { kind: 'alarm'; alarm: Alarm; now: boolean }
  | { kind: 'running'; run: Run }
  | { kind: 'unreachable'; since: number }
  | { kind: 'idle'; size: number }
  | { kind: 'verified'; verified: Verified }
  | { kind: 'grown'; verified: Verified; more: number };

/** What stands first outranks what follows: an alarm is never hidden by progress, nor by a line that is down. */
export function standingOf(snapshot: Snapshot, withEntries: boolean): Standing {
  const { alarm, memory, contact, run } = snapshot;
  if (alarm !== null) return { kind: 'alarm', alarm, now: true };
  const before = memory?.alarms[0];
  if (before !== undefined) return { kind: 'alarm', alarm: before, now: false };
  if (run !== null && run.entries === withEntries) return { kind: 'running', run };
  if (contact.kind === 'unsupported' || contact.kind === 'asking' || contact.kind === 'absent')
    return { kind: contact.kind };
  if (contact.kind === 'unreachable') return { kind: 'unreachable', since: contact.since };
  const verified = withEntries ? memory?.entries : memory?.tree;
  const size = snapshot.size ?? 0;
  if (!verified) return { kind: 'idle', size };
  return verified.size >= size
    ? { kind: 'verified', verified }
    : { kind: 'grown', verified, more: size - verified.size };
}
