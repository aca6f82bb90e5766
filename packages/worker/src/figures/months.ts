// SPDX-License-Identifier: AGPL-3.0-or-later
// Months as people here count them. The zone has had no summer time since 1975, so its offset stands for it.
import type { Month } from '@louver/contract';

export const ZONE = 'Asia/Ho_Chi_Minh';
const OFFSET = '+07:00';
const OFFSET_MS = 7 * 3_600_000;

/** In which month an instant lies. */
export const monthAt = (instant: Date): Month =>
  new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 'yyyy-mm'.length);

export function monthAfter(month: Month): Month {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

export const beginOf = (month: Month): Date => new Date(`${month}-01T00:00:00${OFFSET}`);
export const endOf = (month: Month): Date => beginOf(monthAfter(month));

/** From the first up to and without the last. */
export function monthsFrom(first: Month, end: Month): Month[] {
  const months: Month[] = [];
  for (let month = first; month < end; month = monthAfter(month)) months.push(month);
  return months;
}
