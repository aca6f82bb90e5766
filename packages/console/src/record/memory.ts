// SPDX-License-Identifier: AGPL-3.0-or-later

/** A signed state of the log that this browser keeps: whoever holds one can prove a rewrite. */
export interface KeptCheckpoint {
  /** The signed note, verbatim. */
  readonly signed: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Milliseconds since 1970 at which this browser saw it. */
  readonly seenAt: number;
}

/** How much of the log this browser has read and computed for itself. */
export interface Verified {
  readonly size: number;
  readonly root: Uint8Array;
  readonly at: number;
}

export type AlarmKind = 'shrank' | 'rewritten' | 'signature' | 'key-changed' | 'damaged';

/** What the log did that it never may, with all that proves it to somebody else. */
export interface Alarm {
  readonly kind: AlarmKind;
  readonly at: number;
  /** What exactly was found, for people who read proofs. */
  readonly detail: string;
  /** The file of the log that is wrong, where it is one. */
  readonly path: string | null;
  readonly kept: { readonly signed: string; readonly size: number } | null;
  readonly served: { readonly signed: string; readonly size: number | null } | null;
  readonly pinnedKeys: readonly string[];
  readonly servedKeys: readonly string[];
}

/** All that this browser remembers of the log. It outlives sessions and accounts: it is about the log, not about a person. */
export interface Memory {
  /** Trusted since first use. */
  readonly keys: readonly string[];
  readonly pinnedAt: number;
  readonly kept: KeptCheckpoint | null;
  /** The tree alone, and the tree with every entry in it. */
  readonly tree: Verified | null;
  readonly entries: Verified | null;
  /** Oldest first; stays until somebody says that it is kept elsewhere. */
  readonly alarms: readonly Alarm[];
}

export const firstMemory = (keys: readonly string[], pinnedAt: number): Memory => ({
  keys,
  pinnedAt,
  kept: null,
  tree: null,
  entries: null,
  alarms: [],
});

const larger = <T extends { readonly size: number }>(a: T | null, b: T | null): T | null =>
  a === null || (b !== null && b.size >= a.size) ? b : a;

/** Two tabs watch the same log: neither takes the other back to what it saw earlier. */
export const withKept = (memory: Memory, kept: KeptCheckpoint): Memory => ({
  ...memory,
  kept: larger(memory.kept, kept),
});

/** Entries are read together with their tree, so that it is verified too. */
export const withVerified = (memory: Memory, verified: Verified, entries: boolean): Memory => ({
  ...memory,
  tree: larger(memory.tree, verified),
  entries: entries ? larger(memory.entries, verified) : memory.entries,
});

/** One of each kind: the first is the evidence, and a log that stays wrong must not fill the disk. */
export const withAlarm = (memory: Memory, alarm: Alarm): Memory =>
  memory.alarms.some(({ kind }) => kind === alarm.kind) ? memory : { ...memory, alarms: [...memory.alarms, alarm] };
