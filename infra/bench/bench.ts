// SPDX-License-Identifier: AGPL-3.0-or-later
// What a bench is given and what it gives back.

export interface BenchContext {
  /** Tiny samples: says whether a bench works, not how fast anything is. */
  readonly quick: boolean;
  /** Root of the checkout. */
  readonly root: string;
  /** Empty, and gone afterwards. */
  readonly folder: string;
  /** What lasts from run to run because making it is slow: video clips. */
  readonly cache: string;
  /** Says what is being done. */
  say(text: string): void;
}

export interface Measurement {
  /** Row of the table. */
  readonly what: string;
  readonly measured: number;
  /** `ratio`, `ms`, `s`, `MB` or a word for what is counted. */
  readonly unit: string;
  /** The measured value must not be above it. Absent: told, not judged. */
  readonly budget?: number;
  readonly samples: number;
  /** Spread, or what else there is to know, in a few words. */
  readonly note?: string;
}

export type Bench = (context: BenchContext) => Promise<Measurement[]>;
