// SPDX-License-Identifier: AGPL-3.0-or-later

const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

/** Nearest rank: a value that was really measured. @throws RangeError when nothing was */
export function percentile(values: readonly number[], percent: number): number {
  const found = ascending(values)[Math.max(0, Math.ceil((percent / 100) * values.length) - 1)];
  if (found === undefined) throw new RangeError('nothing was measured');
  return found;
}

/** The middle one; of two in the middle what lies between them. */
export function median(values: readonly number[]): number {
  const lower = percentile(values, 50);
  return values.length % 2 === 1 ? lower : (lower + (ascending(values)[values.length / 2] ?? lower)) / 2;
}

/** `p50 12, max 40` in the unit of the values. */
export const spread = (values: readonly number[], digits = 0): string =>
  `p50 ${median(values).toFixed(digits)}, max ${percentile(values, 100).toFixed(digits)}`;

/** `0.95–1.02` */
export const range = (values: readonly number[], digits = 2): string =>
  `${percentile(values, 0).toFixed(digits)}–${percentile(values, 100).toFixed(digits)}`;

/** The same items in another order, so that nobody is always the one who runs on a warm machine. */
export function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}
