// SPDX-License-Identifier: AGPL-3.0-or-later

export interface Mark {
  /** Milliseconds. */
  at: number;
  verified: number;
}

const OVER_MS = 3000;

/** Entries per second over the last seconds: since the start, a pause in the line would be felt to the end. */
export function rateOf(marks: readonly Mark[]): number {
  const last = marks.at(-1);
  const first = last && marks.find(({ at }) => at >= last.at - OVER_MS);
  if (!last || !first || last.at === first.at) return 0;
  return ((last.verified - first.verified) * 1000) / (last.at - first.at);
}
