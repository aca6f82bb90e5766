// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Alarm, Memory } from './memory.ts';

/** Whether the log could be read just now; what is remembered stays true meanwhile. */
type Contact =
  | { readonly kind: 'asking' }
  | { readonly kind: 'good'; readonly at: number }
  | { readonly kind: 'unreachable' | 'absent'; readonly since: number }
  /** This browser cannot verify signatures. */
  | { readonly kind: 'unsupported' };

export interface Run {
  readonly entries: boolean;
  readonly full: boolean;
  readonly verified: number;
  readonly total: number;
  readonly startedAt: number;
  /** Entries per second, over the last seconds. */
  readonly rate: number;
}

/** How the last verification that somebody started ended. */
export type Outcome = 'verified' | 'cancelled' | 'unreachable' | 'absent' | 'refused' | 'alarm';

/** All that the pages show of the record's state. */
export interface Snapshot {
  readonly contact: Contact;
  readonly memory: Memory | null;
  /** The newest checkpoint that was judged good, by size. */
  readonly size: number | null;
  /** What the log does wrong now; alarms of before are in the memory. */
  readonly alarm: Alarm | null;
  /** Keys that the log names and this browser has not pinned, while the pinned ones still sign. */
  readonly newKeys: readonly string[];
  /** Whether this browser met the log only now: then there is nothing yet to hold it to. */
  readonly firstSight: boolean;
  readonly run: Run | null;
  readonly outcome: Outcome | null;
  /** False where this browser forgets all of it with the page. */
  readonly lasting: boolean;
}

export const START: Snapshot = {
  contact: { kind: 'asking' },
  memory: null,
  size: null,
  alarm: null,
  newKeys: [],
  firstSight: false,
  run: null,
  outcome: null,
  lasting: true,
};

/** What the log holds of a record: its exact text and the facts in it. */
export interface LoggedEntry {
  readonly text: string;
  readonly at: string;
  readonly action: string;
  readonly actor: string | null;
  readonly subject: string;
  readonly camera: string | null;
  readonly purpose: string | null;
  readonly caseReference: string | null;
}

/** What a record's proof came to. */
export type ProofResult =
  | { readonly kind: 'proved'; readonly index: number; readonly size: number; readonly entry: LoggedEntry | null }
  | { readonly kind: 'false'; readonly detail: string }
  | { readonly kind: 'failed'; readonly why: 'unreachable' | 'unsupported' };

/** What holding a checkpoint that somebody kept against the log came to. */
export type CompareResult =
  | { readonly kind: 'continued'; readonly oldSize: number; readonly size: number }
  | { readonly kind: 'broken'; readonly oldSize: number; readonly size: number | null; readonly detail: string }
  | { readonly kind: 'not-ours'; readonly detail: string }
  | { readonly kind: 'failed'; readonly why: 'unreachable' | 'unsupported' };

export type Request =
  | { readonly type: 'watch'; readonly on: boolean }
  | { readonly type: 'look' }
  | { readonly type: 'verify'; readonly entries: boolean; readonly full: boolean }
  | { readonly type: 'cancel' }
  | { readonly type: 'trust-served-keys' }
  | { readonly type: 'alarms-kept' }
  | { readonly type: 'prove'; readonly id: number; readonly digest: string; readonly receipt: string }
  | { readonly type: 'compare'; readonly id: number; readonly signed: string };

export type Reply =
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  /** Nothing but the progress has changed: the rest stays the object that it is, and is not drawn again. */
  | { readonly type: 'run'; readonly run: Run | null }
  | { readonly type: 'proved'; readonly id: number; readonly result: ProofResult }
  | { readonly type: 'compared'; readonly id: number; readonly result: CompareResult };
